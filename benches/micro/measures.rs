//! Figures of tasks, indicators and targets, from what is stored to what an answer shows.

use chrono::{Days, NaiveDate};
use divan::{Bencher, black_box, counter::ItemsCount};
use std::collections::HashMap;
use tiendo::measures::{
    Aim, Course, Direction, Entry, Exact, Extension, Fact, OverPeriods, OverUnits, Share, State, Status,
    Tally, TaskMeasures, Timeline,
    indicators::{Part, over_periods, over_units},
    judge, rank, roll_up,
    targets::Standing,
    timeliness,
};

/// Tasks of a commune and its branches in a year.
const TASKS: u32 = 1_000;
const COMMUNES: u32 = 150;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 10, 15).unwrap()
}

fn after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap()
}

/// A task with five reports. Of twenty six are done, two wait, one is cancelled, the others go on; every
/// tenth asked for more time.
fn task(number: u32) -> Timeline<u32> {
    let begun = NaiveDate::from_ymd_opt(2023, 1, 5).unwrap();
    let due = after(begun, 200 + number % 180);
    let state = |step: u32, status, progress| State {
        on: after(begun, step * 40),
        status,
        progress,
        due_on: Some(due),
        weight_milli: 1000 + i64::from(number % 3) * 500,
        unit: number % 225,
        deleted: false,
        submitted_on: None,
        completed_on: None,
    };
    let mut states = vec![state(0, Status::Accepted, 0)];
    states.extend((1..=5).map(|step| state(step, Status::InProgress, i32::try_from(step).unwrap() * 15)));
    match number % 20 {
        0..6 => states.extend([state(6, Status::Submitted, 90), state(7, Status::Completed, 90)]),
        6..8 => states.push(state(6, Status::Submitted, 90)),
        8 => states.push(state(6, Status::Cancelled, 75)),
        _ => {}
    }
    let asked = Extension { requested_on: after(begun, 150), new_due_on: after(due, 30), approved: true };
    Timeline::new(states, Some(due), number.is_multiple_of(10).then_some(asked).into_iter().collect())
}

fn facts() -> Vec<Fact<u32>> {
    (0..TASKS).map(|number| task(number).on(today()).unwrap()).collect()
}

fn tally(facts: &[Fact<u32>]) -> Tally {
    let mut tally = Tally::default();
    facts.iter().for_each(|fact| tally.add(fact, today()));
    tally
}

#[divan::bench]
fn tasks_on_a_day(bencher: Bencher) {
    let tasks: Vec<_> = (0..TASKS).map(task).collect();
    bencher.counter(ItemsCount::new(TASKS)).bench(|| {
        for task in &tasks {
            black_box(task.on(black_box(today())));
        }
    });
}

/// The light each task shows in a list.
#[divan::bench]
fn lights_of_tasks(bencher: Bencher) {
    let facts = facts();
    bencher.counter(ItemsCount::new(TASKS)).bench(|| {
        for fact in &facts {
            black_box(timeliness(fact, black_box(today()), 7));
        }
    });
}

#[divan::bench]
fn sums_of_tasks(bencher: Bencher) {
    let facts = facts();
    bencher.counter(ItemsCount::new(TASKS)).bench(|| tally(black_box(&facts)));
}

/// Rates with two decimals, from the sums.
#[divan::bench]
fn rates_of_a_unit(bencher: Bencher) {
    let tally = tally(&facts());
    bencher.bench(|| TaskMeasures::from(black_box(&tally)));
}

/// A province of 2,411 units: 10 districts, 150 communes, 2,250 branches.
#[divan::bench]
fn roll_up_a_province(bencher: Bencher) {
    let parent = |unit: u32| match unit {
        0 => None,
        1..=10 => Some(0),
        11..=160 => Some(1 + (unit - 11) / 15),
        _ => Some(11 + (unit - 161) / 15),
    };
    let sums = tally(&facts());
    let own: HashMap<u32, Tally> = (0..2_411).map(|unit| (unit, sums)).collect();
    let rolled = roll_up((0..2_411).map(|unit| (unit, parent(unit))), &own);
    assert_eq!(rolled[&0].total, sums.total * 2_411);
    bencher.bench(|| roll_up((0..2_411).map(|unit| (unit, parent(unit))), black_box(&own)));
}

#[divan::bench]
fn rank_communes(bencher: Bencher) {
    let facts = facts();
    let scores: Vec<_> = (1..=COMMUNES)
        .map(|commune| (commune, tally(&facts[..usize::try_from(commune * 5).unwrap()]).on_time_pct()))
        .collect();
    bencher.counter(ItemsCount::new(COMMUNES)).bench(|| rank(black_box(&scores).iter().cloned()));
}

fn months(unit: u32) -> Vec<Entry> {
    let share = |month: u32| Share::Parts {
        num: Exact::whole((unit * 7 + month * 3).into()),
        den: Exact::whole((unit * 8 + month * 4 + 1).into()),
    };
    let ends_on = |month| NaiveDate::from_ymd_opt(2023, month, 14).unwrap();
    (1..=12).map(|month| Entry { ends_on: ends_on(month), share: share(month), estimated: false }).collect()
}

/// A share of twelve months in 225 branches: pooled, never a mean of means.
#[divan::bench]
fn indicator_of_a_district(bencher: Bencher) {
    let entries: Vec<_> = (1..=225).map(months).collect();
    bencher.bench(|| {
        let units: Vec<_> = black_box(&entries)
            .iter()
            .map(|entries| over_periods(OverPeriods::Sum, entries).unwrap())
            .collect();
        let parts: Vec<_> = units.iter().map(|reported| Part { reported, weight: None }).collect();
        over_units(OverUnits::Ratio, 100, &parts).unwrap()
    });
}

/// The light of a target on its way, with the pace it needs.
#[divan::bench]
fn light_of_a_target(bencher: Bencher) {
    let goal = Exact::whole(650);
    let aim = Aim { direction: Direction::Higher, value: goal.clone(), upper: None, strict: true };
    let steps: Vec<_> = (1..=9).map(|month| Exact::whole(40 + month)).collect();
    let actual: Exact = steps.iter().cloned().sum();
    let course = Course { rule: OverPeriods::Sum, lower: false, goal, actual, steps, left: 3 };
    bencher.bench(|| {
        let course = black_box(&course);
        let pace = course.pace();
        let figure = Some(&course.actual);
        judge(&aim, &Standing { figure, ended: false, grows: true, pace: pace.as_ref(), hard_below_pct: 80 })
    });
}
