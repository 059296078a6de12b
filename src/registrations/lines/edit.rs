//! Changing, taking away and raising lines. What a superior imposed, the unit can neither delete nor
//! weaken.

use crate::{
    auth::Actor,
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    measures::RegistrationState,
    registrations::{
        lines::{
            create::{day_fault, item_faults, lead_fault, open_for_work},
            model::{self, Line},
            save as keep,
        },
        model::Placed,
        save,
        step::WORK,
        wire::{LineSource, LineVerdict, RegistrationLinePatch},
        workflow::RegistrationCommand::{self, Impose},
    },
    tasks::wire::Class,
};

/// A line found for writing, with its registration.
fn open(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    command: RegistrationCommand,
) -> Result<(Line, Placed)> {
    let (seen, _) = model::find(tx.conn, actor, id)?;
    save::open(tx, actor, seen.registration_id, None, command)?;
    let (line, placed) = model::find(tx.conn, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(line.version))?;
    if line.accepted_at.is_some() {
        return Err(Error::new(Code::InvalidState).with("status", LineVerdict::Accepted));
    }
    Ok((line, placed))
}

/// Changes a line; what changes nothing leaves nothing.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &RegistrationLinePatch,
) -> Result<Answer> {
    let (before, placed) = open(tx, actor, id, Some(expected), WORK)?;
    open_for_work(tx, &placed)?;
    let line = patched(before.clone(), patch.clone())?;
    check(tx, actor, &placed, &before, &line, patch)?;
    let line = if line == before {
        before
    } else {
        let line = keep::update(tx, &before, line)?;
        keep::tell(tx, "registration.line_changed", &placed, (Some(&before), Some(&line)), None)?;
        line
    };
    answer(tx, line)
}

fn patched(line: Line, patch: RegistrationLinePatch) -> Result<Line> {
    let items = match &patch.resolution_item_ids.0 {
        Some(items) => serde_json::to_string(items).map_err(Error::internal)?,
        None => line.resolution_item_ids,
    };
    Ok(Line {
        title: patch.title.0.map_or(line.title, |text| text.0),
        description: patch.description.map(|text| text.0).over(line.description),
        class: patch.class.0.unwrap_or(line.class),
        field: patch.field.0.map(|text| text.0).or(line.field),
        weight_milli: patch.weight.0.map_or(line.weight_milli, |weight| weight.0),
        start_on: patch.start_on.map(|day| day.0).over(line.start_on),
        due_on: patch.due_on.map(|day| day.0).over(line.due_on),
        expected_product: patch.expected_product.0.map(|text| text.0).or(line.expected_product),
        lead_individual: patch.lead_individual.0.map(|text| text.0).or(line.lead_individual),
        lead_unit_id: patch.lead_unit_id.0.unwrap_or(line.lead_unit_id),
        resolution_item_ids: items,
        ..line
    })
}

fn check(
    tx: &mut Tx,
    actor: &Actor,
    placed: &Placed,
    before: &Line,
    line: &Line,
    patch: &RegistrationLinePatch,
) -> Result<()> {
    refuse_classified(
        None,
        &[
            ("/title", Some(&line.title)),
            ("/description", line.description.as_deref()),
            ("/expected_product", line.expected_product.as_deref()),
            ("/lead_individual", line.lead_individual.as_deref()),
        ],
    )?;
    let mut faults = weakened(before, line);
    faults.extend(day_fault("", line.start_on, line.due_on));
    if let Some(lead) = patch.lead_unit_id.0 {
        faults.extend(lead_fault(tx, actor, "", lead, &placed.place)?);
    }
    if let Some(items) = &patch.resolution_item_ids.0 {
        faults.extend(item_faults(tx.conn, actor, "", &items.0)?);
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// What only the superior could change. Pure.
fn weakened(before: &Line, line: &Line) -> Vec<Fault> {
    let imposed = before.source == LineSource::Imposed;
    let fixed = before.source != LineSource::Registered;
    let touched = [
        ("/title", imposed && before.title != line.title),
        ("/description", imposed && before.description != line.description),
        ("/class", fixed && before.class != line.class),
        ("/field", imposed && before.field != line.field),
        ("/weight", imposed && before.weight_milli != line.weight_milli),
        ("/start_on", imposed && before.start_on != line.start_on),
        ("/due_on", imposed && before.due_on != line.due_on),
    ];
    let wrong = touched.into_iter().filter(|(_, wrong)| *wrong);
    wrong.map(|(at, _)| Fault::at(at, Code::NotPermittedHere).with("why", Phrase::Imposed)).collect()
}

/// Takes a line away: the unit what it registered itself, the superior what it imposed or raised.
pub fn remove(tx: &mut Tx, actor: &Actor, id: Id, expected: &IfMatch) -> Result<Answer> {
    let (seen, _) = model::find(tx.conn, actor, id)?;
    let own = seen.source == LineSource::Registered;
    let (before, placed) = open(tx, actor, id, Some(expected), if own { WORK } else { Impose })?;
    if own {
        open_for_work(tx, &placed)?;
    }
    let line = keep::update(tx, &before, Line { deleted_at: Some(tx.at), ..before.clone() })?;
    keep::tell(tx, "registration.line_removed", &placed, (Some(&line), None), None)?;
    Ok(Answer::nothing())
}

/// Makes a line of the unit a breakthrough, which it stays.
pub fn raise(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<&IfMatch>, reason: &str) -> Result<Answer> {
    let (before, placed) = open(tx, actor, id, expected, Impose)?;
    let round = placed.round.state(tx.at.day());
    if !Impose.possible_in(round, placed.row.first_submitted_on.is_some()) {
        return Err(Error::new(Code::InvalidState).with("status", round));
    }
    if placed.row.state == RegistrationState::Ended {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.state));
    }
    refuse_classified(None, &[("/reason", Some(reason))])?;
    if before.source != LineSource::Registered {
        return answer(tx, before);
    }
    let line = Line {
        class: Class::Breakthrough,
        source: LineSource::Raised,
        reason: Some(reason.to_owned()),
        ..before.clone()
    };
    let line = keep::update(tx, &before, line)?;
    keep::tell(tx, "registration.line_raised", &placed, (Some(&before), Some(&line)), Some(reason))?;
    answer(tx, line)
}

fn answer(tx: &mut Tx, line: Line) -> Result<Answer> {
    let line = model::wire_one(tx.conn, line)?;
    Answer::changed(line.version, &line)
}
