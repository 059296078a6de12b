//! What happens to recurring duties when a unit closes: they pass on as open tasks do.

use crate::{
    auth::Actor,
    db::schema::{org_units, recurring_duties as duties},
    duties::{
        model::{self, Row},
        save,
        workflow::DutyStatus,
    },
    error::Result,
    events::Tx,
    ids::Id,
    place::Place,
};
use diesel::prelude::*;

/// Passes the duties of a closing unit, those it leads and those it gave, to another.
pub fn inherit(tx: &mut Tx, _: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let over_to: Option<Id> = org_units::table.find(to.id).select(org_units::parent_id).first(tx.conn)?;
    let touched: Vec<Row> = duties::table
        .filter(duties::unit_id.eq(from.id).or(duties::assigner_unit_id.eq(from.id)))
        .filter(duties::deleted_at.is_null().and(duties::status.ne(DutyStatus::Closed)))
        .order(duties::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in touched {
        let lead = if row.unit_id == from.id { to.id } else { row.unit_id };
        let mut assigner = if row.assigner_unit_id == from.id { to.id } else { row.assigner_unit_id };
        // The unit that gave it may now have to do it: then the one above judges.
        if assigner == lead {
            assigner = over_to.unwrap_or(lead);
        }
        let after = Row { unit_id: lead, assigner_unit_id: assigner, ..row.clone() };
        let before = model::placed(tx.conn, row)?;
        save::update(tx, "duty.transferred", &before, after, Some(reason))?;
    }
    Ok(())
}
