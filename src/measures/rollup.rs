//! Pooling over a tree of units, and over parents of tasks.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use chrono::NaiveDate;

use super::tasks::Tally;
use super::timeline::Fact;

/// Rolled up = a unit's own tasks and those of every unit below it, pooled.
///
/// `tree` names each unit with its parent; a parent that is not in it ends the climb, so a subtree
/// is rolled up within itself. Every unit of the tree has an answer, an empty one if need be; an
/// own tally of a unit outside the tree is left out. Work grows with the number of units, whatever
/// their depth.
pub fn roll_up<U: Copy + Eq + Hash>(
    tree: impl IntoIterator<Item = (U, Option<U>)>,
    own: &HashMap<U, Tally>,
) -> HashMap<U, Tally> {
    let parents: HashMap<U, Option<U>> = tree.into_iter().collect();
    let mut open_children: HashMap<U, usize> = HashMap::with_capacity(parents.len());
    for parent in parents.values().flatten() {
        *open_children.entry(*parent).or_default() += 1;
    }
    let mut rolled: HashMap<U, Tally> =
        parents.keys().map(|unit| (*unit, own.get(unit).copied().unwrap_or_default())).collect();
    // From the leaves upwards: a unit is passed on when the last unit below it has been.
    let mut ready: Vec<U> =
        parents.keys().copied().filter(|unit| !open_children.contains_key(unit)).collect();
    while let Some(unit) = ready.pop() {
        let Some(parent) = parents.get(&unit).copied().flatten() else { continue };
        let sum = rolled.get(&unit).copied().unwrap_or_default();
        let Some(above) = rolled.get_mut(&parent) else { continue };
        above.merge(&sum);
        if let Some(open) = open_children.get_mut(&parent) {
            *open -= 1;
            if *open == 0 {
                ready.push(parent);
            }
        }
    }
    rolled
}

/// Tasks that may have several parents: each counts once in the total and once under each of its
/// parents, so the parts may add up to more than the whole.
pub fn by_parent<'a, P, U>(
    tasks: impl IntoIterator<Item = (&'a [P], &'a Fact<U>)>,
    day: NaiveDate,
) -> (Tally, HashMap<P, Tally>)
where
    P: Copy + Eq + Hash + 'a,
    U: 'a,
{
    let mut total = Tally::default();
    let mut under: HashMap<P, Tally> = HashMap::new();
    for (parents, fact) in tasks {
        total.add(fact, day);
        let distinct: HashSet<P> = parents.iter().copied().collect();
        for parent in distinct {
            under.entry(parent).or_default().add(fact, day);
        }
    }
    (total, under)
}
