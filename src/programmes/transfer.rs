//! What happens to programmes when a unit closes: open ones pass to its heir, and so does what it was to
//! lead or to take part in.

use crate::{
    auth::Actor,
    db::schema::{programme_items as items, programmes},
    error::Result,
    events::{Changes, Tx},
    ids::Id,
    org_units::model as units,
    place::Place,
    programmes::{
        items::{create::once, model as item, save as keep},
        model::{self, Row},
        save,
        workflow::ProgrammeStatus,
    },
};
use diesel::prelude::*;

/// Passes on the open programmes of a closing unit, and its place in those of others.
pub fn inherit(tx: &mut Tx, actor: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let open = programmes::deleted_at.is_null().and(programmes::status.ne(ProgrammeStatus::Closed));
    let own: Vec<Row> = programmes::table
        .filter(programmes::unit_id.eq(from.id).and(open))
        .order(programmes::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in own {
        let after = Row { unit_id: to.id, ..row.clone() };
        let before = model::placed(tx.conn, row)?;
        save::update(tx, actor, "programme.transferred", &before, after, Changes::none(), Some(reason))?;
    }
    let open = programmes::table
        .filter(programmes::deleted_at.is_null().and(programmes::status.ne(ProgrammeStatus::Closed)))
        .select(programmes::id);
    let named = items::coordinating_unit_ids.like(format!("%{}%", from.id));
    let touched: Vec<item::Row> = items::table
        .filter(items::programme_id.eq_any(open).and(items::deleted_at.is_null()))
        .filter(items::lead_unit_id.eq(from.id).or(named))
        .order(items::id)
        .select(item::Row::as_select())
        .load(tx.conn)?;
    for row in touched {
        pass_on(tx, from, to, row, reason)?;
    }
    Ok(())
}

/// Who leads lies below the unit of the programme or is that unit: an heir elsewhere does not lead, the
/// unit itself does then.
fn pass_on(tx: &mut Tx, from: &Place, to: &Place, row: item::Row, reason: &str) -> Result<()> {
    let unit: Id = programmes::table.find(row.programme_id).select(programmes::unit_id).first(tx.conn)?;
    let place = units::load(tx.conn, unit)?.place();
    let heir = if place.contains(to) { to.id } else { place.id };
    let lead_unit_id = if row.lead_unit_id == from.id { heir } else { row.lead_unit_id };
    let over = |id: Id| if id == from.id { to.id } else { id };
    let mut others: Vec<Id> = row.coordinating()?.into_iter().map(over).collect();
    others.retain(|id| *id != lead_unit_id);
    let coordinating_unit_ids = keep::listed(&once(&others))?;
    let old = item::wire_one(tx.conn, None, row.clone())?;
    let row = item::Row { lead_unit_id, coordinating_unit_ids, ..row };
    keep::update(tx, "programme_item.transferred", &place, &old, row, Some(reason))?;
    Ok(())
}
