//! Reading tasks, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{org_units, tasks},
    },
    error::{Error, Result},
    ids::Id,
    measures::{self, Fact, Status},
    on,
    org_units::{model as units, wire::UnitRef},
    place::Place,
    policy::{self, Site},
    settings,
    tasks::{
        beside,
        clarity::{self, PartsSaid, Said},
        extension,
        facts::Standing,
        links, parts,
        weight::Weight,
        wire::{Class, Outcome, Task, TaskAction},
        workflow::{Command, is_proposal, takes_extensions, takes_reports},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = tasks, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub code: Option<String>,
    pub title: String,
    pub description: Option<String>,
    pub unit_id: Id,
    pub assigner_unit_id: Id,
    pub class: Class,
    pub field: Option<String>,
    pub weight_milli: i64,
    pub start_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub original_due_on: Option<NaiveDate>,
    pub judged_due_on: Option<NaiveDate>,
    pub document_id: Option<Id>,
    pub lead_individual: Option<String>,
    pub expected_product: Option<String>,
    pub status: Status,
    pub progress: i32,
    pub result: Option<Outcome>,
    pub submitted_on: Option<NaiveDate>,
    /// Who handed in what waits for an answer: the registration or the work.
    pub submitted_by: Option<Id>,
    pub completed_on: Option<NaiveDate>,
    pub last_reported_on: Option<NaiveDate>,
    pub search_text: String,
    pub imported: bool,
    pub changed_at: Instant,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
    /// As whose deputy `submitted_by` handed it in.
    pub submitted_for: Option<Id>,
}

impl Row {
    /// What figures count, seen from now.
    pub fn fact(&self) -> Fact<Id> {
        let now = Standing {
            unit_id: self.unit_id,
            weight_milli: self.weight_milli,
            due_on: self.due_on,
            judged_due_on: self.judged_due_on,
            status: self.status,
            progress: self.progress,
            submitted_on: self.submitted_on,
            completed_on: self.completed_on,
        };
        now.fact()
    }
}

/// A task with its lead unit.
#[derive(Debug, Clone)]
pub struct Placed {
    pub row: Row,
    pub place: Place,
    /// The lead unit in a few words.
    pub unit: UnitRef,
}

impl Placed {
    /// Where the policy looks.
    pub const fn site(&self) -> Site<'_> {
        Site { unit: Some(&self.place), assigner: Some(self.row.assigner_unit_id) }
    }
}

/// The only way to start a query on tasks: led by a unit of the territory, within the depth that is
/// readable in detail, or with a part of such a unit, or given by the actor's unit. Who only takes part
/// in a task sees it and no more: no figure starts here.
pub fn visible(actor: &Actor) -> tasks::BoxedQuery<'static, MultiBackend> {
    visible_ever(actor).filter(tasks::deleted_at.is_null())
}

/// The same with deleted ones, for the days on which they counted.
pub fn visible_ever(actor: &Actor) -> tasks::BoxedQuery<'static, MultiBackend> {
    let all = tasks::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = units::ids_within(&unit.path, actor.detail_depth);
    let sideways = parts::model::tasks_within(&unit.path, actor.detail_depth);
    let given = tasks::assigner_unit_id.eq(unit.id);
    all.filter(tasks::unit_id.eq_any(mine).or(given).or(tasks::id.eq_any(sideways)))
}

/// Whether [`visible`] shows a task for another reason than a part in it.
fn leads_or_gave(actor: &Actor, row: &Row, place: &Place) -> bool {
    let Some(unit) = &actor.unit else { return true };
    let near = actor.detail_depth.is_none_or(|deepest| place.depth <= deepest);
    (near && actor.reaches(place)) || row.assigner_unit_id == unit.id
}

