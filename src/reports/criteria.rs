//! How units stand to the criteria of a set: each unit, each criterion, and all together.

pub mod explain;
pub mod rows;
pub mod wire;

use crate::{
    auth::Actor,
    criteria::{
        facts::{self, Known},
        recognitions::model::Row as Recognition,
        sets::model::Row as Set,
        wire::Criterion,
    },
    db::AnyConn,
    error::Result,
    http::{Cursor, Page, request::Language},
    ids::Id,
    measures::{
        CriteriaCounts, CriteriaFact, CriteriaMeasures, CriteriaTally, CriterionClaim, CriterionFact,
        CriterionStatus,
    },
    org_units::{
        model::Row,
        tree::{Tree, UnitOn},
    },
    reports::{
        criteria::wire::{CriteriaBoard, CriteriaBoardQuery, CriteriaSetBrief, CriterionTotal},
        tag::Asked,
    },
};
use chrono::NaiveDate;
use std::collections::HashMap;

/// What figures stand on: a set, the tree of the day, and what is known of its units.
pub struct Ground {
    pub set: Set,
    pub criteria: Vec<Criterion>,
    pub day: NaiveDate,
    pub tree: Tree,
    pub known: Known,
    pub recognised: HashMap<Id, Vec<Recognition>>,
}

/// A unit and how it stands to each criterion, in the order of the set.
pub struct Stands {
    pub unit: UnitOn,
    pub facts: Vec<CriterionFact>,
    pub fact: CriteriaFact,
}

impl Stands {
    fn key(&self) -> [String; 2] {
        [self.unit.code.clone(), self.unit.id.to_string()]
    }
}

/// The board of a unit and of a set that the caller has found inside its territory.
pub fn answer(
    conn: &mut AnyConn,
    actor: &Actor,
    (unit, set): (&Row, Set),
    query: &CriteriaBoardQuery,
    asked: &Asked,
) -> Result<CriteriaBoard> {
    let (ground, units) = ground(conn, unit, set, asked.day)?;
    let stand: Vec<Stands> = units.into_iter().map(|one| ground.stands(one)).collect::<Result<_>>()?;
    let mut tally = CriteriaTally::default();
    stand.iter().for_each(|one| tally.add(&one.fact));
    let reads = actor.detail_depth.is_none_or(|deepest| unit.depth <= deepest);
    let place = explain::Place { set: ground.set.id, unit: reads.then_some(unit.id), day: asked.day };
    let awaiting: i64 = stand.iter().map(|one| i64::from(one.fact.awaiting > 0)).sum();
    let explained = query.explain.0.then(|| explain::explain(&tally, awaiting, &place, asked.language));
    let criteria = totals(&ground.criteria, &stand, asked.language);
    let scope = format!("criteria-board|{}|{}|{}|{}", ground.set.id, unit.id, asked.day, actor.scope_key());
    let page = cut(stand, query, &scope)?;
    Ok(CriteriaBoard {
        as_of: asked.day,
        unit: ground.tree.get(unit.id).map_or_else(|| unit.reference(), UnitOn::reference),
        total: CriteriaMeasures::from(&tally),
        criteria,
        rows: rows::rows(conn, actor, &ground, page.items, asked.language)?,
        next_cursor: page.next_cursor,
        explain: explained,
        set: CriteriaSetBrief {
            id: ground.set.id,
            code: ground.set.code,
            revision: ground.set.revision,
            name: ground.set.name,
            achievement: ground.set.achievement,
        },
    })
}

/// The units that the set judges and that exist on the day, and what is known of them.
fn ground(conn: &mut AnyConn, top: &Row, set: Set, day: NaiveDate) -> Result<(Ground, Vec<UnitOn>)> {
    let tree = Tree::on(conn, top.root_id, day)?;
    let all = tree.get(top.id).into_iter().chain(tree.below(top.id));
    let mut units: Vec<UnitOn> = all
        .filter(|unit| tree.in_force(unit.id, day) && set.judges(&unit.level, &unit.kind))
        .cloned()
        .collect();
    units.sort_by(|a, b| (&a.code, a.id).cmp(&(&b.code, b.id)));
    let ids: Vec<Id> = units.iter().map(|unit| unit.id).collect();
    let ground = Ground {
        criteria: set.content()?.criteria,
        known: Known::load(conn, set.id, &ids)?,
        recognised: facts::recognised(conn, &ids, day)?,
        day,
        tree,
        set,
    };
    Ok((ground, units))
}

impl Ground {
    fn stands(&self, unit: UnitOn) -> Result<Stands> {
        let facts = facts_of(&self.known, &self.criteria, unit.id, self.day);
        let held = self.must_hold(unit.id)?;
        let not_held =
            self.criteria.iter().zip(&facts).filter(|(criterion, fact)| {
                held.iter().any(|code| *code == *criterion.code) && !fact.is_met()
            });
        let many = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let fact = CriteriaFact {
            verified: counts(facts.iter().map(|fact| fact.verified)),
            claimed: counts(facts.iter().map(|fact| fact.claimed)),
            awaiting: many(facts.iter().filter(|fact| fact.claim == CriterionClaim::Awaiting).count()),
            not_held: many(not_held.count()),
            is_recognised: self
                .recognised
                .get(&unit.id)
                .is_some_and(|all| all.iter().any(|recognition| recognition.set_id == self.set.id)),
        };
        Ok(Stands { unit, facts, fact })
    }

    /// Codes of the criteria that a unit must hold on the day.
    pub fn must_hold(&self, unit: Id) -> Result<Vec<String>> {
        self.known.rule(unit, self.day).map_or(Ok(Vec::new()), |rule| rule.must_hold())
    }
}

/// How a unit stands to each criterion on a day.
pub fn facts_of(known: &Known, criteria: &[Criterion], unit: Id, day: NaiveDate) -> Vec<CriterionFact> {
    criteria.iter().map(|criterion| known.on(unit, &criterion.code, day).0).collect()
}

/// Counts of what things are.
pub fn counts(all: impl Iterator<Item = Option<CriterionStatus>>) -> CriteriaCounts {
    let mut counts = CriteriaCounts::default();
    all.for_each(|status| counts.add(status));
    counts
}

/// How officials say how many criteria a unit meets.
pub fn words(counts: &CriteriaCounts, language: Language) -> String {
    let CriteriaCounts { met, of, .. } = counts;
    language.pick(&format!("đạt {met}/{of} tiêu chí"), &format!("{met} of {of} criteria met"))
}

fn totals(criteria: &[Criterion], stand: &[Stands], language: Language) -> Vec<CriterionTotal> {
    let one = |(i, criterion): (usize, &Criterion)| {
        let all = stand.iter().filter_map(|one| one.facts.get(i));
        let units = counts(all.map(|fact| fact.verified));
        let CriteriaCounts { met, of, .. } = units;
        CriterionTotal {
            no: criterion.no.0,
            code: criterion.code.0.clone(),
            name: criterion.name.0.clone(),
            units,
            words: language.pick(&format!("{met}/{of} đơn vị đạt"), &format!("met by {met} of {of} units")),
        }
    };
    criteria.iter().enumerate().map(one).collect()
}

fn cut(mut rows: Vec<Stands>, query: &CriteriaBoardQuery, scope: &str) -> Result<Page<Stands>> {
    if let Some(cursor) = &query.cursor {
        let after: [String; 2] = cursor.open(scope)?;
        rows.retain(|one| one.key() > after);
    }
    Ok(Page::cut(rows, query.limit.0, |one| Cursor::seal(&one.key(), scope)))
}
