//! What is asked about figures of indicators.

use crate::{
    http::{
        Cursor,
        fields::{Bound, Day, Faults, Words},
        query::{Flag, Limit},
    },
    ids::Id,
    reports::wire::Breakdown,
    vocabulary,
};
use deserr::Deserr;
use utoipa::IntoParams;

vocabulary! {
    /// Which values count.
    Include {
        Approved = "approved",
        /// Those that wait for approval too.
        Submitted = "submitted",
    }
}

/// Which figure.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct IndicatorRollupQuery {
    pub unit_id: Id,
    pub indicator_id: Id,
    /// A period or a day: periods that end from here on; default the beginning of the year.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-01")]
    pub from: Option<Bound>,
    /// A period or a day: periods that end up to here; default `as_of`.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-09")]
    pub to: Option<Bound>,
    /// As things stood at the end of this day; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Default `children`.
    #[deserr(default)]
    #[param(inline)]
    pub by: Option<Breakdown>,
    /// Default `approved`.
    #[deserr(default)]
    #[param(inline)]
    pub include: Option<Include>,
    /// Only this class: one code of each dimension, joined by `/`.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 81, example = "nu")]
    pub cell: Option<Words<81>>,
    /// Adds `explain`.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub explain: Flag,
}

/// Which figures over time.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct IndicatorTrendQuery {
    pub unit_id: Id,
    pub indicator_id: Id,
    /// A period or a day: periods that end from here on; default the beginning of the year.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-01")]
    pub from: Option<Bound>,
    /// A period or a day: periods that end up to here; default `as_of`.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-09")]
    pub to: Option<Bound>,
    /// As things stood at the end of this day; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Each point from `from` on, not of its period alone.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub cumulative: Flag,
    /// Default `approved`.
    #[deserr(default)]
    #[param(inline)]
    pub include: Option<Include>,
    /// Only this class: one code of each dimension, joined by `/`.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 81, example = "nu")]
    pub cell: Option<Words<81>>,
}

/// Which indicators of a unit.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct IndicatorBoardQuery {
    pub unit_id: Id,
    /// A period or a day: periods that end from here on; default the beginning of the year.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-09")]
    pub from: Option<Bound>,
    /// A period or a day: periods that end up to here; default `as_of`.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-09")]
    pub to: Option<Bound>,
    /// As things stood at the end of this day; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Only those of this field.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 100, example = "xã hội")]
    pub field: Option<Words<100>>,
    /// Default `approved`.
    #[deserr(default)]
    #[param(inline)]
    pub include: Option<Include>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}
