//! What happens to recurring duties when a unit closes: they pass on as open tasks do.

use crate::{
    auth::Actor,
    db::schema::recurring_duties as duties,
    duties::{
        model::{self, Row},
        save,
        workflow::DutyStatus,
    },
    error::Result,
    events::Tx,
    place::Place,
    tasks::transfer::Heir,
};
use diesel::prelude::*;

/// Passes the duties of a closing unit, those it leads and those it gave, to another.
pub fn inherit(tx: &mut Tx, _: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let heir = Heir::of(tx.conn, from, to)?;
    let touched: Vec<Row> = duties::table
        .filter(duties::unit_id.eq(from.id).or(duties::assigner_unit_id.eq(from.id)))
        .filter(duties::deleted_at.is_null().and(duties::status.ne(DutyStatus::Closed)))
        .order(duties::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in touched {
        let (unit_id, assigner_unit_id) = heir.passed_on(row.unit_id, row.assigner_unit_id);
        let after = Row { unit_id, assigner_unit_id, ..row.clone() };
        let before = model::placed(tx.conn, row)?;
        save::update(tx, "duty.transferred", &before, after, Some(reason))?;
    }
    Ok(())
}
