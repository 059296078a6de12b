//! Registrations, and what is done with them.

use super::RegistrationLine;
use crate::{
    clock::Instant,
    http::fields::{Day, Faults, Few, Prose, Reason, Words},
    ids::Id,
    measures::{
        RegistrationLineCounts, RegistrationQuotaStanding, RegistrationState, RegistrationTimeliness,
        RegistrationWarning,
    },
    org_units::wire::UnitRef,
    tasks::{
        weight::Weight,
        wire::{RoadmapStep, TaskAction},
    },
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// What one unit registers in a round.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Registration {
    pub id: Id,
    pub round_id: Id,
    pub unit: UnitRef,
    pub unit_id: Id,
    #[schema(example = "returned")]
    pub state: RegistrationState,
    #[schema(example = "submitted_on_time")]
    pub timeliness: RegistrationTimeliness,
    /// Days after the last day: of the first submission, or until today; null: not late.
    #[schema(example = json!(null), minimum = 1)]
    pub days_late: Option<i64>,
    /// The first day it was handed in, which decides whether it was late.
    #[schema(value_type = Option<Day>, example = "2023-10-14")]
    pub first_submitted_on: Option<NaiveDate>,
    pub lines: RegistrationLineCounts,
    pub quota: RegistrationQuotaStanding,
    pub warnings: Vec<RegistrationWarning>,
    /// The last answer of the superior.
    pub answer: Option<RegistrationAnswer>,
    /// What changed since it was returned, reopened or added to by the superior; null: never was.
    pub diff: Option<RegistrationDiff>,
    /// The tasks that its accepted lines became, in the order of the lines.
    pub task_ids: Vec<Id>,
    /// What the caller may do next, and why not.
    pub actions: Vec<TaskAction>,
    #[schema(example = 4, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// What the superior answered: accepted, returned, or with something imposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationAnswer {
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    #[schema(value_type = String, example = "return")]
    pub command: &'static str,
    #[schema(example = "Còn thiếu đầu việc đột phá")]
    pub reason: Option<String>,
    #[schema(example = "Đề nghị bổ sung đầu việc về chuyển đổi số.")]
    pub comment: Option<String>,
}

/// Lines that came, went and changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationDiff {
    /// The moment it is compared with.
    #[schema(value_type = String, format = DateTime)]
    pub since: Instant,
    pub added: Vec<RegistrationLineName>,
    pub removed: Vec<RegistrationLineName>,
    pub changed: Vec<RegistrationChangedLine>,
}

/// A line by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationLineName {
    pub id: Id,
    #[schema(example = "Vận động 95% người dân tham gia bảo hiểm y tế")]
    pub title: String,
}

/// A line that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationChangedLine {
    pub id: Id,
    #[schema(example = "Vận động 95% người dân tham gia bảo hiểm y tế")]
    pub title: String,
    /// Field → [old, new].
    #[schema(value_type = Object, additional_properties, example = json!({"due_on": ["2023-12-31", "2023-11-30"]}))]
    pub changes: serde_json::Value,
}

/// How far a unit got, in lists and reports.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegistrationSummary {
    pub id: Id,
    pub unit: UnitRef,
    #[schema(example = "not_started")]
    pub state: RegistrationState,
    #[schema(example = "overdue")]
    pub timeliness: RegistrationTimeliness,
    #[schema(example = 3, minimum = 1)]
    pub days_late: Option<i64>,
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub first_submitted_on: Option<NaiveDate>,
    pub lines: RegistrationLineCounts,
    pub quota: RegistrationQuotaStanding,
    pub warnings: Vec<RegistrationWarning>,
    /// Tasks made of its accepted lines.
    #[schema(example = 0, minimum = 0)]
    pub tasks: i64,
}

/// Whose registration to begin.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct RegistrationStart {
    /// Default and only choice: the own unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
}

/// What goes with handing in.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"comment": "Đã bổ sung đầu việc về chuyển đổi số."}))]
pub struct RegistrationSubmission {
    #[deserr(default)]
    pub comment: Option<Prose<0, 5_000>>,
}

/// What goes with accepting.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"comment": "Đồng ý với đăng ký của đơn vị."}))]
pub struct RegistrationAcceptance {
    #[deserr(default)]
    pub comment: Option<Prose<0, 5_000>>,
}

/// Why it is returned, and what is said of single lines.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Còn thiếu đầu việc đột phá", "comment": "Đề nghị bổ sung đầu việc về chuyển đổi số."}))]
pub struct RegistrationReturn {
    pub reason: Reason<2000>,
    #[deserr(default)]
    pub comment: Option<Prose<0, 5_000>>,
    #[deserr(default)]
    pub lines: Option<Few<RegistrationReturnedLine, 500>>,
}

/// What is said of a line.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"line_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "comment": "Cần nêu rõ chỉ tiêu và thời hạn."}))]
pub struct RegistrationReturnedLine {
    /// A line not yet accepted.
    pub line_id: Id,
    pub comment: Prose<1, 5_000>,
}

/// Why an accepted registration is opened again.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Bổ sung đầu việc theo nghị quyết mới"}))]
pub struct RegistrationSupplement {
    pub reason: Reason<2000>,
}

/// A breakthrough that a superior gives a unit.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"title": "Xây dựng mô hình chuyển đổi số cấp xã", "field": "digital", "due_on": "2024-06-30",
    "roadmap": [{"title": "Phê duyệt kế hoạch", "due_on": "2023-12-31"}], "reason": "Khâu đột phá của huyện"}))]
pub struct RegistrationImposition {
    pub title: Words<500>,
    #[deserr(default)]
    pub description: Option<Prose<1, 20_000>>,
    pub field: Words<60>,
    /// Default 1.
    #[deserr(default)]
    pub weight: Option<Weight>,
    /// Today or later.
    pub due_on: Day,
    #[deserr(default)]
    pub roadmap: Option<Few<RoadmapStep, 50>>,
    pub reason: Reason<2000>,
}

/// The same breakthrough for several units: for all of them or for none.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_ids": ["0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"],
    "title": "Xây dựng mô hình chuyển đổi số cấp xã", "field": "digital", "due_on": "2024-06-30",
    "roadmap": [{"title": "Phê duyệt kế hoạch", "due_on": "2023-12-31"}], "reason": "Khâu đột phá của huyện"}))]
pub struct RegistrationImpositions {
    /// Units called upon in the round.
    pub unit_ids: Few<Id, 1_000>,
    pub title: Words<500>,
    #[deserr(default)]
    pub description: Option<Prose<1, 20_000>>,
    pub field: Words<60>,
    /// Default 1.
    #[deserr(default)]
    pub weight: Option<Weight>,
    /// Today or later.
    pub due_on: Day,
    #[deserr(default)]
    pub roadmap: Option<Few<RoadmapStep, 50>>,
    pub reason: Reason<2000>,
}

impl RegistrationImpositions {
    /// What each of the units gets.
    pub fn each(&self) -> RegistrationImposition {
        RegistrationImposition {
            title: self.title.clone(),
            description: self.description.clone(),
            field: self.field.clone(),
            weight: self.weight,
            due_on: self.due_on,
            roadmap: self.roadmap.clone(),
            reason: self.reason.clone(),
        }
    }
}

/// What was imposed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationImposed {
    /// One line for each unit, in the order of the request.
    pub items: Vec<RegistrationLine>,
}
