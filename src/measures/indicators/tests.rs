use super::*;
use crate::measures::Decimal;

fn exact(text: &str) -> Exact {
    Exact::from(text.parse::<Decimal>().unwrap_or(Decimal::ZERO))
}

fn entry(month: u32, value: &str) -> Entry {
    let ends_on = NaiveDate::from_ymd_opt(2023, month, 14).unwrap_or_default();
    Entry { ends_on, share: Share::Value(exact(value)), estimated: false }
}

fn share(month: u32, num: &str, den: &str) -> Entry {
    Entry { share: Share::Parts { num: exact(num), den: exact(den) }, ..entry(month, "0") }
}

fn whole(rule: OverUnits, units: &[Vec<Entry>], weights: &[Option<&str>]) -> Whole {
    let reported: Vec<Option<Reported>> =
        units.iter().map(|entries| over_periods(OverPeriods::Latest, entries)).collect();
    let weights = weights.iter().copied().chain(std::iter::repeat(None));
    let parts: Vec<Part> = reported
        .iter()
        .zip(weights)
        .filter_map(|(reported, weight)| {
            Some(Part { reported: reported.as_ref()?, weight: weight.map(exact) })
        })
        .collect();
    over_units(rule, 100, &parts)
}

/// Case 4 of the acceptance cases: by the parts, not by averaging per cents.
#[test]
fn shares_pool_their_parts() {
    let units = [vec![share(9, "1", "2")], vec![share(9, "90", "100")]];
    assert_eq!(whole(OverUnits::Ratio, &units, &[]).map(|value| value.rounded()), Ok("89.22".parse().ok()));
}

/// Case 7: weights 2 and 3, 50 and 50 are 50, and a weight of exactly 1 changes no rule.
#[test]
fn weights_weigh_and_a_missing_value_is_not_0() {
    let units = [vec![entry(9, "50")], vec![entry(9, "50")], vec![]];
    assert_eq!(
        whole(OverUnits::WeightedAverage, &units, &[Some("2"), Some("3"), Some("5")]),
        Ok(exact("50"))
    );
    let units = [vec![entry(9, "10")], vec![entry(9, "40")]];
    assert_eq!(whole(OverUnits::WeightedAverage, &units, &[Some("1"), Some("2")]), Ok(exact("30")));
    assert_eq!(whole(OverUnits::WeightedAverage, &units, &[None, Some("2")]), Ok(exact("40")));
    assert_eq!(whole(OverUnits::WeightedAverage, &units, &[]), Err(Gap::NoWeight));
    assert_eq!(
        whole(OverUnits::WeightedAverage, &units, &[Some("0"), Some("0")]),
        Err(Gap::NothingToDivideBy)
    );
}

#[test]
fn the_latest_unit_speaks_unless_several_disagree() {
    let units = [vec![entry(8, "1"), entry(9, "3")], vec![entry(8, "7")]];
    assert_eq!(whole(OverUnits::Latest, &units, &[]), Ok(exact("3")));
    let units = [vec![entry(9, "3")], vec![entry(9, "7")]];
    assert_eq!(whole(OverUnits::Latest, &units, &[]), Err(Gap::UnitsDiffer));
    let units = [vec![entry(9, "3")], vec![entry(9, "3.0")]];
    assert_eq!(whole(OverUnits::Latest, &units, &[]), Ok(exact("3")));
    assert_eq!(whole(OverUnits::None, &units, &[]), Err(Gap::NotSummed));
    assert_eq!(whole(OverUnits::Sum, &[vec![]], &[]), Err(Gap::NoData));
}

#[test]
fn periods_sum_average_or_give_their_latest() {
    let entries = [entry(7, "2"), entry(9, "5"), entry(8, "1.5")];
    let figure = |rule| over_periods(rule, &entries).and_then(|reported| reported.share.figure(1));
    assert_eq!(figure(OverPeriods::Sum), Some(exact("8.5")));
    assert_eq!(figure(OverPeriods::Average).and_then(|value| value.rounded()), "2.83".parse().ok());
    assert_eq!(figure(OverPeriods::Latest), Some(exact("5")));
    assert_eq!(over_periods(OverPeriods::Sum, &[]), None);
}
