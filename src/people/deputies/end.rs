//! Ending a deputy's time: by hand, or with the assignment.

use crate::{
    auth::{Actor, sessions},
    db::{lock_row, schema::deputies},
    error::{Code, Error, Phrase, Result},
    events::{Changes, Tx},
    http::{
        Answer,
        version::{self, IfMatch},
    },
    ids::Id,
    people::{
        deputies::{
            may_decide,
            model::{self, Row, append},
            wire::DeputyEnd,
        },
        model::Post,
    },
    place::Place,
};
use diesel::prelude::*;
use serde_json::Value;

/// Ends a deputy's time at once.
pub fn end(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<IfMatch>, how: &DeputyEnd) -> Result<Answer> {
    let seen = model::find(tx.conn, actor, id)?;
    let post = model::post_of(tx.conn, seen.assignment_id)?;
    may_decide(actor, &post)?;
    lock_row(tx.conn, "users", &post.held.user_id.to_string())?;
    let row = model::find(tx.conn, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    if row.is_over(tx.at.day()) {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::Ended));
    }
    let ended = finish(tx, row, post.place.as_ref(), how.reason.as_deref(), "deputyship ended")?;
    Answer::changed(ended.version, &model::wire_one(tx.conn, ended)?)
}

/// Ends those that are not over under an assignment that ends at once, whose holder's account is locked.
pub fn with_assignment(tx: &mut Tx, post: &Post) -> Result<()> {
    let under: Vec<Row> = deputies::table
        .filter(deputies::assignment_id.eq(post.held.id).and(deputies::ended_at.is_null()))
        .filter(deputies::to_on.ge(tx.at.day()))
        .order(deputies::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in under {
        finish(tx, row, post.place.as_ref(), None, "assignment ended")?;
    }
    Ok(())
}

/// Ends one with its sessions.
fn finish(
    tx: &mut Tx,
    before: Row,
    place: Option<&Place>,
    reason: Option<&str>,
    because: &'static str,
) -> Result<Row> {
    let after = Row { ended_at: Some(tx.recorded_at), version: before.version + 1, ..before.clone() };
    let changed =
        diesel::update(deputies::table.find(before.id).filter(deputies::version.eq(before.version)))
            .set((
                deputies::ended_at.eq(after.ended_at.map(|at| at.millis())),
                deputies::version.eq(after.version),
            ))
            .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(after.version, before.version));
    }
    sessions::end_of_deputy(tx, before.id, because)?;
    let mut changes = Changes::between(&before, &after)?;
    if let Some(reason) = reason {
        changes = changes.and("end_reason", Value::Null, reason);
    }
    append(tx, "deputy.ended", &after, place, changes)?;
    Ok(after)
}
