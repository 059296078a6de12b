//! What happens to forms when the unit that asks for them closes.

use crate::{
    auth::Actor,
    db::schema::forms,
    error::Result,
    events::{Changes, Tx},
    forms::model::{self, Row},
    place::Place,
};
use diesel::prelude::*;

/// Who comes after the unit asks for its forms. Units that owed it one are followed by the days of the tree.
pub fn inherit(tx: &mut Tx, _: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let rows: Vec<Row> = forms::table
        .filter(forms::unit_id.eq(from.id))
        .order(forms::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in rows {
        let before = model::wire_one(tx.conn, row.clone())?;
        let mut row = Row { unit_id: to.id, ..row };
        model::update(tx, &mut row)?;
        let form = model::wire_one(tx.conn, row.clone())?;
        model::append(tx, "form.transferred", &row, to, Changes::between(&before, &form)?, Some(reason))?;
    }
    Ok(())
}
