//! What goes over the wire about tasks.

use crate::{
    clock::Instant,
    http::{
        Cursor, Field,
        fields::{Day, Faults, Few, Line, Prose, Whole, Words},
        query::{AnyOf, Fields, Limit, Search},
    },
    ids::Id,
    measures::{Status, Timeliness},
    org_units::wire::UnitRef,
    tasks::weight::Weight,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

vocabulary! {
    /// How much a task weighs in leading: key, breakthrough, or routine.
    Class { Key = "key", Breakthrough = "breakthrough", Routine = "routine" }
}

vocabulary! {
    /// The result against the requirement, judged by who confirms.
    Outcome { Below = "below", Met = "met", Exceeded = "exceeded" }
}

/// A task.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Task {
    pub id: Id,
    #[schema(example = "MCB-28915-DV01")]
    pub code: Option<String>,
    #[schema(example = "Vận động 95% người dân tham gia bảo hiểm y tế")]
    pub title: String,
    pub description: Option<String>,
    /// The unit that leads it.
    pub unit: UnitRef,
    pub unit_id: Id,
    /// The unit that gave it, and judges it.
    pub assigner_unit_id: Id,
    pub class: Class,
    #[schema(example = "society")]
    pub field: Option<String>,
    pub weight: Weight,
    #[schema(value_type = Option<Day>)]
    pub start_on: Option<NaiveDate>,
    /// Includes the whole day; moves only by an extension.
    #[schema(value_type = Option<Day>)]
    pub due_on: Option<NaiveDate>,
    /// The first due date, kept for ever.
    #[schema(value_type = Option<Day>)]
    pub original_due_on: Option<NaiveDate>,
    pub document_id: Option<Id>,
    /// Who answers for it: a post first, a person second.
    #[schema(example = "Phó Bí thư Thường trực Đảng ủy xã")]
    pub lead_individual: Option<String>,
    #[schema(example = "Báo cáo kết quả của Ủy ban nhân dân xã")]
    pub expected_product: Option<String>,
    pub status: Status,
    /// How it stands against its due date today (or on `as_of`); computed.
    pub timeliness: Timeliness,
    /// The last stated progress, in whole per cent; not a confirmed fact.
    #[schema(example = 45, minimum = 0, maximum = 100)]
    pub progress: i32,
    /// The progress that figures count: 100 once done, else the stated one.
    #[schema(example = 45, minimum = 0, maximum = 100)]
    pub counted_progress: i32,
    pub result: Option<Outcome>,
    /// The day it was handed in and waits since.
    #[schema(value_type = Option<Day>)]
    pub submitted_on: Option<NaiveDate>,
    /// The day it was handed in and then accepted: the day that counts for done.
    #[schema(value_type = Option<Day>)]
    pub completed_on: Option<NaiveDate>,
    #[schema(value_type = Option<Day>)]
    pub last_reported_on: Option<NaiveDate>,
    /// Some of its facts were loaded as history.
    pub imported: bool,
    #[schema(example = 3, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
    /// What the caller may do next, and why not; empty for a day in the past.
    pub actions: Vec<TaskAction>,
}

/// One thing the caller may or may not do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TaskAction {
    #[schema(value_type = String, example = "confirm")]
    pub name: &'static str,
    pub allowed: bool,
    /// `role` (another role or unit may), `state` (not from here), `own_work` (another person may).
    #[schema(value_type = Option<String>, example = "own_work")]
    pub because: Option<&'static str>,
    pub reason_required: bool,
}

/// A new task.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"title": "Vận động 95% người dân tham gia bảo hiểm y tế", "unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "class": "key", "field": "society", "weight": 1.5, "start_on": "2023-01-05", "due_on": "2023-12-31",
    "lead_individual": "Phó Bí thư Thường trực Đảng ủy xã", "expected_product": "Báo cáo kết quả"}))]
pub struct TaskCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    #[deserr(default)]
    pub code: Option<Words<60>>,
    pub title: Words<500>,
    #[deserr(default)]
    pub description: Option<Prose<1, 20_000>>,
    /// The unit that leads it.
    pub unit_id: Id,
    /// The unit that judges it; default: the lead unit's parent, or itself when it has none.
    #[deserr(default)]
    pub assigner_unit_id: Option<Id>,
    pub class: Class,
    #[deserr(default)]
    pub field: Option<Words<60>>,
    /// Default 1.
    #[deserr(default)]
    pub weight: Option<Weight>,
    #[deserr(default)]
    pub start_on: Option<Day>,
    #[deserr(default)]
    pub due_on: Option<Day>,
    #[deserr(default)]
    pub document_id: Option<Id>,
    #[deserr(default)]
    pub lead_individual: Option<Words<200>>,
    #[deserr(default)]
    pub expected_product: Option<Words<1000>>,
}

/// Changes of a task; the due date is not among them.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"title": "Vận động 97% người dân tham gia bảo hiểm y tế", "weight": 2}))]
pub struct TaskPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub code: Field<Words<60>>,
    #[deserr(default)]
    pub title: Option<Words<500>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub description: Field<Prose<1, 20_000>>,
    #[deserr(default)]
    pub class: Option<Class>,
    #[deserr(default)]
    #[schema(required = false)]
    pub field: Field<Words<60>>,
    #[deserr(default)]
    pub weight: Option<Weight>,
    #[deserr(default)]
    #[schema(required = false)]
    pub start_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub document_id: Field<Id>,
    #[deserr(default)]
    #[schema(required = false)]
    pub lead_individual: Field<Words<200>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub expected_product: Field<Words<1000>>,
}

