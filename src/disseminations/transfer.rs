//! What happens to disseminations when a unit closes.

use crate::{
    auth::Actor,
    db::schema::{dissemination_holders as holders, disseminations},
    disseminations::{
        model::{self, Row},
        save,
    },
    error::Result,
    events::{Changes, Tx},
    ids::Id,
    place::Place,
};
use diesel::prelude::*;

/// Passes the unfinished studies of a closing unit to its heir, with their sessions, from today on: past
/// days stay the closed unit's. One that the heir does by itself ends. What is complete stays with who
/// did it: the heir's own people have not studied by that.
pub fn inherit(tx: &mut Tx, actor: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let open: Vec<Row> = disseminations::table
        .filter(disseminations::unit_id.eq(from.id))
        .filter(disseminations::completed_on.is_null().and(disseminations::ended_at.is_null()))
        .order(disseminations::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in open {
        let ends = has_one(tx, row.document_id, to.id)?;
        until_today(tx, &row)?;
        let before = model::placed_one(tx.conn, row.clone())?;
        let (kind, after) = if ends {
            ("dissemination.ended", Row { ended_at: Some(tx.at), ..row })
        } else {
            let today = tx.at.day();
            save::hold(tx, &row, to.id, Some(today))?;
            ("dissemination.transferred", Row { unit_id: to.id, ..row })
        };
        save::update(tx, actor, kind, &before, after, Changes::none(), Some(reason))?;
    }
    Ok(())
}

fn has_one(tx: &mut Tx, document: Id, unit: Id) -> Result<bool> {
    let theirs = disseminations::table
        .filter(disseminations::document_id.eq(document).and(disseminations::unit_id.eq(unit)));
    Ok(diesel::select(diesel::dsl::exists(theirs)).get_result(tx.conn)?)
}

/// The closing unit had it until now.
fn until_today(tx: &mut Tx, row: &Row) -> Result<()> {
    let now =
        holders::table.filter(holders::dissemination_id.eq(row.id).and(holders::unit_id.eq(row.unit_id)));
    diesel::update(now).set(holders::until_on.eq(tx.at.day())).execute(tx.conn)?;
    Ok(())
}
