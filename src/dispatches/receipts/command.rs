//! Steps of receipts: the receiving unit takes a document in, the sending one exempts and recalls.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row},
    dispatches::{
        model as sending,
        receipts::{model, save, workflow::Step},
        wire::ReceiptAssignment,
    },
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    org_units::model as units,
    place::Place,
    policy::Site,
};
use chrono::NaiveDate;

/// Does one step; what changes nothing leaves nothing.
pub fn run(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<&IfMatch>, step: Step) -> Result<Answer> {
    lock_row(tx.conn, "receipts", &id.to_string())?;
    let before = model::find(tx.conn, actor, id)?;
    let unit = units::load(tx.conn, before.unit_id)?.place();
    let acts = match &step {
        Step::See | Step::Receive | Step::Assign { .. } => unit.clone(),
        Step::Exempt { .. } | Step::Recall { .. } => sender(tx.conn, before.dispatch_id)?,
    };
    actor.may_at(step.action(), Site::of(&acts))?;
    expected.map_or(Ok(()), |expected| expected.check(before.version))?;
    refuse_classified(None, &[("/reason", step.reason())])?;
    if let Step::Assign { unit: Some(to), .. } = &step {
        check_in_charge(tx.conn, actor, *to, &unit, tx.at.day())?;
    }
    let (kind, reason) = (step.event(), step.reason().map(str::to_owned));
    let after = step.over(before.clone(), tx.at, actor.user);
    let after = after.map_err(|state| Error::new(Code::InvalidState).with("status", state))?;
    let row = match after == before {
        true => before,
        false => save::update(tx, kind, &unit, &before, after, reason.as_deref())?,
    };
    let receipt = model::wire_one(tx.conn, row, tx.at.day())?;
    Answer::changed(receipt.version, &receipt)
}

fn sender(conn: &mut AnyConn, dispatch: Id) -> Result<Place> {
    let unit = sending::sender(conn, dispatch)?;
    Ok(units::load(conn, unit)?.place())
}

/// Puts somebody in charge: a unit, or a post or a person in words.
pub fn assign(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    to: &ReceiptAssignment,
) -> Result<Answer> {
    let words = to.assigned_to.as_deref();
    let found = model::find(tx.conn, actor, id)?;
    actor.may_at(Step::See.action(), Site::of(&units::load(tx.conn, found.unit_id)?.place()))?;
    refuse_classified(None, &[("/assigned_to", words)])?;
    if words.is_none() && to.assigned_unit_id.is_none() {
        return Err(Error::field("/assigned_to", Code::MayNotBeEmpty));
    }
    let step = Step::Assign { unit: to.assigned_unit_id, to: words.map(str::to_owned) };
    run(tx, actor, id, expected, step)
}

/// The unit in charge is the receiving one or one below it, and open.
fn check_in_charge(conn: &mut AnyConn, actor: &Actor, to: Id, unit: &Place, today: NaiveDate) -> Result<()> {
    let to = units::referenced(conn, actor, to, "/assigned_unit_id")?;
    let why = if !unit.contains(&to.place()) {
        Phrase::NotBelow
    } else if !to.is_open(today) {
        Phrase::ClosedUnit
    } else {
        return Ok(());
    };
    Err(Fault::at("/assigned_unit_id", Code::NotPermittedHere).with("why", why).into())
}
