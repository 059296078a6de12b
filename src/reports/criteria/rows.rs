//! The units of a page: what is missing, what was lost, what must be held, and what comes next.

use crate::{
    auth::Actor,
    criteria::{
        facts::{self, Known, Succession},
        sets::model::{self as sets, Row as Set},
        wire::Criterion,
    },
    db::AnyConn,
    error::{Error, Result},
    http::request::Language,
    ids::Id,
    measures::{CriterionFact, CriterionStatus},
    org_units::{model as units, wire::UnitRef},
    reports::criteria::{
        Ground, Stands, counts, facts_of,
        wire::{
            CriteriaBoardRow, CriteriaNext, CriteriaPredecessor, CriteriaRecognitionBrief, CriterionBrief,
            CriterionLost, CriterionMissing,
        },
        words,
    },
};
use std::collections::{HashMap, HashSet};

/// What is needed beside the ground, for the units of a page.
struct Beside {
    /// The sets of their recognitions.
    sets: HashMap<Id, Set>,
    /// The set that leads further, with what is known under it.
    further: Option<(Set, Vec<Criterion>, Known)>,
    successions: Vec<Succession>,
    predecessors: Known,
    /// Predecessors by name.
    names: HashMap<Id, UnitRef>,
    /// Predecessors that were recognised under the set on their last day.
    recognised: HashSet<Id>,
}

/// The rows of a page.
pub fn rows(
    conn: &mut AnyConn,
    actor: &Actor,
    ground: &Ground,
    stand: Vec<Stands>,
    language: Language,
) -> Result<Vec<CriteriaBoardRow>> {
    let beside = beside(conn, actor, ground, &stand)?;
    stand.into_iter().map(|one| row(actor, ground, &beside, one, language)).collect()
}

fn beside(conn: &mut AnyConn, actor: &Actor, ground: &Ground, stand: &[Stands]) -> Result<Beside> {
    let units: Vec<Id> = stand.iter().map(|one| one.unit.id).collect();
    let named: Vec<Id> = ground.recognised.values().flatten().map(|one| one.set_id).collect();
    let further = sets::after(conn, actor, ground.set.id, ground.day)?.into_iter().next();
    let further = match further {
        Some(set) => Some((set.content()?.criteria, Known::load(conn, set.id, &units)?, set)),
        None => None,
    };
    let successions = facts::successions(conn, &units, ground.day)?;
    let gone: Vec<Id> = successions.iter().map(|one| one.predecessor).collect();
    let mut recognised = HashSet::new();
    for one in &successions {
        let last = one.on.pred_opt().unwrap_or(one.on);
        let held = facts::recognised(conn, &[one.predecessor], last)?;
        let here = held.values().flatten().any(|recognition| recognition.set_id == ground.set.id);
        recognised.extend(here.then_some(one.predecessor));
    }
    Ok(Beside {
        sets: sets::load(conn, &named)?.into_iter().map(|set| (set.id, set)).collect(),
        further: further.map(|(criteria, known, set)| (set, criteria, known)),
        predecessors: Known::load(conn, ground.set.id, &gone)?,
        names: units::references(conn, &gone)?,
        recognised,
        successions,
    })
}

