//! Rankings.

use crate::measures::{Decimal, Measure, Ratio, Tally, Unscored, rank};

fn places(scores: &[(i64, i64)]) -> Vec<(usize, usize, usize)> {
    let ranking = rank(scores.iter().map(|(num, den)| Ratio::of_counts(*num, *den)).enumerate());
    ranking.rows.iter().map(|row| (row.unit, row.rank, row.dense_rank)).collect()
}

#[test]
fn equal_scores_share_a_rank_and_only_rank_skips_after_them() {
    assert_eq!(places(&[(1, 4), (1, 2), (9, 10), (2, 4)]), [(2, 1, 1), (1, 2, 2), (3, 2, 2), (0, 4, 3)]);
}

#[test]
fn what_is_equal_only_after_rounding_is_no_tie() {
    assert_eq!(places(&[(333_333, 1_000_000), (1, 3)]), [(1, 1, 1), (0, 2, 2)]);
}

#[test]
fn units_without_a_score_have_no_rank_and_stand_apart() {
    let ranking = rank([("b", Ratio::of_counts(0, 0)), ("a", Ratio::of_counts(0, 5))]);
    assert_eq!(ranking.rows.iter().map(|row| row.unit).collect::<Vec<_>>(), ["a"]);
    assert_eq!(ranking.unranked, ["b"]);
}

#[test]
fn the_reason_for_no_score_is_told() {
    let none = Tally { cancelled: 3, ..Tally::default() };
    let light = Tally { total: 2, ..Tally::default() };
    assert_eq!(Measure::DonePct.unscored(&none), Some(Unscored::NoTasks));
    assert_eq!(Measure::WeightedProgress.unscored(&light), Some(Unscored::NoWeight));
    assert_eq!(Measure::OnTimePct.unscored(&light), Some(Unscored::NothingDue));
    assert_eq!(Measure::DonePct.unscored(&light), None);
}

#[test]
fn nobody_to_rank_is_an_empty_ranking() {
    let ranking = rank(Vec::<(u8, Ratio)>::new());
    assert!(ranking.rows.is_empty() && ranking.unranked.is_empty());
}

#[test]
fn what_would_move_a_unit_up_is_told() {
    let tally = Tally {
        total: 7,
        done: 3,
        done_on_time: 1,
        done_late: 1,
        weight_milli: 3_000,
        weighted_percent_milli: 100_000,
        ..Tally::default()
    };
    let half = Ratio::of_counts(1, 2);
    // 4 of 7 reaches a half; 1 of 2 is there; a third of the weight lacks 0.5 of 3.
    assert_eq!(Measure::DonePct.to_reach(&tally, &half), Some(Decimal::whole(1)));
    assert_eq!(Measure::OnTimePct.to_reach(&tally, &half), Some(Decimal::ZERO));
    assert_eq!(Measure::WeightedProgress.to_reach(&tally, &half), Some(Decimal::scaled(5, 1)));
    // 1 of 2 on time reaches 2 of 3 with one more: (1 + 1) / (2 + 1); all on time is out of reach.
    assert_eq!(Measure::OnTimePct.to_reach(&tally, &Ratio::of_counts(2, 3)), Some(Decimal::whole(1)));
    assert_eq!(Measure::OnTimePct.to_reach(&tally, &Ratio::of_counts(3, 5)), Some(Decimal::whole(1)));
    assert_eq!(Measure::OnTimePct.to_reach(&tally, &Ratio::of_counts(1, 1)), None);
    assert_eq!(Measure::DonePct.to_reach(&Tally::default(), &half), None);
}
