//! The period engine: which periods there are, and which days they hold.

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use tiendo::measures::{CutOff, Month, Period, PeriodKind, Regime};

/// Months close on the 14th, and from 2022 on the 20th.
fn regime() -> Regime {
    let mut regime = Regime::decree_09();
    regime.cut_offs.push(CutOff { from: Month::new(2022, 1), day: 20 });
    regime
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, month, day).unwrap()
}

#[divan::bench]
fn next_month() -> Period {
    black_box(Period::Month(2023, 12)).next()
}

#[divan::bench]
fn next_week() -> Period {
    black_box(Period::Week(2023, 52)).next()
}

#[divan::bench]
fn days_of_a_quarter(bencher: Bencher) {
    let regime = regime();
    bencher.bench(|| regime.window(black_box(Period::Quarter(2023, 4))).unwrap());
}

#[divan::bench(args = [PeriodKind::Week, PeriodKind::Month, PeriodKind::Year])]
fn period_that_holds_a_day(bencher: Bencher, kind: PeriodKind) {
    let regime = regime();
    bencher.bench(|| regime.holding(kind, black_box(day(10, 15))).unwrap());
}

/// As duties to report ask for them: one after the other, each with its days.
#[divan::bench(args = [PeriodKind::Week, PeriodKind::Month, PeriodKind::Quarter])]
fn all_of_a_year(bencher: Bencher, kind: PeriodKind) {
    let regime = regime();
    bencher.bench(|| {
        let first = regime.first_from(kind, black_box(day(1, 1))).unwrap();
        regime.following(first, day(12, 31)).filter_map(|one| regime.window(one)).count()
    });
}

#[divan::bench]
fn read_and_write_a_name() -> String {
    black_box("2023-W47").parse::<Period>().unwrap().to_string()
}
