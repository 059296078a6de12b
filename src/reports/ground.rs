//! What every figure stands on: a unit with all below it on a day, and the facts of its tasks.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::org_units},
    error::Result,
    ids::Id,
    measures::{Tally, roll_up},
    org_units::{model::Row, tree::Tree, wire::UnitRef},
    reports::tag::Asked,
    tasks::facts::{self, TaskFact},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// The facts of a unit's subtree on a day.
pub struct Ground {
    pub day: NaiveDate,
    /// The unit asked for, by the name it had on the day, or else has now.
    pub unit: UnitRef,
    /// The tree of the whole root on the day.
    pub tree: Tree,
    /// The unit and every unit below it on the day.
    pub units: Vec<Id>,
    pub facts: Vec<TaskFact>,
    /// Those of the units whose tasks the actor reads one by one, by where they lie now.
    readable: HashSet<Id>,
}

impl Ground {
    /// Reads what is needed, in a number of queries that grows with the subtree only.
    pub fn load(conn: &mut AnyConn, actor: &Actor, unit: &Row, asked: &Asked) -> Result<Self> {
        let tree = Tree::on(conn, unit.root_id, asked.day)?;
        let below = tree.below(unit.id).into_iter().map(|unit| unit.id);
        let units = Vec::from_iter([unit.id].into_iter().chain(below));
        Ok(Self {
            day: asked.day,
            unit: tree.get(unit.id).map_or_else(|| unit.reference(), |then| then.reference()),
            facts: facts::on(conn, &units, asked.day, asked.today)?,
            readable: readable(conn, actor, &units)?,
            tree,
            units,
        })
    }

    /// True when the actor reads the tasks of this unit one by one.
    pub fn reads(&self, unit: Id) -> bool {
        self.readable.contains(&unit)
    }

    /// The own tallies of the units, those of the subtrees.
    pub fn tallies(&self) -> (HashMap<Id, Tally>, HashMap<Id, Tally>) {
        let mut own: HashMap<Id, Tally> = HashMap::new();
        for task in &self.facts {
            own.entry(task.fact.unit).or_default().add(&task.fact, self.day);
        }
        let hung = self.units.iter().map(|unit| {
            // What lies above the unit asked for is not summed.
            let parent = self.tree.parent(*unit).filter(|_| *unit != self.unit.id);
            (*unit, parent)
        });
        let rolled = roll_up(hung, &own);
        (own, rolled)
    }
}

/// Which of the units lie, now, in the actor's territory and not too deep to be read in detail.
fn readable(conn: &mut AnyConn, actor: &Actor, units: &[Id]) -> Result<HashSet<Id>> {
    let deepest = usize::try_from(actor.longest_path()).unwrap_or(usize::MAX);
    let mut found = HashSet::new();
    for chunk in units.chunks(CHUNK) {
        let rows: Vec<(Id, String)> = org_units::table
            .filter(org_units::id.eq_any(chunk.to_vec()))
            .select((org_units::id, org_units::path))
            .load(conn)?;
        let mine = |path: &str| path.starts_with(actor.territory()) && path.len() <= deepest;
        found.extend(rows.into_iter().filter(|(_, path)| mine(path)).map(|(id, _)| id));
    }
    Ok(found)
}
