//! Setting up regimes.

use crate::{
    auth::Actor,
    calendars::regimes::{
        model::{self, Row},
        rules, save,
        wire::{RegimeCutOffCreate, ReportRegimeCreate},
    },
    db::{AnyConn, schema::report_regimes as regimes},
    error::{Code, Error, Phrase, Result, Said},
    events::Tx,
    http::{Answer, answer::same_content},
    ids::Id,
    measures::Regime,
    org_units::model as units,
    place::Place,
    policy::{Action, Site},
    text::refuse_classified,
};
use diesel::prelude::*;

/// Sets up a regime: everybody's, or the own unit's.
pub fn create(tx: &mut Tx, actor: &Actor, new: &ReportRegimeCreate) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    let place = match new.unit_id {
        Some(unit) => Some(units::referenced(tx.conn, actor, unit, "/unit_id")?.place()),
        None => None,
    };
    allow(actor, place.as_ref())?;
    refuse_classified(
        None,
        &[("/code", Some(&*new.code)), ("/name", Some(&*new.name)), ("/source", Some(&*new.source))],
    )?;
    let week_starts_on = new.week_starts_on.map_or(1, |day| day.small());
    let regime = Regime { cut_offs: rules::cut_offs(&new.cut_offs.0), week_starts_on: 1 };
    let faults = rules::cut_off_faults(&regime, tx.at.day());
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    refuse_taken(tx.conn, &new.code)?;
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: place.as_ref().map(|place| place.root_id),
        unit_id: place.as_ref().map(|place| place.id),
        code: new.code.0.clone(),
        name: new.name.0.clone(),
        system: new.system,
        source: new.source.0.clone(),
        week_starts_on,
        cut_offs: written(&new.cut_offs.0)?,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    };
    let regime = save::insert(tx, place.as_ref(), row)?;
    Answer::created(format!("/api/v1/report-regimes/{}", regime.id), regime.version, &regime)
}

/// Refuses who may not set up or change a regime of this unit, or everybody's.
pub fn allow(actor: &Actor, place: Option<&Place>) -> Result<()> {
    let action = if place.is_some() { Action::RegimeManage } else { Action::RegimeManageShared };
    actor.may_at(action, Site { unit: place, assigner: None })
}

/// Days of closing as the column has them.
pub fn written(cut_offs: &[RegimeCutOffCreate]) -> Result<String> {
    serde_json::to_string(cut_offs).map_err(Error::internal)
}

fn refuse_taken(conn: &mut AnyConn, code: &str) -> Result<()> {
    let taken: i64 = regimes::table.filter(regimes::code.eq(code)).count().get_result(conn)?;
    if taken == 0 {
        return Ok(());
    }
    Err(Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::Code).and(code)))
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    id: Id,
    new: &ReportRegimeCreate,
) -> Result<Option<Answer>> {
    let taken: i64 = regimes::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let regime = model::wire_one(conn, row)?;
    if !same_content(new, &regime)? {
        return Err(conflict());
    }
    Answer::changed(regime.version, &regime).map(Some)
}
