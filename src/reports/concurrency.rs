//! Concurrent posts: how many people hold several at once, by model and by scope.
//!
//! Both figures are right and differ: cases are counted by model, holders once in the scope asked
//! for. So the answer names its scope.

pub mod count;
pub mod wire;

use crate::{
    db::{
        AnyConn,
        schema::{concurrency_model_posts as slots, concurrency_models as models, holdings},
    },
    error::Result,
    http::{query::AnyOf, request::Language},
    ids::Id,
    org_units::{model::Row, tree::Tree},
    reports::{
        concurrency::{
            count::{Counts, Held, Model, Scope, Slot, count},
            wire::{
                Concurrency, ConcurrencyExplained, ConcurrencyGap, ConcurrencyQuery, ModelCount, ScopeCount,
            },
        },
        tag::Asked,
        words::Phrase,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// The figures of a unit that the caller has found inside its territory. They are counts: no name
/// and no record of a person is read.
pub fn answer(
    conn: &mut AnyConn,
    unit: &Row,
    query: &ConcurrencyQuery,
    asked: &Asked,
) -> Result<Concurrency> {
    let tree = Tree::on(conn, unit.root_id, asked.day)?;
    let units: HashSet<Id> =
        [unit.id].into_iter().chain(tree.below(unit.id).into_iter().map(|unit| unit.id)).collect();
    let models = load_models(conn, asked.language)?;
    let held = load_held(conn, &tree, &units, asked.day)?;
    let wanted: BTreeSet<Scope> = match &query.scope {
        Some(AnyOf(scopes)) => scopes.iter().copied().collect(),
        None => Scope::ALL.iter().copied().collect(),
    };
    let counts = count(&models, &held, &wanted, |unit| units.contains(&unit));
    Ok(Concurrency {
        as_of: asked.day,
        unit: tree.get(unit.id).map_or_else(|| unit.reference(), |then| then.reference()),
        scope_name: name(&wanted, asked.language),
        scope: wanted.iter().copied().collect(),
        holders: counts.holders,
        cases: counts.cases.values().sum(),
        by_model: by_model(&models, &wanted, &counts),
        by_scope: by_scope(&wanted, &counts, asked.language),
        explain: query.explain.0.then(|| explain(&counts, asked.language)),
    })
}

fn load_models(conn: &mut AnyConn, language: Language) -> Result<Vec<Model>> {
    let mut of: HashMap<String, Vec<Slot>> = HashMap::new();
    let rows: Vec<(String, String, String)> = slots::table
        .order((slots::model_id, slots::n))
        .select((slots::model_id, slots::post_id, slots::level))
        .load(conn)?;
    for (model, post, level) in rows {
        of.entry(model).or_default().push(Slot { post, level });
    }
    let rows: Vec<(String, String, String, Scope, String)> = models::table
        .order((models::rank, models::id))
        .select((models::id, models::name_vi, models::name_en, models::scope, models::within))
        .load(conn)?;
    let model = |(id, vi, en, scope, within): (String, String, String, Scope, String)| Model {
        slots: of.remove(&id).unwrap_or_default(),
        name: language.pick(&vi, &en).to_owned(),
        id,
        scope,
        within,
    };
    Ok(rows.into_iter().map(model).collect())
}

/// Everything held on the day by those who hold anything in these units: of several posts one may lie
/// outside.
fn load_held(conn: &mut AnyConn, tree: &Tree, units: &HashSet<Id>, day: NaiveDate) -> Result<Vec<Held>> {
    let in_force = || {
        holdings::table
            .filter(holdings::deleted_at.is_null().and(holdings::starts_on.le(day)))
            .filter(holdings::ends_on.is_null().or(holdings::ends_on.ge(day)))
    };
    let ids: Vec<Id> = units.iter().copied().collect();
    let mut persons: BTreeSet<Id> = BTreeSet::new();
    for chunk in ids.chunks(CHUNK) {
        let found = in_force().filter(holdings::unit_id.eq_any(chunk.to_vec())).select(holdings::person_id);
        persons.extend(found.load::<Id>(conn)?);
    }
    let persons: Vec<Id> = persons.into_iter().collect();
    let mut held = Vec::new();
    for chunk in persons.chunks(CHUNK) {
        let found: Vec<(Id, Id, String)> = in_force()
            .filter(holdings::person_id.eq_any(chunk.to_vec()))
            .order(holdings::id)
            .select((holdings::person_id, holdings::unit_id, holdings::post_id))
            .load(conn)?;
        held.extend(found.into_iter().map(|(person, unit, post)| {
            let above = above(tree, unit);
            Held { person, unit, post, above }
        }));
    }
    Ok(held)
}

/// The unit and those above it, from the unit up, with their levels.
fn above(tree: &Tree, unit: Id) -> Vec<(Id, String)> {
    let mut found: Vec<(Id, String)> = Vec::new();
    let mut at = Some(unit);
    // Dated parentage has no circles; a broken one must not hang the reader.
    while let Some(unit) = at.and_then(|id| tree.get(id)).filter(|_| found.len() < 100) {
        found.push((unit.id, unit.level.clone()));
        at = unit.parent_id;
    }
    found
}

fn name(scopes: &BTreeSet<Scope>, language: Language) -> String {
    let names: Vec<&str> = scopes.iter().map(|scope| scope.name(language)).collect();
    names.join(", ")
}

fn by_model(models: &[Model], wanted: &BTreeSet<Scope>, counts: &Counts) -> Vec<ModelCount> {
    let one = |model: &Model| ModelCount {
        model: model.id.clone(),
        name: model.name.clone(),
        scope: model.scope,
        cases: counts.cases.get(&model.id).copied().unwrap_or_default(),
    };
    models.iter().filter(|model| wanted.contains(&model.scope)).map(one).collect()
}

fn by_scope(wanted: &BTreeSet<Scope>, counts: &Counts, language: Language) -> Vec<ScopeCount> {
    let one = |scope: &Scope| ScopeCount {
        scope: *scope,
        name: scope.name(language).to_owned(),
        holders: counts.by_scope.get(scope).copied().unwrap_or_default(),
    };
    wanted.iter().map(one).collect()
}

fn explain(counts: &Counts, language: Language) -> ConcurrencyExplained {
    let say = |phrase: Phrase| phrase.say(language);
    let gap = |reason, phrase, holders| ConcurrencyGap { reason, because: say(phrase), holders };
    ConcurrencyExplained {
        holders: say(Phrase::ConcurrentHolders),
        cases: say(Phrase::ConcurrentCases),
        left_out: vec![
            gap("other_scope", Phrase::OutOtherScope, counts.other_scope),
            gap("no_model", Phrase::OutNoModel, counts.no_model),
        ],
    }
}
