//! What happens to tasks when a unit closes: open work always has exactly one live unit.

use crate::{
    auth::Actor,
    db::schema::{org_units, tasks},
    error::Result,
    events::{Changes, Tx},
    ids::Id,
    measures::Status,
    place::Place,
    tasks::{
        model::{self, Row},
        parts, save,
    },
};
use diesel::prelude::*;

/// Passes the open tasks of a closing unit, those it leads and those it gave, to another, and its parts
/// in tasks of others.
pub fn inherit(tx: &mut Tx, actor: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let over_to: Option<Id> = org_units::table.find(to.id).select(org_units::parent_id).first(tx.conn)?;
    let touched: Vec<Row> = tasks::table
        .filter(tasks::unit_id.eq(from.id).or(tasks::assigner_unit_id.eq(from.id)))
        .filter(tasks::deleted_at.is_null())
        .filter(tasks::status.ne_all([Status::Completed, Status::Closed, Status::Cancelled]))
        .order(tasks::id)
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
        save::update(tx, actor, "task.transferred", &before, after, Changes::none(), Some(reason))?;
    }
    parts::transfer::inherit(tx, from, to, reason)
}
