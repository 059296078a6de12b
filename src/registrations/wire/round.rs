//! Rounds.

use crate::{
    clock::Instant,
    http::{
        Set,
        fields::{Day, Faults, Few, Line, Reason, Whole, Words},
    },
    ids::Id,
    org_units::wire::UnitRef,
    registrations::workflow::RegistrationRoundState,
    tasks::wire::TaskAction,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// A round in which units register their tasks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegistrationRound {
    pub id: Id,
    /// The document that orders it.
    pub document_id: Id,
    #[schema(example = "Đăng ký đầu việc trọng tâm nhiệm kỳ 2020 - 2025")]
    pub title: String,
    pub term_id: Option<Id>,
    #[schema(example = json!(null))]
    pub year: Option<i32>,
    /// The unit that opened it and judges what is registered.
    pub unit: UnitRef,
    pub unit_id: Id,
    #[schema(value_type = Day, example = "2023-10-10")]
    pub opens_on: NaiveDate,
    /// The last day; what comes later is late.
    #[schema(value_type = Day, example = "2023-10-31")]
    pub closes_on: NaiveDate,
    #[schema(example = "open")]
    pub state: RegistrationRoundState,
    /// The last day has passed and the round is still open.
    pub past_closing_day: bool,
    pub quotas: Vec<RegistrationQuota>,
    #[schema(value_type = Option<String>, format = DateTime, example = json!(null))]
    pub closed_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime, example = json!(null))]
    pub cancelled_at: Option<Instant>,
    /// Why it was closed or cancelled.
    #[schema(example = json!(null))]
    pub ended_reason: Option<String>,
    /// What the caller may do, and why not.
    pub actions: Vec<TaskAction>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// How many tasks units of a level, of a kind, or of both register. Of several that fit a unit, the one
/// that names both counts, then the one that names the kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"level": "commune", "kind": "party_committee", "min": 45, "max": 50}))]
pub struct RegistrationQuota {
    /// One of `GET /meta/levels`.
    #[deserr(default)]
    pub level: Option<Words<60>>,
    /// One of `GET /meta/unit-kinds`.
    #[deserr(default)]
    pub kind: Option<Words<60>>,
    pub min: Whole<0, 500>,
    /// Not below `min`.
    pub max: Whole<1, 500>,
}

/// A new round, and the units it calls upon: named one by one, by a part of the tree, or both.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"document_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "title": "Đăng ký đầu việc trọng tâm nhiệm kỳ 2020 - 2025", "year": 2023, "opens_on": "2023-10-10",
    "closes_on": "2023-10-31", "level": "commune",
    "quotas": [{"level": "commune", "min": 45, "max": 50}, {"kind": "party_agency", "min": 1, "max": 5}]}))]
pub struct RegistrationRoundCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// The issued document that orders it.
    pub document_id: Id,
    pub title: Words<500>,
    /// What is registered for: a term or a year, or neither.
    #[deserr(default)]
    pub term_id: Option<Id>,
    #[deserr(default)]
    pub year: Option<Whole<1930, 2199>>,
    /// Default and only choice: the own unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    pub opens_on: Day,
    /// Today or later, not before `opens_on`.
    pub closes_on: Day,
    #[deserr(default)]
    pub quotas: Option<Few<RegistrationQuota, 50>>,
    /// Open units below the own one.
    #[deserr(default)]
    pub unit_ids: Option<Few<Id, 1_000>>,
    /// Every open unit here and below; default the own unit when a level or a kind is given.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Of those, the units of this level.
    #[deserr(default)]
    pub level: Option<Words<60>>,
    /// Of those, the units of this kind.
    #[deserr(default)]
    pub kind: Option<Words<60>>,
}

/// Changes of a round: past days stay judged by what was in force then.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"closes_on": "2023-11-10", "reason": "Các xã chờ hướng dẫn của tỉnh"}))]
pub struct RegistrationRoundPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub title: Set<Words<500>>,
    /// With a reason; today or later.
    #[deserr(default)]
    #[schema(required = false)]
    pub closes_on: Set<Day>,
    /// The whole list anew.
    #[deserr(default)]
    #[schema(required = false)]
    pub quotas: Set<Few<RegistrationQuota, 50>>,
    /// Required when the last day moves.
    #[deserr(default)]
    pub reason: Option<Words<2000>>,
}

/// Ends a round.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Các đơn vị đã đăng ký đủ"}))]
pub struct RegistrationRoundClosing {
    #[deserr(default)]
    pub reason: Option<Line<0, 2000>>,
}

/// Takes a round back.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Mở nhầm nhiệm kỳ"}))]
pub struct RegistrationRoundCancellation {
    pub reason: Reason<2000>,
}
