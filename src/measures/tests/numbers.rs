//! Exact inside, rounded once at the edge; the names on the wire.

use std::cmp::Ordering;

use proptest::prelude::*;
use serde_json::json;

use super::oracle::Fraction;
use super::story::{born, measures};
use crate::measures::{Decimal, Measure, Ratio, Status, Timeliness};

fn value(num: i64, den: i64) -> String {
    Ratio::of_counts(num, den).value().unwrap().to_string()
}

#[test]
fn values_are_rounded_to_two_decimals_half_away_from_zero() {
    assert_eq!(value(1, 3), "33.33");
    assert_eq!(value(2, 3), "66.67");
    assert_eq!(value(1, 800), "0.13"); // 0.125
    assert_eq!(value(-1, 800), "-0.13");
    assert_eq!(value(3, 800), "0.38"); // 0.375: half to even would agree
    assert_eq!(value(1, 20_000), "0.01"); // 0.005
    assert_eq!(value(1, 20_001), "0");
    assert_eq!(value(-1, 20_000), "-0.01");
    assert_eq!(value(19_999, 20_000), "100"); // 99.995
    assert_eq!(value(10_049, 1_000_000), "1"); // 1.0049
}

#[test]
fn nothing_to_divide_by_is_null_and_never_0() {
    let ratio = Ratio::of_counts(0, 0);
    assert_eq!(serde_json::to_value(ratio).unwrap(), json!({"num": 0, "den": 0, "value": null}));
    assert_eq!(measures(&[], 1).done_pct.value(), None);
}

#[test]
fn weights_that_sum_to_0_give_no_weighted_progress() {
    let story = born(1, Status::InProgress, None).with(|state| state.weight_milli = 0).progress(2, 70);
    let figures = measures(&[story], 3);
    assert_eq!(figures.weighted_progress.value(), None);
    assert_eq!(figures.done_pct.value().unwrap().to_string(), "0");
}

#[test]
fn weighted_progress_is_exact_with_weights_of_three_decimals() {
    let story = |weight, progress| {
        born(1, Status::InProgress, None).with(|state| state.weight_milli = weight).progress(2, progress)
    };
    let figures = measures(&[story(333, 33), story(1, 7), story(2_500, 50)], 3);
    let text = serde_json::to_string(&figures.weighted_progress).unwrap();
    assert_eq!(text, r#"{"num":1.35996,"den":2.834,"value":47.99}"#);
}

#[test]
fn shares_of_counts_are_integers_on_the_wire() {
    assert_eq!(serde_json::to_string(&Ratio::of_counts(1, 2)).unwrap(), r#"{"num":1,"den":2,"value":50}"#);
}

#[test]
fn the_wire_has_the_fields_of_the_contract() {
    let json = serde_json::to_value(measures(&[born(1, Status::InProgress, None)], 2)).unwrap();
    let mut names: Vec<&String> = json.as_object().unwrap().keys().collect();
    names.sort_unstable();
    let mut expected = vec![
        "total",
        "cancelled",
        "done",
        "done_on_time",
        "done_late",
        "overdue",
        "awaiting_confirmation",
        "done_pct",
        "overdue_pct",
        "on_time_pct",
        "weighted_progress",
    ];
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[test]
fn decimals_print_exactly() {
    assert_eq!(Decimal::scaled(-5, 3).to_string(), "-0.005");
    assert_eq!(Decimal::scaled(1200, 3), Decimal::scaled(12, 1));
    assert_eq!(serde_json::to_string(&Decimal::scaled(123_456_789_012_345, 5)).unwrap(), "1234567890.12345");
    assert_eq!(serde_json::to_string(&Decimal::whole(i64::MAX)).unwrap(), i64::MAX.to_string());
}

#[test]
fn shares_compare_exactly_where_floats_and_roundings_do_not() {
    let (a, b) = (Ratio::of_counts(333_333, 1_000_000), Ratio::of_counts(1, 3));
    assert_eq!(a.value(), b.value());
    assert_eq!(a.compare(&b), Some(Ordering::Less));
    let huge = |num: i128| Ratio::new(Decimal::scaled(num, 5), Decimal::scaled(10_i128.pow(27) + 1, 3));
    assert_eq!(huge(10_i128.pow(28)).compare(&huge(10_i128.pow(28) + 1)), Some(Ordering::Less));
    assert_eq!(Ratio::of_counts(0, 0).compare(&b), None);
}

#[test]
fn slugs_are_the_names_on_the_wire() {
    for status in Status::ALL {
        assert_eq!(serde_json::to_value(status).unwrap(), json!(status.as_str()));
        assert_eq!(status.as_str().parse(), Ok(*status));
    }
    for timeliness in Timeliness::ALL {
        assert_eq!(serde_json::to_value(timeliness).unwrap(), json!(timeliness.as_str()));
        assert_eq!(timeliness.as_str().parse::<Timeliness>().ok(), Some(*timeliness));
    }
    for measure in Measure::ALL {
        assert_eq!(serde_json::to_value(measure).unwrap(), json!(measure.as_str()));
    }
    assert!("Completed".parse::<Status>().is_err());
}

proptest! {
    #![proptest_config(super::cases(500))]

    #[test]
    fn values_agree_with_long_division(num in 0_i64..10_000_000, den in 1_i64..10_000_000) {
        let text = Fraction(i128::from(num) * 100, den.into()).text(2);
        let value = Ratio::of_counts(num, den).value().unwrap();
        prop_assert_eq!(text.parse::<f64>().unwrap(), value.to_string().parse::<f64>().unwrap());
        prop_assert_eq!(Ratio::of_counts(-num, -den).value(), Some(value));
    }

    #[test]
    fn comparing_agrees_with_cross_products(
        (a, c) in (any::<i64>(), any::<i64>()), (b, d) in (1..i64::MAX, 1..i64::MAX),
        (e, g) in (-6_i64..6, -6_i64..6), (f, h) in (1_i64..6, 1_i64..6),
    ) {
        for (a, b, c, d) in [(a, b, c, d), (e, f, g, h), (a, b, a, b), (e, f, c, d)] {
            let exact = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
            prop_assert_eq!(Ratio::of_counts(a, b).compare(&Ratio::of_counts(c, d)), Some(exact));
        }
    }
}
