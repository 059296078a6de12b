//! Renaming accounts.

use crate::{
    auth::Actor,
    db::schema::users,
    error::Result,
    events::{Changes, Event, Tx},
    http::{
        Answer,
        version::{self, IfMatch},
    },
    ids::Id,
    people::{
        create::{PERSONAL, check_username, search_text},
        model::{self, home},
        wire::UserPatch,
    },
};
use diesel::prelude::*;

/// Changes the names of an account; what changes nothing leaves nothing.
pub fn change(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch, patch: &UserPatch) -> Result<Answer> {
    let (row, posts) = model::find_managed(tx, actor, id)?;
    expected.check(row.version)?;
    let before = model::show(tx.conn, actor, id)?;
    let username = patch.username.0.as_ref().map_or(&row.username, |name| &name.0);
    let display_name = patch.display_name.0.as_ref().map_or(&row.display_name, |name| &name.0);
    if (username, display_name) == (&row.username, &row.display_name) {
        return Answer::changed(before.version, &before);
    }
    let key = check_username(tx.conn, username, id)?;
    let changed = diesel::update(users::table.find(id).filter(users::version.eq(row.version)))
        .set((
            users::username.eq(username),
            users::username_key.eq(key),
            users::display_name.eq(display_name),
            users::search_text.eq(search_text(username, display_name)),
            users::version.eq(row.version + 1),
            users::updated_at.eq(tx.recorded_at.millis()),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(version::stale(row.version + 1, row.version));
    }
    let after = model::show(tx.conn, actor, id)?;
    tx.append(Event {
        kind: "user.changed",
        subject_type: "user",
        subject_id: id,
        subject_version: after.version,
        place: home(&posts, tx.at.day()),
        changes: Changes::between(&before, &after)?.personal(id, &PERSONAL),
        reason: None,
    })?;
    Answer::changed(after.version, &after)
}
