//! Entering values, and changing those that were not approved yet.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row, schema::indicator_values as values},
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::Tx,
    http::{
        Answer,
        answer::same_content,
        fields::{Amount, Day},
        version::IfMatch,
    },
    ids::Id,
    indicators::{
        model::{self as indicators, Row as Indicator},
        values::{
            content,
            model::{self, Content, Row},
            save::{self, Slot},
            wire::{IndicatorValueCreate, IndicatorValuePatch, ValueSource},
            workflow::ValueCommand,
        },
        wire::Code as ClassCode,
    },
    measures::{Period, Qualifier},
    org_units::model as units,
    policy::Site,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Enters a value of the own unit: it waits for approval.
pub fn create(tx: &mut Tx, actor: &Actor, new: &IndicatorValueCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx.conn, actor, new)? {
        return Ok(answer);
    }
    let (indicator, unit) = named(tx.conn, actor, new)?;
    let place = unit.place();
    actor.may_at(ValueCommand::Enter.action(), Site::of(&place))?;
    refuse_classified(None, &[("/note", new.note.as_deref())])?;
    let (cell, window) = checked(tx, &indicator, &unit, new)?;
    // Two who enter the same figure at once: the second finds that of the first.
    lock_row(tx.conn, "org_units", &place.id.to_string())?;
    if let Some(there) = model::at(tx.conn, indicator.id, place.id, new.period, &cell)? {
        return Err(taken(tx.conn, &there)?);
    }
    let slot = Slot { indicator: &indicator, place: &place, period: new.period, window, cell: &cell };
    let fresh = save::fresh(tx, actor, &slot, content_of(new), ValueSource::Entered);
    let row = Row { id: new.id.unwrap_or(fresh.id), note: note(new), ..fresh };
    save::insert(tx, &row, ValueCommand::Enter)?;
    save::append(tx, ValueCommand::Enter, &place, None, &row, None)?;
    let shown = model::show(tx.conn, actor, row)?;
    Answer::created(format!("/api/v1/indicator-values/{}", shown.id), shown.version, &shown)
}

/// Changes a value that was not approved yet; it waits for approval again. What changes nothing leaves
/// nothing, unless it was returned: then the same is handed in again.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: IndicatorValuePatch,
) -> Result<Answer> {
    lock_row(tx.conn, "indicator_values", &id.to_string())?;
    let row = model::find(tx.conn, actor, id)?;
    let placed = model::placed(tx.conn, row)?;
    actor.may_at(ValueCommand::Change.action(), Site::of(&placed.place))?;
    expected.check(placed.row.version)?;
    refuse_classified(None, &[("/note", patch.note.value().map(|text| &**text))])?;
    let before = placed.row;
    let Some(status) = ValueCommand::Change.leads(before.status) else {
        return Err(taken(tx.conn, &before)?);
    };
    let old = before.content.clone();
    let content = Content {
        value: patch.value.map(|Amount(number)| number).over(old.value),
        numerator: patch.numerator.map(|Amount(number)| number).over(old.numerator),
        denominator: patch.denominator.map(|Amount(number)| number).over(old.denominator),
        qualifier: patch.qualifier.0.unwrap_or(old.qualifier),
        estimated: patch.estimated.0.unwrap_or(old.estimated),
        reached_on: patch.reached_on.map(|Day(day)| day).over(old.reached_on),
        verdict: patch.verdict.over(old.verdict),
    };
    let mut faults = content::faults(&placed.indicator, &content, "");
    faults.extend(day_fault(&content, tx.at.day(), ""));
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    let note = patch.note.map(|text| text.0).over(before.note.clone());
    let row = Row { content, note, status, ..before.clone() };
    if row == before {
        let shown = model::show(tx.conn, actor, before)?;
        return Answer::changed(shown.version, &shown);
    }
    let row = Row { entered_by: actor.user, entered_for: actor.on_behalf_of, ..row };
    let row = save::update(tx, &before, row, ValueCommand::Change, None)?;
    save::append(tx, ValueCommand::Change, &placed.place, Some(&before), &row, None)?;
    let shown = model::show(tx.conn, actor, row)?;
    Answer::changed(shown.version, &shown)
}

/// The indicator and the unit a new value names.
pub fn named(
    conn: &mut AnyConn,
    actor: &Actor,
    new: &IndicatorValueCreate,
) -> Result<(Indicator, units::Row)> {
    let unit = units::referenced(conn, actor, new.unit_id, "/unit_id")?;
    Ok((indicators::referenced(conn, actor, new.indicator_id, "/indicator_id")?, unit))
}

