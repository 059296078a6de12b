//! The roll-up of tasks: a unit, its parts, and their sum.

use crate::{
    auth::Actor,
    db::AnyConn,
    error::Result,
    ids::Id,
    measures::{Tally, TaskMeasures},
    org_units::{
        model::{Row, find_in_territory},
        tree::{Tree, UnitOn},
    },
    reports::{
        explain::{Counted, TASK_MEASURES, explain},
        ground::Ground,
        links::{self, Records},
        tag::{Answered, Asked},
        tallied::{Tallied, Tallies},
        wire::{Breakdown, TaskRollup, TaskRollupQuery, TaskRollupRow},
    },
};
use std::collections::HashMap;

/// The figures of a unit of the territory, in one snapshot. What explains them is read from the tasks; without
/// that the sums that are kept are enough.
pub fn answer(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &TaskRollupQuery,
    (asked, tallies): (&Asked, &Tallies),
) -> Result<Answered<TaskRollup>> {
    let unit = find_in_territory(conn, actor, query.unit_id)?;
    asked.answer(conn, actor, unit.root_id, |conn| {
        let days = (asked.day, asked.today);
        let known = match query.explain.0 {
            true => None,
            false => {
                tallies.answer(conn, unit.root_id, days, |kept| of_kept(kept, actor, &unit, query, asked))?
            }
        };
        known.map_or_else(|| of_tasks(conn, actor, &unit, query, asked), Ok)
    })
}

/// The same outside of a snapshot, when what is kept tells it at once.
pub fn answer_soon(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &TaskRollupQuery,
    (asked, tallies): (&Asked, &Tallies),
) -> Result<Option<Answered<TaskRollup>>> {
    if query.explain.0 {
        return Ok(None);
    }
    conn.in_snapshot(|conn| {
        let unit = find_in_territory(conn, actor, query.unit_id)?;
        let place = (unit.root_id, asked.day);
        let answered = asked.answer(conn, actor, unit.root_id, |conn| {
            tallies.answer_soon(conn, place, |kept| of_kept(kept, actor, &unit, query, asked))
        });
        Ok(answered?.transpose())
    })
}

fn of_kept(kept: &Tallied, actor: &Actor, unit: &Row, query: &TaskRollupQuery, asked: &Asked) -> TaskRollup {
    compute(&OfKept { kept, actor }, unit, query, asked)
}

fn of_tasks(
    conn: &mut AnyConn,
    actor: &Actor,
    unit: &Row,
    query: &TaskRollupQuery,
    asked: &Asked,
) -> Result<TaskRollup> {
    let ground = Ground::load(conn, actor, unit, asked)?;
    let explained = match query.explain.0 {
        true => {
            let counted = Counted::of(conn, &ground)?;
            Some(explain(conn, &ground, asked, &TASK_MEASURES, &counted)?)
        }
        false => None,
    };
    let (own, rolled) = ground.tallies();
    let of_tasks = OfTasks { ground: &ground, own: &own, rolled: &rolled };
    Ok(TaskRollup { explain: explained, ..compute(&of_tasks, unit, query, asked) })
}

/// Where sums come from.
trait Sums {
    fn tree(&self) -> &Tree;
    /// Of a unit's own tasks, and of all in it and below it.
    fn of(&self, unit: Id) -> (Tally, Tally);
    /// Whether the actor reads the unit's tasks one by one.
    fn reads(&self, unit: Id) -> bool;
}

struct OfKept<'a> {
    kept: &'a Tallied,
    actor: &'a Actor,
}

impl Sums for OfKept<'_> {
    fn tree(&self) -> &Tree {
        &self.kept.tree
    }

    fn of(&self, unit: Id) -> (Tally, Tally) {
        (self.kept.own(unit), self.kept.rolled_up(unit))
    }

    fn reads(&self, unit: Id) -> bool {
        self.kept.reads(self.actor, unit)
    }
}

struct OfTasks<'a> {
    ground: &'a Ground,
    own: &'a HashMap<Id, Tally>,
    rolled: &'a HashMap<Id, Tally>,
}

impl Sums for OfTasks<'_> {
    fn tree(&self) -> &Tree {
        &self.ground.tree
    }

    fn of(&self, unit: Id) -> (Tally, Tally) {
        let of = |sums: &HashMap<Id, Tally>| sums.get(&unit).copied().unwrap_or_default();
        (of(self.own), of(self.rolled))
    }

    fn reads(&self, unit: Id) -> bool {
        self.ground.reads(unit)
    }
}

fn compute(sums: &impl Sums, unit: &Row, query: &TaskRollupQuery, asked: &Asked) -> TaskRollup {
    let (tree, day) = (sums.tree(), asked.day);
    let records = |unit: Id| sums.reads(unit).then(|| links::under(unit, day, Records::All));
    // Who is gone is shown for the sake of the tasks that still count there, and not otherwise.
    let shown = |unit: &&UnitOn| !sums.of(unit.id).1.is_empty() || tree.in_force(unit.id, day);
    let below = match query.by.unwrap_or(Breakdown::Children) {
        Breakdown::Children => tree.children(unit.id),
        Breakdown::Descendants => tree.below(unit.id),
        Breakdown::Nothing => Vec::new(),
    };
    let rows = below.into_iter().filter(shown).map(|unit| {
        let (own, rolled_up) = sums.of(unit.id);
        TaskRollupRow {
            unit: unit.reference(),
            records_url: records(unit.id),
            own: TaskMeasures::from(&own),
            rolled_up: TaskMeasures::from(&rolled_up),
        }
    });
    let (own, rolled_up) = sums.of(unit.id);
    TaskRollup {
        as_of: day,
        // By the name it had on the day, or else has now.
        unit: tree.get(unit.id).map_or_else(|| unit.reference(), UnitOn::reference),
        records_url: records(unit.id),
        own: TaskMeasures::from(&own),
        rolled_up: TaskMeasures::from(&rolled_up),
        rows: rows.collect(),
        explain: None,
    }
}
