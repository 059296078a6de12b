//! What a superior imposes: a breakthrough with its roadmap, on one unit or on several.

use crate::{
    auth::Actor,
    db::lock_row,
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    org_units::model as units,
    policy::Site,
    registrations::{
        lines::{
            create::room_for,
            model::{self as lines, Line},
            save as keep,
        },
        model::{self, Placed, Row},
        rounds::model as rounds,
        save::{self, Words},
        wire::{LineSource, RegistrationImposed, RegistrationImposition, RegistrationImpositions},
        workflow::RegistrationCommand::Impose,
    },
    tasks::{weight, wire::Class},
};
use serde_json::Value;

/// Imposes a line on the unit of a registration.
pub fn one(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    what: &RegistrationImposition,
) -> Result<Answer> {
    let before = save::open(tx, actor, id, expected, Impose)?;
    check(tx, what)?;
    let line = put(tx, &before, what)?;
    let line = lines::wire_one(tx.conn, line)?;
    Answer::created(format!("/api/v1/registration-lines/{}", line.id), line.version, &line)
}

/// Imposes the same line on several units of a round, on all of them or on none.
pub fn many(tx: &mut Tx, actor: &Actor, round: Id, what: &RegistrationImpositions) -> Result<Answer> {
    let round = rounds::find(tx.conn, actor, round)?;
    let opener = units::load(tx.conn, round.unit_id)?.place();
    actor.may_at(Impose.action(), Site::of(&opener))?;
    let each = what.each();
    check(tx, &each)?;
    lock_row(tx.conn, "org_units", &round.root_id.to_string())?;
    let mut items = Vec::new();
    for id in called(tx, actor, round.id, &what.unit_ids.0)? {
        lock_row(tx.conn, "registrations", &id.to_string())?;
        let before = model::find(tx.conn, actor, id)?;
        let line = put(tx, &before, &each)?;
        items.push(lines::wire_one(tx.conn, line)?);
    }
    Answer::ok(&RegistrationImposed { items })
}

/// The registrations of units in a round, or all that is wrong with the list.
fn called(tx: &mut Tx, actor: &Actor, round: Id, ids: &[Id]) -> Result<Vec<Id>> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for (i, unit) in ids.iter().enumerate() {
        let fault = |code| Fault::at(format!("/unit_ids/{i}"), code);
        let here = |why: Phrase| fault(Code::NotPermittedHere).with("why", why);
        if ids.iter().take(i).any(|other| other == unit) {
            faults.push(here(Phrase::Twice));
        } else if let Some(row) = model::of_unit(tx.conn, round, *unit)? {
            found.push(row.id);
        } else if units::find(tx.conn, actor, *unit).is_ok() {
            faults.push(here(Phrase::NotCalledUpon));
        } else {
            faults.push(fault(Code::UnknownReference));
        }
    }
    if ids.is_empty() {
        faults.push(Fault::at("/unit_ids", Code::MayNotBeEmpty));
    }
    if faults.is_empty() { Ok(found) } else { Err(Error::faults(faults)) }
}

/// Everything that is wrong with what is imposed.
fn check(tx: &Tx, what: &RegistrationImposition) -> Result<()> {
    let steps = what.roadmap.as_ref().map_or(&[][..], |few| &few.0);
    let pointers: Vec<String> = (0..steps.len()).map(|i| format!("/roadmap/{i}/title")).collect();
    let titles = pointers.iter().zip(steps).map(|(at, step)| (at.as_str(), Some(&*step.title)));
    let whole = [
        ("/title", Some(&*what.title)),
        ("/description", what.description.as_deref()),
        ("/reason", Some(&*what.reason)),
    ];
    refuse_classified(None, &whole.into_iter().chain(titles).collect::<Vec<_>>())?;
    let mut faults = Vec::new();
    let here = |pointer: String, why: Phrase| Fault::at(pointer, Code::NotPermittedHere).with("why", why);
    if what.due_on.0 < tx.at.day() {
        faults.push(here("/due_on".into(), Phrase::InThePast));
    }
    for (i, step) in steps.iter().enumerate() {
        if what.due_on < step.due_on {
            faults.push(here(format!("/roadmap/{i}/due_on"), Phrase::AfterTheTask));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// Puts the line where it belongs; what was handed in or accepted goes back to the unit, which has to
/// complete it. One event. The move keeps the lines as they were before this one came.
fn put(tx: &mut Tx, before: &Placed, what: &RegistrationImposition) -> Result<Line> {
    let state = save::leads(tx, before, Impose)?;
    room_for(tx.conn, before.row.id, 1)?;
    let line = line(tx, before, what)?;
    let row = Row { state, ..before.row.clone() };
    let more = Changes::none().and("line", Value::Null, keep::told(Some(&line))?);
    save::step(tx, Impose, before, row, Words { reason: Some(&what.reason), comment: None }, more)?;
    keep::insert(tx, &line)?;
    Ok(line)
}

fn line(tx: &Tx, placed: &Placed, what: &RegistrationImposition) -> Result<Line> {
    let steps = what.roadmap.as_ref().map_or(&[][..], |few| &few.0);
    Ok(Line {
        id: Id::new(),
        root_id: placed.row.root_id,
        registration_id: placed.row.id,
        title: what.title.0.clone(),
        description: what.description.as_deref().map(str::to_owned),
        class: Class::Breakthrough,
        field: Some(what.field.0.clone()),
        weight_milli: what.weight.unwrap_or(weight::ONE).0,
        start_on: None,
        due_on: Some(what.due_on.0),
        expected_product: None,
        lead_individual: None,
        lead_unit_id: placed.row.unit_id,
        resolution_item_ids: "[]".to_owned(),
        roadmap: serde_json::to_string(steps).map_err(Error::internal)?,
        source: LineSource::Imposed,
        reason: Some(what.reason.0.clone()),
        accepted_at: None,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    })
}
