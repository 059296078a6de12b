//! Verdicts, attainment and pace by hand-made numbers, and what holds of any.

use super::*;
use crate::measures::{Decimal, OverPeriods};
use TargetVerdict::{Exceeded, HardToMeet, Met, NoData, NotMet, OnTrack};
use proptest::prelude::*;

fn exact(text: &str) -> Exact {
    Exact::from(text.parse::<Decimal>().unwrap_or(Decimal::ZERO))
}

fn aim(direction: Direction, value: &str) -> Aim {
    Aim { direction, value: exact(value), upper: None, strict: false }
}

fn range(direction: Direction, value: &str, upper: &str) -> Aim {
    Aim { upper: Some(exact(upper)), ..aim(direction, value) }
}

const fn standing<'a>(figure: Option<&'a Exact>, ended: bool, pace: Option<&'a Pace>) -> Standing<'a> {
    Standing { figure, ended, grows: false, pace, hard_below_pct: 50 }
}

/// Verdict, attainment and capped attainment, once it is over.
fn told(aim: &Aim, figure: &str) -> (TargetVerdict, Option<String>, String) {
    let judged = judge(aim, &standing(Some(&exact(figure)), true, None));
    let said = |number: Exact| number.rounded().map(|number| number.to_string()).unwrap_or_default();
    (judged.verdict, judged.attainment.clone().map(said), said(judged.attainment_capped()))
}

fn line(verdict: TargetVerdict, attainment: &str, capped: &str) -> (TargetVerdict, Option<String>, String) {
    (verdict, (attainment != "-").then(|| attainment.to_owned()), capped.to_owned())
}

#[test]
fn more_is_better() {
    let hundred = aim(Direction::Higher, "100");
    // Case 8: achieved 130 of 100, capped 100, uncapped 130.
    assert_eq!(told(&hundred, "130"), line(Exceeded, "130", "100"));
    assert_eq!(told(&hundred, "100"), line(Met, "100", "100"));
    assert_eq!(told(&hundred, "99.999"), line(NotMet, "100", "100"));
    assert_eq!(told(&hundred, "62.5"), line(NotMet, "62.5", "62.5"));
    assert_eq!(told(&hundred, "-5"), line(NotMet, "-5", "0"));
    assert_eq!(told(&aim(Direction::Higher, "0"), "0"), line(Met, "-", "100"));
    assert_eq!(told(&aim(Direction::Higher, "0"), "-1"), line(NotMet, "-", "0"));
    let some = range(Direction::Higher, "45", "50");
    assert_eq!(told(&some, "44").0, NotMet);
    assert_eq!(told(&some, "45").0, Met);
    assert_eq!(told(&some, "50").0, Met);
    assert_eq!(told(&some, "51").0, Exceeded);
    let over = Aim { strict: true, ..aim(Direction::Higher, "650") };
    assert_eq!((told(&over, "650").0, told(&over, "651").0), (NotMet, Met));
}

#[test]
fn less_is_better() {
    let four = aim(Direction::Lower, "4");
    assert_eq!(told(&four, "5"), line(NotMet, "80", "80"));
    assert_eq!(told(&four, "4"), line(Met, "100", "100"));
    assert_eq!(told(&four, "2"), line(Exceeded, "200", "100"));
    assert_eq!(told(&four, "0"), line(Exceeded, "-", "100"));
    assert_eq!(told(&aim(Direction::Lower, "0"), "0"), line(Met, "-", "100"));
    assert_eq!(told(&aim(Direction::Lower, "0"), "3"), line(NotMet, "0", "0"));
    let some = range(Direction::Lower, "3", "4");
    assert_eq!((told(&some, "4.1").0, told(&some, "3.5").0, told(&some, "2.9").0), (NotMet, Met, Exceeded));
}

