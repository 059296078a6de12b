//! What happens to tasks when a unit closes: open work always has exactly one live unit.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{org_units, tasks},
    },
    error::Result,
    events::Tx,
    ids::Id,
    measures::Status,
    place::Place,
    tasks::{
        model::{self, Row},
        parts,
        save::{self, Account},
    },
};
use diesel::prelude::*;

/// Who takes over the work of a closing unit.
pub struct Heir {
    from: Id,
    to: Id,
    /// The unit above the heir.
    above: Option<Id>,
}

impl Heir {
    /// The heir with the unit above it.
    pub fn of(conn: &mut AnyConn, from: &Place, to: &Place) -> Result<Self> {
        let above = org_units::table.find(to.id).select(org_units::parent_id).first(conn)?;
        Ok(Self { from: from.id, to: to.id, above })
    }

    /// Who leads work and who judges it from now on.
    pub fn passed_on(&self, lead: Id, assigner: Id) -> (Id, Id) {
        let over = |unit: Id| if unit == self.from { self.to } else { unit };
        let (lead, assigner) = (over(lead), over(assigner));
        // The unit that gave it may now have to do it: then the one above judges.
        if assigner == lead { (lead, self.above.unwrap_or(lead)) } else { (lead, assigner) }
    }
}

/// Passes the open tasks of a closing unit, those it leads and those it gave, to another, and its parts
/// in tasks of others.
pub fn inherit(tx: &mut Tx, actor: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let heir = Heir::of(tx.conn, from, to)?;
    let touched: Vec<Row> = tasks::table
        .filter(tasks::unit_id.eq(from.id).or(tasks::assigner_unit_id.eq(from.id)))
        .filter(tasks::deleted_at.is_null())
        .filter(tasks::status.ne_all([Status::Completed, Status::Closed, Status::Cancelled]))
        .order(tasks::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in touched {
        let (unit_id, assigner_unit_id) = heir.passed_on(row.unit_id, row.assigner_unit_id);
        let after = Row { unit_id, assigner_unit_id, ..row.clone() };
        let before = model::placed(tx.conn, row)?;
        let account = Account { reason: Some(reason), ..Account::new("task.transferred") };
        save::update(tx, actor, &before, after, account)?;
    }
    parts::transfer::inherit(tx, from, to, reason)
}