/// Words that go with a command.
#[derive(Debug, Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Minh chứng chưa đủ: thiếu danh sách hộ đã tham gia"}))]
pub struct TaskCommand {
    /// Required to return, cancel and reopen.
    #[deserr(default)]
    pub reason: Option<Line<0, 2000>>,
    #[deserr(default)]
    pub comment: Option<Prose<0, 5000>>,
    /// The result against the requirement; only to confirm.
    #[deserr(default)]
    pub result: Option<Outcome>,
}

/// A report on progress.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"progress": 60, "note": "Đã vận động 12/20 hộ", "reported_on": "2023-10-15",
    "evidence": [{"title": "Danh sách hộ tham gia", "url": "https://mocaybac.example.vn/minh-chung/12"}]}))]
pub struct ProgressReportCreate {
    #[deserr(default)]
    pub id: Option<Id>,
    /// Whole per cent.
    pub progress: Whole<0, 100>,
    #[deserr(default)]
    pub note: Option<Prose<0, 5000>>,
    /// The day the progress stood so; default today, never in the future.
    #[deserr(default)]
    pub reported_on: Option<Day>,
    /// Who stated it, when somebody else enters it: a post first, a person second.
    #[deserr(default)]
    pub reported_by: Option<Words<200>>,
    #[deserr(default)]
    pub evidence: Option<Few<EvidenceCreate, 20>>,
}

/// Where a proof is to be found.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct EvidenceCreate {
    pub title: Words<300>,
    /// `https://…`
    pub url: Words<2000>,
}

/// A report on progress, as it was made.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProgressReport {
    pub id: Id,
    pub task_id: Id,
    #[schema(example = 60, minimum = 0, maximum = 100)]
    pub progress: i32,
    #[schema(example = "Đã vận động 12/20 hộ")]
    pub note: Option<String>,
    #[schema(value_type = Day)]
    pub reported_on: NaiveDate,
    pub reported_by: Option<String>,
    /// The account that entered it.
    pub entered_by: Option<Id>,
    pub evidence: Vec<Evidence>,
    pub imported: bool,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// The task's version after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 4)]
    pub version: Option<i32>,
}

/// A proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, ToSchema)]
pub struct Evidence {
    #[schema(example = "Danh sách hộ tham gia")]
    pub title: String,
    #[schema(example = "https://mocaybac.example.vn/minh-chung/12")]
    pub url: String,
}

/// A request for a later due date.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"new_due_on": "2024-03-31", "reason": "Mưa bão kéo dài, chưa thi công được"}))]
pub struct ExtensionCreate {
    #[deserr(default)]
    pub id: Option<Id>,
    pub new_due_on: Day,
    pub reason: Words<2000>,
}

/// Words that go with a decision.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"comment": "Đồng ý, không gia hạn thêm"}))]
pub struct ExtensionDecision {
    /// Required to reject.
    #[deserr(default)]
    pub reason: Option<Line<0, 2000>>,
    #[deserr(default)]
    pub comment: Option<Prose<0, 5000>>,
}

vocabulary! {
    /// What became of a request.
    ExtensionStatus { Pending = "pending", Approved = "approved", Rejected = "rejected" }
}

/// A request for a later due date and what became of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Extension {
    pub id: Id,
    pub task_id: Id,
    #[schema(value_type = Option<Day>)]
    pub old_due_on: Option<NaiveDate>,
    #[schema(value_type = Day)]
    pub new_due_on: NaiveDate,
    #[schema(example = "Mưa bão kéo dài, chưa thi công được")]
    pub reason: String,
    /// Counts for "on time": a request made after the original due date never does.
    #[schema(value_type = Day)]
    pub requested_on: NaiveDate,
    pub requested_by: Option<Id>,
    pub status: ExtensionStatus,
    #[schema(value_type = Option<Day>)]
    pub decided_on: Option<NaiveDate>,
    pub decided_by: Option<Id>,
    pub decision_comment: Option<String>,
    #[schema(example = 1)]
    pub version: i32,
}

vocabulary! {
    /// Order of a list; tasks without a due date come last either way.
    TaskSort { DueOn = "due_on", DueOnDown = "-due_on", CreatedAt = "created_at", CreatedAtDown = "-created_at" }
}

/// Which tasks to list. There is no hidden filter: cancelled and closed ones are there too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TaskQuery {
    /// Led by this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Led by this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Given by this unit.
    #[deserr(default)]
    pub assigner_unit_id: Option<Id>,
    /// Born of this document.
    #[deserr(default)]
    pub document_id: Option<Id>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "in_progress,submitted")]
    pub status: Option<AnyOf<Status>>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "overdue")]
    pub timeliness: Option<AnyOf<Timeliness>>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "key")]
    pub class: Option<AnyOf<Class>>,
    /// Of this field.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 60, example = "society")]
    pub field: Option<Words<60>>,
    /// Due before this day.
    #[deserr(default)]
    pub due_before: Option<Day>,
    /// As they were at the end of this day; a later day than today asks what will be late then.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Words of the title or the code; marks do not count. Signs alone are refused.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 200, example = "bao hiem y te")]
    pub q: Option<Search>,
    /// By due date (the default) or by coming; `-` turns the order round.
    #[deserr(default)]
    #[param(inline)]
    pub sort: Option<TaskSort>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,title,status,timeliness")]
    pub fields: Option<Fields>,
}

/// One task, perhaps as it was.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct OneTaskQuery {
    /// Members to answer with, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,status,progress")]
    pub fields: Option<Fields>,
}
