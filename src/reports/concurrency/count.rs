//! Counting concurrent posts: pure, from models as data and what is held on a day.

use crate::{http::request::Language, ids::Id, vocabulary};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

vocabulary! {
    /// Where a model is at home.
    Scope {
        Hamlet = "hamlet" "ấp",
        Commune = "commune" "xã",
        District = "district" "huyện",
        Province = "province" "tỉnh",
    }
}

impl Scope {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::En, _) => self.as_str(),
            (Language::Vi, Self::Hamlet) => "ấp",
            (Language::Vi, Self::Commune) => "xã",
            (Language::Vi, Self::District) => "huyện",
            (Language::Vi, Self::Province) => "tỉnh",
        }
    }
}

/// A set of posts that one person holds.
#[derive(Debug, Clone)]
pub struct Model {
    pub id: String,
    pub name: String,
    pub scope: Scope,
    /// All posts lie in or below one unit of this level.
    pub within: String,
    /// The first is the one by whose unit a case is counted.
    pub slots: Vec<Slot>,
}

/// A post of a model.
#[derive(Debug, Clone)]
pub struct Slot {
    pub post: String,
    /// Level of the unit it is held in.
    pub level: String,
}

/// A post that somebody holds on the day.
#[derive(Debug, Clone)]
pub struct Held {
    pub person: Id,
    pub unit: Id,
    pub post: String,
    /// The unit and those above it, from the unit up, with their levels.
    pub above: Vec<(Id, String)>,
}

impl Held {
    fn fills(&self, slot: &Slot) -> bool {
        self.post == slot.post && self.above.first().is_some_and(|(_, level)| *level == slot.level)
    }

    /// The highest unit of a level in which it lies: agencies have the level of their committee.
    fn area(&self, level: &str) -> Option<Id> {
        self.above.iter().rev().find(|(_, its)| its == level).map(|(id, _)| *id)
    }
}

/// What was counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Model → cases, in the scopes asked for.
    pub cases: BTreeMap<String, i64>,
    /// People, each once, in the scopes asked for.
    pub holders: i64,
    /// People, each once in a scope, of all scopes.
    pub by_scope: BTreeMap<Scope, i64>,
    /// People who fit only models of other scopes.
    pub other_scope: i64,
    /// People who hold several posts, at least one inside, and fit no model.
    pub no_model: i64,
}

/// Counts what is held; a case is inside when the unit of its first post is.
pub fn count(
    models: &[Model],
    held: &[Held],
    wanted: &BTreeSet<Scope>,
    inside: impl Fn(Id) -> bool,
) -> Counts {
    let mut of: HashMap<Id, Vec<&Held>> = HashMap::new();
    for one in held {
        of.entry(one.person).or_default().push(one);
    }
    let mut counts = Counts::default();
    for mine in of.values() {
        let mut scopes: HashSet<Scope> = HashSet::new();
        for model in models {
            let cases = cases(model, mine, &inside);
            if cases > 0 {
                scopes.insert(model.scope);
                if wanted.contains(&model.scope) {
                    *counts.cases.entry(model.id.clone()).or_default() += cases;
                }
            }
        }
        counts.holders += i64::from(scopes.iter().any(|scope| wanted.contains(scope)));
        counts.other_scope +=
            i64::from(!scopes.is_empty() && !scopes.iter().any(|scope| wanted.contains(scope)));
        counts.no_model +=
            i64::from(scopes.is_empty() && mine.len() > 1 && mine.iter().any(|one| inside(one.unit)));
        for scope in scopes {
            *counts.by_scope.entry(scope).or_default() += 1;
        }
    }
    counts
}

