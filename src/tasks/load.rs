//! Loading tasks as the old books have them.

use crate::{
    auth::Actor,
    error::{Code, Error, Fault, Result},
    events::Tx,
    http::{
        Answer,
        fields::{Day, Faults, Reason, Whole},
        version::etag,
    },
    ids::Id,
    measures::Status,
    org_units::model as units,
    policy::{Action, Site},
    tasks::{
        create::{address, already_there, check, row},
        extension,
        model::{Placed, Row},
        save::{self, Origin},
        wire::{ExtensionCreate, ExtensionStatus, TaskCreate},
    },
};
use deserr::Deserr;
use utoipa::ToSchema;

/// What the old books say of a task besides the body of its creation.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TaskLoad {
    /// Default `registered`.
    #[deserr(default)]
    pub status: Option<Status>,
    #[deserr(default)]
    pub progress: Option<Whole<0, 100>>,
    /// The day the work was handed in and then accepted; required when it is done.
    #[deserr(default)]
    pub completed_on: Option<Day>,
}

/// The parts of a line's data: what the old books say, and the body of the creation.
pub fn split(data: serde_json::Value) -> (serde_json::Value, serde_json::Value) {
    let serde_json::Value::Object(mut new) = data else { return (serde_json::json!({}), data) };
    let mut old = serde_json::Map::new();
    for name in ["status", "progress", "completed_on"] {
        old.extend(new.remove(name).map(|value| (name.to_owned(), value)));
    }
    (old.into(), new.into())
}

/// Loads a task into whatever state the old books have it, on the day the books were opened.
pub fn load(tx: &mut Tx, loader: &Actor, new: &TaskCreate, old: &TaskLoad) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx, loader, id, new)?
    {
        return Ok(answer);
    }
    let lead = units::referenced(tx.conn, loader, new.unit_id, "/unit_id")?;
    loader.may_at(Action::HistoryLoad, Site::of(&lead.place()))?;
    check(tx, loader, &lead, new)?;
    let status = old.status.unwrap_or(Status::Registered);
    let completed_on = completed_on(tx, status, old)?;
    let row = Row {
        progress: old.progress.map_or(0, Whole::small),
        completed_on,
        submitted_on: if status == Status::Submitted { Some(tx.at.day()) } else { completed_on },
        ..row(tx, loader, &lead, new, status)
    };
    // Nobody in particular handed it in: the person who loads it did not do the work.
    let placed = Placed {
        row: Row { submitted_by: None, submitted_for: None, ..row },
        place: lead.place(),
        unit: lead.reference(),
    };
    let task = save::insert(
        tx,
        loader,
        "task.loaded",
        &placed,
        &Origin { parents: new.parents(), ..Origin::default() },
    )?;
    Ok(Answer {
        location: Some(address(task.id)),
        etag: Some(etag(task.version)),
        ..Answer::added(address(task.id), &task)?
    })
}

fn completed_on(tx: &Tx, status: Status, old: &TaskLoad) -> Result<Option<chrono::NaiveDate>> {
    match (status.is_done(), old.completed_on) {
        (true, None) => Err(Error::field("/completed_on", Code::Required)),
        (true, Some(day)) if day.0 > tx.at.day() => Err(Error::field("/completed_on", Code::InFuture)),
        (true, Some(day)) => Ok(Some(day.0)),
        (false, Some(_)) => {
            Err(Fault::at("/completed_on", Code::NotPermittedHere).with("why", status).into())
        }
        (false, None) => Ok(None),
    }
}

/// A later due date of history: asked for and approved at once.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TaskExtend {
    pub new_due_on: Day,
    pub reason: Reason<2000>,
    /// The day it was asked for; default: the day of the line.
    #[deserr(default)]
    pub requested_on: Option<Day>,
}

/// Moves a due date as the old books say it was moved.
pub fn extend(tx: &mut Tx, assigner: &Actor, task: Id, old: &TaskExtend) -> Result<Answer> {
    let before = save::open(tx, assigner, task, None)?;
    assigner.may_at(Action::ExtensionDecide, before.site())?;
    if old.requested_on.is_some_and(|day| day.0 > tx.at.day()) {
        return Err(Error::field("/requested_on", Code::InFuture));
    }
    let asked = ExtensionCreate { id: None, new_due_on: old.new_due_on, reason: old.reason.clone() };
    let nobody = Actor { user: None, on_behalf_of: None, ..assigner.clone() };
    let row = extension::ask(tx, &nobody, &before, &asked, old.requested_on.map(|day| day.0))?;
    let row = extension::settle(tx, assigner, &before, row, ExtensionStatus::Approved, None)?;
    Answer::added(format!("{}/extensions", address(task)), &crate::tasks::wire::Extension::from(row))
}
