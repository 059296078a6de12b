//! Random trees, dates, states, weights, extensions, returns, reopenings, cancellations and
//! deletions: the measures against an oracle that replays the histories by the words of the rules.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::oracle::{self, Reach, Task, What, World, date, status_after, worlds};
use crate::measures::{
    Extension, Fact, Measure, State, Status, Tally, TaskMeasures, Timeline, Timeliness, rank, roll_up,
    timeliness,
};

/// What a database would hold of such a history: one row per change, one per request.
fn timeline(task: &Task) -> Timeline<usize> {
    let mut state = State {
        on: date(task.born),
        status: task.status.parse().unwrap(),
        progress: i32::try_from(task.progress).unwrap(),
        due_on: task.due.map(date),
        weight_milli: task.weight_milli,
        unit: task.unit,
        deleted: false,
        submitted_on: None,
        completed_on: task.completed.map(date),
    };
    let (mut states, mut extensions) = (vec![state.clone()], Vec::<Extension>::new());
    let mut status = task.status;
    for event in &task.events {
        status = status_after(status, event.what);
        state.on = date(event.day);
        state.status = status.parse().unwrap();
        match event.what {
            What::Extend(new) => {
                let (requested_on, new_due_on) = (date(event.day), date(new));
                extensions.push(Extension { requested_on, new_due_on, approved: false });
                continue;
            }
            What::Reject => continue,
            What::Approve => {
                let granted = extensions.last_mut().unwrap();
                granted.approved = true;
                state.due_on = Some(granted.new_due_on);
            }
            What::Progress(progress) => state.progress = i32::try_from(progress).unwrap(),
            What::Reweigh(weight) => state.weight_milli = weight,
            What::Move(unit) => state.unit = unit,
            What::Delete => state.deleted = true,
            _ => state.completed_on = None,
        }
        states.push(state.clone());
    }
    Timeline::new(states, task.due.map(date), extensions)
}

fn facts(world: &World, day: i64) -> Vec<Option<Fact<usize>>> {
    world.tasks.iter().map(|task| timeline(task).on(date(day))).collect()
}

fn own(facts: &[Option<Fact<usize>>], day: i64) -> HashMap<usize, Tally> {
    let mut own = HashMap::new();
    for fact in facts.iter().flatten() {
        own.entry(fact.unit).or_insert_with(Tally::default).add(fact, date(day));
    }
    own
}

fn tree(world: &World) -> impl Iterator<Item = (usize, Option<usize>)> + '_ {
    world.parents.iter().copied().enumerate()
}

fn compare(unit: usize, expected: &oracle::Figures, tally: &Tally) -> Result<(), TestCaseError> {
    let answer = serde_json::to_value(TaskMeasures::from(tally)).unwrap();
    match oracle::difference(&format!("unit {unit}"), &expected.json(), &answer) {
        None => Ok(()),
        Some(difference) => Err(TestCaseError::fail(difference)),
    }
}

/// A world and one of the days on which its figures may turn.
fn world_and_day() -> impl Strategy<Value = (World, i64)> {
    (worlds(7, 6, 14, Reach::Full), any::<prop::sample::Index>()).prop_map(|(world, index)| {
        let days = world.telling_days();
        let day = days[index.index(days.len())];
        (world, day)
    })
}

/// A comparison proves nothing about what the histories never contain.
#[test]
fn random_histories_contain_every_situation_of_the_rules() {
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..1_000 {
        let (world, day) = world_and_day().new_tree(&mut runner).unwrap().current();
        for task in world.tasks.iter().filter(|task| task.unit_on(day).is_some()) {
            *seen.entry(task.timeliness(day, 7)).or_default() += 1;
            let status = timeline(task).states().iter().rfind(|state| state.on <= date(day)).unwrap().status;
            let done = task.done_on(day).is_some();
            let original = task.due.filter(|_| done && task.completed.is_none());
            let situations = [
                ("done before the click", done && status == Status::Submitted),
                (
                    "returned afterwards",
                    status == Status::Submitted && !done && task.awaiting_on(day).is_none(),
                ),
                ("cancelled while waiting", task.awaiting_on(day).is_some() && task.cancelled_on(i64::MAX)),
                (
                    "reopened before",
                    !done && task.events.iter().any(|e| e.what == What::Reopen && e.day <= day),
                ),
                (
                    "reopened afterwards",
                    done && task.events.iter().any(|e| e.what == What::Reopen && e.day > day),
                ),
                ("loaded as done on an earlier day", task.completed.is_some_and(|on| on < task.born)),
                (
                    "on time by an extension",
                    task.on_time(day) == Some(true) && task.done_on(day) > original && original.is_some(),
                ),
                (
                    "late in spite of an extension",
                    task.on_time(day) == Some(false) && task.due_on(day) >= task.done_on(day),
                ),
                ("a first due date later", task.due.is_none() && task.on_time(day).is_some()),
                ("moved", task.unit_on(day) != Some(task.unit)),
                ("deleted afterwards", task.unit_on(i64::MAX).is_none()),
            ];
            for (situation, _) in situations.iter().filter(|(_, is)| *is) {
                *seen.entry(situation).or_default() += 1;
            }
        }
    }
    assert_eq!(seen.len(), Timeliness::ALL.len() + 11, "{seen:?}");
    assert!(seen.values().all(|times| *times >= 5), "{seen:?}");
}

