//! What goes over the wire about tasks.

mod batch;
mod cascade;
mod clarity;
mod extension;
mod milestone;
mod parent;
mod part;
mod query;
mod report;

pub use crate::policy::TaskAction;
pub use batch::{MAX_BYTES, TaskBatch, TaskBatchAnswer, TaskBatchItem, TaskBatchResult, TaskOp};
pub use cascade::{Hidden, ResolutionItemThread, TaskBrief, TaskOrigins};
pub use clarity::{Clarity, ClarityPoint, Unclear};
pub use extension::{Extension, ExtensionCreate, ExtensionDecision, ExtensionStatus};
pub use milestone::{Milestone, MilestoneCreate, MilestoneDone, MilestonePatch, RoadmapStep};
pub use parent::{ParentKind, SourceKind, TaskParent, TaskSource};
pub use part::{Part, PartBrief, PartCreate, PartPatch, PartStatus, PartWords};
pub use query::{OneTaskQuery, TaskQuery, TaskSort, names};
pub use report::{Evidence, EvidenceCreate, ProgressReport, ProgressReportCreate};

use crate::{
    clock::Instant,
    http::{
        Field, Set,
        fields::{Day, Faults, Few, Line, Prose, Words},
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
use utoipa::ToSchema;

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
    /// What it serves, as far as the caller sees it. It counts once, however many these are.
    pub parents: Vec<TaskParent>,
    /// The recurring duty it comes of.
    pub duty_id: Option<Id>,
    /// The period of the duty it stands for: `2023-W42`, `2023-10`, `2023-Q4`, `2023-H2` or `2023`.
    #[schema(example = "2023-10")]
    pub duty_period: Option<String>,
    /// The item of a programme or the line of a registration it was made of.
    pub source: Option<TaskSource>,
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
    /// Whether it makes the five things clear; only when asked for with `fields=clarity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clarity: Option<Clarity>,
    /// What coordinating units contribute, also after the task itself was handed in; in lists only when
    /// asked for with `fields=parts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<PartBrief>>,
    /// What the caller may do next, and why not; empty for a day in the past.
    pub actions: Vec<TaskAction>,
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
    /// Documents, their items and other tasks that it serves.
    #[deserr(default)]
    pub parents: Option<Few<TaskParent, 50>>,
}

impl TaskCreate {
    /// What it is to serve.
    pub fn parents(&self) -> &[TaskParent] {
        self.parents.as_ref().map_or(&[], |parents| &parents.0)
    }
}

/// Changes of a task; the due date is not among them.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"title": "Vận động 97% người dân tham gia bảo hiểm y tế", "weight": 2}))]
pub struct TaskPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub code: Field<Words<60>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub title: Set<Words<500>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub description: Field<Prose<1, 20_000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub class: Set<Class>,
    #[deserr(default)]
    #[schema(required = false)]
    pub field: Field<Words<60>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub weight: Set<Weight>,
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
    /// The whole list anew; what the caller does not see stays.
    #[deserr(default)]
    #[schema(required = false)]
    pub parents: Set<Few<TaskParent, 50>>,
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
