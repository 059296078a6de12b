//! Who is late, by how much and since when; who waits for a confirmation; who is silent.

use crate::{
    auth::Actor,
    db::AnyConn,
    error::Result,
    http::{Cursor, Page},
    ids::Id,
    measures::{Fact, Status, freshness},
    org_units::{
        model::{Row, references},
        wire::UnitRef,
    },
    reports::{
        explain::{Counted, OVERDUE_MEASURES, explain},
        ground::Ground,
        links::{self, Records},
        tag::Asked,
        wire::{Overdue, OverdueQuery, OverdueRow, OverdueTasks, OverdueTotal, SilentTasks, WaitingTasks},
    },
    tasks::facts::TaskFact,
};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The delays of a unit that the caller has found inside its territory.
pub fn answer(
    conn: &mut AnyConn,
    actor: &Actor,
    unit: &Row,
    query: &OverdueQuery,
    asked: &Asked,
    stale_days: i64,
) -> Result<Overdue> {
    let ground = Ground::load(conn, actor, unit, asked)?;
    let (total, units) = sums(&ground, stale_days);
    let named = names(conn, &ground, units)?;
    let page = cut(named, query, &format!("overdue|{}|{}|{}", unit.id, ground.day, actor.scope_key()))?;
    let explained = match query.explain.0 {
        true => {
            let mut counted = Counted::of(conn, &ground)?;
            counted.silent = total.silent.tasks;
            Some(explain(conn, &ground, asked, &OVERDUE_MEASURES, &counted)?)
        }
        false => None,
    };
    let page = page.map(|(unit, sums)| row(&ground, unit, &sums));
    Ok(Overdue {
        as_of: ground.day,
        unit: ground.unit.clone(),
        stale_days,
        total: summary(&ground, &total),
        rows: page.items,
        next_cursor: page.next_cursor,
        explain: explained,
    })
}

/// So many tasks, the oldest since a day.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Oldest {
    tasks: i64,
    on: Option<NaiveDate>,
}

impl Oldest {
    fn add(&mut self, on: Option<NaiveDate>) {
        self.tasks += 1;
        self.on = [self.on, on].into_iter().flatten().min();
    }

    fn days(&self, day: NaiveDate) -> Option<i64> {
        self.on.map(|on| (day - on).num_days())
    }
}

#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Sums {
    overdue: Oldest,
    handed_in: Oldest,
    awaiting: Oldest,
    silent: Oldest,
    never_reported: i64,
}

impl Sums {
    /// Counts what a task means for the unit that leads it.
    fn add(&mut self, task: &TaskFact, day: NaiveDate, stale_days: i64) {
        let fact = &task.fact;
        if fact.overdue(day) {
            self.overdue.add(fact.due_on);
        }
        if fact.awaiting_since.is_some() {
            self.handed_in.add(fact.awaiting_since);
        }
        if under_way(fact) && freshness(task.last_reported_on, day, stale_days).stale {
            self.silent.add(task.last_reported_on);
            self.never_reported += i64::from(task.last_reported_on.is_none());
        }
    }
}

/// The lead unit owes reports: not before its registration is accepted, nor once it handed in.
fn under_way(fact: &Fact<Id>) -> bool {
    matches!(fact.status, Status::Accepted | Status::InProgress)
}

/// All together, and each unit that has anything to show.
fn sums(ground: &Ground, stale_days: i64) -> (Sums, HashMap<Id, Sums>) {
    let (mut total, mut units) = (Sums::default(), HashMap::<Id, Sums>::new());
    for task in &ground.facts {
        total.add(task, ground.day, stale_days);
        units.entry(task.fact.unit).or_default().add(task, ground.day, stale_days);
        if task.fact.awaiting_since.is_some() {
            total.awaiting.add(task.fact.awaiting_since);
            units.entry(task.assigner_unit_id).or_default().awaiting.add(task.fact.awaiting_since);
        }
    }
    units.retain(|_, sums| *sums != Sums::default());
    (total, units)
}

/// Names the units; an assigner may lie above the unit asked for, or be younger than the day.
fn names(conn: &mut AnyConn, ground: &Ground, units: HashMap<Id, Sums>) -> Result<Vec<(UnitRef, Sums)>> {
    let younger: Vec<Id> = units.keys().copied().filter(|unit| ground.tree.get(*unit).is_none()).collect();
    let mut younger = if younger.is_empty() { HashMap::new() } else { references(conn, &younger)? };
    let named = units.into_iter().filter_map(|(unit, sums)| {
        let then = ground.tree.get(unit).map(|unit| unit.reference());
        Some((then.or_else(|| younger.remove(&unit))?, sums))
    });
    let mut named = Vec::from_iter(named);
    named.sort_by(|(a, _), (b, _)| key(a).cmp(&key(b)));
    Ok(named)
}

/// A code is unique on a day, but a younger unit may have taken it over since.
fn key(unit: &UnitRef) -> (&str, Id) {
    (&unit.code, unit.id)
}

fn cut(mut rows: Vec<(UnitRef, Sums)>, query: &OverdueQuery, scope: &str) -> Result<Page<(UnitRef, Sums)>> {
    if let Some(cursor) = &query.cursor {
        let [code, id] = cursor.open(scope)?;
        let after = (code, id);
        rows.retain(|(unit, _)| (unit.code.clone(), unit.id.to_string()) > after);
    }
    Ok(Page::cut(rows, query.limit.0, |(unit, _)| {
        Cursor::seal(&[unit.code.clone(), unit.id.to_string()], scope)
    }))
}

fn row(ground: &Ground, unit: UnitRef, sums: &Sums) -> OverdueRow {
    let day = ground.day;
    let own = |records| ground.reads(unit.id).then(|| links::own(unit.id, day, records));
    let given = ground.reads(ground.unit.id).then(|| links::given_by(unit.id, ground.unit.id, day));
    OverdueRow {
        overdue: overdue(&sums.overdue, day, own(Records::Overdue)),
        handed_in: waiting(&sums.handed_in, day, own(Records::Awaiting)),
        awaiting: waiting(&sums.awaiting, day, given),
        silent: silent(sums, day),
        unit,
    }
}

fn summary(ground: &Ground, sums: &Sums) -> OverdueTotal {
    let (unit, day) = (ground.unit.id, ground.day);
    let all = |records| ground.reads(unit).then(|| links::under(unit, day, records));
    OverdueTotal {
        overdue: overdue(&sums.overdue, day, all(Records::Overdue)),
        awaiting: waiting(&sums.awaiting, day, all(Records::Awaiting)),
        silent: silent(sums, day),
    }
}

fn overdue(oldest: &Oldest, day: NaiveDate, records_url: Option<String>) -> OverdueTasks {
    let (tasks, oldest_due_on) = (oldest.tasks, oldest.on);
    OverdueTasks { tasks, oldest_due_on, max_days_late: oldest.days(day), records_url }
}

fn waiting(oldest: &Oldest, day: NaiveDate, records_url: Option<String>) -> WaitingTasks {
    WaitingTasks { tasks: oldest.tasks, oldest_since: oldest.on, max_days: oldest.days(day), records_url }
}

fn silent(sums: &Sums, day: NaiveDate) -> SilentTasks {
    let Sums { silent, never_reported, .. } = sums;
    SilentTasks {
        tasks: silent.tasks,
        never_reported: *never_reported,
        last_reported_on: silent.on,
        max_days: silent.days(day),
    }
}
