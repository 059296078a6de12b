//! Loading values as the old books have them. A later line for the same figure corrects it.

use crate::{
    auth::Actor,
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Result},
    events::Tx,
    http::Answer,
    indicators::values::{
        enter::{checked, content_of, named, note},
        model::{self, Row},
        save::{self, Slot},
        wire::{IndicatorValueCreate, IndicatorValueLoad, ValueSource},
        workflow::{ValueCommand, ValueStatus},
    },
    policy::{Action, Site},
};

/// Loads a value, approved unless the books say otherwise.
pub fn load(
    tx: &mut Tx,
    loader: &Actor,
    new: &IndicatorValueCreate,
    old: &IndicatorValueLoad,
) -> Result<Answer> {
    let (indicator, unit) = named(tx.conn, loader, new)?;
    let place = unit.place();
    loader.may_at(Action::HistoryLoad, Site::of(&place))?;
    refuse_classified(None, &[("/note", new.note.as_deref())])?;
    let (cell, window) = checked(tx, &indicator, &unit, new)?;
    let status = old.status.unwrap_or(ValueStatus::Approved);
    if !matches!(status, ValueStatus::Approved | ValueStatus::Submitted) {
        return Err(Fault::at("/status", Code::UnknownValue)
            .with("accepted", "approved, submitted".to_owned())
            .into());
    }
    let slot = Slot { indicator: &indicator, place: &place, period: new.period, window, cell: &cell };
    let fresh = save::fresh(tx, loader, &slot, content_of(new), ValueSource::Loaded);
    // Nobody in particular entered it: the person who loads it did not count.
    let fresh = Row { entered_by: None, entered_for: None, note: note(new), status, ..fresh };
    let approved = status == ValueStatus::Approved;
    let fresh = Row {
        approved_unit_id: approved.then_some(unit.parent_id.unwrap_or(unit.id)),
        approved_at: approved.then_some(tx.at),
        ..fresh
    };
    let Some(before) = model::at(tx.conn, indicator.id, place.id, new.period, &cell)? else {
        let row = Row { id: new.id.unwrap_or(fresh.id), ..fresh };
        if new.id.is_some() && model::exists(tx.conn, row.id)? {
            return Err(Error::new(Code::IdConflict));
        }
        save::insert(tx, &row, ValueCommand::Load)?;
        save::append(tx, ValueCommand::Load, &place, None, &row, None)?;
        let value = model::wire_one(tx.conn, row)?;
        return Answer::created(format!("/api/v1/indicator-values/{}", value.id), value.version, &value);
    };
    if new.id.is_some_and(|id| id != before.id) && before.content != fresh.content {
        return Err(Error::new(Code::IdConflict));
    }
    let row = Row {
        id: before.id,
        states: before.states,
        version: before.version,
        created_at: before.created_at,
        changed_at: before.changed_at,
        ..fresh
    };
    let same = (&row.content, row.status) == (&before.content, before.status);
    let row = if same {
        before
    } else {
        let row = save::update(tx, &before, row, ValueCommand::Load, None)?;
        save::append(tx, ValueCommand::Load, &place, Some(&before), &row, None)?;
        row
    };
    let value = model::wire_one(tx.conn, row)?;
    Answer::changed(value.version, &value)
}
