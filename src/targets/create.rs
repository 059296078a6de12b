//! Putting a target on the table: a superior proposes it, or a unit registers its own.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row},
    documents::{
        model as documents,
        rules::{refuse, refuse_classified},
    },
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::Tx,
    http::{Answer, answer::same_content},
    ids::Id,
    indicators::model::{self as indicators, Row as Indicator},
    measures::{PeriodKind, Regime},
    org_units::model::{self as units, Row as Unit},
    policy::{self, Action, Site, permits},
    resolution_items::model as items,
    targets::{
        content::{self, Window},
        model::{self, Row},
        save::{self, Step},
        wire::{TargetContent, TargetCreate},
        workflow::{TargetCommand, TargetStatus},
    },
};
use chrono::{Days, NaiveDate};

/// Puts a target on the table.
pub fn create(tx: &mut Tx, actor: &Actor, new: &TargetCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx.conn, actor, new)? {
        return Ok(answer);
    }
    let (indicator, unit) = named(tx.conn, actor, new)?;
    let place = unit.place();
    let may = |action| permits(actor.seat(), action, Site::of(&place));
    let (command, status) = if may(Action::TargetPropose) {
        (TargetCommand::Propose, TargetStatus::Proposed)
    } else if may(Action::TargetRegister) {
        (TargetCommand::Register, TargetStatus::Registered)
    } else {
        return Err(policy::refused(Action::TargetPropose));
    };
    let (fresh, content) = checked(tx, actor, &indicator, &unit, new)?;
    // Two who set the same target at once: the second finds that of the first.
    lock_row(tx.conn, "org_units", &place.id.to_string())?;
    if model::at(tx.conn, indicator.id, place.id, (fresh.starts_on, fresh.ends_on))?.is_some() {
        let what = Said::from(Phrase::TargetOfTheTime).and(&indicator.code);
        return Err(Error::new(Code::AlreadyExists).with("what", what));
    }
    let row = Row { status, ..fresh };
    let step = Step { command, status, content, reason: None, document: new.document_id, due: None };
    save::insert(tx, actor, &place, &row, &step)?;
    let shown = model::show(tx.conn, actor, row)?;
    Answer::created(format!("/api/v1/targets/{}", shown.id), shown.version, &shown)
}

/// The indicator and the unit of a new target.
pub fn named(conn: &mut AnyConn, actor: &Actor, new: &TargetCreate) -> Result<(Indicator, Unit)> {
    let unit = units::referenced(conn, actor, new.unit_id, "/unit_id")?;
    let indicator = indicators::referenced(conn, actor, new.indicator_id, "/indicator_id")?;
    Ok((indicator, unit))
}

/// A new row and its content, once nothing is wrong with them.
pub fn checked(
    tx: &mut Tx,
    actor: &Actor,
    indicator: &Indicator,
    unit: &Unit,
    new: &TargetCreate,
) -> Result<(Row, TargetContent)> {
    let content = new.content().unwrap_or_else(TargetContent::empty);
    refuse_classified(None, &[("/wording", content.wording.as_deref())])?;
    let regime = indicators::regime(tx.conn, indicator)?;
    let mut faults = Vec::new();
    if indicator.root_id != unit.root_id {
        faults.push(Fault::at("/unit_id", Code::NotPermittedHere).with("why", Phrase::AnotherTree));
    }
    let window = window(&regime, indicator, new);
    match &window {
        Ok(window) => faults.extend(content::faults(indicator, &regime, *window, &content)),
        Err(fault) => faults.push(fault.clone()),
    }
    faults.extend(documents::document_fault(tx.conn, actor, new.document_id)?);
    if let Some(item) = new.resolution_item_id
        && items::seen(tx.conn, actor, vec![item])?.is_empty()
    {
        faults.push(Fault::at("/resolution_item_id", Code::UnknownReference));
    }
    refuse(faults)?;
    let (starts_on, ends_on) = window?;
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: unit.root_id,
        unit_id: unit.id,
        indicator_id: indicator.id,
        period: new.period,
        due_on: new.due_on.map(|day| day.0),
        due_exclusive: new.due_exclusive.unwrap_or(false),
        starts_on,
        ends_on,
        resolution_item_id: new.resolution_item_id,
        document_id: new.document_id,
        status: TargetStatus::Proposed,
        version: 1,
        changed_at: tx.at,
        created_at: tx.at,
    };
    Ok((row, content))
}

/// From when to when: a period of the indicator's regime, or up to a day.
fn window(regime: &Regime, indicator: &Indicator, new: &TargetCreate) -> std::result::Result<Window, Fault> {
    let with_day = [("/due_exclusive", new.due_exclusive.is_some()), ("/starts_on", new.starts_on.is_some())];
    let window = match (new.period, new.due_on) {
        (Some(_), Some(_)) => {
            return Err(Fault::at("/due_on", Code::NotPermittedHere).with("why", Phrase::PeriodOrDay));
        }
        (None, None) => return Err(Fault::at("/period", Code::Required)),
        (Some(period), None) => {
            if let Some((at, _)) = with_day.into_iter().find(|(_, there)| *there) {
                return Err(Fault::at(at, Code::NotPermittedHere).with("why", Phrase::PeriodOrDay));
            }
            regime.window(period).ok_or_else(|| Fault::at("/period", Code::UnknownReference))?
        }
        (None, Some(due)) => {
            let last = last_good_day(due.0, new.due_exclusive.unwrap_or(false));
            let year = regime.holding(PeriodKind::Year, last).and_then(|year| regime.window(year));
            let first = new.starts_on.map_or_else(|| year.map_or(last, |(first, _)| first), |day| day.0);
            if first > last {
                return Err(Fault::at("/due_on", Code::EndBeforeStart));
            }
            (first, last)
        }
    };
    if new.period.is_some() && !holds_a_period(regime, indicator.period_kind, window) {
        return Err(Fault::at("/period", Code::NotPermittedHere).with("why", Phrase::OtherLength));
    }
    Ok(window)
}

/// "Trước ngày": the day before it.
pub fn last_good_day(due: NaiveDate, exclusive: bool) -> NaiveDate {
    if exclusive { due.checked_sub_days(Days::new(1)).unwrap_or(due) } else { due }
}

/// A shorter time than the indicator's periods would never get a figure.
fn holds_a_period(regime: &Regime, kind: PeriodKind, (first, last): Window) -> bool {
    let first = regime.first_from(kind, first);
    first.is_some_and(|first| regime.window(first).is_some_and(|(_, end)| end <= last))
}

fn already_there(conn: &mut AnyConn, actor: &Actor, new: &TargetCreate) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    if !model::exists(conn, id)? {
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