proptest! {
    #![proptest_config(super::cases(10_000))]

    #[test]
    fn the_roll_up_of_random_histories_is_that_of_the_oracle((world, day) in world_and_day()) {
        let facts = facts(&world, day);
        for (task, fact) in world.tasks.iter().zip(&facts) {
            prop_assert_eq!(fact.as_ref().map(|fact| fact.unit), task.unit_on(day));
            if let Some(fact) = fact {
                prop_assert_eq!(timeliness(fact, date(day), 7).as_str(), task.timeliness(day, 7), "{:?}", task);
                prop_assert_eq!(fact.completed_on, task.done_on(day).map(date), "{:?}", task);
                prop_assert_eq!(fact.awaiting_since, task.awaiting_on(day).map(date), "{:?}", task);
            }
        }
        let own = own(&facts, day);
        let rolled = roll_up(tree(&world), &own);
        prop_assert_eq!(rolled.len(), world.parents.len());
        for unit in 0..world.parents.len() {
            compare(unit, &world.own(unit, day), &own.get(&unit).copied().unwrap_or_default())?;
            compare(unit, &world.rolled_up(unit, day), &rolled[&unit])?;
        }
    }
}

proptest! {
    #![proptest_config(super::cases(1_500))]

    #[test]
    fn loadable_histories_agree_on_every_telling_day(world in worlds(4, 4, 10, Reach::Loading)) {
        for day in world.telling_days() {
            let own = own(&facts(&world, day), day);
            let rolled = roll_up(tree(&world), &own);
            compare(0, &world.rolled_up(0, day), &rolled[&0])?;
        }
    }

    #[test]
    fn the_roll_up_of_parts_is_the_roll_up_of_the_whole((world, day) in world_and_day()) {
        let own = own(&facts(&world, day), day);
        let rolled = roll_up(tree(&world), &own);
        let mut whole = Tally::default();
        own.values().for_each(|tally| whole.merge(tally));
        prop_assert_eq!(rolled[&0], whole);
        for (unit, tally) in &rolled {
            let mut parts = own.get(unit).copied().unwrap_or_default();
            tree(&world).filter(|(_, parent)| *parent == Some(*unit)).for_each(|(child, _)| parts.merge(&rolled[&child]));
            prop_assert_eq!(*tally, parts);
            // Each part of the tree alone gives what the whole tree gives for it.
            let alone = roll_up(tree(&world).filter(|(below, _)| world.within(*below, *unit)), &own);
            prop_assert_eq!(alone[unit], *tally);
        }
    }

    #[test]
    fn only_confirmed_work_counts(world in worlds(1, 6, 14, Reach::Full)) {
        for day in world.telling_days() {
            for (task, fact) in world.tasks.iter().zip(facts(&world, day)) {
                let confirmed = matches!(task.status, "completed" | "closed")
                    || task.events.iter().any(|event| event.what == What::Confirm);
                prop_assert!(confirmed || !fact.is_some_and(|fact| fact.done), "{:?}", task);
            }
        }
    }

    #[test]
    fn late_stays_late_whatever_is_asked_for_afterwards(
        world in worlds(1, 6, 14, Reach::Full), after in 1_i64..40, new in 1_i64..200,
    ) {
        for task in &world.tasks {
            let Some(due) = task.due else { continue };
            let asked = Extension {
                requested_on: date(due + after), new_due_on: date(due + after + new), approved: true,
            };
            let before = timeline(task);
            let mut extensions = Vec::from_iter(before.extensions().iter().cloned());
            let at = extensions.partition_point(|extension| extension.requested_on <= asked.requested_on);
            extensions.insert(at, asked);
            let later = Timeline::new(before.states().to_vec(), task.due.map(date), extensions);
            for day in world.telling_days() {
                prop_assert_eq!(before.on(date(day)), later.on(date(day)));
            }
        }
    }

    #[test]
    fn every_task_is_counted_in_exactly_one_way((world, day) in world_and_day()) {
        for fact in facts(&world, day).iter().flatten() {
            let mut one = Tally::default();
            one.add(fact, date(day));
            prop_assert_eq!(one.total + one.cancelled, 1);
            prop_assert!(one.done + one.overdue + one.awaiting_confirmation <= one.total);
            prop_assert_eq!(one.done_on_time + one.done_late + one.done_without_due(), one.done);
            let measures = TaskMeasures::from(&one);
            prop_assert_eq!(measures.on_time_pct.den().to_string() == "1", one.overdue + one.done_on_time + one.done_late == 1);
        }
    }

    #[test]
    fn units_rank_as_counting_the_better_ones_says((world, day) in world_and_day()) {
        let own = own(&facts(&world, day), day);
        let rolled = roll_up(tree(&world), &own);
        let expected: Vec<_> = (0..world.parents.len()).map(|unit| world.rolled_up(unit, day)).collect();
        for measure in Measure::ALL {
            let ranking = rank((0..world.parents.len()).map(|unit| (unit, measure.of(&rolled[&unit]))));
            let mut found = vec![None; world.parents.len()];
            ranking.rows.iter().for_each(|row| found[row.unit] = Some((row.rank, row.dense_rank)));
            let scores: Vec<_> = expected.iter().map(|figures| figures.score(measure.as_str())).collect();
            prop_assert_eq!(&found, &oracle::ranks(&scores));
            for unit in 0..world.parents.len() {
                let because = measure.unscored(&rolled[&unit]);
                prop_assert_eq!(because.is_some(), ranking.unranked.contains(&unit));
            }
        }
    }
}
