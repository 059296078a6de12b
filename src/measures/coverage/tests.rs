//! The rules by example, and against a count made another way.

use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;

fn day(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 10, 1).unwrap() + TimeDelta::days(n - 1)
}

fn due(set_on: i64, due_on: i64) -> Deadline {
    Deadline { set_on: day(set_on), due_on: Some(day(due_on)) }
}

const fn since(day: NaiveDate) -> ProgrammeDays {
    ProgrammeDays { since: day, issued: None, released: None }
}

fn told(days: ProgrammeDays, deadlines: &[Deadline], on: i64) -> (&'static str, Option<i64>, Option<i64>) {
    let fact = days.on(deadlines, day(on));
    (fact.state.as_str(), fact.lag_days, fact.days_late)
}

#[test]
fn a_programme_is_missing_until_it_is_issued_and_late_after_its_day() {
    let open = since(day(1));
    assert_eq!(told(open, &[due(2, 10)], 10), ("missing", Some(9), None));
    assert_eq!(told(open, &[due(2, 10)], 12), ("missing", Some(11), Some(2)));
    assert_eq!(told(open, &[], 12), ("missing", Some(11), None));
    let issued = ProgrammeDays { issued: Some(day(12)), ..open };
    assert_eq!(told(issued, &[due(2, 10)], 11), ("missing", Some(10), Some(1)));
    assert_eq!(told(issued, &[due(2, 10)], 40), ("late", Some(11), Some(2)));
    assert_eq!(told(issued, &[due(2, 12)], 40), ("issued", Some(11), None));
    assert_eq!(told(issued, &[], 40), ("issued", Some(11), None));
    // A deadline that is moved after it ran out does not make it less late.
    assert_eq!(told(issued, &[due(2, 10), due(11, 30)], 40), ("late", Some(11), Some(2)));
}

#[test]
fn who_is_released_owes_nothing_from_that_day_on() {
    let days = ProgrammeDays { released: Some(day(12)), ..since(day(1)) };
    assert_eq!(told(days, &[due(1, 10)], 11), ("missing", Some(10), Some(1)));
    assert_eq!(told(days, &[due(1, 10)], 12), ("not_applicable", None, None));
    let issued = ProgrammeDays { issued: Some(day(9)), ..days };
    assert_eq!(told(issued, &[due(1, 10)], 20), ("not_applicable", Some(8), None));
}

proptest! {
    #[test]
    fn every_pair_counts_once(
        all in proptest::collection::vec(
            (1..20_i64, proptest::option::of(1..40_i64), proptest::option::of(1..40_i64), 1..40_i64, any::<bool>()),
            0..30,
        ),
        on in 0..45_i64,
    ) {
        let mut tally = CoverageTally::default();
        let facts: Vec<CoverageFact> = all
            .iter()
            .map(|(from, issued, released, due_on, studied)| {
                let days = ProgrammeDays {
                    since: day(*from), issued: issued.map(day), released: released.map(day),
                };
                CoverageFact {
                    received: *studied,
                    studied: *studied,
                    programme: days.on(&[due(1, *due_on)], day(on)),
                }
            })
            .collect();
        facts.iter().for_each(|fact| tally.add(fact));
        let measures = CoverageMeasures::from(&tally);
        prop_assert_eq!(measures.units, measures.missing + measures.late + measures.issued);
        prop_assert_eq!(usize::try_from(measures.units + measures.not_applicable).unwrap(), facts.len());
        prop_assert!(measures.missing_overdue <= measures.missing && measures.studied <= measures.units);
        // By hand: who issued by the day, and whether that was after the one deadline.
        let by = |step: &Option<i64>| step.is_some_and(|n| n <= on);
        let late = all.iter().filter(|(_, issued, released, due_on, _)| {
            !by(released) && by(issued) && issued.unwrap() > *due_on
        });
        prop_assert_eq!(usize::try_from(measures.late).unwrap(), late.count());
    }
}
