//! Defining forms, and changing what is said of them.

use crate::{
    auth::Actor,
    calendars,
    db::{
        AnyConn, lock_row,
        schema::{form_versions as versions, forms},
    },
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    forms::{
        model::{self, Row, VersionRow, append},
        rules::{self, Periods},
        wire::{FormContent, FormCreate, FormPatch, FormVersionCreate},
    },
    http::{Answer, answer::same_content, version::IfMatch},
    ids::Id,
    measures::Period,
    org_units::model as units,
    place::Place,
    policy::{Action, Site},
    text,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Defines a form with the first version of its content.
pub fn create(tx: &mut Tx, actor: &Actor, new: &FormCreate) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    let place = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?.place();
    actor.may_at(Action::FormManage, Site::of(&place))?;
    let content = new.content();
    refuse_secrets(&[("/name", Some(&*new.name))], &content)?;
    lock_row(tx.conn, "org_units", &place.root_id.to_string())?;
    let (starts_on, ends_on) = checked(tx, actor, &place, new, &content)?;
    let row = row(tx, actor, &place, new, (starts_on, ends_on));
    diesel::insert_into(forms::table).values(&row).execute(tx.conn)?;
    keep_version(tx, actor, &row, (new.valid_from, starts_on), &content)?;
    let form = model::wire_one(tx.conn, row.clone())?;
    append(tx, "form.created", &row, &place, Changes::new_record(&form)?, None)?;
    Answer::created(format!("/api/v1/forms/{}", form.id), form.version, &form)
}

/// The first day of the first period and the last of the last one, once everything is right.
fn checked(
    tx: &mut Tx,
    actor: &Actor,
    place: &Place,
    new: &FormCreate,
    content: &FormContent,
) -> Result<(NaiveDate, Option<NaiveDate>)> {
    let regime = regime(new);
    let periods = Periods { kind: new.period_kind, regime, today: tx.at.day() };
    let mut faults = rules::faults(tx.conn, actor, place, content, &periods)?;
    let calendar = match calendars::model::regime(tx.conn, actor, regime) {
        Err(error) if error.code == Code::NotFound => None,
        known => Some(known?),
    };
    let window = |period: Period, at: &'static str| {
        if period.kind() != new.period_kind {
            return Err(Fault::at(at, Code::NotPermittedHere).with("why", Phrase::OtherLength));
        }
        let unknown = || Fault::at("/regime", Code::UnknownReference);
        calendar
            .as_ref()
            .ok_or_else(unknown)?
            .window(period)
            .ok_or_else(|| Fault::at(at, Code::UnknownReference))
    };
    let first = window(new.valid_from, "/valid_from").map_err(|fault| faults.push(fault));
    let last = new.valid_until.map(|period| window(period, "/valid_until")).transpose();
    let last = last.map_err(|fault| faults.push(fault));
    if let (Ok((starts, _)), Ok(Some((_, ends)))) = (&first, &last)
        && ends < starts
    {
        faults.push(Fault::at("/valid_until", Code::EndBeforeStart));
    }
    let taken: i64 = forms::table
        .filter(forms::root_id.eq(place.root_id).and(forms::code.eq(&new.code.0)))
        .count()
        .get_result(tx.conn)?;
    if taken > 0 && faults.is_empty() {
        return Err(Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::Code).and(&new.code.0)));
    }
    match (first, last) {
        (Ok((starts, _)), Ok(last)) if faults.is_empty() => Ok((starts, last.map(|(_, ends)| ends))),
        _ => Err(Error::faults(faults)),
    }
}

fn regime(new: &FormCreate) -> &str {
    new.regime.as_ref().map_or("decree_09", |code| code.0.as_str())
}

fn refuse_secrets(more: &[(&str, Option<&str>)], content: &FormContent) -> Result<()> {
    let labels = content.items.0.iter().enumerate();
    let labels = labels.map(|(i, item)| (format!("/items/{i}/label"), item.label.0.as_str()));
    let texts = content.rules.0.iter().enumerate();
    let texts = texts.map(|(i, rule)| (format!("/rules/{i}/text_vi"), rule.text_vi.0.as_str()));
    let all: Vec<(String, &str)> = labels.chain(texts).collect();
    let mut said: Vec<(&str, Option<&str>)> =
        all.iter().map(|(at, text)| (at.as_str(), Some(*text))).collect();
    said.extend(more);
    refuse_classified(None, &said)
}

fn row(
    tx: &Tx,
    actor: &Actor,
    place: &Place,
    new: &FormCreate,
    (starts_on, ends_on): (NaiveDate, Option<NaiveDate>),
) -> Row {
    Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: place.root_id,
        unit_id: place.id,
        code: new.code.0.clone(),
        name: new.name.0.clone(),
        search_text: search_text(&new.code, &new.name),
        period_kind: new.period_kind,
        regime: regime(new).to_owned(),
        valid_from: new.valid_from,
        valid_until: new.valid_until,
        starts_on,
        ends_on,
        created_by: actor.user,
        versions: 1,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    }
}

