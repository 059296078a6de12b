//! Erasing what is personal of an account; what it did stays, under its id.

use crate::{
    auth::{Actor, account::username_key, once},
    db::schema::{assignments, users},
    error::{Code, Error, Phrase, Result},
    events::{Changes, Event, Tx, personal},
    http::{Answer, version::IfMatch},
    ids::Id,
    people::{
        create::search_text,
        deputies::model::erase_words,
        model::{self, home},
    },
};
use diesel::prelude::*;

/// What an erased account is called.
const NOBODY: &str = "Tài khoản đã xóa dữ liệu cá nhân";
/// No password has this hash.
const NO_PASSWORD: &str = "!";

/// Erases the personal data of a disabled account: its names, old ones too, the notes on its
/// assignments and with its deputies, its password, and answers kept for repeated requests that show any of it.
pub fn erase(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<IfMatch>, reason: &str) -> Result<Answer> {
    let (row, posts) = model::find_managed(tx, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    if row.disabled_at.is_none() {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::Enabled));
    }
    let (username, now) = (format!("da-xoa-{id}"), tx.recorded_at.millis());
    diesel::update(users::table.find(id))
        .set((
            users::username.eq(&username),
            users::username_key.eq(username_key(&username)),
            users::display_name.eq(NOBODY),
            users::search_text.eq(search_text(&username, NOBODY)),
            users::password_hash.eq(NO_PASSWORD),
            users::erased_at.eq(now),
            users::version.eq(row.version + 1),
            users::updated_at.eq(now),
        ))
        .execute(tx.conn)?;
    // Part of this change: who has a copy of an assignment learns by its version that it is another.
    let noted = assignments::table.filter(assignments::user_id.eq(id));
    diesel::update(noted.filter(assignments::ground_note.is_not_null()))
        .set((assignments::ground_note.eq(None::<String>), assignments::version.eq(assignments::version + 1)))
        .execute(tx.conn)?;
    erase_words(tx.conn, id)?;
    personal::erase(tx.conn, id)?;
    once::forget(tx.conn, id)?;
    let after = model::show(tx.conn, actor, id)?;
    tx.append(Event {
        kind: "user.erased",
        subject_type: "user",
        subject_id: id,
        subject_version: after.version,
        place: home(&posts, tx.at.day()),
        changes: Changes::none(),
        reason: Some(reason),
    })?;
    Answer::changed(after.version, &after)
}
