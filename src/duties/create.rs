//! Taking on and giving recurring duties.

use crate::{
    auth::Actor,
    db::schema::recurring_duties as duties,
    documents::rules::refuse_classified,
    duties::{
        model::{self, Placed, Row},
        save,
        schedule::DueFrom,
        wire::RecurringDutyCreate,
        workflow::DutyStatus,
    },
    error::{Code, Error, Fault, Result},
    events::Tx,
    http::{Answer, answer::same_content},
    ids::Id,
    measures::Status,
    org_units::model as units,
    policy::{Action, Site},
    tasks::{create as tasks, weight, wire::Class},
};
use diesel::prelude::*;
use std::collections::HashMap;

/// Creates a duty. Its tasks are born as tasks always are: `registered` when the unit takes it on
/// itself, `accepted` when a superior gives it.
pub fn create(tx: &mut Tx, actor: &Actor, new: &RecurringDutyCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx, actor, new)? {
        return Ok(answer);
    }
    let lead = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?;
    let place = lead.place();
    let own = actor.unit.as_ref().is_some_and(|unit| unit.id == lead.id);
    actor.may_at(if own { Action::DutyOwn } else { Action::DutyAssign }, Site::of(&place))?;
    let mut row = row(tx, actor, &lead, new);
    row.task_status = if own { Status::Registered } else { Status::Accepted };
    refuse_classified(
        None,
        &[
            ("/title", Some(&*row.title)),
            ("/description", row.description.as_deref()),
            ("/expected_product", row.expected_product.as_deref()),
        ],
    )?;
    // What would be wrong with its tasks is wrong with it.
    let mut faults = tasks::faults(tx, actor, &lead, &row.task(None))?;
    faults.extend(day_faults(&row));
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    row.next_on = save::next_on(&row, tx.at.day(), &HashMap::new());
    let duty = save::insert(tx, &Placed { row, place, unit: lead.reference() })?;
    Answer::created(format!("/api/v1/recurring-duties/{}", duty.id), duty.version, &duty)
}

fn row(tx: &Tx, actor: &Actor, lead: &units::Row, new: &RecurringDutyCreate) -> Row {
    let own = |text: &str| text.to_owned();
    let today = tx.at.day();
    Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: lead.root_id,
        unit_id: lead.id,
        assigner_unit_id: new.assigner_unit_id.or(lead.parent_id).unwrap_or(lead.id),
        title: new.title.0.clone(),
        description: new.description.as_deref().map(own),
        class: new.class.unwrap_or(Class::Routine),
        field: new.field.as_deref().map(own),
        weight_milli: new.weight.unwrap_or(weight::ONE).0,
        document_id: new.document_id,
        lead_individual: new.lead_individual.as_deref().map(own),
        expected_product: new.expected_product.as_deref().map(own),
        every: new.every,
        due_from: new.due_from.unwrap_or(DueFrom::Start),
        due_day: new.due_day.small(),
        lead_days: new.lead_days.map(|days| days.small()),
        starts_on: new.starts_on.map_or(today, |day| day.0),
        ends_on: new.ends_on.map(|day| day.0),
        status: DutyStatus::Active,
        task_status: Status::Registered,
        active_since: today,
        next_on: None,
        created_by: actor.user,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    }
}

/// What is wrong with a duty's days.
pub fn day_faults(row: &Row) -> Vec<Fault> {
    let longest = row.every.longest();
    let beyond =
        |pointer, least: i32| Fault::at(pointer, Code::OutOfRange).with("min", least).with("max", longest);
    let mut faults = Vec::new();
    if row.due_day > longest {
        faults.push(beyond("/due_day", 1));
    }
    if row.lead_days.is_some_and(|days| days > longest) {
        faults.push(beyond("/lead_days", 0));
    }
    if row.ends_on.is_some_and(|last| last < row.starts_on) {
        faults.push(Fault::at("/ends_on", Code::EndBeforeStart));
    }
    faults
}

fn already_there(tx: &mut Tx, actor: &Actor, new: &RecurringDutyCreate) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = duties::table.find(id).count().get_result(tx.conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let duty = model::find(tx.conn, actor, id).map_err(|_| conflict())?.wire();
    if !same_content(new, &duty)? {
        return Err(conflict());
    }
    Answer::changed(duty.version, &duty).map(Some)
}
