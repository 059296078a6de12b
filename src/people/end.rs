//! Ending assignments: the rights end, the authorship stays.

use crate::{
    auth::{Actor, sessions},
    db::{lock_row, schema::assignments},
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Event, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    people::{
        assign::touch,
        deputies,
        model::{self, Held, Post},
        wire::AssignmentEnd,
    },
    policy::{Action, Site},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Ends an assignment: at once, or with a last day that is still to come. Whose unit it is decides, not
/// whose account: an admin can always take somebody out of the own territory.
pub fn end(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<IfMatch>,
    how: &AssignmentEnd,
) -> Result<Answer> {
    let user = model::find_post(tx.conn, actor, id)?.held.user_id;
    lock_row(tx.conn, "users", &user.to_string())?;
    let post = model::find_post(tx.conn, actor, id)?;
    actor.may_at(Action::UserManage, Site { unit: post.place.as_ref(), assigner: None })?;
    expected.map_or(Ok(()), |expected| expected.check(post.held.version))?;
    let today = tx.at.day();
    if !post.is_live(today) {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::Ended));
    }
    let on = how.on.map(|day| day.0);
    check_day(&post, on)?;
    let reason = how.reason.as_ref().map(|reason| reason.0.as_str());
    let after = finish(tx, post, on, reason)?;
    Answer::changed(after.held.version, &after.wire())
}

/// Ends an assignment whose account is locked: with a last day, or at once, and then its sessions and
/// deputies too. With a last day still to come they end by themselves.
pub fn finish(tx: &mut Tx, post: Post, on: Option<NaiveDate>, reason: Option<&str>) -> Result<Post> {
    let (id, user) = (post.held.id, post.held.user_id);
    deputies::keeps_out(&tx.author, user)?;
    let at_once = on.is_none_or(|last| last < tx.at.day());
    diesel::update(assignments::table.find(id))
        .set((
            assignments::valid_to.eq(on.or(post.held.valid_to)),
            assignments::ended_at.eq(at_once.then_some(tx.recorded_at.millis())),
            assignments::version.eq(post.held.version + 1),
        ))
        .execute(tx.conn)?;
    touch(tx, user)?;
    if at_once {
        sessions::end_of_assignment(tx, user, id, "assignment ended")?;
    }
    let after: Held = assignments::table.find(id).select(Held::as_select()).first(tx.conn)?;
    if at_once {
        deputies::end::with_assignment(tx, &post)?;
    }
    tx.append(Event {
        kind: "assignment.ended",
        subject_type: "assignment",
        subject_id: id,
        subject_version: after.version,
        place: post.place.as_ref(),
        changes: Changes::between(&post.held, &after)?,
        reason,
    })?;
    Ok(Post { held: after, ..post })
}

/// The last day may only come nearer, and not before the first.
fn check_day(post: &Post, on: Option<NaiveDate>) -> Result<()> {
    let Some(last) = on else { return Ok(()) };
    if post.held.valid_from.is_some_and(|from| last < from) {
        return Err(Error::field("/on", Code::EndBeforeStart));
    }
    match post.held.valid_to {
        Some(was) if last > was => Err(Fault::at("/on", Code::NotPermittedHere)
            .with("why", Said::from(Phrase::ValidTo).and(was))
            .into()),
        _ => Ok(()),
    }
}