fn row(
    actor: &Actor,
    ground: &Ground,
    beside: &Beside,
    one: Stands,
    language: Language,
) -> Result<CriteriaBoardRow> {
    let id = one.unit.id;
    let both = || ground.criteria.iter().zip(&one.facts);
    let unmet = || both().filter(|(_, fact)| !fact.is_met());
    let held = ground.must_hold(id)?;
    let reads = actor.detail_depth.is_none_or(|deepest| ground.tree.depth(id) <= deepest);
    let lost = unmet().filter(|(_, fact)| fact.verified == Some(CriterionStatus::Lost));
    let recognitions = ground.recognised.get(&id).into_iter().flatten().map(|recognition| {
        let set = beside.sets.get(&recognition.set_id);
        let set = set.ok_or_else(|| Error::internal("a recognition without its set"))?;
        Ok(CriteriaRecognitionBrief {
            id: recognition.id,
            set_id: set.id,
            set_code: set.code.clone(),
            achievement: set.achievement,
            recognised_on: recognition.recognised_on,
            decision_text: recognition.decision_text.clone(),
        })
    });
    Ok(CriteriaBoardRow {
        group: ground.known.rule(id, ground.day).and_then(|rule| rule.unit_group.clone()),
        verified: one.fact.verified,
        claimed: one.fact.claimed,
        awaiting: one.fact.awaiting,
        words: words(&one.fact.verified, language),
        missing: unmet().map(missing).collect(),
        lost: lost.map(|(criterion, _)| self::lost(ground, id, criterion, reads)).collect(),
        not_held: unmet()
            .filter(|(criterion, _)| held.iter().any(|code| *code == *criterion.code))
            .map(|(criterion, _)| brief(criterion))
            .collect(),
        is_recognised: one.fact.is_recognised,
        recognitions: recognitions.collect::<Result<_>>()?,
        next: next(ground, beside, &one),
        predecessors: predecessors(ground, beside, id, language)?,
        unit: one.unit.reference(),
    })
}

fn brief(criterion: &Criterion) -> CriterionBrief {
    CriterionBrief { no: criterion.no.0, code: criterion.code.0.clone(), name: criterion.name.0.clone() }
}

fn missing((criterion, fact): (&Criterion, &CriterionFact)) -> CriterionMissing {
    let CriterionBrief { no, code, name } = brief(criterion);
    CriterionMissing { no, code, name, status: fact.verified, claimed: fact.claimed, claim: fact.claim }
}

fn lost(ground: &Ground, unit: Id, criterion: &Criterion, reads: bool) -> CriterionLost {
    let (fact, made) = ground.known.on(unit, &criterion.code, ground.day);
    let CriterionBrief { no, code, name } = brief(criterion);
    let reason = made.and_then(|row| row.reason.clone()).filter(|_| reads);
    CriterionLost { no, code, name, lost_on: fact.since, reason }
}

/// While a unit is not recognised under the set it is on its way there; then the set that presupposes it.
fn next(ground: &Ground, beside: &Beside, one: &Stands) -> Option<CriteriaNext> {
    let of = |set: &Set, criteria: &[Criterion], facts: &[CriterionFact]| {
        let left = criteria.iter().zip(facts).filter(|(_, fact)| !fact.is_met());
        let left: Vec<CriterionBrief> = left.map(|(criterion, _)| brief(criterion)).collect();
        CriteriaNext {
            set_id: set.id,
            set_code: set.code.clone(),
            achievement: set.achievement,
            left_count: i64::try_from(left.len()).unwrap_or(i64::MAX),
            left,
        }
    };
    if !one.fact.is_recognised {
        return Some(of(&ground.set, &ground.criteria, &one.facts));
    }
    let (set, criteria, known) = beside.further.as_ref()?;
    Some(of(set, criteria, &facts_of(known, criteria, one.unit.id, ground.day)))
}

fn predecessors(
    ground: &Ground,
    beside: &Beside,
    unit: Id,
    language: Language,
) -> Result<Vec<CriteriaPredecessor>> {
    let one = |from: &Succession| {
        let last = from.on.pred_opt().unwrap_or(from.on);
        let facts = facts_of(&beside.predecessors, &ground.criteria, from.predecessor, last);
        let verified = counts(facts.iter().map(|fact| fact.verified));
        let name = beside.names.get(&from.predecessor).cloned();
        Ok(CriteriaPredecessor {
            unit: name.ok_or_else(|| Error::internal("a predecessor without a name"))?,
            closed_on: from.on,
            is_partial: from.is_partial,
            words: words(&verified, language),
            verified,
            is_recognised: beside.recognised.contains(&from.predecessor),
        })
    };
    beside.successions.iter().filter(|from| from.successor == unit).map(one).collect()
}
