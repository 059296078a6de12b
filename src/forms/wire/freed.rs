//! What goes over the wire about exemptions and unlocks.

use crate::{
    clock::Instant,
    http::fields::{Day, Faults, Reason},
    ids::Id,
    measures::Period,
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// A unit that need not hand in a form for some periods.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormExemption {
    pub id: Id,
    pub form_id: Id,
    pub unit_id: Id,
    pub unit: UnitRef,
    #[schema(value_type = Period)]
    pub from_period: Period,
    /// The last one; null: until it is ended.
    #[schema(value_type = Option<Period>)]
    pub to_period: Option<Period>,
    #[schema(example = "Đơn vị đang sắp xếp lại tổ chức")]
    pub reason: String,
    /// Figures of days before still say missing.
    #[schema(value_type = String, format = DateTime)]
    pub granted_at: Instant,
    /// From then on it frees of no period that had not ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Instant>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
}

/// A new exemption; also after the deadline.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "from_period": "2023-10",
    "to_period": "2023-11", "reason": "Đơn vị đang sắp xếp lại tổ chức"}))]
pub struct FormExemptionCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub unit_id: Id,
    pub from_period: Period,
    #[deserr(default)]
    pub to_period: Option<Period>,
    pub reason: Reason<1000>,
}

/// Why an exemption ends.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Đã ổn định tổ chức"}))]
pub struct FormExemptionEnd {
    pub reason: Reason<1000>,
}

/// A locked period opened again for one unit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormUnlock {
    pub id: Id,
    pub form_id: Id,
    pub unit_id: Id,
    pub unit: UnitRef,
    #[schema(value_type = Period)]
    pub period: Period,
    /// The last day on which it is taken.
    #[schema(value_type = Day)]
    pub until_on: NaiveDate,
    #[schema(example = "Mất điện cả tuần ở xã")]
    pub reason: String,
    #[schema(value_type = String, format = DateTime)]
    pub granted_at: Instant,
}

/// Opens a locked period again.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "period": "2023-09",
    "until_on": "2023-10-20", "reason": "Mất điện cả tuần ở xã"}))]
pub struct FormUnlockCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub unit_id: Id,
    pub period: Period,
    /// The last day on which it is taken.
    pub until_on: Day,
    pub reason: Reason<1000>,
}