/// How often what one person holds fits a model.
fn cases(model: &Model, mine: &[&Held], inside: &impl Fn(Id) -> bool) -> i64 {
    let Some((first, others)) = model.slots.split_first() else { return 0 };
    let fits = |anchor: &&&Held| {
        let area = anchor.area(&model.within);
        let with = |slot: &Slot| mine.iter().any(|one| one.fills(slot) && one.area(&model.within) == area);
        anchor.fills(first) && inside(anchor.unit) && area.is_some() && others.iter().all(with)
    };
    i64::try_from(mine.iter().filter(fits).count()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> Id {
        Id::of_name(name)
    }

    fn held(person: &str, post: &str, path: &[(&str, &str)]) -> Held {
        let above = path.iter().map(|(unit, level)| (id(unit), (*level).to_owned())).collect();
        let unit = path.first().map(|(unit, _)| id(unit)).unwrap_or_else(|| id("nowhere"));
        Held { person: id(person), unit, post: post.into(), above }
    }

    fn model(name: &str, scope: Scope, within: &str, slots: &[(&str, &str)]) -> Model {
        let slot = |(post, level): &(&str, &str)| Slot { post: (*post).into(), level: (*level).into() };
        Model {
            id: name.into(),
            name: name.into(),
            scope,
            within: within.into(),
            slots: slots.iter().map(slot).collect(),
        }
    }

    const A1: &[(&str, &str)] = &[("A1", "branch"), ("A", "commune"), ("D", "district")];
    const A2: &[(&str, &str)] = &[("A2", "branch"), ("A", "commune"), ("D", "district")];
    const A: &[(&str, &str)] = &[("A", "commune"), ("D", "district")];
    const B: &[(&str, &str)] = &[("B", "commune"), ("D", "district")];
    const CHECK: &[(&str, &str)] = &[("check", "district"), ("D", "district")];
    const INSPECT: &[(&str, &str)] = &[("inspect", "district"), ("D", "district")];

    fn models() -> Vec<Model> {
        vec![
            model("head", Scope::Hamlet, "branch", &[("secretary", "branch"), ("hamlet_head", "branch")]),
            model("front", Scope::Hamlet, "branch", &[("secretary", "branch"), ("front_head", "branch")]),
            model("worker", Scope::Hamlet, "commune", &[("secretary", "branch"), ("worker", "commune")]),
            model("chair", Scope::Commune, "commune", &[("secretary", "commune"), ("chair", "commune")]),
            model("check", Scope::District, "district", &[("check", "district"), ("inspect", "district")]),
        ]
    }

    fn counted(held: &[Held], wanted: &[Scope], units: &[&str]) -> Counts {
        let units: Vec<Id> = units.iter().map(|unit| id(unit)).collect();
        count(&models(), held, &wanted.iter().copied().collect(), |unit| units.contains(&unit))
    }

    const ALL: &[&str] = &["A1", "A2", "A", "B", "D", "check", "inspect"];

    #[test]
    fn distance_decides() {
        for (held, cases) in [
            (vec![held("x", "secretary", A1), held("x", "hamlet_head", A1)], 1),
            // Two branches of one commune are not one place, and two people are not one.
            (vec![held("x", "secretary", A1), held("x", "hamlet_head", A2)], 0),
            (vec![held("x", "secretary", A1), held("y", "hamlet_head", A1)], 0),
            // The commune of the branch, not another one.
            (vec![held("x", "secretary", A1), held("x", "worker", A)], 1),
            (vec![held("x", "secretary", A1), held("x", "worker", B)], 0),
            // The secretary of a commune is no branch secretary.
            (vec![held("x", "secretary", A), held("x", "worker", A)], 0),
            // Two agencies of one district.
            (vec![held("x", "check", CHECK), held("x", "inspect", INSPECT)], 1),
        ] {
            let counts = counted(&held, Scope::ALL, ALL);
            assert_eq!(counts.cases.values().sum::<i64>(), cases, "{held:?}");
            let one_person = held.iter().all(|one| one.person == id("x"));
            assert_eq!(counts.no_model, i64::from(cases == 0 && one_person));
        }
    }

    #[test]
    fn a_person_counts_once_a_case_in_each_model() {
        let held = [
            held("x", "secretary", A1),
            held("x", "hamlet_head", A1),
            held("x", "front_head", A1),
            held("y", "secretary", A),
            held("y", "chair", A),
        ];
        let all = counted(&held, &[Scope::Hamlet, Scope::Commune], ALL);
        assert_eq!((all.holders, all.cases.values().sum::<i64>()), (2, 3));
        let hamlet = counted(&held, &[Scope::Hamlet], ALL);
        assert_eq!((hamlet.holders, hamlet.other_scope), (1, 1));
        assert_eq!(hamlet.cases.get("chair"), None);
    }

    #[test]
    fn a_case_is_counted_where_its_first_post_is() {
        let held = [held("x", "secretary", A1), held("x", "worker", A)];
        assert_eq!(counted(&held, Scope::ALL, &["A1"]).holders, 1);
        assert_eq!(counted(&held, Scope::ALL, &["A2"]).holders, 0);
        assert_eq!(counted(&held, Scope::ALL, &["A", "A1", "A2"]).holders, 1);
    }
}
