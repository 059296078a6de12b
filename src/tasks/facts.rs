//! What figures need of tasks on a day.
//!
//! Two ways lead to the same facts. A task that did not change after the day stands as its row
//! says, and nothing else is read. Any other is replayed: its states and its requests for a later
//! due date make a timeline, and `measures` says what that was on the day.
//!
//! The work grows with the units asked for: rows are found by who leads them, or led them at any time.

use crate::{
    clock::Instant,
    db::{
        AnyConn,
        schema::{extensions, progress_reports, task_states, tasks},
    },
    error::Result,
    ids::Id,
    measures::{Extension, Fact, State, Status, Timeline},
    tasks::wire::ExtensionStatus,
};
use chrono::NaiveDate;
use diesel::{dsl::max, prelude::*};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many ids stand in one query: far below what either database takes.
const CHUNK: usize = 500;
/// The same where nothing but ids stands in it.
const LONG_CHUNK: usize = 2_000;

/// A task on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFact {
    pub task_id: Id,
    /// The unit that gave it, as known now.
    pub assigner_unit_id: Id,
    /// The day of the last progress report that had come in by the day.
    pub last_reported_on: Option<NaiveDate>,
    /// Some of what is known of it was loaded as history.
    pub imported: bool,
    pub fact: Fact<Id>,
}

/// The tasks that these units led on a day, with everything known now about that day. `today` is
/// the business day: nothing has taken effect after it, so a later `day` needs no look behind.
pub fn on(conn: &mut AnyConn, units: &[Id], day: NaiveDate, today: NaiveDate) -> Result<Vec<TaskFact>> {
    let end = Instant::end_of(day);
    let (mut facts, mut moved_on) = (Vec::new(), BTreeSet::new());
    for chunk in units.chunks(CHUNK) {
        for row in rows(conn, chunk, end)? {
            match row.settled(end) {
                Some(fact) => facts.push(fact),
                None => drop(moved_on.insert(row.id)),
            }
        }
        if day < today {
            moved_on.extend(led_before(conn, chunk, end)?);
        }
    }
    let inside: HashSet<Id> = units.iter().copied().collect();
    let replayed = replay(conn, &Vec::from_iter(moved_on), day)?;
    facts.extend(replayed.into_iter().filter(|task| inside.contains(&task.fact.unit)));
    Ok(facts)
}

/// Those of these tasks that were there on a day and that these units led then; without units, all.
pub fn of(
    conn: &mut AnyConn,
    ids: &[Id],
    units: Option<&HashSet<Id>>,
    day: NaiveDate,
) -> Result<Vec<TaskFact>> {
    let end = Instant::end_of(day);
    let (mut facts, mut moved_on) = (Vec::new(), Vec::new());
    for chunk in ids.chunks(LONG_CHUNK) {
        let mut rows = tasks::table.filter(tasks::id.eq_any(chunk)).select(Row::as_select()).into_boxed();
        if let Some(units) = units.filter(|units| units.len() <= CHUNK) {
            // What changed since may have been another unit's then.
            rows = rows.filter(tasks::unit_id.eq_any(units).or(tasks::changed_at.ge(end.millis())));
        }
        for row in rows.load::<Row>(conn)? {
            match row.settled(end) {
                Some(_) if row.deleted_at.is_some() => {}
                Some(fact) => facts.push(fact),
                None => moved_on.push(row.id),
            }
        }
    }
    facts.extend(replay(conn, &moved_on, day)?);
    facts.retain(|task| units.is_none_or(|units| units.contains(&task.fact.unit)));
    Ok(facts)
}

/// What the histories of these tasks say about a day; those that did not exist then are left out.
pub fn replay(conn: &mut AnyConn, ids: &[Id], day: NaiveDate) -> Result<Vec<TaskFact>> {
    let mut facts = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut states = states(conn, chunk)?;
        let mut requests = requests(conn, chunk)?;
        let reports = last_reports(conn, chunk, day)?;
        for head in heads(conn, chunk)? {
            let timeline = Timeline::new(
                states.remove(&head.id).unwrap_or_default(),
                head.original_due_on,
                requests.remove(&head.id).unwrap_or_default(),
            );
            facts.extend(timeline.on(day).map(|fact| TaskFact {
                task_id: head.id,
                assigner_unit_id: head.assigner_unit_id,
                last_reported_on: reports.get(&head.id).copied(),
                imported: head.imported,
                fact,
            }));
        }
    }
    Ok(facts)
}

/// How many changes of tasks of these units took effect after a day, and when the last one did.
pub fn changes_after(conn: &mut AnyConn, units: &[Id], day: NaiveDate) -> Result<(i64, Option<NaiveDate>)> {
    let (mut changes, mut last) = (0, None);
    for chunk in units.chunks(CHUNK) {
        let later = task_states::table
            .filter(task_states::unit_id.eq_any(chunk.to_vec()))
            .filter(task_states::took_effect_at.ge(Instant::end_of(day).millis()));
        let (n, at): (i64, Option<Instant>) =
            later.select((diesel::dsl::count_star(), max(task_states::took_effect_at))).first(conn)?;
        changes += n;
        last = last.max(at);
    }
    Ok((changes, last.map(Instant::day)))
}

/// What of a task's row figures count.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = tasks)]
pub struct Standing {
    pub unit_id: Id,
    pub weight_milli: i64,
    pub due_on: Option<NaiveDate>,
    pub judged_due_on: Option<NaiveDate>,
    pub status: Status,
    pub progress: i32,
    pub submitted_on: Option<NaiveDate>,
    pub completed_on: Option<NaiveDate>,
}

