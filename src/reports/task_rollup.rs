//! The roll-up of tasks: a unit, its parts, and their sum.

use crate::{
    auth::Actor,
    db::AnyConn,
    error::Result,
    ids::Id,
    measures::{Tally, TaskMeasures},
    org_units::{model::Row, tree::UnitOn},
    reports::{
        explain::{Counted, TASK_MEASURES, explain},
        ground::Ground,
        links::{self, Records},
        tag::Asked,
        wire::{Breakdown, TaskRollup, TaskRollupQuery, TaskRollupRow},
    },
};
use std::collections::HashMap;

/// The figures of a unit that the caller has found inside its territory.
pub fn answer(
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
    Ok(TaskRollup { explain: explained, ..compute(&ground, query.by.unwrap_or(Breakdown::Children)) })
}

fn compute(ground: &Ground, by: Breakdown) -> TaskRollup {
    let (own, rolled) = ground.tallies();
    let measures = |tallies: &HashMap<Id, Tally>, unit: Id| {
        TaskMeasures::from(&tallies.get(&unit).copied().unwrap_or_default())
    };
    let records = |unit: Id| ground.reads(unit).then(|| links::under(unit, ground.day, Records::All));
    // Who is gone is shown for the sake of the tasks that still count there, and not otherwise.
    let shown = |unit: &&UnitOn| {
        let had_tasks = rolled.get(&unit.id).is_some_and(|tally| !tally.is_empty());
        had_tasks || ground.tree.in_force(unit.id, ground.day)
    };
    let below = match by {
        Breakdown::Children => ground.tree.children(ground.unit.id),
        Breakdown::Descendants => ground.tree.below(ground.unit.id),
        Breakdown::Nothing => Vec::new(),
    };
    let rows = below.into_iter().filter(shown).map(|unit| TaskRollupRow {
        unit: unit.reference(),
        records_url: records(unit.id),
        own: measures(&own, unit.id),
        rolled_up: measures(&rolled, unit.id),
    });
    TaskRollup {
        as_of: ground.day,
        unit: ground.unit.clone(),
        records_url: records(ground.unit.id),
        own: measures(&own, ground.unit.id),
        rolled_up: measures(&rolled, ground.unit.id),
        rows: rows.collect(),
        explain: None,
    }
}
