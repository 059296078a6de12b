//! Erasing what is personal of a person; which posts somebody held stays, under the id.

use crate::{
    auth::{Actor, once},
    db::schema::memberships,
    error::Result,
    events::{Changes, Tx, personal},
    http::{Answer, version::IfMatch},
    ids::Id,
    persons::{
        change::holds_nothing,
        model::{self, Row, append},
        wire::MemberStatus,
    },
    policy::Action,
    text,
};
use diesel::prelude::*;

/// What an erased person is called.
const NOBODY: &str = "Người đã xóa dữ liệu cá nhân";

/// Erases the personal data of a person who holds no post any more: name, year of birth, account and
/// what the membership says, old values too, and answers kept for repeated requests that show any of it.
pub fn erase(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<IfMatch>, reason: &str) -> Result<Answer> {
    let (mut row, place) = model::open(tx, actor, id, Action::PersonErase)?;
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    holds_nothing(tx, id, false)?;
    row.erased_at = Some(tx.at);
    forget(tx, &mut row)?;
    model::update(tx, &mut row)?;
    append(tx, "person.erased", &row, &place, Changes::none(), Some(reason))?;
    let person = model::wire_one(tx.conn, row)?;
    Answer::changed(person.version, &person)
}

/// Takes out of a row, and of all that is kept beside it, whatever tells who it was.
pub fn forget(tx: &mut Tx, row: &mut Row) -> Result<()> {
    row.full_name = NOBODY.into();
    row.search_text = text::fold(NOBODY);
    row.birth_year = None;
    row.user_id = None;
    // Who has a copy of the membership learns by its version that it is another.
    diesel::update(memberships::table.find(row.id))
        .set((
            memberships::card_number.eq(None::<String>),
            memberships::admitted_on.eq(None::<chrono::NaiveDate>),
            memberships::official_on.eq(None::<chrono::NaiveDate>),
            memberships::status.eq(MemberStatus::Left),
            memberships::version.eq(memberships::version + 1),
            memberships::updated_at.eq(tx.at),
        ))
        .execute(tx.conn)?;
    personal::erase(tx.conn, row.id)?;
    once::forget(tx.conn, row.id)?;
    Ok(())
}