impl Standing {
    /// The fact, seen from now.
    pub fn fact(&self) -> Fact<Id> {
        let done = self.status.is_done();
        Fact {
            unit: self.unit_id,
            status: self.status,
            done,
            completed_on: self.completed_on.filter(|_| done),
            due_on: self.due_on,
            judged_due_on: self.judged_due_on,
            progress: self.progress,
            weight_milli: self.weight_milli,
            awaiting_since: self.submitted_on.filter(|_| self.status == Status::Submitted),
        }
    }

    /// True when nothing is missing that its status needs to be judged.
    fn is_complete(&self) -> bool {
        let needed = match self.status {
            Status::Submitted => self.submitted_on.is_some(),
            status => !status.is_done() || self.completed_on.is_some(),
        };
        needed && self.due_on.is_some() == self.judged_due_on.is_some()
    }
}

/// A task as it stands now.
#[derive(Queryable, Selectable)]
#[diesel(table_name = tasks)]
struct Row {
    id: Id,
    assigner_unit_id: Id,
    last_reported_on: Option<NaiveDate>,
    imported: bool,
    changed_at: Instant,
    deleted_at: Option<Instant>,
    #[diesel(embed)]
    now: Standing,
}

impl Row {
    /// The fact, when the row alone is enough: nothing changed since, and it says all that its
    /// status needs.
    fn settled(&self, end: Instant) -> Option<TaskFact> {
        (self.changed_at < end && self.now.is_complete()).then(|| TaskFact {
            task_id: self.id,
            assigner_unit_id: self.assigner_unit_id,
            last_reported_on: self.last_reported_on,
            imported: self.imported,
            fact: self.now.fact(),
        })
    }
}

/// The tasks these units lead now; deleted ones only where they were still there on the day.
fn rows(conn: &mut AnyConn, units: &[Id], end: Instant) -> Result<Vec<Row>> {
    Ok(tasks::table
        .filter(tasks::unit_id.eq_any(units.to_vec()))
        .filter(tasks::deleted_at.is_null().or(tasks::changed_at.ge(end.millis())))
        .select(Row::as_select())
        .load(conn)?)
}

/// Tasks that these units led at some time up to the day and that changed afterwards: another unit
/// may lead them now.
fn led_before(conn: &mut AnyConn, units: &[Id], end: Instant) -> Result<Vec<Id>> {
    Ok(task_states::table
        .inner_join(tasks::table)
        .filter(task_states::unit_id.eq_any(units.to_vec()))
        .filter(task_states::took_effect_at.lt(end.millis()))
        .filter(tasks::changed_at.ge(end.millis()))
        .select(task_states::task_id)
        .distinct()
        .load(conn)?)
}

/// What does not change with the days.
#[derive(Queryable, Selectable)]
#[diesel(table_name = tasks)]
struct Head {
    id: Id,
    assigner_unit_id: Id,
    original_due_on: Option<NaiveDate>,
    imported: bool,
}

fn heads(conn: &mut AnyConn, ids: &[Id]) -> Result<Vec<Head>> {
    let heads = tasks::table.filter(tasks::id.eq_any(ids.to_vec())).order(tasks::id);
    Ok(heads.select(Head::as_select()).load(conn)?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = task_states)]
struct StateRow {
    task_id: Id,
    took_effect_at: Instant,
    unit_id: Id,
    status: Status,
    progress: i32,
    weight_milli: i64,
    due_on: Option<NaiveDate>,
    submitted_on: Option<NaiveDate>,
    completed_on: Option<NaiveDate>,
    deleted: bool,
}

fn states(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, Vec<State<Id>>>> {
    let rows: Vec<StateRow> = task_states::table
        .filter(task_states::task_id.eq_any(ids.to_vec()))
        .order((task_states::task_id, task_states::n))
        .select(StateRow::as_select())
        .load(conn)?;
    let mut found: HashMap<Id, Vec<State<Id>>> = HashMap::new();
    for row in rows {
        found.entry(row.task_id).or_default().push(State {
            on: row.took_effect_at.day(),
            status: row.status,
            progress: row.progress,
            due_on: row.due_on,
            weight_milli: row.weight_milli,
            unit: row.unit_id,
            deleted: row.deleted,
            submitted_on: row.submitted_on,
            completed_on: row.completed_on,
        });
    }
    Ok(found)
}

/// Requests for a later due date, in the order in which they were made.
fn requests(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, Vec<Extension>>> {
    let rows: Vec<(Id, NaiveDate, NaiveDate, ExtensionStatus)> = extensions::table
        .filter(extensions::task_id.eq_any(ids.to_vec()))
        .order((extensions::task_id, extensions::created_at, extensions::id))
        .select((extensions::task_id, extensions::requested_on, extensions::new_due_on, extensions::status))
        .load(conn)?;
    let mut found: HashMap<Id, Vec<Extension>> = HashMap::new();
    for (task, requested_on, new_due_on, status) in rows {
        let approved = status == ExtensionStatus::Approved;
        found.entry(task).or_default().push(Extension { requested_on, new_due_on, approved });
    }
    Ok(found)
}

fn last_reports(conn: &mut AnyConn, ids: &[Id], day: NaiveDate) -> Result<HashMap<Id, NaiveDate>> {
    let rows: Vec<(Id, Option<NaiveDate>)> = progress_reports::table
        .filter(progress_reports::task_id.eq_any(ids.to_vec()))
        .filter(progress_reports::part_id.is_null())
        .filter(progress_reports::took_effect_at.lt(Instant::end_of(day).millis()))
        .group_by(progress_reports::task_id)
        .select((progress_reports::task_id, max(progress_reports::reported_on)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(task, on)| Some((task, on?))).collect())
}
