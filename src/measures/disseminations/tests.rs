//! The rules by example.

use super::*;
use chrono::TimeDelta;

fn day(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 10, 1).unwrap() + TimeDelta::days(n - 1)
}

fn session(held: i64, attended: &[(AudienceClass, i64)]) -> SessionDays {
    SessionDays {
        from: day(held),
        until: None,
        held_on: day(held),
        audience: Audience::CadresAndMembers,
        attended: attended.iter().copied().collect(),
    }
}

fn study(planned: &[(AudienceClass, i64)], sessions: Vec<SessionDays>) -> Study {
    Study {
        made_on: day(1),
        from: None,
        until: None,
        plans: vec![PlanDays { set_on: day(1), planned: planned.iter().copied().collect() }],
        sessions,
        completions: vec![],
        verdicts: vec![],
        checks: vec![],
    }
}

fn state(study: &Study, on: i64) -> StudyState {
    StudyFact::on(Some(study), StudyDuty::Free, day(on)).unwrap().state
}

use AudienceClass::{CommitteeMembers, PartyMembers};

#[test]
fn a_class_is_capped_at_what_was_planned_and_no_plan_is_no_number() {
    let twice = || session(2, &[(PartyMembers, 80), (CommitteeMembers, 10)]);
    let one = study(&[(PartyMembers, 100), (CommitteeMembers, 20)], vec![twice(), twice()]);
    let fact = StudyFact::on(Some(&one), StudyDuty::Free, day(2)).unwrap();
    assert_eq!(fact.attended(), (120, 120), "80 and 80 of 100 are 100");
    let unplanned = study(&[(CommitteeMembers, 20)], vec![twice()]);
    let fact = StudyFact::on(Some(&unplanned), StudyDuty::Free, day(2)).unwrap();
    assert_eq!(fact.attended(), (10, 20));
    let without = study(&[], vec![twice()]);
    assert_eq!(StudyFact::on(Some(&without), StudyDuty::Free, day(2)).unwrap().attended(), (0, 0));
    // Who understood is another figure, and no check is no data.
    assert_eq!((fact.examined, fact.understood), (0, 0));
}

#[test]
fn what_a_superior_sends_back_was_complete_until_that_day() {
    let mut one = study(&[], vec![session(3, &[])]);
    one.completions.push(CompletionDays { completed_on: day(5), undone_on: Some(day(8)) });
    one.completions.push(CompletionDays { completed_on: day(10), undone_on: None });
    one.verdicts =
        vec![VerdictDay { on: day(8), confirmed: false }, VerdictDay { on: day(12), confirmed: true }];
    let told: Vec<_> = [1, 3, 5, 7, 8, 10, 12].map(|on| state(&one, on).as_str()).into();
    let expected =
        ["not_started", "in_progress", "completed", "completed", "in_progress", "completed", "verified"];
    assert_eq!(told, expected);
}

#[test]
fn who_owes_it_is_judged_by_the_deadlines_then_in_force() {
    let mut one = study(&[], vec![session(3, &[])]);
    one.completions.push(CompletionDays { completed_on: day(9), undone_on: None });
    let moved = [
        Deadline { set_on: day(1), due_on: Some(day(6)) },
        Deadline { set_on: day(8), due_on: Some(day(20)) },
    ];
    let told = |on| {
        let fact = StudyFact::on(Some(&one), StudyDuty::Owes(&moved), day(on)).unwrap();
        (fact.timeliness.as_str(), fact.days_late)
    };
    assert_eq!(told(6), ("in_time", None));
    assert_eq!(told(7), ("overdue", Some(1)));
    assert_eq!(told(8), ("in_time", None));
    assert_eq!(told(9), ("completed_late", Some(3)));
    let missing = StudyFact::on(None, StudyDuty::Owes(&moved), day(7)).unwrap();
    assert_eq!((missing.state, missing.days_late), (StudyState::NotStarted, Some(1)));
    assert_eq!(StudyFact::on(None, StudyDuty::Free, day(7)), None);
    let exempt = StudyFact::on(Some(&one), StudyDuty::Exempt, day(30)).unwrap();
    assert_eq!(exempt.timeliness, StudyTimeliness::Exempt);
}

#[test]
fn a_correction_shows_from_its_own_day() {
    let mut first = session(3, &[(PartyMembers, 50)]);
    first.until = Some(day(6));
    let second = SessionDays { from: day(6), until: Some(day(9)), ..session(3, &[(PartyMembers, 40)]) };
    let one = study(&[(PartyMembers, 100)], vec![first, second]);
    let came = |on| StudyFact::on(Some(&one), StudyDuty::Free, day(on)).unwrap().attended().0;
    assert_eq!([2, 3, 5, 6, 8, 9].map(came), [0, 50, 50, 40, 40, 0]);
}

#[test]
fn a_study_counts_where_it_was_on_the_day() {
    let mut closed = study(&[], vec![session(3, &[])]);
    closed.until = Some(day(7));
    let heir = Study { from: Some(day(7)), until: None, ..closed.clone() };
    let at = |study: &Study, on| StudyFact::on(Some(study), StudyDuty::Free, day(on)).is_some();
    assert_eq!(
        [(6, true, false), (7, false, true)].map(|(on, ..)| (on, at(&closed, on), at(&heir, on))),
        [(6, true, false), (7, false, true)]
    );
}
