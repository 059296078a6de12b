//! The rules by example, and against a recomputation that walks through the days.

use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;

fn day(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 10, 1).unwrap() + TimeDelta::days(n - 1)
}

const fn sent(on: NaiveDate) -> ReceiptDays {
    ReceiptDays { sent: on, seen: None, received: None, assigned: None, exempt: None, recalled: None }
}

fn due(set_on: i64, due_on: i64) -> Deadline {
    Deadline { set_on: day(set_on), due_on: Some(day(due_on)) }
}

fn told(days: ReceiptDays, deadlines: &[Deadline], on: i64) -> (&'static str, Option<i64>) {
    let fact = days.on(deadlines, day(on)).unwrap();
    (fact.timeliness.as_str(), fact.days_late)
}

#[test]
fn a_receipt_is_late_after_its_day_and_not_on_it() {
    let open = sent(day(1));
    assert_eq!(open.on(&[due(1, 10)], day(1) - TimeDelta::days(1)), None);
    assert_eq!(told(open, &[due(1, 10)], 10), ("in_time", None));
    assert_eq!(told(open, &[due(1, 10)], 12), ("overdue", Some(2)));
    assert_eq!(told(open, &[], 12), ("no_due_date", None));
    let received = ReceiptDays { received: Some(day(12)), ..open };
    assert_eq!(told(received, &[due(1, 10)], 11), ("overdue", Some(1)));
    assert_eq!(told(received, &[due(1, 10)], 20), ("received_late", Some(2)));
    assert_eq!(told(received, &[due(1, 12)], 20), ("received_on_time", None));
}

#[test]
fn late_stays_late() {
    let received = ReceiptDays { received: Some(day(18)), ..sent(day(1)) };
    // Moved after it had run out, before, and on the very day.
    assert_eq!(told(received, &[due(1, 10), due(15, 20)], 30), ("received_late", Some(8)));
    assert_eq!(told(received, &[due(1, 10), due(9, 20)], 30), ("received_on_time", None));
    assert_eq!(told(received, &[due(1, 10), due(10, 20)], 30), ("received_on_time", None));
    // What was set after the receipt does not count.
    assert_eq!(told(received, &[due(1, 20), due(19, 19)], 30), ("received_on_time", None));
    // Who has not received it has the days that were added.
    assert_eq!(told(sent(day(1)), &[due(1, 10), due(15, 20)], 14), ("overdue", Some(4)));
    assert_eq!(told(sent(day(1)), &[due(1, 10), due(15, 20)], 16), ("in_time", None));
}

#[test]
fn what_is_exempt_or_recalled_is_that_from_its_day_on() {
    let days =
        ReceiptDays { seen: Some(day(3)), exempt: Some(day(12)), recalled: Some(day(14)), ..sent(day(1)) };
    let on = |n| days.on(&[due(1, 10)], day(n)).unwrap();
    assert_eq!((on(11).standing, on(11).timeliness), (ReceiptStanding::Live, ReceiptTimeliness::Overdue));
    assert_eq!((on(12).standing, on(12).timeliness), (ReceiptStanding::Exempt, ReceiptTimeliness::Exempt));
    assert_eq!((on(14).standing, on(14).state), (ReceiptStanding::Recalled, ReceiptState::Seen));
}

/// Days of a receipt whose steps imply those before them, in any order of the others.
fn receipts() -> impl Strategy<Value = ReceiptDays> {
    let some = || proptest::option::of(1..30_i64);
    (1..20_i64, some(), some(), some(), some(), some()).prop_map(
        |(sent, seen, took, gave, exempt, recalled)| {
            let took = [took, gave].into_iter().flatten().min();
            let seen = [seen, took].into_iter().flatten().min();
            ReceiptDays {
                sent: day(sent),
                seen: seen.map(day),
                received: took.map(day),
                assigned: gave.map(day),
                exempt: exempt.map(day),
                recalled: recalled.map(day),
            }
        },
    )
}

