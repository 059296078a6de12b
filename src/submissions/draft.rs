//! Drafts: started with what is known already, saved as one types, taken over by a colleague.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row, schema::submissions},
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    forms::{
        lives::Lives,
        model as forms,
        wire::{FormItem, FormItemKind},
    },
    http::{Answer, answer::same_content, version::IfMatch},
    ids::Id,
    indicators::values::workflow::ValueStatus,
    org_units::model as units,
    policy::{self, Site},
    submissions::{
        claims, lines,
        model::{self, Placed, Row},
        save::{self, Words, column},
        wire::{SubmissionCreate, SubmissionLine, SubmissionPatch},
        workflow::{SubmissionChannel, SubmissionCommand, SubmissionState},
    },
};
use diesel::prelude::*;
use std::collections::HashSet;

/// Starts the draft of a unit for a period.
pub fn create(tx: &mut Tx, actor: &Actor, new: &SubmissionCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx, actor, new)? {
        return Ok(answer);
    }
    let placed = start(tx, actor, new)?;
    let shown = model::show(tx.conn, actor, &placed, tx.at.day())?;
    let version = placed.row.version;
    Answer::created(format!("/api/v1/submissions/{}", placed.row.id), version, &shown)
}

/// Starts a draft, pre-filled with the values kept already.
pub fn start(tx: &mut Tx, actor: &Actor, new: &SubmissionCreate) -> Result<Placed> {
    let form = forms::referenced(tx.conn, actor, new.form_id, "/form_id")?;
    let today = tx.at.day();
    let lives = Lives::load(tx.conn, form.root_id)?;
    let reporter = lives.standing_for(new.unit_id, today);
    // Of a closed unit who came after it knows, although it may lie elsewhere.
    let heir = reporter != new.unit_id && actor.unit.as_ref().is_some_and(|unit| unit.id == reporter);
    let unit = match heir {
        true => units::load(tx.conn, new.unit_id)?,
        false => units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?,
    };
    let site = units::load(tx.conn, reporter)?.place();
    actor.may_at(SubmissionCommand::Start.action(), Site::of(&site))?;
    let refused = |at: &str, why: Phrase| Error::from(Fault::at(at, Code::NotPermittedHere).with("why", why));
    if new.period.kind() != form.period_kind {
        return Err(refused("/period", Phrase::OtherLength));
    }
    let window = form.window(&lives.calendars, new.period)?;
    let versions = forms::versions(tx.conn, form.id)?;
    let version = versions.for_period(window.0).filter(|_| form.asks_for(window));
    let version = version.ok_or_else(|| refused("/period", Phrase::NotInForce))?;
    if window.0 > today {
        return Err(Error::field("/period", Code::InFuture));
    }
    let inherits = !lives.inherited(form.unit_id, &version.content, unit.id, window).is_empty();
    if !inherits && !lives.is_asked(form.unit_id, &version.content, unit.id, window.1) {
        return Err(refused("/unit_id", Phrase::NotAskedForm));
    }
    // Two who start the same at once: the second finds that of the first.
    lock_row(tx.conn, "org_units", &unit.id.to_string())?;
    if let Some(there) = model::at(tx.conn, form.id, unit.id, new.period)? {
        let what = Said::from(Phrase::Submission).and(there.id);
        return Err(Error::new(Code::AlreadyExists).with("what", what).extra("id", there.id.to_string()));
    }
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: form.root_id,
        form_id: form.id,
        form_version: version.n,
        unit_id: unit.id,
        reporter_id: reporter,
        period: new.period,
        starts_on: window.0,
        ends_on: window.1,
        state: SubmissionState::Draft,
        approvals: 0,
        nil: false,
        lines: "[]".to_owned(),
        channel: if tx.is_import() { SubmissionChannel::Backfilled } else { SubmissionChannel::Online },
        holder_id: actor.user,
        held_since: actor.user.map(|_| tx.at),
        first_submitted_at: None,
        submitted_at: None,
        submitted_by: None,
        submitted_for: None,
        asked: "[]".to_owned(),
        content_hash: None,
        moves: 1,
        version: 1,
        changed_at: tx.at,
        created_at: tx.at,
    };
    let mut placed = model::placed(tx.conn, row, today)?;
    let known = known(tx.conn, &placed)?;
    placed.row.lines = column(&known)?;
    diesel::insert_into(submissions::table).values(&placed.row).execute(tx.conn)?;
    let start = SubmissionCommand::Start;
    save::insert_move(tx, actor, start, &placed.row, &known, Words::default())?;
    let changes = Changes::new_record(&save::said(&placed.row))?;
    save::append(tx, start, &placed.place, &placed.row, changes, None)?;
    Ok(placed)
}