#[test]
fn a_band_has_no_ratio_and_a_base_is_held() {
    let band = range(Direction::Band, "10", "12");
    assert_eq!(told(&band, "9.99"), line(NotMet, "-", "0"));
    assert_eq!(told(&band, "10"), line(Met, "-", "100"));
    assert_eq!(told(&band, "12.01"), line(NotMet, "-", "0"));
    let base = aim(Direction::Hold, "95");
    assert_eq!(told(&base, "95"), line(Met, "100", "100"));
    assert_eq!(told(&base, "94"), line(NotMet, "98.95", "98.95"));
    // Once it has fallen, no pace brings it back.
    let pace = course(OverPeriods::Latest, false, "95", "94", &["5"], 3).pace();
    assert_eq!(judge(&base, &standing(Some(&exact("94")), false, pace.as_ref())).verdict, NotMet);
    assert_eq!(judge(&base, &standing(None, true, None)), Judgement::said(NoData));
}

fn course(rule: OverPeriods, lower: bool, goal: &str, actual: &str, steps: &[&str], left: usize) -> Course {
    let steps = steps.iter().map(|step| exact(step)).collect();
    Course { rule, lower, goal: exact(goal), actual: exact(actual), steps, left }
}

fn paced(direction: Direction, course: &Course) -> (TargetVerdict, String, Option<String>, Option<String>) {
    let pace = course.pace();
    let aim = Aim { direction, value: course.goal.clone(), upper: None, strict: false };
    let now = Standing {
        grows: course.rule == OverPeriods::Sum,
        ..standing(Some(&course.actual), false, pace.as_ref())
    };
    let said = |number: &Exact| number.rounded().map(|number| number.to_string()).unwrap_or_default();
    let pace = pace.as_ref();
    (
        judge(&aim, &now).verdict,
        pace.map(|pace| said(&pace.required)).unwrap_or_default(),
        pace.and_then(|pace| pace.recent.as_ref().map(said)),
        pace.and_then(|pace| pace.forecast.as_ref().map(said)),
    )
}

#[test]
fn to_reach_the_year_you_need_412_a_month() {
    let told =
        |steps: &[&str]| paced(Direction::Higher, &course(OverPeriods::Sum, false, "4936", "3700", steps, 3));
    let say = |text: &str| Some(text.to_owned());
    assert_eq!(told(&["500", "290", "305", "320"]), (NotMet, "412".into(), say("305"), say("4615")));
    assert_eq!(told(&["412", "412", "412"]), (OnTrack, "412".into(), say("412"), say("4936")));
    assert_eq!(told(&["206", "206", "206"]), (NotMet, "412".into(), say("206"), say("4318")));
    assert_eq!(told(&["206", "206", "205.9"]).0, HardToMeet);
    assert_eq!(told(&[]), (NotMet, "412".into(), None, None));
}

#[test]
fn a_ceiling_is_kept_only_at_the_end() {
    let told = |actual: &str, steps: &[&str]| {
        paced(Direction::Lower, &course(OverPeriods::Sum, true, "12", actual, steps, 6)).0
    };
    assert_eq!(told("6", &["1", "1", "1"]), OnTrack);
    assert_eq!(told("6", &["1", "1", "2"]), NotMet);
    assert_eq!(told("6", &["2", "2", "3"]), HardToMeet);
    assert_eq!(told("13", &["0", "0", "0"]), NotMet);
    let six = exact("6");
    let over = Standing { grows: true, ..standing(Some(&six), true, None) };
    assert_eq!(judge(&aim(Direction::Lower, "12"), &over).verdict, Exceeded);
}

#[test]
fn a_level_moves_by_its_changes() {
    // Poverty from 8 % down to 4 %: four points in eight quarters.
    let told =
        |steps: &[&str]| paced(Direction::Lower, &course(OverPeriods::Latest, true, "4", "8", steps, 8)).0;
    assert_eq!(told(&["-0.5", "-0.5", "-0.5"]), OnTrack);
    assert_eq!(told(&["-0.3", "-0.3", "-0.3"]), NotMet);
    assert_eq!(told(&["-0.2", "-0.2", "-0.2"]), HardToMeet);
    assert_eq!(told(&["0.4"]), HardToMeet);
    let up = |steps: &[&str]| {
        paced(Direction::Higher, &course(OverPeriods::Latest, false, "90", "80", steps, 5)).0
    };
    assert_eq!((up(&["2"]), up(&["1"]), up(&["0.9"])), (OnTrack, NotMet, HardToMeet));
}

