//! What happens to rounds and registrations when a unit closes.

use crate::{
    auth::Actor,
    db::schema::{registration_lines as lines, registration_rounds as rounds, registrations},
    error::Result,
    events::{Changes, Tx},
    measures::RegistrationState,
    org_units::model as units,
    place::Place,
    registrations::{
        lines::{model::Line, save as keep},
        model::{self, Row},
        rounds::{model::Row as Round, save as opened},
        save::{self, Words},
        workflow::RegistrationCommand::Transfer,
    },
};
use diesel::prelude::*;

/// Passes on the rounds that a closing unit opened, what it registered, and the lines it was to lead.
pub fn inherit(tx: &mut Tx, _: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let opened_by: Vec<Round> = rounds::table
        .filter(rounds::unit_id.eq(from.id))
        .order(rounds::id)
        .select(Round::as_select())
        .load(tx.conn)?;
    for before in opened_by {
        let row = Round { unit_id: to.id, ..before.clone() };
        opened::update(tx, "registration_round.transferred", to, &before, row, None, Some(reason))?;
    }
    let registered: Vec<Row> = registrations::table
        .filter(registrations::unit_id.eq(from.id))
        .filter(registrations::state.ne(RegistrationState::Ended))
        .order(registrations::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in registered {
        pass_on(tx, to, row, reason)?;
    }
    leads_on(tx, from, to, reason)
}

/// The heir goes on where the closed unit stood, unless it registers in the round itself or does not lie
/// below the opening unit: then the registration ends with its unit. Tasks made of it pass on as all do.
fn pass_on(tx: &mut Tx, to: &Place, row: Row, reason: &str) -> Result<()> {
    let before = model::placed(tx.conn, row)?;
    let free = model::of_unit(tx.conn, before.row.round_id, to.id)?.is_none();
    let row = if free && before.opener.is_above(to) {
        Row { unit_id: to.id, ..before.row.clone() }
    } else {
        Row { state: RegistrationState::Ended, ..before.row.clone() }
    };
    let words = Words { reason: Some(reason), comment: None };
    save::step(tx, Transfer, &before, row, words, Changes::none())?;
    Ok(())
}

/// Lines not yet accepted that the closed unit was to lead: the heir leads them where it lies in the
/// registering unit, else that unit does.
fn leads_on(tx: &mut Tx, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let led: Vec<Line> = lines::table
        .filter(lines::lead_unit_id.eq(from.id).and(lines::deleted_at.is_null()))
        .filter(lines::accepted_at.is_null())
        .order(lines::id)
        .select(Line::as_select())
        .load(tx.conn)?;
    for before in led {
        let row =
            registrations::table.find(before.registration_id).select(Row::as_select()).first(tx.conn)?;
        let placed = model::placed(tx.conn, row)?;
        let here = units::load(tx.conn, placed.row.unit_id)?.place();
        let lead = if here.contains(to) { to.id } else { here.id };
        if placed.row.state == RegistrationState::Ended || lead == from.id {
            continue;
        }
        let line = keep::update(tx, &before, Line { lead_unit_id: lead, ..before.clone() })?;
        let both = (Some(&before), Some(&line));
        keep::tell(tx, "registration.line_changed", &placed, both, Some(reason))?;
    }
    Ok(())
}
