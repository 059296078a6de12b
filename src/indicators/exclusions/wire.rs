//! What goes over the wire about exclusions.

use crate::{
    http::fields::{Day, Faults, Reason},
    ids::Id,
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// A unit whose figures are not summed above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IndicatorExclusion {
    pub id: Id,
    pub indicator_id: Id,
    pub unit_id: Id,
    pub unit: UnitRef,
    /// For periods that end on this day or later.
    #[schema(value_type = Day)]
    pub from_on: NaiveDate,
    /// The last day; null while it lasts.
    #[schema(value_type = Option<Day>)]
    pub until_on: Option<NaiveDate>,
    #[schema(example = "Số liệu do huyện tổng hợp riêng")]
    pub reason: String,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
}

/// A new exclusion.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "from_on": "2023-10-15",
    "reason": "Số liệu do huyện tổng hợp riêng"}))]
pub struct IndicatorExclusionCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub unit_id: Id,
    /// For periods that end on this day or later.
    pub from_on: Day,
    pub reason: Reason<1000>,
}

/// The end of an exclusion.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"until_on": "2023-12-14"}))]
pub struct IndicatorExclusionEnd {
    /// Its last day.
    pub until_on: Day,
}
