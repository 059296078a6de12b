//! Thirty years under every regime: nothing is left out and nothing counted twice.

use super::*;
use proptest::prelude::*;

const YEARS: std::ops::Range<i32> = 2000..2030;
const KINDS: [PeriodKind; 6] = [
    PeriodKind::Week,
    PeriodKind::Month,
    PeriodKind::Quarter,
    PeriodKind::HalfYear,
    PeriodKind::NineMonths,
    PeriodKind::Year,
];

fn of(regime: &Regime, period: Period) -> (NaiveDate, NaiveDate) {
    regime.window(period).unwrap()
}

/// The days of several periods that follow each other without a gap or an overlap.
#[track_caller]
fn joined(regime: &Regime, parts: &[Period]) -> (NaiveDate, NaiveDate) {
    let windows: Vec<_> = parts.iter().map(|part| of(regime, *part)).collect();
    for (a, b) in windows.iter().zip(windows.iter().skip(1)) {
        assert_eq!(a.1.succ_opt(), Some(b.0), "{parts:?} under {regime:?}");
    }
    for (first, last) in &windows {
        assert!(first <= last, "{parts:?} under {regime:?}");
    }
    (windows.first().unwrap().0, windows.last().unwrap().1)
}

fn tiles(regime: &Regime) {
    let month = |year| (1..=12).map(move |n| Period::Month(year, n));
    joined(regime, &YEARS.flat_map(month).collect::<Vec<_>>());
    let weeks: Vec<_> = std::iter::successors(Some(Period::Week(2000, 1)), |week| Some(week.next()))
        .take_while(|week| matches!(week, Period::Week(..2030, _)))
        .collect();
    assert!(weeks.len() > 1560);
    joined(regime, &weeks);
    for week in weeks {
        let (first, last) = of(regime, week);
        assert_eq!((last - first).num_days(), 6, "{week}");
        assert_eq!(first.weekday().number_from_monday(), regime.week_starts_on, "{week}");
    }
    for year in YEARS {
        let quarter = |n| Period::Quarter(year, n);
        let half = |n| Period::HalfYear(year, n);
        let months: Vec<_> = month(year).collect();
        for n in 1..=4 {
            let three = months.iter().copied().skip(3 * (n - 1)).take(3).collect::<Vec<_>>();
            assert_eq!(joined(regime, &three), of(regime, quarter(u32::try_from(n).unwrap())));
        }
        assert_eq!(joined(regime, &[quarter(1), quarter(2)]), of(regime, half(1)));
        assert_eq!(joined(regime, &[quarter(3), quarter(4)]), of(regime, half(2)));
        assert_eq!(joined(regime, &[half(1), quarter(3)]), of(regime, Period::NineMonths(year)));
        assert_eq!(joined(regime, &[half(1), half(2)]), of(regime, Period::Year(year)));
        assert_eq!(joined(regime, &months), of(regime, Period::Year(year)));
        let term: Vec<_> = (year..year + 5).map(Period::Year).collect();
        assert_eq!(joined(regime, &term), of(regime, Period::Years(year, year + 4)));
    }
}

fn with_weeks_from(mut regime: Regime, start: u32) -> Regime {
    regime.week_starts_on = start;
    regime
}

/// Any days of closing, from any months on.
fn regimes() -> impl Strategy<Value = Regime> {
    let rules = prop::collection::btree_map((1998..2031_i32, 1..=12_u32), 1..=31_u32, 1..12);
    (rules, 1..=7_u32).prop_map(|(rules, week_starts_on)| Regime {
        cut_offs: rules
            .into_iter()
            .map(|((year, month), day)| CutOff { from: Month::new(year, month), day })
            .collect(),
        week_starts_on,
    })
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (0..10_957_u64).prop_map(|n| day("2000-01-01") + chrono::Days::new(n))
}

fn periods() -> impl Strategy<Value = Period> {
    prop_oneof![
        (YEARS, 1..=52_u32).prop_map(|(year, n)| Period::Week(year, n)),
        (YEARS, 1..=12_u32).prop_map(|(year, n)| Period::Month(year, n)),
        (YEARS, 1..=4_u32).prop_map(|(year, n)| Period::Quarter(year, n)),
        (YEARS, 1..=2_u32).prop_map(|(year, n)| Period::HalfYear(year, n)),
        YEARS.prop_map(Period::NineMonths),
        YEARS.prop_map(Period::Year),
        (YEARS, 1..9_i32).prop_map(|(year, n)| Period::Years(year, year + n)),
    ]
}

