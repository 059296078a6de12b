//! Milestones of a task.

use crate::{
    clock::Instant,
    http::{
        Set,
        fields::{Day, Faults, Whole, Words},
    },
    ids::Id,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// A step on the way of a task. It never changes the task's own timeliness: a task is late by its own
/// due date alone, however its milestones stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Milestone {
    pub id: Id,
    pub task_id: Id,
    /// Its place in the list.
    #[schema(example = 1, minimum = 1)]
    pub ordinal: i32,
    #[schema(example = "Hoàn thành rà soát danh sách hộ")]
    pub title: String,
    /// Within the days of the task.
    #[schema(value_type = Day)]
    pub due_on: NaiveDate,
    /// The day it was reached; null until the lead unit says so.
    #[schema(value_type = Option<Day>)]
    pub done_on: Option<NaiveDate>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A new milestone.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"title": "Hoàn thành rà soát danh sách hộ", "due_on": "2023-11-15"}))]
pub struct MilestoneCreate {
    #[deserr(default)]
    pub id: Option<Id>,
    /// Default: after the last.
    #[deserr(default)]
    pub ordinal: Option<Whole<1, 999>>,
    pub title: Words<500>,
    /// Within the days of the task.
    pub due_on: Day,
}

/// Changes of a milestone.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"title": "Hoàn thành rà soát danh sách 20 hộ", "due_on": "2023-11-20"}))]
pub struct MilestonePatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub ordinal: Set<Whole<1, 999>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub title: Set<Words<500>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub due_on: Set<Day>,
}

/// That a milestone was reached.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"done_on": "2023-10-14"}))]
pub struct MilestoneDone {
    /// Default today, never in the future.
    #[deserr(default)]
    pub done_on: Option<Day>,
}

/// A step of a roadmap, within the days of what it belongs to: it becomes a milestone with the task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[serde(from = "StoredStep")]
#[schema(example = json!({"title": "Hoàn thành rà soát danh sách hộ", "due_on": "2023-11-15"}))]
pub struct RoadmapStep {
    pub title: Words<500>,
    pub due_on: Day,
}

/// The same, as its column holds it.
#[derive(serde::Deserialize)]
struct StoredStep {
    title: String,
    due_on: NaiveDate,
}

impl From<StoredStep> for RoadmapStep {
    fn from(step: StoredStep) -> Self {
        Self { title: crate::http::fields::Line(step.title), due_on: Day(step.due_on) }
    }
}
