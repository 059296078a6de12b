//! What figures know of units under a set: all that was said, what was laid down, and who was recognised.

use crate::{
    criteria::{
        assessments::model::Row as Said, recognitions::model::Row as Recognition,
        unit_rules::model::Row as Rule,
    },
    db::{
        AnyConn,
        schema::{
            criteria_assessments as said, criteria_recognitions as recognitions,
            criteria_unit_rules as rules, org_unit_relations as relations,
        },
    },
    error::Result,
    ids::Id,
    measures::{CriterionEntry, CriterionFact},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// What is known of units under a set.
#[derive(Debug, Default)]
pub struct Known {
    /// By unit and criterion, in the order in which it was said.
    said: HashMap<Id, HashMap<String, Vec<Said>>>,
    rules: HashMap<Id, Vec<Rule>>,
}

impl Known {
    /// Reads it, in a number of queries that grows with the units only.
    pub fn load(conn: &mut AnyConn, set: Id, units: &[Id]) -> Result<Self> {
        let mut known = Self::default();
        for chunk in units.chunks(CHUNK) {
            let rows: Vec<Said> = said::table
                .filter(said::set_id.eq(set).and(said::unit_id.eq_any(chunk.to_vec())))
                .order((said::unit_id, said::criterion, said::n))
                .select(Said::as_select())
                .load(conn)?;
            for row in rows {
                let of_unit = known.said.entry(row.unit_id).or_default();
                of_unit.entry(row.criterion.clone()).or_default().push(row);
            }
            let rows: Vec<Rule> = rules::table
                .filter(rules::set_id.eq(set).and(rules::unit_id.eq_any(chunk.to_vec())))
                .order((rules::unit_id, rules::n))
                .select(Rule::as_select())
                .load(conn)?;
            for row in rows {
                known.rules.entry(row.unit_id).or_default().push(row);
            }
        }
        Ok(known)
    }

    /// What a criterion is for a unit on a day, and which row made it so.
    pub fn on(&self, unit: Id, criterion: &str, day: NaiveDate) -> (CriterionFact, Option<&Said>) {
        let rows = self.said.get(&unit).and_then(|all| all.get(criterion)).map_or(&[][..], |rows| rows);
        let entries: Vec<CriterionEntry> = rows.iter().map(Said::entry).collect();
        let fact = CriterionFact::on(&entries, day);
        (fact, fact.by_entry.and_then(|i| rows.get(i)))
    }

    /// What was laid down for a unit and holds on a day.
    pub fn rule(&self, unit: Id, day: NaiveDate) -> Option<&Rule> {
        self.rules.get(&unit)?.iter().rfind(|rule| rule.from_on <= day)
    }
}

/// The recognitions of units that are in force on a day, under any set.
pub fn recognised(conn: &mut AnyConn, units: &[Id], day: NaiveDate) -> Result<HashMap<Id, Vec<Recognition>>> {
    let mut found: HashMap<Id, Vec<Recognition>> = HashMap::new();
    for chunk in units.chunks(CHUNK) {
        let rows: Vec<Recognition> = recognitions::table
            .filter(recognitions::unit_id.eq_any(chunk.to_vec()))
            .order((recognitions::recognised_on, recognitions::id))
            .select(Recognition::as_select())
            .load(conn)?;
        for row in rows.into_iter().filter(|row| row.holds_on(day)) {
            found.entry(row.unit_id).or_default().push(row);
        }
    }
    Ok(found)
}

/// That a unit took over from another that closed.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct Succession {
    pub predecessor: Id,
    pub successor: Id,
    /// The first day on which the predecessor no longer existed.
    pub on: NaiveDate,
    /// Several took over from it.
    pub is_partial: bool,
}

/// From whom units had taken over by a day.
pub fn successions(conn: &mut AnyConn, units: &[Id], day: NaiveDate) -> Result<Vec<Succession>> {
    let rows = relations::table
        .filter(relations::successor_id.eq_any(units.to_vec()).and(relations::took_effect_on.le(day)))
        .order((relations::took_effect_on, relations::predecessor_id))
        .select((
            relations::predecessor_id,
            relations::successor_id,
            relations::took_effect_on,
            relations::is_partial,
        ));
    Ok(rows.load(conn)?)
}
