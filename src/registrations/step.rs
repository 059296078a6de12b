//! What the registering unit does: begin, hand in, open again.

use crate::{
    auth::Actor,
    db::lock_row,
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    measures::RegistrationState,
    org_units::model as units,
    policy::{self, Site},
    registrations::{
        lines::model as lines,
        model::{self, Placed, Row},
        rounds::model as rounds,
        save::{self, Words},
        workflow::RegistrationCommand::{self, Start, Submit, Supplement},
    },
};

/// Begins the registration of a unit; one that has begun is given as it is.
pub fn start(tx: &mut Tx, actor: &Actor, round: Id, unit: Option<Id>) -> Result<Answer> {
    let round = rounds::find(tx.conn, actor, round)?;
    let unit = match (unit, &actor.unit) {
        (Some(unit), _) => units::referenced(tx.conn, actor, unit, "/unit_id")?.place(),
        (None, Some(unit)) => unit.clone(),
        (None, None) => return Err(policy::refused(Start.action())),
    };
    actor.may_at(Start.action(), Site::of(&unit))?;
    let Some(row) = model::of_unit(tx.conn, round.id, unit.id)? else {
        return Err(Fault::at("/unit_id", Code::NotPermittedHere).with("why", Phrase::NotCalledUpon).into());
    };
    lock_row(tx.conn, "registrations", &row.id.to_string())?;
    let before = model::find(tx.conn, actor, row.id)?;
    if before.row.state != RegistrationState::NotStarted {
        return answer(tx, actor, &before);
    }
    let state = save::leads(tx, &before, Start)?;
    let row = Row { state, ..before.row.clone() };
    let after = save::step(tx, Start, &before, row, Words::default(), Changes::none())?;
    let registration = model::wire(tx.conn, actor, &after, tx.at.day())?;
    let path = format!("/api/v1/registrations/{}", registration.id);
    Answer::created(path, registration.version, &registration)
}

/// Hands a registration in. The first time decides whether it was late; a quota warns only.
pub fn submit(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    comment: Option<&str>,
) -> Result<Answer> {
    let before = save::open(tx, actor, id, expected, Submit)?;
    let state = save::leads(tx, &before, Submit)?;
    let comment = comment.filter(|text| !text.is_empty());
    refuse_classified(None, &[("/comment", comment)])?;
    if lines::of(tx.conn, id)?.is_empty() {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::NoLines));
    }
    let row = Row {
        state,
        first_submitted_on: before.row.first_submitted_on.or(Some(tx.at.day())),
        submitted_by: actor.user,
        submitted_for: actor.on_behalf_of,
        ..before.row.clone()
    };
    let words = Words { reason: None, comment };
    let after = save::step(tx, Submit, &before, row, words, Changes::none())?;
    answer(tx, actor, &after)
}

/// Opens an accepted registration again for more lines; accepted ones stay as they are, with their tasks.
pub fn supplement(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    reason: &str,
) -> Result<Answer> {
    let before = save::open(tx, actor, id, expected, Supplement)?;
    let state = save::leads(tx, &before, Supplement)?;
    refuse_classified(None, &[("/reason", Some(reason))])?;
    let row = Row { state, ..before.row.clone() };
    let words = Words { reason: Some(reason), comment: None };
    let after = save::step(tx, Supplement, &before, row, words, Changes::none())?;
    answer(tx, actor, &after)
}

/// A registration as it is now.
pub fn answer(tx: &mut Tx, actor: &Actor, placed: &Placed) -> Result<Answer> {
    let registration = model::wire(tx.conn, actor, placed, tx.at.day())?;
    Answer::changed(registration.version, &registration)
}

/// The command that a unit needs to work on its lines.
pub const WORK: RegistrationCommand = Submit;
