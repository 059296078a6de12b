//! Appointing deputies.

use crate::{
    auth::Actor,
    db::{
        AnyConn, lock_row,
        schema::{deputies, users},
    },
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, answer::same_content},
    ids::Id,
    org_units::model as units,
    people::{
        deputies::{
            may_decide,
            model::{self, Row, append},
            wire::DeputyCreate,
        },
        model::{self as people, Post},
    },
};
use diesel::prelude::*;

/// Appoints a deputy under an assignment.
pub fn appoint(tx: &mut Tx, actor: &Actor, assignment: Id, new: &DeputyCreate) -> Result<Answer> {
    let seen = model::find_post(tx.conn, actor, assignment)?;
    may_decide(actor, &seen)?;
    if let Some(answer) = already_there(tx.conn, actor, assignment, new)? {
        return Ok(answer);
    }
    // The holder's row stands for all deputies under it, and its assignments end under the same lock.
    lock_row(tx.conn, "users", &seen.held.user_id.to_string())?;
    let post = model::find_post(tx.conn, actor, assignment)?;
    check_post(tx, &post)?;
    let mut faults = day_faults(tx, &post, new);
    faults.extend(account_fault(tx, actor, &post, new.user_id)?);
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    check_free(tx.conn, assignment, new)?;
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: post.place.as_ref().map(|place| place.root_id),
        assignment_id: assignment,
        user_id: new.user_id,
        from_on: new.from_on.0,
        to_on: new.to_on.0,
        reason: new.reason.0.clone(),
        ended_at: None,
        version: 1,
        created_at: tx.recorded_at,
    };
    diesel::insert_into(deputies::table).values(&row).execute(tx.conn)?;
    append(tx, "deputy.appointed", &row, post.place.as_ref(), Changes::new_record(&row)?)?;
    let deputy = model::wire_one(tx.conn, row)?;
    Answer::created(format!("/api/v1/deputies/{}", deputy.id), deputy.version, &deputy)
}

/// Refuses an assignment that nobody can act under, and one over the whole instance: that is lent to
/// nobody.
fn check_post(tx: &mut Tx, post: &Post) -> Result<()> {
    let today = tx.at.day();
    let unit = post.held.unit_id.map(|unit| units::load(tx.conn, unit)).transpose()?;
    let holder = users::table.find(post.held.user_id).select(users::disabled_at);
    let disabled_at: Option<i64> = holder.first(tx.conn)?;
    let why = match unit {
        _ if !post.is_live(today) => Phrase::Ended,
        None => Phrase::WholeInstance,
        Some(unit) if !unit.is_open(today) => Phrase::ClosedUnit,
        Some(_) if disabled_at.is_some() => Phrase::Disabled,
        Some(_) => return Ok(()),
    };
    Err(Error::new(Code::InvalidState).with("status", why))
}

/// What is wrong with the days: they begin today or later and lie within those of the assignment.
fn day_faults(tx: &Tx, post: &Post, new: &DeputyCreate) -> Vec<Fault> {
    let (from, to) = (new.from_on.0, new.to_on.0);
    let refused = |at: &str, why: Said| Fault::at(at, Code::NotPermittedHere).with("why", why);
    let mut faults = Vec::new();
    if to < from {
        faults.push(Fault::at("/to_on", Code::EndBeforeStart));
    }
    if from < tx.at.day() {
        faults.push(refused("/from_on", Phrase::InThePast.into()));
    } else if let Some(first) = post.held.valid_from.filter(|first| from < *first) {
        faults.push(refused("/from_on", Said::from(Phrase::ValidFrom).and(first)));
    }
    if let Some(last) = post.held.valid_to.filter(|last| to > *last) {
        faults.push(refused("/to_on", Said::from(Phrase::ValidTo).and(last)));
    }
    faults
}

/// What is wrong with the account: it must be another's, in use, and one the actor may name. The holder
/// names who works in the unit or below it; an admin, an account that the admin manages (else 403).
fn account_fault(tx: &mut Tx, actor: &Actor, post: &Post, user: Id) -> Result<Option<Fault>> {
    let (at, today) = ("/user_id", tx.at.day());
    let refused = |why: Phrase| Ok(Some(Fault::at(at, Code::NotPermittedHere).with("why", why)));
    let account = match people::find(tx.conn, actor, user) {
        Err(e) if e.code == Code::NotFound => return Ok(Some(Fault::at(at, Code::UnknownReference))),
        found => found?,
    };
    if user == post.held.user_id {
        return refused(Phrase::SamePerson);
    }
    if actor.user == Some(post.held.user_id) {
        let posts = people::posts_of(tx.conn, &[user])?.remove(&user).unwrap_or_default();
        if !posts.iter().any(|post| post.is_live(today) && post.lies_with(actor)) {
            return Ok(Some(Fault::at(at, Code::UnknownReference)));
        }
    }
    if account.disabled_at.is_some() {
        return refused(Phrase::Disabled);
    }
    if actor.user != Some(post.held.user_id) {
        people::manage(tx.conn, actor, user, today)?;
    }
    Ok(None)
}

/// Refuses days on which the same account stands in under the same assignment already.
fn check_free(conn: &mut AnyConn, assignment: Id, new: &DeputyCreate) -> Result<()> {
    let taken: i64 = deputies::table
        .filter(deputies::assignment_id.eq(assignment).and(deputies::user_id.eq(new.user_id)))
        .filter(deputies::ended_at.is_null())
        .filter(deputies::from_on.le(new.to_on.0).and(deputies::to_on.ge(new.from_on.0)))
        .count()
        .get_result(conn)?;
    if taken > 0 { Err(Error::new(Code::AlreadyExists).with("what", Phrase::Deputyship)) } else { Ok(()) }
}

/// The answer to a creation sent again; a stranger's id is a conflict of which nothing is said.
fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    assignment: Id,
    new: &DeputyCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = deputies::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let deputy = model::wire_one(conn, row)?;
    if deputy.assignment_id != assignment || !same_content(new, &deputy)? {
        return Err(conflict());
    }
    Answer::changed(deputy.version, &deputy).map(Some)
}