#[test]
fn an_average_needs_the_rest_to_make_up() {
    let told =
        paced(Direction::Higher, &course(OverPeriods::Average, false, "10", "9", &["8", "9", "10"], 3));
    assert_eq!(told, (NotMet, "11".into(), Some("9".into()), Some("9".into())));
    assert_eq!(course(OverPeriods::Sum, false, "10", "9", &["9"], 0).pace(), None);
}

#[test]
fn milestones_go_by_their_day() {
    let day = |d| NaiveDate::from_ymd_opt(2024, 12, d).unwrap_or_default();
    let told = |reached, on| judge_milestone(day(30), reached, day(on)).verdict;
    assert_eq!(told(None, 30), TargetVerdict::Pending);
    assert_eq!(told(None, 31), TargetVerdict::Missed);
    assert_eq!(told(Some(day(30)), 31), Met);
    assert_eq!(told(Some(day(31)), 31), TargetVerdict::MetLate);
    // What is only announced is not reached.
    assert_eq!(told(Some(day(30)), 29), TargetVerdict::Pending);
    assert_eq!(judge_milestone(day(30), Some(day(31)), day(31)).attainment_capped(), Exact::zero());
    assert_eq!(judge_milestone(day(30), Some(day(30)), day(31)).attainment_capped(), Exact::whole(100));
}

fn number() -> impl Strategy<Value = Exact> {
    (-2000_i64..2000, 1_i64..9)
        .prop_map(|(n, d)| Exact::whole(n).over(&Exact::whole(d)).unwrap_or_else(Exact::zero))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// A better figure never gets a worse word, and only what is met is capped at 100.
    #[test]
    fn better_is_never_worse(goal in number(), a in number(), b in number(), lower: bool) {
        let direction = if lower { Direction::Lower } else { Direction::Higher };
        let aim = Aim { direction, value: goal, upper: None, strict: false };
        let rank = |figure: &Exact| match judge(&aim, &standing(Some(figure), true, None)).verdict {
            Exceeded => 2,
            Met => 1,
            _ => 0,
        };
        let (worse, better) = if (a <= b) == lower { (b, a) } else { (a, b) };
        prop_assert!(rank(&better) >= rank(&worse));
        let judged = judge(&aim, &standing(Some(&better), true, None));
        prop_assert!(judged.attainment_capped() >= Exact::zero());
        prop_assert!(judged.attainment_capped() <= Exact::whole(100));
        if judged.met() { prop_assert_eq!(judged.attainment_capped(), Exact::whole(100)); }
    }

    /// Who brings exactly what is required gets exactly there; on track and hard to meet exclude each other.
    #[test]
    fn what_is_required_is_enough(goal in number(), steps in prop::collection::vec(number(), 0..6),
        left in 1_usize..24, lower: bool, rule in prop::sample::select(vec![OverPeriods::Sum, OverPeriods::Average, OverPeriods::Latest])) {
        let sum: Exact = steps.iter().cloned().sum();
        let n = |n: usize| Exact::whole(i64::try_from(n).unwrap_or(0));
        let actual = match rule {
            OverPeriods::Average => sum.over(&n(steps.len())).unwrap_or_else(Exact::zero),
            _ => sum.clone(),
        };
        let course = Course { rule, lower, goal: goal.clone(), actual: actual.clone(), steps: steps.clone(), left };
        let pace = course.pace().unwrap();
        let more = pace.required.clone() * n(left);
        let end = match rule {
            OverPeriods::Average => (sum + more).over(&n(steps.len() + left)).unwrap(),
            _ => actual + more,
        };
        prop_assert_eq!(end, goal.clone());
        // Of a target that is still missed.
        let short = if lower { course.actual > goal } else { course.actual < goal };
        if short && rule != OverPeriods::Average && !(lower && rule == OverPeriods::Sum) {
            prop_assert!(!(pace.on_track() && pace.is_hard_to_meet(50)));
        }
        // Who keeps to the forecast and is on track gets there.
        if pace.on_track() {
            let end = pace.forecast.clone().unwrap();
            let there = if lower { end <= goal } else { end >= goal };
            prop_assert!(there);
        }
    }
}
