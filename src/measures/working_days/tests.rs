//! Working days by example, and over any calendar.

use super::*;
use crate::measures::{Allowed, deadlines_of};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Around 30 April 2024: Monday the 29th was exchanged for Saturday, 4 May.
fn spring() -> WorkingDays {
    use {
        DayKind::{Off, Worked},
        DayOccasion::{Labour, Reunification, Swap, Tet},
    };
    WorkingDays::new([
        (day("2024-02-10"), Off, Tet),
        (day("2024-04-29"), Off, Swap),
        (day("2024-04-30"), Off, Reunification),
        (day("2024-05-01"), Off, Labour),
        (day("2024-05-04"), Worked, Swap),
    ])
}

#[test]
fn holidays_are_off_and_swapped_saturdays_are_worked() {
    let spring = spring();
    for (text, working) in [
        ("2024-04-26", true),
        ("2024-04-27", false),
        ("2024-04-29", false),
        ("2024-05-01", false),
        ("2024-05-02", true),
        ("2024-05-04", true),
        ("2024-05-05", false),
    ] {
        assert_eq!(spring.is_working(day(text)), working, "{text}");
    }
    assert_eq!(spring.after(day("2024-04-26"), 1), Some(day("2024-05-02")));
    assert_eq!(spring.after(day("2024-04-26"), 3), Some(day("2024-05-04")));
    assert_eq!(spring.after(day("2024-04-26"), 4), Some(day("2024-05-06")));
    assert_eq!(spring.on_or_after(day("2024-04-27")), Some(day("2024-05-02")));
    assert_eq!(spring.between(day("2024-04-26"), day("2024-05-05")), 3);
    assert_eq!(spring.between(day("2024-05-05"), day("2024-04-26")), 0);
}

#[test]
fn a_year_without_its_tet_is_not_known() {
    let allowed = Allowed { due: 2, grace: Some(4), lock: Some(10) };
    let days = deadlines_of(day("2024-12-14"), allowed, &spring());
    assert_eq!((days.due_on, days.are_known(&spring())), (day("2024-12-17"), true));
    // The last of the three lies in the new year.
    let days = deadlines_of(day("2024-12-20"), allowed, &spring());
    assert_eq!((days.locks_on, days.are_known(&spring())), (Some(day("2025-01-03")), false));
    let unlocked = deadlines_of(day("2024-12-20"), Allowed { lock: None, ..allowed }, &spring());
    assert!(unlocked.are_known(&spring()), "what never comes cannot move");
    assert!(!WorkingDays::default().knows(day("2024-12-14")));
}

fn calendars() -> impl Strategy<Value = WorkingDays> {
    let kind = prop_oneof![4 => Just(DayKind::Off), 1 => Just(DayKind::Worked)];
    prop::collection::vec((0..400_u64, kind), 0..80).prop_map(|rows| {
        let first = day("2024-01-01");
        WorkingDays::new(
            rows.into_iter().map(|(n, kind)| (first + chrono::Days::new(n), kind, DayOccasion::Other)),
        )
    })
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (0..400_u64).prop_map(|n| day("2023-12-01") + chrono::Days::new(n))
}

proptest! {
    #[test]
    fn every_deadline_is_a_working_day_and_later_the_more_days_it_has(
        calendar in calendars(), ends_on in days(), mut n in prop::array::uniform3(0..=60_u32)
    ) {
        n.sort_unstable();
        let [due, grace, lock] = n;
        let allowed = Allowed { due, grace: Some(grace), lock: Some(lock) };
        let found = deadlines_of(ends_on, allowed, &calendar);
        let (grace_on, locks_on) = (found.grace_on.unwrap(), found.locks_on.unwrap());
        for (n, on) in [(due, found.due_on), (grace, grace_on), (lock, locks_on)] {
            prop_assert!(calendar.is_working(on));
            prop_assert!(on >= ends_on);
            if n > 0 {
                prop_assert_eq!(calendar.between(ends_on, on), usize::try_from(n).unwrap());
            }
        }
        prop_assert!(found.due_on <= grace_on && grace_on <= locks_on);
        let (then, next) = (calendar.after(ends_on, due), calendar.after(ends_on, due + 1));
        // Of a period that ends on a day off, none and one are the same day.
        prop_assert!(then < next || (due == 0 && then == next && !calendar.is_working(ends_on)));
    }

    #[test]
    fn a_day_declared_from_today_on_moves_no_deadline_that_has_passed(
        calendar in calendars(), ends_on in days(), n in 0..=60_u32, today in days(), later in 0..90_u64, kind in any::<bool>()
    ) {
        let before = calendar.after(ends_on, n).unwrap();
        let mut changed = calendar;
        let kind = if kind { DayKind::Off } else { DayKind::Worked };
        changed.declared.insert(today + chrono::Days::new(later), kind);
        if before < today {
            prop_assert_eq!(changed.after(ends_on, n), Some(before));
        }
    }
}
