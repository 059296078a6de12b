//! What is late, and what a quota says.

use super::*;

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 10, n).unwrap()
}

fn fact(first: Option<u32>, last: &[(u32, u32)], on: u32, lines: i64) -> RegistrationFact {
    let set: Vec<Deadline> =
        last.iter().map(|(set, due)| Deadline { set_on: day(*set), due_on: Some(day(*due)) }).collect();
    let counts = RegistrationLineCounts { routine: lines, total: lines, ..Default::default() };
    let state = RegistrationState::Draft;
    RegistrationFact::new(state, first.map(day), &set, day(on), (counts, Some((2, 3)), 0))
}

#[test]
fn the_first_submission_decides_and_a_moved_day_forgives_nothing() {
    let set = [(1, 10), (12, 20)];
    assert_eq!(fact(None, &set, 10, 2).days_late, None);
    assert_eq!(fact(None, &set, 11, 2).days_late, Some(1));
    assert_eq!(fact(None, &set, 12, 2).days_late, None);
    assert_eq!(fact(Some(10), &set, 30, 2).timeliness, RegistrationTimeliness::SubmittedOnTime);
    assert_eq!(fact(Some(14), &set, 30, 2).days_late, Some(4));
    // Known on the day: not yet handed in.
    assert_eq!(fact(Some(14), &set[..1], 13, 2).timeliness, RegistrationTimeliness::Overdue);
}

#[test]
fn a_quota_warns() {
    let told = |lines| fact(None, &[(1, 20)], 5, lines).quota.verdict;
    assert_eq!([1, 2, 3, 4].map(told), {
        use QuotaVerdict::{Above, Below, Within};
        [Below, Within, Within, Above]
    });
    assert_eq!(against_quota(None, 0).verdict, QuotaVerdict::None);
    let warned = fact(None, &[(1, 20)], 21, 1).warnings();
    use RegistrationWarning::{BelowQuota, Late, NoKeyTask};
    assert_eq!(warned, [BelowQuota, NoKeyTask, Late]);
}
