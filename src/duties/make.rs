//! Making tasks of recurring duties.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row, schema::recurring_duties as duties},
    duties::{
        model::{self, Placed, Row},
        save,
        wire::{RecurringDutyHorizon, RecurringDutyTasks},
        workflow::DutyStatus,
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    measures::Status,
    org_units::model as units,
    policy::Role,
    tasks::{
        create, model as tasks,
        of_duty::OfDuty,
        save::{self as keep, Origin},
        wire::Task,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Makes the tasks of a duty that start up to a day. Those that are there already are left alone.
pub fn materialise(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    how: &RecurringDutyHorizon,
) -> Result<Answer> {
    let root = model::find(tx.conn, actor, id)?.row.root_id;
    hold_tree(tx.conn, root)?;
    let duty = save::open(tx, actor, id, expected)?;
    if duty.row.status != DutyStatus::Active {
        return Err(Error::new(Code::InvalidState).with("status", duty.row.status));
    }
    let lead = units::load(tx.conn, duty.row.unit_id)?;
    if !lead.is_open(tx.at.day()) {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::ClosedUnit));
    }
    let until = model::horizon(how.until, tx.at.day(), |code| Fault::at("/until", code))?;
    let items = make(tx, actor, &duty, &lead, until)?;
    Answer::ok(&RecurringDutyTasks { items })
}

/// What the daily round does with a duty: as nobody in particular, up to today. Gives how many tasks
/// were made.
pub fn in_time(tx: &mut Tx, id: Id) -> Result<usize> {
    let root: Id = duties::table.find(id).select(duties::root_id).first(tx.conn)?;
    hold_tree(tx.conn, root)?;
    lock_row(tx.conn, "recurring_duties", &id.to_string())?;
    let row: Row = duties::table.find(id).select(Row::as_select()).first(tx.conn)?;
    let lead = units::load(tx.conn, row.unit_id)?;
    // Another node may have been here; a unit that closes without an heir takes its duties with it.
    if row.next_on.is_none_or(|day| tx.at.day() < day) {
        return Ok(0);
    }
    if !lead.is_open(tx.at.day()) {
        come_next(tx.conn, id, None)?;
        return Ok(0);
    }
    let duty = Placed { row, place: lead.place(), unit: lead.reference() };
    let nobody = Actor {
        user: None,
        assignment: None,
        on_behalf_of: None,
        session: None,
        role: Role::Leader,
        unit: Some(lead.place()),
        detail_depth: None,
        names_depth: None,
    };
    let today = tx.at.day();
    Ok(make(tx, &nobody, &duty, &lead, today)?.len())
}

/// Keeps units from closing while tasks are made for them: first the tree, then the duty, as those who
/// close a unit do.
fn hold_tree(conn: &mut AnyConn, root: Id) -> Result<()> {
    lock_row(conn, "org_units", &root.to_string())
}

/// Makes what starts up to a day and is not there yet, each with its own event.
fn make(tx: &mut Tx, actor: &Actor, duty: &Placed, lead: &units::Row, until: NaiveDate) -> Result<Vec<Task>> {
    let today = tx.at.day();
    let mut made = model::made(tx.conn, duty.row.id)?;
    let open = duty.row.schedule().open_on(today).take_while(|one| one.start_on <= until);
    let kind = if duty.row.task_status == Status::Registered { "task.registered" } else { "task.assigned" };
    let mut new = Vec::new();
    for one in open {
        if made.contains_key(&one.period) {
            continue;
        }
        let row = create::row(tx, actor, lead, &duty.row.task(Some(&one)), duty.row.task_status);
        // Nobody in particular registered it, so anybody may accept it.
        let row = tasks::Row { submitted_by: None, submitted_for: None, ..row };
        let placed = tasks::Placed { row, place: duty.place.clone(), unit: duty.unit.clone() };
        let of = OfDuty { duty_id: duty.row.id, period: one.period.clone() };
        let task = keep::insert(tx, actor, kind, &placed, &Origin { duty: Some(of), ..Origin::default() })?;
        made.insert(one.period, task.id);
        new.push(task);
    }
    come_next(tx.conn, duty.row.id, save::next_on(&duty.row, today, &made))?;
    Ok(new)
}

/// Notes when a duty comes next: no change of the duty, since it follows from what was made.
fn come_next(conn: &mut AnyConn, id: Id, on: Option<NaiveDate>) -> Result<()> {
    diesel::update(duties::table.find(id)).set(duties::next_on.eq(on)).execute(conn)?;
    Ok(())
}
