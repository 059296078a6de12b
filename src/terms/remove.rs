//! Taking terms away.

use crate::{
    auth::Actor,
    db::schema::{congresses, documents, registration_rounds as rounds},
    error::{Code, Error, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    terms::model::{self, append},
};
use diesel::prelude::*;

/// Marks a term as deleted. The row stays, and with it its id and its history; refused while a
/// document, a congress or a registration round belongs to it.
pub fn remove(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch) -> Result<Answer> {
    let (mut row, place) = model::open(tx, actor, id)?;
    expected.check(row.version)?;
    let documents: i64 = documents::table
        .filter(documents::term_id.eq(id).and(documents::deleted_at.is_null()))
        .count()
        .get_result(tx.conn)?;
    let congresses: i64 = congresses::table
        .filter(congresses::term_id.eq(id).and(congresses::deleted_at.is_null()))
        .count()
        .get_result(tx.conn)?;
    let rounds: i64 = rounds::table.filter(rounds::term_id.eq(id)).count().get_result(tx.conn)?;
    let uses = [
        (Phrase::Documents, documents),
        (Phrase::Congresses, congresses),
        (Phrase::RegistrationRounds, rounds),
    ];
    for (what, used) in uses {
        if used > 0 {
            return Err(Error::new(Code::InUse).with("what", Said::from(what).and(used)));
        }
    }
    row.deleted_at = Some(tx.at);
    model::update(tx, &mut row)?;
    append(tx, "term.deleted", &row, &place, Changes::none())?;
    Ok(Answer::nothing())
}
