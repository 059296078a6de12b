//! Taking terms away.

use crate::{
    auth::Actor,
    db::schema::documents,
    error::{Code, Error, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    terms::model::{self, append},
};
use diesel::prelude::*;

/// Marks a term as deleted. The row stays, and with it its id and its history; refused while a
/// document belongs to it.
pub fn remove(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch) -> Result<Answer> {
    let (mut row, place) = model::open(tx, actor, id)?;
    expected.check(row.version)?;
    let used: i64 = documents::table
        .filter(documents::term_id.eq(id).and(documents::deleted_at.is_null()))
        .count()
        .get_result(tx.conn)?;
    if used > 0 {
        return Err(Error::new(Code::InUse).with("what", Said::from(Phrase::Documents).and(used)));
    }
    row.deleted_at = Some(tx.at);
    model::update(tx, &mut row)?;
    append(tx, "term.deleted", &row, &place, Changes::none())?;
    Ok(Answer::nothing())
}
