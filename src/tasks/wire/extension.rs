//! Requests for a later due date.

use crate::{
    http::fields::{Day, Faults, Line, Prose, Reason},
    ids::Id,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// A request for a later due date.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"new_due_on": "2024-03-31", "reason": "Mưa bão kéo dài, chưa thi công được"}))]
pub struct ExtensionCreate {
    #[deserr(default)]
    pub id: Option<Id>,
    pub new_due_on: Day,
    pub reason: Reason<2000>,
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
    ExtensionStatus { Pending = "pending" "đang chờ quyết định", Approved = "approved" "đã đồng ý gia hạn", Rejected = "rejected" "đã từ chối gia hạn" }
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
    /// The account whose deputy asked.
    pub requested_for: Option<Id>,
    pub status: ExtensionStatus,
    #[schema(value_type = Option<Day>)]
    pub decided_on: Option<NaiveDate>,
    pub decided_by: Option<Id>,
    /// The account whose deputy decided.
    pub decided_for: Option<Id>,
    pub decision_comment: Option<String>,
    #[schema(example = 1)]
    pub version: i32,
}