fn search_text(code: &str, name: &str) -> String {
    text::fold(&format!("{name} {code}"))
}

fn keep_version(
    tx: &mut Tx,
    actor: &Actor,
    row: &Row,
    (from_period, starts_on): (Period, NaiveDate),
    content: &FormContent,
) -> Result<()> {
    let version = VersionRow {
        form_id: row.id,
        n: row.versions,
        root_id: row.root_id,
        from_period,
        starts_on,
        content: serde_json::to_string(content).map_err(Error::internal)?,
        set_at: tx.at,
        set_by: actor.user,
    };
    diesel::insert_into(versions::table).values(&version).execute(tx.conn)?;
    Ok(())
}

/// Changes the name or the last period; what changes nothing leaves nothing.
pub fn change(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch, patch: FormPatch) -> Result<Answer> {
    let (row, place) = model::open(tx, actor, id, Action::FormManage)?;
    expected.check(row.version)?;
    refuse_classified(None, &[("/name", patch.name.0.as_deref())])?;
    let before = model::wire_one(tx.conn, row.clone())?;
    let read = row.clone();
    let name = patch.name.0.map_or(row.name.clone(), |name| name.0);
    let valid_until = patch.valid_until.over(row.valid_until);
    let mut ends_on = row.ends_on;
    if valid_until != row.valid_until {
        ends_on = last_day(tx, &row, valid_until)?;
    }
    let mut row = Row { search_text: search_text(&row.code, &name), name, valid_until, ends_on, ..row };
    if row == read {
        return Answer::changed(before.version, &before);
    }
    model::update(tx, &mut row)?;
    let form = model::wire_one(tx.conn, row.clone())?;
    append(tx, "form.changed", &row, &place, Changes::between(&before, &form)?, None)?;
    Answer::changed(form.version, &form)
}

/// The last day of a new last period. What was owed for periods that have ended stays owed.
fn last_day(tx: &mut Tx, row: &Row, until: Option<Period>) -> Result<Option<NaiveDate>> {
    let refused =
        |why: Phrase| Error::from(Fault::at("/valid_until", Code::NotPermittedHere).with("why", why));
    if row.ends_on.is_some_and(|end| end < tx.at.day()) {
        return Err(refused(Phrase::PeriodEnded));
    }
    let Some(period) = until else { return Ok(None) };
    if period.kind() != row.period_kind {
        return Err(refused(Phrase::OtherLength));
    }
    let (first, last) = model::window(tx.conn, row, period)?;
    if first < row.starts_on {
        return Err(Error::field("/valid_until", Code::EndBeforeStart));
    }
    if last < tx.at.day() {
        return Err(refused(Phrase::PeriodEnded));
    }
    Ok(Some(last))
}

/// Adds a version, in force from a period on that has not begun.
pub fn add_version(tx: &mut Tx, actor: &Actor, id: Id, new: &FormVersionCreate) -> Result<Answer> {
    let (row, place) = model::open(tx, actor, id, Action::FormManage)?;
    let content = new.content();
    refuse_secrets(&[], &content)?;
    let periods = Periods { kind: row.period_kind, regime: &row.regime, today: tx.at.day() };
    let mut faults = rules::faults(tx.conn, actor, &place, &content, &periods)?;
    let known = model::versions(tx.conn, id)?;
    let newest = known.newest()?;
    let mut refuse =
        |why: Phrase| faults.push(Fault::at("/from_period", Code::NotPermittedHere).with("why", why));
    let starts_on = model::window(tx.conn, &row, new.from_period)?.0;
    if new.from_period.kind() != row.period_kind {
        refuse(Phrase::OtherLength);
    } else if newest.from_period == new.from_period && newest.content == content {
        // The same again.
        let form = model::wire_one(tx.conn, row)?;
        return Answer::changed(form.version, &form);
    } else if starts_on <= tx.at.day() {
        refuse(Phrase::PeriodBegun);
    } else if starts_on <= newest.starts_on || row.ends_on.is_some_and(|end| end < starts_on) {
        refuse(Phrase::NotInForce);
    }
    rules::refuse(faults)?;
    let before = model::wire_one(tx.conn, row.clone())?;
    let mut row = Row { versions: row.versions + 1, ..row };
    model::update(tx, &mut row)?;
    keep_version(tx, actor, &row, (new.from_period, starts_on), &content)?;
    let form = model::wire_one(tx.conn, row.clone())?;
    append(tx, "form.version_added", &row, &place, Changes::between(&before, &form)?, None)?;
    Answer::created(format!("/api/v1/forms/{id}/versions"), form.version, &form)
}

fn already_there(conn: &mut AnyConn, actor: &Actor, id: Id, new: &FormCreate) -> Result<Option<Answer>> {
    let taken: i64 = forms::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let first = model::versions(conn, id)?;
    let form = model::wire_one(conn, row)?;
    let same = first.0.first().is_some_and(|first| first.content == new.content());
    if !same || !same_content(new, &form)? {
        return Err(conflict());
    }
    Answer::changed(form.version, &form).map(Some)
}