/// The cell and the days of the period, once everything in the request is right.
pub fn checked(
    tx: &mut Tx,
    indicator: &Indicator,
    unit: &units::Row,
    new: &IndicatorValueCreate,
) -> Result<(String, (NaiveDate, NaiveDate))> {
    let regime = indicators::regime(tx.conn, indicator)?;
    let mut faults = content::faults(indicator, &content_of(new), "");
    faults.extend(day_fault(&content_of(new), tx.at.day(), ""));
    let window = regime.window(new.period).ok_or_else(|| Error::field("/period", Code::UnknownReference))?;
    faults.extend(slot_fault(indicator, unit, new.period, window.0, tx.at.day()));
    let given: Vec<&str> =
        new.cell.iter().flat_map(|few| &few.0).map(|ClassCode { 0: code }| code.as_str()).collect();
    let cell = cell_of(indicator, &given)?.ok_or_else(|| {
        faults.push(Fault::at("/cell", Code::UnknownReference));
    });
    match cell {
        Ok(cell) if faults.is_empty() => Ok((cell, window)),
        _ => Err(Error::faults(faults)),
    }
}

/// Why a unit may not report an indicator for a period that has these days; nothing when it may.
pub fn slot_fault(
    indicator: &Indicator,
    unit: &units::Row,
    period: Period,
    starts_on: NaiveDate,
    today: NaiveDate,
) -> Option<Fault> {
    let fault = |at: &str, why: Phrase| Some(Fault::at(at, Code::NotPermittedHere).with("why", why));
    if indicator.formula.is_some() {
        return fault("/indicator_id", Phrase::Computed);
    }
    if indicator.level.as_ref().is_some_and(|level| *level != unit.level) {
        return fault("/unit_id", Phrase::Level);
    }
    if indicator.root_id != unit.root_id {
        return fault("/unit_id", Phrase::AnotherTree);
    }
    if period.kind() != indicator.period_kind {
        return fault("/period", Phrase::OtherLength);
    }
    if starts_on > today {
        return Some(Fault::at("/period", Code::InFuture));
    }
    if indicator.retired_on.is_some_and(|day| starts_on >= day) {
        return fault("/period", Phrase::RetiredIndicator);
    }
    None
}

/// How a class of each dimension stands in the column; `None` when there is no such class.
pub fn cell_of(indicator: &Indicator, given: &[&str]) -> Result<Option<String>> {
    let dimensions = indicator.dimensions()?;
    let known = given.is_empty()
        || (given.len() == dimensions.len()
            && dimensions
                .iter()
                .zip(given)
                .all(|(dimension, code)| dimension.items.iter().any(|item| item.code == *code)));
    Ok(known.then(|| given.join("/")))
}

/// A day that is to have come.
pub fn day_fault(content: &Content, today: NaiveDate, at: &str) -> Option<Fault> {
    let ahead = content.reached_on.is_some_and(|day| day > today);
    ahead.then(|| Fault::at(format!("{at}/reached_on"), Code::InFuture))
}

/// What a new value says.
pub fn content_of(new: &IndicatorValueCreate) -> Content {
    Content {
        value: new.value.map(|amount| amount.0),
        numerator: new.numerator.map(|amount| amount.0),
        denominator: new.denominator.map(|amount| amount.0),
        qualifier: new.qualifier.unwrap_or(Qualifier::Exactly),
        estimated: new.estimated.unwrap_or(false),
        reached_on: new.reached_on.map(|day| day.0),
        verdict: new.verdict,
    }
}

/// The note of a new value.
pub fn note(new: &IndicatorValueCreate) -> Option<String> {
    new.note.as_deref().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Why a value cannot be put where one stands: it was approved, and by whom, or it waits.
pub fn taken(conn: &mut AnyConn, there: &Row) -> Result<Error> {
    let Some(unit) = there.approved_unit_id else {
        return Ok(
            Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::IndicatorValues).and(there.id))
        );
    };
    let unit = units::load(conn, unit)?.reference();
    let error = Error::new(Code::AlreadyApproved).with("unit", unit.name.clone());
    Ok(error.extra("unit", serde_json::to_value(&unit).map_err(Error::internal)?))
}

fn already_there(conn: &mut AnyConn, actor: &Actor, new: &IndicatorValueCreate) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let there: i64 = values::table.find(id).count().get_result(conn)?;
    if there == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let shown = model::show(conn, actor, row)?;
    if !same_content(new, &shown)? {
        return Err(conflict());
    }
    Answer::changed(shown.version, &shown).map(Some)
}
