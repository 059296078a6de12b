//! Adding lines: a list of them, whole or not at all.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{registration_line_versions as versions, registration_lines as lines},
    },
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, answer::same_content},
    ids::Id,
    org_units::model as units,
    place::Place,
    registrations::{
        lines::{
            model::{self, Line},
            save as keep,
        },
        model::Placed,
        save,
        step::WORK,
        wire::{LineSource, MOST_LINES, RegistrationLineCreate, RegistrationLines},
        workflow::takes_lines,
    },
    resolution_items,
    tasks::weight,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Adds lines to a registration that the unit is working on. Lines that are there already, with the same
/// content, are left alone. One event for each new line.
pub fn add(tx: &mut Tx, actor: &Actor, id: Id, new: &[RegistrationLineCreate]) -> Result<Answer> {
    let placed = save::open(tx, actor, id, None, WORK)?;
    let there = already_there(tx.conn, id, new)?;
    if new.iter().any(|one| !is_there(&there, one)) {
        open_for_work(tx, &placed)?;
        check(tx, actor, &placed, new)?;
    }
    let (mut rows, mut made) = (Vec::new(), 0);
    for one in new {
        if let Some(line) = there.iter().find(|line| Some(line.id) == one.id) {
            rows.push(line.clone());
            continue;
        }
        room_for(tx.conn, id, 1)?;
        let line = line(tx, &placed, one)?;
        keep::insert(tx, &line)?;
        keep::tell(tx, "registration.line_added", &placed, (None, Some(&line)), None)?;
        rows.push(line);
        made += 1;
    }
    let items = model::wire(tx.conn, id, rows)?;
    let answer = RegistrationLines { items };
    match made {
        0 => Answer::ok(&answer),
        _ => Answer::added(format!("/api/v1/registrations/{id}/lines"), &answer),
    }
}

fn is_there(there: &[Line], one: &RegistrationLineCreate) -> bool {
    there.iter().any(|line| Some(line.id) == one.id)
}

/// Refuses where the unit does not work on its lines now.
pub fn open_for_work(tx: &Tx, placed: &Placed) -> Result<()> {
    let round = placed.round.state(tx.at.day());
    if !WORK.possible_in(round, placed.row.first_submitted_on.is_some()) {
        return Err(Error::new(Code::InvalidState).with("status", round));
    }
    if !takes_lines(placed.row.state) {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.state));
    }
    Ok(())
}

/// Refuses more lines than a registration has room for.
pub fn room_for(conn: &mut AnyConn, registration: Id, more: usize) -> Result<()> {
    if model::of(conn, registration)?.len() + more > MOST_LINES {
        return Err(Fault::at("", Code::TooMany).with("max", MOST_LINES).into());
    }
    Ok(())
}

/// Those of the lines that are there already as the request says; a conflict when one says otherwise.
fn already_there(conn: &mut AnyConn, registration: Id, new: &[RegistrationLineCreate]) -> Result<Vec<Line>> {
    let ids: Vec<Id> = new.iter().filter_map(|one| one.id).collect();
    let rows: Vec<Line> = lines::table.filter(lines::id.eq_any(ids)).select(Line::as_select()).load(conn)?;
    for line in &rows {
        let one = new.iter().find(|one| one.id == Some(line.id));
        let here = line.registration_id == registration && line.deleted_at.is_none();
        // As it was born: what was changed since does not make it another line.
        let first: String = versions::table.find((line.id, 1)).select(versions::content).first(conn)?;
        let first: serde_json::Value = serde_json::from_str(&first).map_err(Error::internal)?;
        if !here || !one.map_or(Ok(false), |one| same_content(one, &first))? {
            return Err(Error::new(Code::IdConflict));
        }
    }
    Ok(rows)
}