fn deadlines() -> impl Strategy<Value = Vec<Deadline>> {
    proptest::collection::vec((1..25_i64, proptest::option::of(0..8_i64)), 0..4).prop_map(|mut set| {
        set.sort_by_key(|(on, _)| *on);
        let one = |(on, after): (i64, Option<i64>)| Deadline {
            set_on: day(on),
            due_on: after.map(|after| day(on + after)),
        };
        set.into_iter().map(one).collect()
    })
}

/// The same, by living through the days: at the end of each the deadline in force is looked at.
fn lived(days: &ReceiptDays, deadlines: &[Deadline], until: i64) -> Option<(ReceiptTimeliness, Option<i64>)> {
    let (mut missed, mut due, mut late) = (None, None, None);
    let mut is = None;
    for now in (0..=until).map(day) {
        due = deadlines.iter().rfind(|one| one.set_on <= now).map_or(due, |one| one.due_on);
        let took = days.received.is_some_and(|on| on <= now);
        if late.is_none() && took {
            let judged = missed.or(due);
            late = Some(judged.map(|judged| (days.received.unwrap() - judged).num_days().max(0)));
        }
        if due.is_some_and(|due| due == now) {
            missed = missed.or(due);
        }
        if now < days.sent {
            continue;
        }
        let open = due.map(|due| (now - due).num_days().max(0));
        is = Some(match late {
            _ if days.recalled.is_some_and(|on| on <= now) => (ReceiptTimeliness::Recalled, None),
            _ if days.exempt.is_some_and(|on| on <= now) => (ReceiptTimeliness::Exempt, None),
            Some(None) => (ReceiptTimeliness::NoDueDate, None),
            Some(Some(0)) => (ReceiptTimeliness::ReceivedOnTime, None),
            Some(Some(days)) => (ReceiptTimeliness::ReceivedLate, Some(days)),
            None => match open {
                None => (ReceiptTimeliness::NoDueDate, None),
                Some(0) => (ReceiptTimeliness::InTime, None),
                Some(days) => (ReceiptTimeliness::Overdue, Some(days)),
            },
        });
    }
    is
}

proptest! {
    #[test]
    fn a_day_is_what_living_through_it_makes_it(days in receipts(), deadlines in deadlines(), on in 0..40_i64) {
        let fact = days.on(&deadlines, day(on));
        prop_assert_eq!(fact.map(|fact| (fact.timeliness, fact.days_late)), lived(&days, &deadlines, on));
    }

    #[test]
    fn a_state_never_goes_back(days in receipts(), deadlines in deadlines()) {
        let states: Vec<_> = (0..40).filter_map(|on| days.on(&deadlines, day(on))).map(|fact| fact.state).collect();
        prop_assert!(states.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn every_unit_counts_once(all in proptest::collection::vec((receipts(), deadlines()), 0..20), on in 0..40_i64) {
        let facts: Vec<_> = all.iter().filter_map(|(days, deadlines)| days.on(deadlines, day(on))).collect();
        let mut tally = ReceiptTally::default();
        facts.iter().for_each(|fact| tally.add(fact));
        let many = |wanted: &dyn Fn(&ReceiptFact) -> bool| i64::try_from(facts.iter().filter(|f| wanted(f)).count()).unwrap();
        let live = |fact: &ReceiptFact| fact.standing == ReceiptStanding::Live;
        prop_assert_eq!(tally.total + tally.exempt + tally.recalled, many(&|_| true));
        prop_assert_eq!(tally.received, many(&|f| live(f) && f.state >= ReceiptState::Received));
        prop_assert_eq!(tally.overdue, many(&|f| f.timeliness == ReceiptTimeliness::Overdue));
        prop_assert!(tally.assigned <= tally.received && tally.received <= tally.seen && tally.seen <= tally.total);
        prop_assert!(tally.received_on_time + tally.received_late <= tally.received);
    }
}