#[test]
fn the_regimes_that_are_born_with_an_instance_tile_thirty_years() {
    for regime in [Regime::decree_09(), Regime::calendar()] {
        for start in 1..=7 {
            tiles(&with_weeks_from(regime.clone(), start));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_regime_tiles_thirty_years(regime in regimes()) {
        tiles(&regime);
    }

    #[test]
    fn every_day_is_held_by_one_period_of_a_kind(regime in regimes(), day in days()) {
        for kind in KINDS {
            let held = regime.holding(kind, day);
            if kind == PeriodKind::NineMonths && held.is_none() {
                let Some(Period::Quarter(_, n)) = regime.holding(PeriodKind::Quarter, day) else { panic!() };
                prop_assert_eq!(n, 4);
                continue;
            }
            let held = held.unwrap();
            let (first, last) = of(&regime, held);
            prop_assert!(first <= day && day <= last, "{held} does not hold {day}");
            prop_assert_eq!(held.kind(), kind);
            prop_assert_eq!(regime.first_from(kind, day), Some(held));
        }
    }

    #[test]
    fn the_first_from_a_day_ends_on_it_or_later(regime in regimes(), day in days()) {
        for kind in PeriodKind::ALL {
            let first = regime.first_from(*kind, day).unwrap();
            prop_assert!(of(&regime, first).1 >= day && of(&regime, first.previous()).1 < day, "{first} {day}");
        }
    }

    #[test]
    fn steps_go_back_as_they_came_and_names_are_read_again(period in periods(), steps in -500..500_i32) {
        prop_assert_eq!(period.shifted(steps).shifted(-steps), period);
        prop_assert_eq!(period.shifted(steps).shifted(1), period.shifted(steps + 1));
        prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
        prop_assert!(period.has_name());
    }

    #[test]
    fn what_may_be_recut_leaves_every_month_that_has_begun(
        regime in regimes(), later in regimes(), today in days()
    ) {
        // The rules of one until today, those of another from then on.
        let free = regime.first_free_month(today).unwrap();
        let old = regime.cut_offs.iter().filter(|rule| rule.from < free);
        let new = later.cut_offs.iter().filter(|rule| rule.from >= free);
        let recut = Regime {
            cut_offs: old.chain(new).copied().collect(),
            week_starts_on: regime.week_starts_on,
        };
        let begun = regime.cut_offs.iter().any(|rule| rule.from < free);
        prop_assert_eq!(regime.keeps_what_has_begun(&recut, today), begun);
        if begun {
            let mut month = Period::Month(1999, 12);
            while of(&regime, month).0 <= today {
                prop_assert_eq!(of(&regime, month), of(&recut, month), "{}", month);
                month = month.next();
            }
            prop_assert_eq!(month, free.period());
        }
        if regime.cut_offs != later.cut_offs && later.cut_offs.iter().any(|rule| rule.from < free) {
            let same = |one: &Regime| one.cut_offs.iter().filter(|rule| rule.from < free).copied().collect::<Vec<_>>();
            prop_assert_eq!(regime.keeps_what_has_begun(&with_weeks_from(later.clone(), regime.week_starts_on), today),
                begun && same(&regime) == same(&later));
        }
    }

    #[test]
    fn counting_back_ends_with_the_period_before_this(regime in regimes(), today in days(), n in 1..=60_u32) {
        for (kind, word) in [(PeriodKind::Week, "weeks"), (PeriodKind::Month, "months"),
            (PeriodKind::Quarter, "quarters"), (PeriodKind::HalfYear, "half_years"), (PeriodKind::Year, "years")]
        {
            let found = format!("last_{n}_{word}").parse::<Relative>().unwrap().periods(&regime, today);
            prop_assert_eq!(found.len(), usize::try_from(n).unwrap());
            joined(&regime, &found);
            prop_assert_eq!(found.last().unwrap().next(), regime.holding(kind, today).unwrap());
        }
        let months = Relative::YearSoFar.periods(&regime, today);
        let so_far = joined(&regime, &months);
        let Some(Period::Year(year)) = regime.holding(PeriodKind::Year, today) else { panic!() };
        prop_assert_eq!(so_far.0, of(&regime, Period::Year(year)).0);
        prop_assert!(so_far.0 <= today && today <= so_far.1);
        let years = Relative::TermSoFar.periods(&regime, today);
        let term = Relative::Term.periods(&regime, today);
        prop_assert_eq!(joined(&regime, &years).0, of(&regime, *term.first().unwrap()).0);
        prop_assert_eq!(years.last(), Some(&Period::Year(year)));
    }
}
