//! What happens to dispatches and receipts when a unit closes.

use crate::{
    auth::Actor,
    db::schema::{dispatches, receipts},
    dispatches::{
        model::{self, Row},
        receipts::{
            model::{self as receipt, Row as Receipt},
            save as keep,
        },
        save,
    },
    error::Result,
    events::{Changes, Tx},
    ids::Id,
    org_units::model as units,
    place::Place,
};
use diesel::prelude::*;

/// Passes on what a closing unit sent, and what it still has to put into practice.
pub fn inherit(tx: &mut Tx, _: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let sent: Vec<Row> = dispatches::table
        .filter(dispatches::unit_id.eq(from.id))
        .order(dispatches::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for before in sent {
        let row = Row { unit_id: to.id, ..before.clone() };
        save::update(tx, "dispatch.transferred", to, &before, row, Changes::none(), Some(reason))?;
    }
    let got: Vec<Receipt> = receipts::table
        .filter(receipts::unit_id.eq(from.id))
        .filter(receipts::recalled_at.is_null().and(receipts::exempt_at.is_null()))
        .order(receipts::id)
        .select(Receipt::as_select())
        .load(tx.conn)?;
    for before in got {
        pass_on(tx, from, to, before, reason)?;
    }
    Ok(())
}

/// The closed unit is exempt from now on, for the reason it was closed; the heir gets the document with
/// all that had happened to it, so that past days stay what they were. Not an heir that has it already,
/// nor one that does not lie below the sender, such as the sender itself.
fn pass_on(tx: &mut Tx, from: &Place, to: &Place, before: Receipt, reason: &str) -> Result<()> {
    let row = Receipt {
        exempt_at: Some(tx.at),
        exempt_by: tx.author.user,
        exempt_reason: Some(reason.to_owned()),
        ..before.clone()
    };
    keep::update(tx, "receipt.exempted", from, &before, row, Some(reason))?;
    let sender = model::sender(tx.conn, before.dispatch_id)?;
    let sender = units::load(tx.conn, sender)?.place();
    if !sender.is_above(to) || !receipt::in_hand(tx.conn, before.document_id, &[to.id])?.is_empty() {
        return Ok(());
    }
    let row = Receipt {
        id: Id::new(),
        unit_id: to.id,
        // Nobody of the closed unit is in charge any more.
        assigned_unit_id: before.assigned_unit_id.filter(|unit| *unit != from.id),
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        ..before
    };
    keep::insert(tx.conn, std::slice::from_ref(&row))?;
    keep::append(tx, "receipt.sent", to, &row, Changes::new_record(&row)?, Some(reason))
}
