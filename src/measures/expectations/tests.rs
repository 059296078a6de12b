use super::*;
use ReportDuty::{Exempt, Free, Owes};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

/// October 2023 of the decree.
fn october() -> (NaiveDate, NaiveDate) {
    (day("2023-09-15"), day("2023-10-14"))
}

fn life(opened: &str, closed: Option<&str>) -> UnitLife {
    UnitLife { opened_on: day(opened), closed_on: closed.map(day), asked: true }
}

fn told(life: UnitLife, inherited: &[NaiveDate]) -> (ReportDuty, Vec<&'static str>) {
    let (duty, because) = duty(october(), true, life, inherited, &[], day("2023-10-20"));
    (duty, because.into_iter().map(|(_, why)| why.as_str()).collect())
}

#[test]
fn who_exists_on_the_last_day_owes() {
    for (opened, closed, expected) in [
        ("2020-01-01", None, (Owes, "asked")),
        ("2023-09-15", None, (Owes, "asked")),
        ("2023-09-16", None, (Owes, "opened_inside")),
        ("2023-10-14", None, (Owes, "opened_inside")),
        ("2023-10-15", None, (Free, "not_yet_open")),
        ("2020-01-01", Some("2023-10-15"), (Owes, "asked")),
        ("2020-01-01", Some("2023-10-14"), (Free, "closed_inside")),
        ("2020-01-01", Some("2023-09-16"), (Free, "closed_inside")),
        ("2020-01-01", Some("2023-09-15"), (Free, "closed_before")),
    ] {
        let (duty, because) = told(life(opened, closed), &[]);
        assert_eq!((duty, because.first().copied().unwrap_or_default()), expected, "{opened} {closed:?}");
    }
}

#[test]
fn who_comes_after_a_closed_unit_is_told_so() {
    let closed = [day("2023-10-01")];
    assert_eq!(told(life("2020-01-01", None), &closed), (Owes, vec!["asked", "succeeds"]));
    let not_asked = UnitLife { asked: false, ..life("2020-01-01", None) };
    assert_eq!(told(not_asked, &closed), (Owes, vec!["succeeds"]));
    assert_eq!(told(not_asked, &[]), (Free, vec!["not_asked"]));
}

#[test]
fn an_exemption_frees_from_the_day_it_was_granted() {
    let freed = Freed { granted_on: day("2023-10-25"), ended_on: None, days: (day("2023-09-15"), None) };
    let on =
        |freed: Freed, on: &str| duty(october(), true, life("2020-01-01", None), &[], &[freed], day(on)).0;
    assert_eq!(on(freed, "2023-10-24"), Owes);
    assert_eq!(on(freed, "2023-10-25"), Exempt);
    let ended = Freed { ended_on: Some(day("2023-11-01")), ..freed };
    assert_eq!(on(ended, "2023-11-05"), Exempt, "what had ended by then stays free");
    let at_once = Freed { ended_on: Some(day("2023-10-14")), granted_on: day("2023-10-01"), ..freed };
    assert_eq!((on(at_once, "2023-10-13"), on(at_once, "2023-10-14")), (Exempt, Owes));
    let later = Freed { days: (day("2023-10-15"), None), ..freed };
    assert_eq!(on(later, "2023-10-30"), Owes);
}

#[test]
fn the_first_submission_decides_and_a_draft_is_missing() {
    // Saturday the 14th: two working days later is Tuesday.
    let days = deadlines_of(
        day("2023-10-14"),
        Allowed { due: 2, grace: Some(3), lock: Some(5) },
        &WorkingDays::default(),
    );
    assert_eq!(days.due_on, day("2023-10-17"));
    assert_eq!((days.grace_on, days.locks_on), (Some(day("2023-10-18")), Some(day("2023-10-20"))));
    let stands = |first: Option<&str>, there: bool, on: &str| {
        let one = standing(Owes, days, HandedIn { first_on: first.map(day), there }, day(on));
        (one.state.as_str(), one.days_late, one.in_grace, one.since)
    };
    assert_eq!(stands(None, false, "2023-10-17"), ("pending", None, false, None));
    assert_eq!(stands(None, false, "2023-10-18"), ("missing", None, false, Some(day("2023-10-18"))));
    assert_eq!(stands(Some("2023-10-17"), true, "2023-11-30"), ("on_time", None, false, None));
    assert_eq!(stands(Some("2023-10-18"), true, "2023-11-30"), ("late", Some(1), true, None));
    assert_eq!(stands(Some("2023-10-19"), true, "2023-11-30"), ("late", Some(2), false, None));
    assert_eq!(stands(Some("2023-10-16"), false, "2023-11-30").0, "missing", "returned");
    assert_eq!(stands(Some("2023-10-16"), false, "2023-10-17").0, "pending", "returned before its day");
}

#[test]
fn shares_are_of_what_is_owed() {
    let mut tally = ReportingTally::default();
    for state in ["on_time", "on_time", "late", "missing", "pending", "exempt", "not_required"] {
        tally.add(state.parse().unwrap_or(ReportingState::Missing));
    }
    let all = ReportingMeasures::from(&tally);
    assert_eq!((all.required, all.submitted, all.exempt, all.not_required), (5, 3, 1, 1));
    let value = |ratio: Ratio| ratio.value().map(|value| value.to_string());
    assert_eq!(value(all.completeness).as_deref(), Some("60"));
    assert_eq!(value(all.timeliness).as_deref(), Some("40"));
    assert_eq!(value(all.timeliness_of_submitted).as_deref(), Some("66.67"));
}
