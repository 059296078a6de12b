//! Names, windows and relative periods; over thirty years in `random`.

mod random;

use super::*;
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn window(regime: &Regime, name: &str) -> (NaiveDate, NaiveDate) {
    regime.window(name.parse().unwrap_or(Period::Year(1900))).unwrap_or_default()
}

#[test]
fn the_decree_closes_months_on_the_14th() {
    let decree = Regime::decree_09();
    for (name, first, last) in [
        ("2023-01", "2022-12-15", "2023-01-14"),
        ("2023-Q2", "2023-03-15", "2023-06-14"),
        ("2023-H2", "2023-06-15", "2023-12-14"),
        ("2023-9M", "2022-12-15", "2023-09-14"),
        ("2023", "2022-12-15", "2023-12-14"),
        ("2021-2025", "2020-12-15", "2025-12-14"),
    ] {
        assert_eq!(window(&decree, name), (day(first), day(last)), "{name}");
    }
}

#[test]
fn a_week_is_named_by_its_fourth_day() {
    let mut regime = Regime::calendar();
    assert_eq!(window(&regime, "2023-W42"), (day("2023-10-16"), day("2023-10-22")));
    regime.week_starts_on = 5; // Friday
    assert_eq!(window(&regime, "2023-W42"), (day("2023-10-13"), day("2023-10-19")));
}

#[test]
fn names_are_read_as_they_are_written() {
    for name in ["2023-W47", "2020-W53", "2023-10", "2023-Q4", "2023-H2", "2023-9M", "2023", "2021-2025"] {
        assert_eq!(name.parse::<Period>().map(|period| period.to_string()), Ok(name.to_owned()));
    }
    for name in [
        "2023-W53",
        "2023-W00",
        "2023-13",
        "2023-1",
        "2023-Q5",
        "2023-H3",
        "23",
        "2025-2021",
        "2023-W1",
        "1899",
        "2023-Q",
        "２０２３",
    ] {
        assert_eq!(name.parse::<Period>(), Err(()), "{name}");
    }
}

#[test]
fn titles_say_them_as_officials_do() {
    for (name, vi, en) in [
        ("2023-W47", "Tuần 47 năm 2023", "Week 47 of 2023"),
        ("2023-10", "Tháng 10 năm 2023", "October 2023"),
        ("2023-Q4", "Quý IV năm 2023", "Quarter 4 of 2023"),
        ("2023-H1", "6 tháng đầu năm 2023", "First half of 2023"),
        ("2023-H2", "6 tháng cuối năm 2023", "Second half of 2023"),
        ("2023-9M", "9 tháng đầu năm 2023", "First nine months of 2023"),
        ("2023", "Năm 2023", "Year 2023"),
        ("2021-2025", "Giai đoạn 2021 - 2025", "Years 2021 to 2025"),
    ] {
        let period: Period = name.parse().unwrap();
        assert_eq!((period.label_vi(), period.label_en()), (vi.to_owned(), en.to_owned()));
    }
}

fn relative(name: &str, regime: &Regime, today: &str) -> Vec<String> {
    let periods = name.parse::<Relative>().unwrap().periods(regime, day(today));
    periods.iter().map(Period::to_string).collect()
}

#[test]
fn periods_are_named_from_today() {
    let decree = Regime::decree_09();
    for (name, found) in [
        ("this_week", vec!["2023-W41"]),
        ("last_week", vec!["2023-W40"]),
        // 15 October belongs to November there.
        ("this_month", vec!["2023-11"]),
        ("last_month", vec!["2023-10"]),
        ("this_quarter", vec!["2023-Q4"]),
        ("last_2_quarters", vec!["2023-Q2", "2023-Q3"]),
        ("this_half_year", vec!["2023-H2"]),
        ("last_year", vec!["2022"]),
        ("last_3_years", vec!["2020", "2021", "2022"]),
        ("this_term", vec!["2021-2025"]),
        ("term_so_far", vec!["2021", "2022", "2023"]),
    ] {
        assert_eq!(relative(name, &decree, "2023-10-15"), found, "{name}");
    }
    assert_eq!(relative("this_month", &Regime::calendar(), "2023-10-15"), ["2023-10"]);
    assert_eq!(relative("this_year_so_far", &decree, "2023-02-14"), ["2023-01", "2023-02"]);
    // The year of the decree begins on 15 December.
    assert_eq!(relative("this_year_so_far", &decree, "2023-12-15"), ["2024-01"]);
    assert_eq!(relative("this_year_so_far", &Regime::calendar(), "2023-12-15").len(), 12);
}

#[test]
fn other_words_name_no_period() {
    for name in [
        "this",
        "this_",
        "this_decade",
        "this_nine_months",
        "this_2_years",
        "last_0_months",
        "last_61_months",
        "last_01_months",
        "last_+1_months",
        "last_3_month",
        "last_months",
        "next_month",
        "THIS_YEAR",
        "",
    ] {
        assert_eq!(name.parse::<Relative>(), Err(()), "{name}");
    }
    assert_eq!("last_60_months".parse(), Ok(Relative::Last(PeriodKind::Month, 60)));
}

#[test]
fn a_month_that_has_begun_is_not_recut() {
    let (decree, today) = (Regime::decree_09(), day("2023-10-15"));
    assert_eq!(decree.first_free_month(today), Some(Month::new(2023, 12)));
    assert_eq!(decree.first_free_month(day("2023-10-14")), Some(Month::new(2023, 11)));
    let with = |year, month, day| {
        let mut regime = decree.clone();
        regime.cut_offs.push(CutOff { from: Month::new(year, month), day });
        regime
    };
    assert!(decree.keeps_what_has_begun(&with(2023, 12, 20), today));
    assert!(!decree.keeps_what_has_begun(&with(2023, 11, 20), today));
    // What is still to come may be taken back.
    assert!(with(2023, 12, 20).keeps_what_has_begun(&decree, today));
    assert!(!with(2023, 11, 20).keeps_what_has_begun(&decree, today));
}
