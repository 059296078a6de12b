//! What comes of what, over the wire.

use super::{Class, Task, TaskParent};
use crate::{
    documents::wire::Lineage,
    http::fields::Day,
    ids::Id,
    measures::{Status, Timeliness},
    org_units::wire::UnitRef,
    resolution_items::wire::ResolutionItem,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A task in a few words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TaskBrief {
    pub id: Id,
    #[schema(example = "MCB-28915-DV01")]
    pub code: Option<String>,
    #[schema(example = "Vận động 95% người dân tham gia bảo hiểm y tế")]
    pub title: String,
    /// The unit that leads it.
    pub unit: UnitRef,
    pub class: Class,
    pub status: Status,
    /// How it stands against its due date today; computed.
    pub timeliness: Timeliness,
    #[schema(value_type = Option<Day>)]
    pub due_on: Option<NaiveDate>,
    /// In whole per cent, as figures count it.
    #[schema(example = 45, minimum = 0, maximum = 100)]
    pub counted_progress: i32,
    /// What it serves, as far as the caller sees it: by these the tasks hang together.
    pub parents: Vec<TaskParent>,
}

impl From<Task> for TaskBrief {
    fn from(task: Task) -> Self {
        Self {
            id: task.id,
            code: task.code,
            title: task.title,
            unit: task.unit,
            class: task.class,
            status: task.status,
            timeliness: task.timeliness,
            due_on: task.due_on,
            counted_progress: task.counted_progress,
            parents: task.parents,
        }
    }
}

/// How many records there are besides that the caller does not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Hidden {
    #[schema(example = 0, minimum = 0)]
    pub documents: i64,
    #[schema(example = 0, minimum = 0)]
    pub items: i64,
    #[schema(example = 2, minimum = 0)]
    pub tasks: i64,
}

/// What came of an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResolutionItemThread {
    pub item: ResolutionItem,
    /// Its document and those that put it into practice: which concretise it, over any number of steps.
    pub documents: Lineage,
    /// The tasks that serve it or an item below it, and those that serve these; in the order of their
    /// coming, each once.
    pub tasks: Vec<TaskBrief>,
    pub hidden: Hidden,
    /// More hangs on it than is followed: 500 documents, 500 tasks.
    pub truncated: bool,
}

/// Where a task comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskOrigins {
    /// The tasks it serves, over any number of steps.
    pub tasks: Vec<TaskBrief>,
    /// The items that it or one of those serves.
    pub items: Vec<ResolutionItem>,
    /// The documents that it or one of those serves or was born of, those of the items, and what they
    /// go back to.
    pub documents: Lineage,
    pub hidden: Hidden,
    /// It goes back to more than is followed: 500 documents, 500 tasks.
    pub truncated: bool,
}