/// Lines whose figures were reported already, whatever form they came from.
fn known(conn: &mut AnyConn, placed: &Placed) -> Result<Vec<SubmissionLine>> {
    let slots = lines::slots(conn, placed)?;
    let mut said = claims::known(conn, placed)?;
    let mut one = |item: &FormItem| {
        if let Some(line) = said.remove(&item.key.0) {
            return Some(line);
        }
        let value = slots.get(&item.key.0)?.value.as_ref()?;
        (value.status != ValueStatus::Withdrawn).then(|| lines::with_value(lines::blank(item), value))
    };
    Ok(placed.version.content.items.0.iter().filter_map(&mut one).collect())
}

/// A submission somebody is about to move: seen, allowed, locked, read again.
pub fn open(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    command: SubmissionCommand,
    expected: Option<&IfMatch>,
) -> Result<Placed> {
    lock_row(tx.conn, "submissions", &id.to_string())?;
    let row = model::find(tx.conn, actor, id)?;
    let placed = model::placed(tx.conn, row, tx.at.day())?;
    if !placed.permits(actor, command) {
        return Err(policy::refused(command.action()));
    }
    expected.map_or(Ok(()), |expected| expected.check(placed.row.version))?;
    if placed.leads(command).is_none() {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.state));
    }
    Ok(placed)
}

/// The answer of a step: the submission as it stands now.
pub fn answer(tx: &mut Tx, actor: &Actor, row: Row) -> Result<Answer> {
    let placed = model::placed(tx.conn, row, tx.at.day())?;
    let shown = model::show(tx.conn, actor, &placed, tx.at.day())?;
    Answer::changed(placed.row.version, &shown)
}

/// Keeps what was typed; what changes nothing leaves nothing.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &SubmissionPatch,
) -> Result<Answer> {
    let placed = open(tx, actor, id, SubmissionCommand::Save, Some(expected))?;
    if !placed.is_free_for(actor) {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::HeldBy));
    }
    let merged = merged(&placed, &patch.lines.0)?;
    let before = placed.row.clone();
    let text = column(&merged)?;
    if text == before.lines {
        return answer(tx, actor, before);
    }
    let holder = before.holder_id.or(actor.user);
    let since = if before.holder_id.is_some() { before.held_since } else { holder.map(|_| tx.at) };
    let row = Row { lines: text, holder_id: holder, held_since: since, ..before.clone() };
    let row = save::step(
        tx,
        actor,
        SubmissionCommand::Save,
        (&before, &placed.place),
        row,
        &merged,
        Words::default(),
    )?;
    answer(tx, actor, row)
}

