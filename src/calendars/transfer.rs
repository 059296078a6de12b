//! What happens to regimes when a unit closes.

use crate::{
    auth::Actor,
    calendars::regimes::{
        model::{self, Row},
        save,
    },
    db::schema::report_regimes,
    error::Result,
    events::Tx,
    place::Place,
};
use diesel::prelude::*;

/// Passes on the regimes of a closing unit, unchanged: what was reported by them stays where it was.
pub fn inherit(tx: &mut Tx, _: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let kept: Vec<Row> = report_regimes::table
        .filter(report_regimes::unit_id.eq(from.id))
        .order(report_regimes::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in kept {
        let before = model::wire_one(tx.conn, row.clone())?;
        let row = Row { root_id: Some(to.root_id), unit_id: Some(to.id), ..row };
        save::update(tx, "report_regime.transferred", Some(to), &before, row, Some(reason))?;
    }
    Ok(())
}