/// The ids of what [`visible`] shows in a unit, to narrow other records by.
#[diesel::dsl::auto_type]
pub fn ids_visible(path: &str, deepest: Option<i32>, unit: Id) -> _ {
    let mine: units::ids_within = units::ids_within(path, deepest);
    let sideways: parts::model::tasks_within = parts::model::tasks_within(path, deepest);
    let given = tasks::assigner_unit_id.eq(unit);
    tasks::table
        .filter(tasks::deleted_at.is_null())
        .filter(tasks::unit_id.eq_any(mine).or(given).or(tasks::id.eq_any(sideways)))
        .select(tasks::id)
}

/// What a task shows of the unit that leads it, as columns of a query on both.
#[derive(Queryable, Selectable)]
#[diesel(table_name = org_units)]
pub struct UnitColumns {
    code: String,
    name: String,
    level: String,
    path: String,
    depth: i32,
}

impl UnitColumns {
    /// The task with this unit.
    pub fn place(self, row: Row) -> Placed {
        let Self { code, name, level, path, depth } = self;
        let unit = UnitRef { id: row.unit_id, code, name, level: level.clone() };
        Placed { place: Place { id: row.unit_id, root_id: row.root_id, path, depth, level }, unit, row }
    }
}

/// One task with its place, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Placed> {
    let found =
        tasks::table.inner_join(org_units::table).filter(tasks::id.eq(id).and(tasks::deleted_at.is_null()));
    let (row, unit): (Row, UnitColumns) =
        on!(conn, c => found.select((Row::as_select(), UnitColumns::as_select())).first(c))?;
    let placed = unit.place(row);
    check_sight(conn, actor, &placed, true)?;
    Ok(placed)
}

/// 404 for a task that [`visible`] does not show; whether it has parts may be known.
pub fn check_sight(conn: &mut AnyConn, actor: &Actor, task: &Placed, has_parts: bool) -> Result<()> {
    if leads_or_gave(actor, &task.row, &task.place) {
        return Ok(());
    }
    let shown =
        has_parts && visible(actor).filter(tasks::id.eq(task.row.id)).count().get_result::<i64>(conn)? > 0;
    if shown { Ok(()) } else { Err(Error::not_found()) }
}

/// A task with the unit it names.
pub fn placed(conn: &mut AnyConn, row: Row) -> Result<Placed> {
    let unit = units::load(conn, row.unit_id)?;
    Ok(Placed { row, place: unit.place(), unit: unit.reference() })
}

/// What a wire form needs to know besides the row.
pub struct Lens<'a> {
    pub actor: &'a Actor,
    pub day: NaiveDate,
    pub due_soon_days: i64,
}

impl<'a> Lens<'a> {
    /// As the actor sees things on a day.
    pub fn new(conn: &mut AnyConn, actor: &'a Actor, day: NaiveDate) -> Result<Self> {
        Ok(Self { actor, day, due_soon_days: settings::due_soon_days(conn)? })
    }

    /// The same with the setting that was read along with something else.
    pub fn of(actor: &'a Actor, day: NaiveDate, due_soon_days: Option<String>) -> Result<Self> {
        Ok(Self { actor, day, due_soon_days: settings::due_soon_days_of(due_soon_days)? })
    }

