//! Many steps in one request.

use crate::{
    http::{
        fields::{Faults, Few},
        problem::Problem,
        version::IfMatch,
    },
    ids::Id,
    vocabulary,
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// Largest batch in bytes.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

vocabulary! {
    /// What an item does: `create` is the POST of a task, `progress` that of a progress report, the
    /// others are the commands of the same names.
    TaskOp {
        Create = "create",
        Accept = "accept",
        Return = "return",
        Resubmit = "resubmit",
        Start = "start",
        Submit = "submit",
        Confirm = "confirm",
        Close = "close",
        Cancel = "cancel",
        Reopen = "reopen",
        Progress = "progress",
    }
}

/// Steps on tasks, done in their order.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"atomic": true, "items": [
    {"op": "progress", "id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "if_match": "v3", "data": {"progress": 100, "note": "Đã vận động đủ 20/20 hộ"}},
    {"op": "submit", "id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"},
    {"op": "create", "data": {"title": "Tu sửa đường ấp Phước Khánh", "unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e", "class": "routine"}}]}))]
pub struct TaskBatch {
    /// `true` (the default): all or nothing. `false`: each item whole or not at all, for itself.
    #[deserr(default = true)]
    #[schema(required = false, default = true)]
    pub atomic: bool,
    pub items: Few<TaskBatchItem, 500>,
}

/// One step.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TaskBatchItem {
    pub op: TaskOp,
    /// The task; for `create` the id a client brings, which may stand in `data` instead.
    #[deserr(default)]
    pub id: Option<Id>,
    /// The version read last; without it the step meets whatever is there. Not for `create`.
    #[deserr(default)]
    pub if_match: Option<IfMatch>,
    /// The body of the single request; `{}` without it.
    #[deserr(default)]
    #[schema(value_type = Option<Object>)]
    pub data: Option<serde_json::Value>,
}

/// What became of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskBatchAnswer {
    /// One for each item, in their order.
    pub items: Vec<TaskBatchResult>,
}

/// What became of an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskBatchResult {
    /// As the single request would have answered.
    #[schema(example = 200)]
    pub status: u16,
    /// The task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The task's version after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 4)]
    pub version: Option<i32>,
    /// The report that `progress` made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_id: Option<Id>,
    /// Why it was refused; the places of its faults count from the whole body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}