fn check(tx: &mut Tx, actor: &Actor, placed: &Placed, new: &[RegistrationLineCreate]) -> Result<()> {
    let mut texts = Vec::new();
    for (i, one) in new.iter().enumerate() {
        texts.push((format!("/lines/{i}/title"), Some(&*one.title)));
        texts.push((format!("/lines/{i}/description"), one.description.as_deref()));
        texts.push((format!("/lines/{i}/expected_product"), Some(&*one.expected_product)));
        texts.push((format!("/lines/{i}/lead_individual"), Some(&*one.lead_individual)));
    }
    let texts: Vec<(&str, Option<&str>)> = texts.iter().map(|(at, text)| (at.as_str(), *text)).collect();
    refuse_classified(None, &texts)?;
    let mut faults = Vec::new();
    for (i, one) in new.iter().enumerate() {
        let under = format!("/lines/{i}");
        if one.id.is_some() && new.iter().take(i).any(|other| other.id == one.id) {
            let fault = Fault::at(format!("{under}/id"), Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::Twice));
        }
        let (start, due) = (one.start_on.map(|day| day.0), one.due_on.map(|day| day.0));
        faults.extend(day_fault(&under, start, due));
        if let Some(lead) = one.lead_unit_id {
            faults.extend(lead_fault(tx, actor, &under, lead, &placed.place)?);
        }
        let items = one.resolution_item_ids.as_ref().map_or(&[][..], |few| &few.0);
        faults.extend(item_faults(tx.conn, actor, &under, items)?);
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// The fault of a due day before the start.
pub fn day_fault(under: &str, start: Option<NaiveDate>, due: Option<NaiveDate>) -> Option<Fault> {
    let wrong = start.zip(due).is_some_and(|(start, due)| due < start);
    wrong.then(|| Fault::at(format!("{under}/due_on"), Code::DueBeforeStart))
}

/// The fault of a lead unit that is not the registering one, nor an open one below it.
pub fn lead_fault(tx: &mut Tx, actor: &Actor, under: &str, lead: Id, unit: &Place) -> Result<Option<Fault>> {
    let fault = |code| Fault::at(format!("{under}/lead_unit_id"), code);
    let Ok(lead) = units::find(tx.conn, actor, lead) else { return Ok(Some(fault(Code::UnknownReference))) };
    let why = if !unit.contains(&lead.place()) {
        Phrase::NotBelow
    } else if !lead.is_open(tx.at.day()) {
        Phrase::ClosedUnit
    } else {
        return Ok(None);
    };
    Ok(Some(fault(Code::NotPermittedHere).with("why", why)))
}

/// The faults of items that the actor does not see.
pub fn item_faults(conn: &mut AnyConn, actor: &Actor, under: &str, items: &[Id]) -> Result<Vec<Fault>> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let seen = resolution_items::model::seen(conn, actor, items.to_vec())?;
    let strange = items.iter().enumerate().filter(|(_, id)| !seen.contains(id));
    let at = |i| format!("{under}/resolution_item_ids/{i}");
    Ok(strange.map(|(i, _)| Fault::at(at(i), Code::UnknownReference)).collect())
}

fn line(tx: &Tx, placed: &Placed, new: &RegistrationLineCreate) -> Result<Line> {
    let items = new.resolution_item_ids.as_ref().map_or(&[][..], |few| &few.0);
    Ok(Line {
        id: new.id.unwrap_or_else(Id::new),
        root_id: placed.row.root_id,
        registration_id: placed.row.id,
        title: new.title.0.clone(),
        description: new.description.as_deref().map(str::to_owned),
        class: new.class,
        field: Some(new.field.0.clone()),
        weight_milli: new.weight.unwrap_or(weight::ONE).0,
        start_on: new.start_on.map(|day| day.0),
        due_on: new.due_on.map(|day| day.0),
        expected_product: Some(new.expected_product.0.clone()),
        lead_individual: Some(new.lead_individual.0.clone()),
        lead_unit_id: new.lead_unit_id.unwrap_or(placed.row.unit_id),
        resolution_item_ids: serde_json::to_string(items).map_err(Error::internal)?,
        roadmap: "[]".to_owned(),
        source: LineSource::Registered,
        reason: None,
        accepted_at: None,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    })
}