    /// The wire form of rows, with their units and what the actor may do.
    pub fn wire(&self, conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<Task>> {
        let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
        let found: Vec<units::Row> =
            org_units::table.filter(org_units::id.eq_any(ids)).select(units::Row::as_select()).load(conn)?;
        let by_id: HashMap<Id, &units::Row> = found.iter().map(|unit| (unit.id, unit)).collect();
        let tasks: Vec<Id> = rows.iter().map(|row| row.id).collect();
        let waiting = extension::pending(conn, &tasks)?;
        let mut tasks: Vec<Task> = rows
            .into_iter()
            .map(|row| {
                let unit =
                    by_id.get(&row.unit_id).ok_or_else(|| Error::internal("a task without its unit"))?;
                let actions = actions(self.actor, &row, &unit.place(), waiting.contains(&row.id));
                Ok(self.one(row, unit.reference(), actions))
            })
            .collect::<Result<_>>()?;
        links::fill(conn, self.actor, &mut tasks)?;
        Ok(tasks)
    }

    /// The wire form of one task with its unit.
    pub fn wire_one(&self, conn: &mut AnyConn, placed: &Placed) -> Result<Task> {
        let beside = beside::of(conn, placed.row.id)?;
        let actions = actions(self.actor, &placed.row, &placed.place, beside.pending);
        beside::fill(conn, self.actor, self.one(placed.row.clone(), placed.unit.clone(), actions), beside)
    }

    /// The wire form, given everything but what it serves and who takes part.
    pub fn one(&self, row: Row, unit: UnitRef, actions: Vec<TaskAction>) -> Task {
        let fact = row.fact();
        let timeliness = measures::timeliness(&fact, self.day, self.due_soon_days);
        Task {
            id: row.id,
            code: row.code,
            title: row.title,
            description: row.description,
            unit_id: row.unit_id,
            unit,
            assigner_unit_id: row.assigner_unit_id,
            class: row.class,
            field: row.field,
            weight: Weight(row.weight_milli),
            start_on: row.start_on,
            due_on: row.due_on,
            original_due_on: row.original_due_on,
            document_id: row.document_id,
            parents: Vec::new(),
            duty_id: None,
            duty_period: None,
            source: None,
            lead_individual: row.lead_individual,
            expected_product: row.expected_product,
            status: row.status,
            timeliness,
            progress: row.progress,
            counted_progress: fact.counted_progress(),
            result: row.result,
            submitted_on: row.submitted_on,
            completed_on: row.completed_on,
            last_reported_on: row.last_reported_on,
            imported: row.imported,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            clarity: None,
            parts: None,
            actions,
        }
    }
}

/// Adds to each task what it leaves unsaid.
pub fn clarify(conn: &mut AnyConn, tasks: &mut [Task]) -> Result<()> {
    let ids: Vec<Id> = tasks.iter().map(|task| task.id).collect();
    let unsaid = parts::model::unsaid(conn, &ids)?;
    for task in tasks {
        let parts = unsaid.get(&task.id).copied().unwrap_or(PartsSaid::ALL);
        task.clarity = Some(clarity::judge(Said::by(task, parts)));
    }
    Ok(())
}

/// Everything that could be done with a task, and what keeps this actor from it. `waits`: a request
/// for a later due date is not decided yet, and there is one at a time.
pub fn actions(actor: &Actor, row: &Row, place: &Place, waits: bool) -> Vec<TaskAction> {
    use policy::Action;
    let site = Site { unit: Some(place), assigner: Some(row.assigner_unit_id) };
    // The role outweighs the state, and the state what else keeps from it.
    let judge = |name, action, possible: bool, else_because: Option<&'static str>, reason_required| {
        let because = if !policy::permits(actor.seat(), action, site) {
            Some("role")
        } else if !possible {
            Some("state")
        } else {
            else_because
        };
        TaskAction { name, allowed: because.is_none(), because, reason_required }
    };
    let own_work = actor.is_same_hand(row.submitted_by, row.submitted_for);
    let mut all: Vec<TaskAction> = Command::ALL
        .iter()
        .map(|command| {
            let possible = command.leads(row.status).is_some();
            judge(
                command.as_str(),
                command.action(),
                possible,
                (command.judges_work() && own_work).then_some("own_work"),
                command.needs_reason(),
            )
        })
        .collect();
    let pending = waits.then_some("pending");
    all.push(judge("progress-reports", Action::TaskReport, takes_reports(row.status), None, false));
    all.push(judge("extensions", Action::ExtensionRequest, takes_extensions(row.status), pending, true));
    all.push(judge("delete", Action::TaskDelete, is_proposal(row.status), None, false));
    all
}
