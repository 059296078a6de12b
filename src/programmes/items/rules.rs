//! What an item must keep to, whether it is new or changed.

use crate::{
    auth::Actor,
    db::AnyConn,
    error::{Code, Fault, Phrase, Result},
    http::fields::Few,
    ids::Id,
    org_units::model as units,
    place::Place,
    resolution_items,
    tasks::wire::RoadmapStep,
};
use chrono::NaiveDate;

/// What a new or changed item says.
pub struct Said<'a> {
    /// The pointer of the item.
    pub at: &'a str,
    pub start_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub roadmap: &'a [RoadmapStep],
    pub lead: Id,
    /// The lead was named now.
    pub lead_is_new: bool,
    /// The units named now that take part.
    pub coordinating: Option<&'a Few<Id, 50>>,
    /// What it serves, named now.
    pub serves: Option<&'a Few<Id, 50>>,
}

/// All that is wrong with it; `of` is the unit of the programme.
pub fn faults(
    conn: &mut AnyConn,
    actor: &Actor,
    of: &Place,
    today: NaiveDate,
    said: &Said,
) -> Result<Vec<Fault>> {
    let mut faults = days(said);
    if said.lead_is_new {
        faults.extend(lead_fault(conn, actor, of, today, said)?);
    }
    for (i, unit) in said.coordinating.iter().flat_map(|few| &few.0).enumerate() {
        let pointer = format!("{}/coordinating_unit_ids/{i}", said.at);
        let why = match units::find(conn, actor, *unit) {
            Err(_) => {
                faults.push(Fault::at(pointer, Code::UnknownReference));
                continue;
            }
            Ok(unit) if unit.id == said.lead => Phrase::TheLeadUnit,
            Ok(unit) if unit.root_id != of.root_id => Phrase::AnotherTree,
            Ok(unit) if !unit.is_open(today) => Phrase::ClosedUnit,
            Ok(_) => continue,
        };
        faults.push(Fault::at(pointer, Code::NotPermittedHere).with("why", why));
    }
    let serves = said.serves.map_or(&[][..], |few| &few.0);
    let seen = resolution_items::model::seen(conn, actor, serves.to_vec())?;
    let strange = serves.iter().enumerate().filter(|(_, id)| !seen.contains(id));
    faults.extend(
        strange
            .map(|(i, _)| Fault::at(format!("{}/resolution_item_ids/{i}", said.at), Code::UnknownReference)),
    );
    Ok(faults)
}

/// The days of an item, and of the steps on its way.
fn days(said: &Said) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let (Some(start), Some(due)) = (said.start_on, said.due_on)
        && due < start
    {
        faults.push(Fault::at(format!("{}/due_on", said.at), Code::DueBeforeStart));
    }
    for (i, step) in said.roadmap.iter().enumerate() {
        let pointer = format!("{}/roadmap/{i}/due_on", said.at);
        if said.start_on.is_some_and(|start| step.due_on.0 < start) {
            faults.push(Fault::at(pointer, Code::DueBeforeStart));
        } else if said.due_on.is_some_and(|due| due < step.due_on.0) {
            faults.push(Fault::at(pointer, Code::NotPermittedHere).with("why", Phrase::AfterTheItem));
        }
    }
    faults
}

/// An item is led by the unit of the programme or by one below it.
fn lead_fault(
    conn: &mut AnyConn,
    actor: &Actor,
    of: &Place,
    today: NaiveDate,
    said: &Said,
) -> Result<Option<Fault>> {
    let fault = |code| Fault::at(format!("{}/lead_unit_id", said.at), code);
    let unit = match units::find(conn, actor, said.lead) {
        Err(e) if e.code == Code::NotFound => return Ok(Some(fault(Code::UnknownReference))),
        found => found?,
    };
    let refused = |why: Phrase| Some(fault(Code::NotPermittedHere).with("why", why));
    Ok(if !of.contains(&unit.place()) {
        refused(Phrase::NotBelowUnit)
    } else if !unit.is_open(today) {
        refused(Phrase::ClosedUnit)
    } else {
        None
    })
}

/// The texts of an item a stamp of secrecy could stand in, by their members.
pub type Texts<'a> = [(&'static str, Option<&'a str>); 5];

/// The same with pointers below one.
pub fn pointed<'a>(at: &str, texts: Texts<'a>) -> Vec<(String, Option<&'a str>)> {
    texts.into_iter().map(|(member, text)| (format!("{at}/{member}"), text)).collect()
}
