//! Lines of a registration.

use crate::{
    clock::Instant,
    http::{
        Field, Set,
        fields::{Day, Faults, Few, Prose, Reason, Words},
    },
    ids::Id,
    tasks::{
        weight::Weight,
        wire::{Class, RoadmapStep},
    },
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// Who wanted the line: the unit, the unit with a class set by the superior, or the superior.
    LineSource {
        Registered = "registered",
        Raised = "raised",
        Imposed = "imposed",
    }
}

vocabulary! {
    /// What the superior said of a line: nothing yet, mend it, or accepted. An accepted line is a task.
    LineVerdict {
        Open = "open",
        Returned = "returned",
        Accepted = "accepted" "đã chấp nhận",
    }
}

/// One task that a unit registers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegistrationLine {
    pub id: Id,
    pub registration_id: Id,
    #[schema(example = "Vận động 95% người dân tham gia bảo hiểm y tế")]
    pub title: String,
    pub description: Option<String>,
    pub class: Class,
    #[schema(example = "society")]
    pub field: Option<String>,
    pub weight: Weight,
    #[schema(value_type = Option<Day>)]
    pub start_on: Option<NaiveDate>,
    #[schema(value_type = Option<Day>, example = "2023-12-31")]
    pub due_on: Option<NaiveDate>,
    #[schema(example = "Báo cáo kết quả của Ủy ban nhân dân xã")]
    pub expected_product: Option<String>,
    /// A post first, a person second.
    #[schema(example = "Phó Bí thư Thường trực Đảng ủy xã")]
    pub lead_individual: Option<String>,
    pub lead_unit_id: Id,
    pub resolution_item_ids: Vec<Id>,
    /// Steps on the way; they become the milestones of its task.
    pub roadmap: Vec<RoadmapStep>,
    pub source: LineSource,
    /// Why it was imposed, or made a breakthrough.
    #[schema(example = json!(null))]
    pub reason: Option<String>,
    pub verdict: LineVerdict,
    /// What the superior said of it, oldest first; it stays when the registration is sent again.
    pub comments: Vec<RegistrationLineComment>,
    /// The task it became.
    #[schema(example = json!(null))]
    pub task_id: Option<Id>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// What the superior said of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationLineComment {
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    #[schema(example = "Cần nêu rõ chỉ tiêu và thời hạn.")]
    pub comment: String,
}

/// A new line.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"title": "Vận động 95% người dân tham gia bảo hiểm y tế", "class": "key", "field": "society",
    "due_on": "2023-12-31", "expected_product": "Báo cáo kết quả", "lead_individual": "Phó Bí thư Thường trực Đảng ủy xã"}))]
pub struct RegistrationLineCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub title: Words<500>,
    #[deserr(default)]
    pub description: Option<Prose<1, 20_000>>,
    pub class: Class,
    pub field: Words<60>,
    /// Default 1.
    #[deserr(default)]
    pub weight: Option<Weight>,
    #[deserr(default)]
    pub start_on: Option<Day>,
    #[deserr(default)]
    pub due_on: Option<Day>,
    pub expected_product: Words<1000>,
    pub lead_individual: Words<200>,
    /// The unit or an open one below it; default the unit.
    #[deserr(default)]
    pub lead_unit_id: Option<Id>,
    #[deserr(default)]
    pub resolution_item_ids: Option<Few<Id, 50>>,
}

/// New lines: all of them or none.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"lines": [{"title": "Vận động 95% người dân tham gia bảo hiểm y tế", "class": "key",
    "field": "society", "due_on": "2023-12-31", "expected_product": "Báo cáo kết quả",
    "lead_individual": "Phó Bí thư Thường trực Đảng ủy xã"}]}))]
pub struct RegistrationLinesCreate {
    /// At least one.
    pub lines: Few<RegistrationLineCreate, 200>,
}

/// Lines.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationLines {
    pub items: Vec<RegistrationLine>,
}

/// Changes of a line. Of one that was imposed the unit completes `lead_individual`, `expected_product`
/// and `lead_unit_id` only; of one that was raised it does not change the class.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"due_on": "2023-11-30", "expected_product": "Báo cáo kết quả, danh sách hộ"}))]
pub struct RegistrationLinePatch {
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
    pub field: Set<Words<60>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub weight: Set<Weight>,
    #[deserr(default)]
    #[schema(required = false)]
    pub start_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub due_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub expected_product: Set<Words<1000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub lead_individual: Set<Words<200>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub lead_unit_id: Set<Id>,
    /// The whole list anew.
    #[deserr(default)]
    #[schema(required = false)]
    pub resolution_item_ids: Set<Few<Id, 50>>,
}

/// Why a line becomes a breakthrough.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Khâu đột phá của huyện trong nhiệm kỳ"}))]
pub struct RegistrationRaise {
    pub reason: Reason<2000>,
}
