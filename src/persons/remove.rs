//! Taking persons away who were recorded by mistake.

use crate::{
    auth::Actor,
    db::schema::holdings,
    error::{Code, Error, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    persons::{
        erase::forget,
        model::{self, append},
    },
    policy::Action,
};
use diesel::prelude::*;

/// Marks a person as deleted, and keeps nothing personal of it. Refused for who ever held a post: that is
/// history, not a mistake.
pub fn remove(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch) -> Result<Answer> {
    let (mut row, place) = model::open(tx, actor, id, Action::PersonManage)?;
    expected.check(row.version)?;
    let held: i64 = holdings::table
        .filter(holdings::person_id.eq(id).and(holdings::deleted_at.is_null()))
        .count()
        .get_result(tx.conn)?;
    if held > 0 {
        return Err(Error::new(Code::InUse).with("what", Said::from(Phrase::Holdings).and(held)));
    }
    row.deleted_at = Some(tx.at);
    forget(tx, &mut row)?;
    model::update(tx, &mut row)?;
    append(tx, "person.deleted", &row, &place, Changes::none(), None)?;
    Ok(Answer::nothing())
}
