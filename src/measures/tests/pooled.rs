//! Roll-ups: pooled, once, whatever the shape of the tree.

use std::collections::HashMap;

use super::story::{born, day, measures, tally};
use crate::measures::{Status, Tally, by_parent, roll_up};

fn with_total(total: i64, done: i64) -> Tally {
    Tally { total, done, ..Tally::default() }
}

#[test]
fn rolled_up_is_the_unit_and_all_below_it() {
    let tree = [(1, None), (2, Some(1)), (3, Some(2)), (4, Some(1))];
    let own = HashMap::from([(1, with_total(1, 0)), (3, with_total(10, 5)), (4, with_total(100, 7))]);
    let rolled = roll_up(tree, &own);
    assert_eq!(rolled[&1], with_total(111, 12));
    assert_eq!(rolled[&2], with_total(10, 5));
    assert_eq!(rolled[&4], with_total(100, 7));
}

#[test]
fn shares_are_pooled_and_never_an_average_of_averages() {
    let own = HashMap::from([(2, with_total(1, 1)), (3, with_total(99, 0))]);
    let rolled = roll_up([(1, None), (2, Some(1)), (3, Some(1))], &own);
    assert_eq!(rolled[&1].done_pct().value().unwrap().to_string(), "1");
}

#[test]
fn a_subtree_is_rolled_up_within_itself() {
    let own = HashMap::from([(1, with_total(5, 0)), (2, with_total(1, 0)), (3, with_total(2, 0))]);
    let rolled = roll_up([(2, Some(1)), (3, Some(2))], &own);
    assert_eq!(rolled.len(), 2);
    assert_eq!(rolled[&2], with_total(3, 0));
}

#[test]
fn units_without_tasks_have_empty_figures() {
    let rolled = roll_up([(1, None), (2, Some(1))], &HashMap::new());
    assert!(rolled[&1].is_empty() && rolled[&2].is_empty());
}

#[test]
fn the_order_of_the_units_does_not_matter() {
    let own: HashMap<u32, Tally> = (1..=5).map(|unit| (unit, with_total(i64::from(unit), 0))).collect();
    let mut tree = vec![(1, None), (2, Some(1)), (3, Some(2)), (4, Some(2)), (5, Some(4))];
    let rolled = roll_up(tree.clone(), &own);
    tree.reverse();
    assert_eq!(roll_up(tree, &own), rolled);
}

#[test]
fn a_very_deep_tree_is_no_trouble() {
    let depth = 200_000_u32;
    let tree = (0..depth).map(|unit| (unit, unit.checked_sub(1)));
    let own = HashMap::from([(depth - 1, with_total(1, 1)), (0, with_total(1, 0))]);
    assert_eq!(roll_up(tree, &own)[&0], with_total(2, 1));
}

#[test]
fn a_circle_ends_instead_of_running_forever() {
    let rolled = roll_up([(1, Some(2)), (2, Some(1)), (3, Some(3))], &HashMap::from([(1, with_total(1, 0))]));
    assert_eq!(rolled[&1], with_total(1, 0));
}

#[test]
fn a_task_with_several_parents_counts_once_in_the_total_and_once_under_each() {
    let fact = born(1, Status::InProgress, Some(2)).on(5);
    let tasks = [(["a", "b", "a"].as_slice(), &fact), (["b"].as_slice(), &fact), ([].as_slice(), &fact)];
    let (total, under) = by_parent(tasks, day(5));
    assert_eq!((total.total, total.overdue), (3, 3));
    assert_eq!((under["a"].total, under["b"].total), (1, 2));
}

#[test]
fn figures_do_not_depend_on_how_the_tasks_are_split() {
    let stories: Vec<_> = (1_i64..9)
        .map(|n| {
            born(1, Status::InProgress, Some(n.unsigned_abs()))
                .with(|state| state.weight_milli = n * 125)
                .progress(2, 11)
        })
        .collect();
    let (left, right) = stories.split_at(3);
    let mut merged = tally(left, 5);
    merged.merge(&tally(right, 5));
    assert_eq!(merged, tally(&stories, 5));
    assert_eq!(crate::measures::TaskMeasures::from(&merged), measures(&stories, 5));
}
