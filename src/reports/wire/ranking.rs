//! Units in the order of a measure.

use crate::{
    http::{
        fields::{Day, Faults, Words},
        query::Flag,
    },
    ids::Id,
    measures::{Decimal, Measure, Unscored},
    org_units::wire::UnitRef,
    reports::wire::Explain,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which units, by what, on which day.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RankingQuery {
    /// The units below this one are ranked.
    pub unit_id: Id,
    /// Of this level only: a ranking is among equals. One of `GET /meta/levels`.
    #[param(value_type = String, max_length = 40, example = "commune")]
    pub level: Words<40>,
    /// Default `weighted_progress`.
    #[deserr(default)]
    #[param(inline)]
    pub measure: Option<Measure>,
    /// Figures at the end of this day, also a future one; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Adds `explain`.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub explain: Flag,
}

/// Units in the order of a measure, best first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ranking {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    /// The unit above them, with the name it had on the day.
    pub unit: UnitRef,
    #[schema(example = "commune")]
    pub level: String,
    pub measure: Measure,
    /// By exact shares: what is equal only after rounding is no tie. Of equals, in the order of their codes.
    pub rows: Vec<RankingRow>,
    /// Units without a score, in the order of their codes.
    pub unranked: Vec<RankingUnranked>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Explain>,
}

/// One place.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankingRow {
    /// Equal scores share it, the next one skips: 1, 2, 2, 4.
    #[schema(example = 2, minimum = 1)]
    pub rank: usize,
    /// Equal scores share it, the next one does not skip: 1, 2, 2, 3.
    #[schema(example = 2, minimum = 1)]
    pub dense_rank: usize,
    pub unit: UnitRef,
    /// `100 × num / den`, rounded to two decimals.
    #[schema(value_type = f64, example = 78.04)]
    pub value: Option<Decimal>,
    /// Of the unit and all below it, pooled.
    #[schema(value_type = f64, example = 77.65)]
    pub num: Decimal,
    #[schema(value_type = f64, example = 99.5)]
    pub den: Decimal,
    /// The tasks behind it; null where they are too deep to be read one by one.
    #[schema(example = "/api/v1/tasks?under=0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d&as_of=2023-10-15")]
    pub records_url: Option<String>,
    /// How many other units have the same score.
    #[schema(example = 1, minimum = 0)]
    pub tied: usize,
    /// The first five of them; all stand in the rows around this one.
    pub tied_with: Vec<UnitRef>,
    /// What would lift the unit to the next better score; null in the first place.
    pub next: Option<RankingNext>,
}

/// The way to the next better score.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankingNext {
    /// The first of the units that have it.
    pub unit: UnitRef,
    #[schema(example = 1, minimum = 1)]
    pub rank: usize,
    /// How much is lacking to draw level, in what `meaning` says; null when it cannot be reached so.
    #[schema(value_type = Option<f64>, example = 2.35)]
    pub lacking: Option<Decimal>,
    #[schema(example = "Phần trọng số nhân tiến độ còn thiếu để bằng điểm liền trên.")]
    pub meaning: String,
}

/// A unit without a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankingUnranked {
    pub unit: UnitRef,
    pub because: Unscored,
    #[schema(example = "Không có đầu việc nào được tính.")]
    pub meaning: String,
}
