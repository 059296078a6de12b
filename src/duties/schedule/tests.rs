#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;
use std::collections::HashSet;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn schedule(every: Every, due_from: DueFrom, due_day: i32) -> Schedule {
    let first_on = day("2000-01-01");
    Schedule { every, due_from, due_day, lead_days: None, first_on, last_on: None }
}

fn told(schedule: Schedule, from: &str, until: &str) -> Vec<String> {
    let told = |one: Occurrence| format!("{} {}..{}", one.period, one.start_on, one.due_on);
    schedule.due_between(day(from), day(until)).map(told).collect()
}

#[test]
fn the_days_people_name() {
    let monthly = schedule(Every::Month, DueFrom::Start, 25);
    assert_eq!(
        told(monthly, "2023-10-15", "2023-12-31"),
        [
            "2023-10 2023-10-01..2023-10-25",
            "2023-11 2023-11-01..2023-11-25",
            "2023-12 2023-12-01..2023-12-25"
        ]
    );
    // The day itself counts, the day after does not.
    assert_eq!(told(monthly, "2023-10-25", "2023-11-24"), ["2023-10 2023-10-01..2023-10-25"]);
    let end_of_quarter = Schedule { lead_days: Some(20), ..schedule(Every::Quarter, DueFrom::End, 1) };
    assert_eq!(
        told(end_of_quarter, "2023-10-15", "2024-03-31"),
        ["2023-Q4 2023-12-11..2023-12-31", "2024-Q1 2024-03-11..2024-03-31"]
    );
    let friday = schedule(Every::Week, DueFrom::Start, 5);
    assert_eq!(told(friday, "2023-10-15", "2023-10-22"), ["2023-W42 2023-10-16..2023-10-20"]);
    let half = schedule(Every::HalfYear, DueFrom::End, 16);
    assert_eq!(
        told(half, "2023-01-01", "2023-12-31"),
        ["2023-H1 2023-01-01..2023-06-15", "2023-H2 2023-07-01..2023-12-16"]
    );
}

#[test]
fn the_31st_is_the_last_day_of_every_month() {
    let dues = |due_from, due_day| -> Vec<String> {
        schedule(Every::Month, due_from, due_day)
            .due_between(day("2023-12-01"), day("2024-04-30"))
            .map(|one| one.due_on.to_string())
            .collect()
    };
    let ends = ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"];
    assert_eq!(dues(DueFrom::Start, 31), ends);
    assert_eq!(dues(DueFrom::End, 1), ends);
    // Counted from the end, the first day is as far as it goes.
    let first = ["2023-12-01", "2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"];
    assert_eq!(dues(DueFrom::End, 31), first);
}

#[test]
fn iso_weeks_round_new_year_have_the_year_of_their_thursday() {
    for (text, name) in [
        ("2020-12-31", "2020-W53"),
        ("2021-01-03", "2020-W53"),
        ("2021-01-04", "2021-W01"),
        ("2024-12-30", "2025-W01"),
        ("2024-12-29", "2024-W52"),
        ("2023-10-15", "2023-W41"),
    ] {
        let period = Every::Week.period_of(day(text));
        assert_eq!(period.name(), name, "{text}");
        assert_eq!(period.first().unwrap().weekday(), chrono::Weekday::Mon);
    }
}

#[test]
fn a_year_of_366_days_ends_on_its_last() {
    let yearly = schedule(Every::Year, DueFrom::Start, 366);
    assert_eq!(
        told(yearly, "2023-01-01", "2024-12-31"),
        ["2023 2023-01-01..2023-12-31", "2024 2024-01-01..2024-12-31"]
    );
}

#[test]
fn only_the_period_before_is_caught_up_with() {
    let weekly = schedule(Every::Week, DueFrom::End, 1);
    let open: Vec<String> = weekly.open_on(day("2023-10-18")).take(3).map(|one| one.period).collect();
    assert_eq!(open, ["2023-W41", "2023-W42", "2023-W43"]);
    let since = Schedule { first_on: day("2023-10-17"), ..weekly };
    assert_eq!(since.open_on(day("2023-10-18")).next().unwrap().period, "2023-W42");
    let later = Schedule { first_on: day("2150-01-01"), ..weekly };
    assert_eq!(later.open_on(day("2023-10-18")).next().unwrap().due_on, day("2150-01-04"));
    let over = Schedule { last_on: Some(day("2023-10-14")), ..weekly };
    assert_eq!(over.open_on(day("2023-10-18")).count(), 0);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (day("1996-01-01").num_days_from_ce()..day("2110-12-31").num_days_from_ce())
        .prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n).unwrap())
}

