//! When a document begins and ceases to bind, where no other document says so.

use crate::{
    auth::Actor,
    documents::{
        model::{self, Row},
        rules::refuse_classified,
        save,
        wire::{DocumentEffect, DocumentExpiry},
        workflow::binds,
    },
    error::{Code, Error, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
};

/// Says from which day a document is in force.
pub fn enter(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<IfMatch>,
    effect: &DocumentEffect,
) -> Result<Answer> {
    let on = effect.effective_on.map_or(tx.at.day(), |day| day.0);
    turn(tx, actor, id, expected, "document.entered_into_force", None, |row| {
        row.effective_on.replace(on).is_none()
    })
}

/// Ends a document whose time has run out.
pub fn expire(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<IfMatch>,
    end: &DocumentExpiry,
) -> Result<Answer> {
    refuse_classified(None, &[("/reason", Some(&*end.reason.0))])?;
    let on = end.expired_on.map_or(tx.at.day(), |day| day.0);
    turn(tx, actor, id, expected, "document.expired", Some(&end.reason.0), |row| {
        row.expired_on = Some(on);
        true
    })
}

/// Turns a document that binds; `to` says whether there was anything to turn.
fn turn(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<IfMatch>,
    kind: &'static str,
    reason: Option<&str>,
    to: impl FnOnce(&mut Row) -> bool,
) -> Result<Answer> {
    let (mut row, issuer) = save::open(tx, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    let before = model::wire_one(tx.conn, actor, row.clone())?;
    let status = row.status;
    if !binds(status) || !to(&mut row) {
        return Err(Error::new(Code::InvalidState).with("status", status));
    }
    save::settle(tx, &mut row, &issuer)?;
    save::update(tx, &mut row)?;
    let document = model::wire_one(tx.conn, actor, row)?;
    save::append_because(tx, kind, &document, &issuer, Changes::between(&before, &document)?, reason)?;
    Answer::changed(document.version, &document)
}
