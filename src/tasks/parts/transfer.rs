//! What happens to parts when a unit closes: open work always has exactly one live unit.

use crate::{
    db::schema::{task_parts as parts, tasks},
    error::Result,
    events::{Changes, Tx},
    ids::Id,
    measures::Status,
    place::Place,
    tasks::{
        model::{self as work, Row},
        parts::model::{self, PartRow},
        wire::PartStatus,
    },
};
use diesel::prelude::*;

/// Passes the open parts of a closing unit to its heir. A part ends where the heir has one of its own
/// already, or leads the task, also since it inherited that. Tasks have passed on before.
pub fn inherit(tx: &mut Tx, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let found: Vec<(PartRow, Row)> = parts::table
        .inner_join(tasks::table)
        .filter(parts::unit_id.eq(from.id).or(parts::unit_id.eq(to.id).and(tasks::unit_id.eq(to.id))))
        .filter(parts::deleted_at.is_null().and(parts::status.ne(PartStatus::Accepted)))
        .filter(tasks::deleted_at.is_null().and(tasks::status.ne_all([Status::Closed, Status::Cancelled])))
        .order(parts::id)
        .select((PartRow::as_select(), Row::as_select()))
        .load(tx.conn)?;
    for (before, task) in found {
        let ends = task.unit_id == to.id || has_one(tx, task.id, to.id)?;
        let placed = work::placed(tx.conn, task)?;
        let (kind, row) = if ends {
            ("task.part_removed", PartRow { deleted_at: Some(tx.at), ..before.clone() })
        } else {
            ("task.part_changed", PartRow { unit_id: to.id, ..before.clone() })
        };
        model::update(tx, kind, &placed, before, row, Changes::none(), Some(reason))?;
    }
    Ok(())
}

fn has_one(tx: &mut Tx, task: Id, unit: Id) -> Result<bool> {
    let live = parts::table.filter(parts::task_id.eq(task).and(parts::deleted_at.is_null()));
    Ok(diesel::select(diesel::dsl::exists(live.filter(parts::unit_id.eq(unit)))).get_result(tx.conn)?)
}
