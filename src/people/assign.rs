//! Giving assignments.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{assignments, users},
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Event, Tx},
    http::{Answer, answer::same_content, version::IfMatch},
    ids::Id,
    org_units::model as units,
    people::{
        deputies, model,
        wire::{Assignment, AssignmentCreate},
    },
    place::Place,
    policy::{Action, Role, Site},
    vocabulary,
};
use chrono::NaiveDate;
use diesel::prelude::*;

vocabulary! {
    /// Why somebody has an assignment.
    Ground {
        /// A post held in the unit.
        Post = "post",
        /// In charge of an area (phụ trách).
        Area = "area",
        /// Member of a delegation, for its window.
        Delegation = "delegation",
        /// A technical account.
        Account = "account",
    }
}

/// A new assignment.
pub struct NewAssignment {
    pub id: Id,
    pub role: Role,
    /// None: the whole instance.
    pub unit: Option<Place>,
    pub ground: Ground,
    pub ground_note: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Gives an account one more assignment. The account counts as changed: it shows its assignments.
pub fn assign(
    tx: &mut Tx,
    actor: &Actor,
    user: Id,
    expected: Option<IfMatch>,
    new: &AssignmentCreate,
) -> Result<Answer> {
    let (row, _) = model::find_managed(tx, actor, user)?;
    actor.may(Action::UserManage)?;
    if let Some(id) = new.id
        && let Some(there) = already_there(tx.conn, actor, id)?
    {
        let same = there.user_id == user && is_same(new, &there)?;
        return if same { Answer::ok(&there) } else { Err(Error::new(Code::IdConflict)) };
    }
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    let post = check_new(tx, actor, new, "")?;
    touch(tx, user)?;
    insert_assignment(tx, user, &post)?;
    let made = model::find_post(tx.conn, actor, post.id)?.wire();
    Answer::added(format!("/api/v1/assignments/{}", made.id), &made)
}

/// The assignment with this id, if there is one; a stranger's is a conflict of which nothing is said.
fn already_there(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Option<Assignment>> {
    let taken: i64 = assignments::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let post = model::find_post(conn, actor, id).map_err(|_| Error::new(Code::IdConflict))?;
    Ok(Some(post.wire()))
}

/// True when an assignment already says what a request would make.
pub fn is_same(new: &AssignmentCreate, there: &Assignment) -> Result<bool> {
    // A unit left empty says something: the whole instance.
    Ok(new.unit_id == there.unit_id && same_content(new, there)?)
}

/// Checks a new assignment of a body whose members start at `at`: the unit must lie in the actor's
/// territory, be open, and have the rights that a role has somewhere.
pub fn check_new(tx: &mut Tx, actor: &Actor, new: &AssignmentCreate, at: &str) -> Result<NewAssignment> {
    let here = format!("{at}/unit_id");
    let unit = new.unit_id.map(|id| units::referenced(tx.conn, actor, id, &here)).transpose()?;
    let place = unit.as_ref().map(units::Row::place);
    actor.may_at(Action::UserManage, Site { unit: place.as_ref(), assigner: None })?;
    let mut faults = Vec::new();
    let why = match &unit {
        Some(unit) if !unit.is_open(tx.at.day()) => Some(Phrase::ClosedUnit),
        None if new.role != Role::Admin => Some(Phrase::OnlyAdmin),
        _ => None,
    };
    faults.extend(why.map(|why| Fault::at(here, Code::NotPermittedHere).with("why", why)));
    if let (Some(from), Some(to)) = (new.valid_from, new.valid_to)
        && to < from
    {
        faults.push(Fault::at(format!("{at}/valid_to"), Code::EndBeforeStart));
    }
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    Ok(NewAssignment {
        id: new.id.unwrap_or_else(Id::new),
        role: new.role,
        unit: place,
        ground: new.ground.unwrap_or(Ground::Post),
        ground_note: new.ground_note.as_ref().map(|note| note.0.clone()),
        valid_from: new.valid_from.map(|day| day.0),
        valid_to: new.valid_to.map(|day| day.0),
    })
}

/// Counts the account as changed, as part of a change that has its own event.
pub fn touch(tx: &mut Tx, user: Id) -> Result<()> {
    diesel::update(users::table.find(user))
        .set((users::version.eq(users::version + 1), users::updated_at.eq(tx.recorded_at.millis())))
        .execute(tx.conn)?;
    Ok(())
}

/// Inserts an assignment of an account.
pub fn insert_assignment(tx: &mut Tx, user: Id, new: &NewAssignment) -> Result<()> {
    insert_assignment_of(tx, user, new, None)
}

/// The same, of an assignment that comes from a post held and ends with it.
pub fn insert_assignment_of(tx: &mut Tx, user: Id, new: &NewAssignment, holding: Option<Id>) -> Result<()> {
    deputies::keeps_out(&tx.author, user)?;
    let taken: i64 = assignments::table.find(new.id).count().get_result(tx.conn)?;
    if taken > 0 {
        return Err(Error::new(Code::IdConflict));
    }
    diesel::insert_into(assignments::table)
        .values((
            assignments::id.eq(new.id),
            assignments::user_id.eq(user),
            assignments::unit_id.eq(new.unit.as_ref().map(|p| p.id)),
            assignments::root_id.eq(new.unit.as_ref().map(|p| p.root_id)),
            assignments::role.eq(new.role),
            assignments::ground.eq(new.ground),
            assignments::ground_note.eq(&new.ground_note),
            assignments::valid_from.eq(new.valid_from),
            assignments::valid_to.eq(new.valid_to),
            assignments::version.eq(1),
            assignments::created_at.eq(tx.recorded_at.millis()),
            assignments::holding_id.eq(holding),
        ))
        .execute(tx.conn)?;
    let made = assignments::table.find(new.id).select(model::Held::as_select()).first(tx.conn)?;
    tx.append(Event {
        kind: "assignment.created",
        subject_type: "assignment",
        subject_id: new.id,
        subject_version: 1,
        place: new.unit.as_ref(),
        changes: Changes::new_record(&made)?.personal(user, &["ground_note"]),
        reason: None,
    })
}
