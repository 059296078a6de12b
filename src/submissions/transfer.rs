//! What happens to submissions when a unit closes.

use crate::{
    auth::Actor,
    db::schema::submissions,
    error::Result,
    events::Tx,
    place::Place,
    submissions::{
        model::Row,
        save::{self, Words},
        workflow::{SubmissionCommand, SubmissionState},
    },
};
use diesel::prelude::*;

/// Who comes after the unit hands in what it had begun, and mends what is returned. The report stays that of
/// the closed unit, with all its lines; what is approved stays as it is.
pub fn inherit(tx: &mut Tx, actor: &Actor, from: &Place, to: &Place, reason: &str) -> Result<()> {
    let rows: Vec<Row> = submissions::table
        .filter(submissions::reporter_id.eq(from.id))
        .filter(submissions::state.ne(SubmissionState::Approved))
        .order(submissions::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for before in rows {
        let row = Row { reporter_id: to.id, holder_id: None, held_since: None, ..before.clone() };
        let lines = before.lines()?;
        let words = Words { reason: Some(reason), ..Words::default() };
        save::step(tx, actor, SubmissionCommand::Transfer, (&before, to), row, &lines, words)?;
    }
    Ok(())
}