fn any_schedule() -> impl Strategy<Value = Schedule> {
    let shape = (0..Every::ALL.len(), any::<bool>(), 1..=366, proptest::option::of(0..=366));
    (shape, any_day(), proptest::option::of(0_i64..2000)).prop_map(
        |((every, from_end, due, lead), first_on, stays)| {
            let every = Every::ALL.get(every).copied().unwrap();
            Schedule {
                every,
                due_from: if from_end { DueFrom::End } else { DueFrom::Start },
                due_day: (due - 1) % every.longest() + 1,
                lead_days: lead.map(|days| days % (every.longest() + 1)),
                first_on,
                last_on: stays.and_then(|days| first_on.checked_add_signed(TimeDelta::days(days))),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Every day lies in exactly one period, and the periods follow each other without a gap.
    #[test]
    fn periods_cover_the_calendar(today in any_day()) {
        for every in Every::ALL {
            let period = every.period_of(today);
            let (first, last) = (period.first().unwrap(), period.last().unwrap());
            prop_assert!(first <= today && today <= last);
            prop_assert_eq!(period.plus(1).first(), last.succ_opt());
            prop_assert_eq!(every.period_of(first), period);
            prop_assert_eq!(every.period_of(last), period);
            let length = last.signed_duration_since(first).num_days() + 1;
            prop_assert!(length <= i64::from(every.longest()) && period.name() != period.plus(1).name());
        }
    }

    /// Against the plainest oracle: every day from the first to the last is looked at for itself.
    #[test]
    fn what_is_due_is_what_each_day_says(schedule in any_schedule(), from in any_day(), length in 0_i64..900) {
        let until = from.checked_add_signed(TimeDelta::days(length)).unwrap();
        let found: Vec<Occurrence> = schedule.due_between(from, until).collect();
        let is_due = |today: &NaiveDate| {
            let period = schedule.every.period_of(*today);
            let (first, last) = (period.first().unwrap(), period.last().unwrap());
            let nth = |a: NaiveDate, b: NaiveDate| b.signed_duration_since(a).num_days() + 1;
            let (place, end) = match schedule.due_from {
                DueFrom::Start => (nth(first, *today), *today == last),
                DueFrom::End => (nth(*today, last), *today == first),
            };
            let due = i64::from(schedule.due_day);
            (place == due || (end && place < due))
                && *today >= schedule.first_on
                && schedule.last_on.is_none_or(|last| *today <= last)
        };
        let days = from.iter_days().take_while(|day| *day <= until);
        let expected: Vec<NaiveDate> = days.filter(is_due).collect();
        prop_assert_eq!(found.iter().map(|one| one.due_on).collect::<Vec<_>>(), expected);
        // Never two of one period, and starts in the order of dues.
        let names: HashSet<&str> = found.iter().map(|one| one.period.as_str()).collect();
        prop_assert_eq!(names.len(), found.len());
        for (one, next) in found.iter().zip(found.iter().skip(1)) {
            prop_assert!(one.start_on < next.start_on && one.due_on < next.due_on);
        }
        for one in &found {
            prop_assert!(one.start_on <= one.due_on);
            prop_assert_eq!(&schedule.every.period_of(one.due_on).name(), &one.period);
        }
    }

    /// However the rounds fall, as long as none stays away for a whole period: once each, none left out.
    #[test]
    fn rounds_make_each_once(schedule in any_schedule(), steps in proptest::collection::vec(1_i64..7, 1..200)) {
        let mut made: Vec<Occurrence> = Vec::new();
        let begun = schedule.first_on;
        let mut today = begun;
        for step in steps {
            let new: Vec<Occurrence> = schedule
                .open_on(today)
                .take_while(|one| one.start_on <= today)
                .filter(|one| made.iter().all(|old| old.period != one.period))
                .collect();
            made.extend(new);
            today = today.checked_add_signed(TimeDelta::days(step)).unwrap();
        }
        // The last round was one step ago.
        let sure = today.checked_sub_signed(TimeDelta::days(7)).unwrap();
        let due: Vec<String> = schedule.due_between(begun, sure).map(|one| one.period).collect();
        let made: Vec<String> = made.into_iter().map(|one| one.period).collect();
        prop_assert!(made.starts_with(&due), "{:?} {:?}", made, due);
    }
}
