//! Disabling, enabling and setting a new password: what takes hold of an account at once.

use crate::{
    auth::{Actor, sessions},
    db::schema::users,
    error::{Code, Error, Phrase, Result},
    events::{Changes, Event, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    people::model::{self, home},
};
use diesel::prelude::*;

/// What is done to an account.
#[derive(Clone)]
pub enum Switch {
    /// Nobody logs in with it any more.
    Disable,
    /// It may be used again; ended sessions stay ended.
    Enable,
    /// A new password, given as its hash.
    Password(String),
}

/// Switches an account; all its sessions end, unless it is being enabled.
pub fn switch(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<IfMatch>,
    to: Switch,
    reason: Option<&str>,
) -> Result<Answer> {
    let (row, posts) = model::find_managed(tx, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    let now = tx.recorded_at.millis();
    let invalid = |status: Phrase| Error::new(Code::InvalidState).with("status", status);
    let (kind, disabled_at, hash) = match to {
        Switch::Disable if row.disabled_at.is_some() => return Err(invalid(Phrase::Disabled)),
        Switch::Enable if row.disabled_at.is_none() => return Err(invalid(Phrase::Enabled)),
        Switch::Disable => ("user.disabled", Some(Some(now)), None),
        Switch::Enable => ("user.enabled", Some(None), None),
        Switch::Password(hash) => ("user.password_reset", None, Some(hash)),
    };
    let before = model::show(tx.conn, actor, id)?;
    // The account before its sessions: a log-in under way waits for this row and then looks again.
    diesel::update(users::table.find(id))
        .set((
            disabled_at.map(|at| users::disabled_at.eq(at)),
            hash.map(|hash| users::password_hash.eq(hash)),
            users::version.eq(row.version + 1),
            users::updated_at.eq(now),
        ))
        .execute(tx.conn)?;
    if kind != "user.enabled" {
        sessions::end_all(tx, id, None, kind)?;
    }
    let after = model::show(tx.conn, actor, id)?;
    tx.append(Event {
        kind,
        subject_type: "user",
        subject_id: id,
        subject_version: after.version,
        place: home(&posts, tx.at.day()),
        changes: Changes::between(&before, &after)?,
        reason,
    })?;
    Answer::changed(after.version, &after)
}
