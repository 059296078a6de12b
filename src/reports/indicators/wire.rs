//! What goes over the wire about figures of indicators.

mod query;

pub use query::{Include, IndicatorBoardQuery, IndicatorRollupQuery, IndicatorTrendQuery};

use crate::{
    http::fields::Day,
    ids::Id,
    indicators::wire::IndicatorRef,
    measures::{Decimal, Gap, OverPeriods, OverUnits, Period, Ratio},
    org_units::wire::UnitRef,
    reports::{indicators::figures::Figure, targets::wire::TargetStanding},
    vocabulary,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// Declares a figure that carries what it is of; every one has the same fields.
macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, ToSchema)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
            /// To two decimals, half away from zero; null when there is none.
            #[schema(value_type = Option<f64>, example = 148)]
            pub actual: Option<Decimal>,
            /// Why there is none.
            #[schema(value_type = Option<Gap>)]
            pub because: Option<Gap>,
            #[serde(flatten)]
            pub against: TargetStanding,
            /// Something in it is not final yet.
            pub estimated: bool,
            /// Units whose values are in it.
            #[schema(example = 12, minimum = 0)]
            pub units_reported: i64,
            /// Units that report the indicator.
            #[schema(example = 13, minimum = 0)]
            pub units: i64,
            /// Nobody's value is missing.
            pub complete: bool,
        }

        impl $name {
            /// A computed figure on the wire.
            pub fn of($($field: $type,)* figure: &Figure, against: TargetStanding) -> Self {
                let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
                let (actual, because) = match figure.actual.as_ref().map(|actual| actual.rounded()) {
                    Ok(Some(actual)) => (Some(actual), None),
                    Ok(None) => (None, Some(Gap::TooLarge)),
                    Err(gap) => (None, Some(*gap)),
                };
                Self {
                    $($field,)*
                    actual,
                    because,
                    against,
                    estimated: figure.estimated,
                    units_reported: count(figure.reported.len()),
                    units: count(figure.expected.len()),
                    complete: figure.complete(),
                }
            }
        }
    )*};
}

figures! {
    /// The figure of a unit with all below it.
    IndicatorFigure {}
    /// A unit with all below it.
    IndicatorRollupRow { unit: UnitRef }
    /// One class of the whole.
    IndicatorCellFigure { #[schema(example = json!(["nu"]))] cell: Vec<String> }
    /// A figure of one period, or up to it.
    IndicatorPoint {
        #[schema(value_type = Period)]
        period: Period,
        #[schema(value_type = Day)]
        starts_on: NaiveDate,
        #[schema(value_type = Day)]
        ends_on: NaiveDate
    }
    /// One indicator of a unit with all below it.
    IndicatorBoardItem { indicator: IndicatorRef }
    /// A target with its figure.
    TargetBoardItem {
        target_id: Id,
        indicator: IndicatorRef,
        /// The period asked for, of which the target or a step of it is.
        #[schema(value_type = Option<Period>)]
        period: Option<Period>,
        #[schema(value_type = Day)]
        starts_on: NaiveDate,
        /// The last good day.
        #[schema(value_type = Day)]
        ends_on: NaiveDate
    }
}

/// An indicator of a unit and of its parts.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorRollup {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub unit: UnitRef,
    pub indicator: IndicatorRef,
    /// Periods that end from this day on went in.
    #[schema(value_type = Day)]
    pub from_on: NaiveDate,
    #[schema(value_type = Day)]
    pub to_on: NaiveDate,
    #[schema(value_type = String, example = "half_away_from_zero")]
    pub rounding: &'static str,
    /// The unit with all below it.
    pub whole: IndicatorFigure,
    /// In the order of the units' codes, each with all below it.
    pub rows: Vec<IndicatorRollupRow>,
    /// The whole by classes, where the indicator has dimensions.
    pub cells: Vec<IndicatorCellFigure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<IndicatorExplained>,
}

/// An indicator over time.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorTrend {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub unit: UnitRef,
    pub indicator: IndicatorRef,
    pub cumulative: bool,
    pub points: Vec<IndicatorPoint>,
}

/// Indicators of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorBoard {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub unit: UnitRef,
    pub items: Vec<IndicatorBoardItem>,
    /// Give this as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
}

/// How a figure came about.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorExplained {
    #[schema(example = "Cộng số của các đơn vị.")]
    pub rule: String,
    #[schema(value_type = OverPeriods)]
    pub over_periods: OverPeriods,
    #[schema(value_type = OverUnits)]
    pub over_units: OverUnits,
    #[schema(example = json!(null))]
    pub formula: Option<String>,
    /// What each unit brought, those that a formula names apart.
    pub parts: Vec<IndicatorContribution>,
    pub left_out: Vec<IndicatorLeftOut>,
    /// The share of values that were loaded as history.
    pub imported: Ratio,
    /// Values that were changed after the day.
    #[schema(example = 0, minimum = 0)]
    pub corrected_since: i64,
    #[schema(
        example = "/api/v1/indicator-values?indicator_id=0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d&status=approved"
    )]
    pub records_url: Option<String>,
}

/// What one unit brought into a figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorContribution {
    pub unit: UnitRef,
    #[schema(example = "HO_NGHEO")]
    pub code: String,
    #[schema(value_type = Option<f64>, example = 12)]
    pub figure: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub numerator: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub denominator: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub weight: Option<Decimal>,
    /// The last days of the periods that went in.
    #[schema(value_type = Vec<Day>)]
    pub periods: Vec<NaiveDate>,
    pub estimated: bool,
}

vocabulary! {
    /// Why a unit is not in a figure.
    LeftOut {
        /// It reported nothing, or not every period.
        Missing = "missing",
        /// Its figures are not summed above.
        Excluded = "excluded",
        NoWeight = "no_weight",
    }
}

/// A unit that is not in a figure, or not wholly.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorLeftOut {
    pub unit: UnitRef,
    #[schema(value_type = LeftOut)]
    pub reason: LeftOut,
    #[schema(example = "Chưa có số liệu đã duyệt.")]
    pub because: String,
}
