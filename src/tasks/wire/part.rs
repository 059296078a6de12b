//! What other units contribute to a task.

use crate::{
    clock::Instant,
    http::{
        Field,
        fields::{Day, Faults, Line, Prose},
    },
    ids::Id,
    org_units::wire::UnitRef,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// Where a part stands; the first report starts it.
    PartStatus {
        Assigned = "assigned" "đã giao",
        InProgress = "in_progress" "đang thực hiện",
        Submitted = "submitted" "đã nộp kết quả",
        Accepted = "accepted" "đã chấp nhận",
    }
}

/// What a coordinating unit contributes to a task (đơn vị phối hợp). No figure counts it: a task counts
/// once, at the unit that leads it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Part {
    pub id: Id,
    pub task_id: Id,
    /// The coordinating unit.
    pub unit: UnitRef,
    pub unit_id: Id,
    #[schema(example = "Cung cấp danh sách hộ nghèo, cử cán bộ cùng vận động")]
    pub description: Option<String>,
    /// Within the days of the task.
    #[schema(value_type = Option<Day>)]
    pub due_on: Option<NaiveDate>,
    pub status: PartStatus,
    /// The last stated progress, in whole per cent.
    #[schema(example = 40, minimum = 0, maximum = 100)]
    pub progress: i32,
    /// The day it was handed in.
    #[schema(value_type = Option<Day>)]
    pub submitted_on: Option<NaiveDate>,
    #[schema(value_type = Option<Day>)]
    pub accepted_on: Option<NaiveDate>,
    #[schema(example = 2, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A part in a few words, as its task shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartBrief {
    pub id: Id,
    pub unit: UnitRef,
    pub status: PartStatus,
    #[schema(value_type = Option<Day>)]
    pub due_on: Option<NaiveDate>,
    #[schema(example = 40, minimum = 0, maximum = 100)]
    pub progress: i32,
}

/// A new part of a task.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "description": "Cung cấp danh sách hộ nghèo, cử cán bộ cùng vận động", "due_on": "2023-11-30"}))]
pub struct PartCreate {
    #[deserr(default)]
    pub id: Option<Id>,
    /// The coordinating unit; it has one part in a task, and the lead unit none.
    pub unit_id: Id,
    /// What it contributes.
    #[deserr(default)]
    pub description: Option<Prose<1, 5000>>,
    /// Within the days of the task.
    #[deserr(default)]
    pub due_on: Option<Day>,
}

/// Changes of a part. Another unit is another part.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"due_on": "2023-12-15"}))]
pub struct PartPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub description: Field<Prose<1, 5000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub due_on: Field<Day>,
}

/// Words that go with a command on a part.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Danh sách còn thiếu ấp Phú Hưng"}))]
pub struct PartWords {
    /// Required to return.
    #[deserr(default)]
    pub reason: Option<Line<0, 2000>>,
    #[deserr(default)]
    pub comment: Option<Prose<0, 5000>>,
}