/// The lines with new ones in the place of those of the same keys, in the order of the form.
pub fn merged(placed: &Placed, new: &[SubmissionLine]) -> Result<Vec<SubmissionLine>> {
    let items = &placed.version.content.items.0;
    let mut faults = Vec::new();
    let mut met = HashSet::new();
    for (i, line) in new.iter().enumerate() {
        let item = items.iter().find(|item| item.key == line.key);
        faults.extend(line_faults(item, line, &format!("/lines/{i}")));
        if !met.insert(&line.key.0) {
            let fault = Fault::at(format!("/lines/{i}/key"), Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::Twice));
        }
    }
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    let texts: Vec<(String, Option<&str>)> = new
        .iter()
        .enumerate()
        .flat_map(|(i, line)| {
            let said = [
                ("text", line.text.as_deref()),
                ("note", line.note.as_deref()),
                ("answer", line.answer.as_deref()),
            ];
            said.map(|(name, said)| (format!("/lines/{i}/{name}"), said))
        })
        .collect();
    let texts: Vec<(&str, Option<&str>)> = texts.iter().map(|(at, said)| (at.as_str(), *said)).collect();
    refuse_classified(None, &texts)?;
    let old = placed.row.lines()?;
    let line = |item: &FormItem| {
        let newer = new.iter().find(|line| line.key == item.key);
        newer.or_else(|| old.iter().find(|line| line.key == item.key)).cloned()
    };
    Ok(items.iter().filter_map(line).collect())
}

/// Fields that do not go with the kind of a line.
fn line_faults(item: Option<&FormItem>, line: &SubmissionLine, at: &str) -> Vec<Fault> {
    let refused =
        |name: &str, why: Phrase| Fault::at(format!("{at}/{name}"), Code::NotPermittedHere).with("why", why);
    let Some(item) = item else { return vec![refused("key", Phrase::NotInForm)] };
    let mut faults = Vec::new();
    if item.kind == FormItemKind::TaskFigure && lines::is_filled(line) {
        faults.push(refused("key", Phrase::ComputedLine));
    } else if item.kind == FormItemKind::Narrative && lines::has_figure(line) {
        faults.push(refused("value", Phrase::NotForItem));
    } else if item.kind == FormItemKind::Indicator && line.text.is_some() {
        faults.push(refused("text", Phrase::NotForItem));
    }
    faults.extend(claims::shape_faults(item, line).into_iter().map(|name| refused(name, Phrase::NotForItem)));
    // The text of a criterion is its evidence, which the criteria keep.
    let most = if item.kind == FormItemKind::Criterion { 5_000 } else { 20_000 };
    let longest = item.max_length.map_or(most, |most| most.0);
    let length = line.text.as_deref().map_or(0, |text| text.chars().count());
    if i64::try_from(length).unwrap_or(i64::MAX) > longest {
        faults.push(Fault::at(format!("{at}/text"), Code::TooLong).with("max", longest));
    }
    if line.nil == Some(true) {
        if !item.nil_allowed.unwrap_or(false) {
            faults.push(refused("nil", Phrase::NotNil));
        } else if lines::is_filled(line) {
            faults.push(refused("nil", Phrase::NilWithFigures));
        }
    }
    faults
}

/// Takes a draft over from a colleague: nothing is lost, and both stand in the history.
pub fn take_over(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<&IfMatch>) -> Result<Answer> {
    let placed = open(tx, actor, id, SubmissionCommand::TakeOver, expected)?;
    if placed.row.holder_id == actor.user {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::Held));
    }
    let before = placed.row.clone();
    let row = Row { holder_id: actor.user, held_since: Some(tx.at), ..before.clone() };
    let lines = before.lines()?;
    let command = SubmissionCommand::TakeOver;
    let row = save::step(tx, actor, command, (&before, &placed.place), row, &lines, Words::default())?;
    answer(tx, actor, row)
}

fn already_there(tx: &mut Tx, actor: &Actor, new: &SubmissionCreate) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = submissions::table.find(id).count().get_result(tx.conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(tx.conn, actor, id).map_err(|_| conflict())?;
    let placed = model::placed(tx.conn, row, tx.at.day())?;
    let shown = model::show(tx.conn, actor, &placed, tx.at.day())?;
    if !same_content(new, &shown)? {
        return Err(conflict());
    }
    Answer::changed(placed.row.version, &shown).map(Some)
}
