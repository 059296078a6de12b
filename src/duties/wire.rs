//! What goes over the wire about recurring duties.

use crate::{
    clock::Instant,
    duties::{
        schedule::{DueFrom, Every},
        workflow::DutyStatus,
    },
    http::{
        Cursor, Field, Set,
        fields::{Day, Faults, Prose, Reason, Whole, Words},
        query::{AnyOf, Fields, Limit},
    },
    ids::Id,
    measures::Status,
    org_units::wire::UnitRef,
    tasks::{
        weight::Weight,
        wire::{Class, Task},
    },
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A duty that comes again every period and becomes a task each time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecurringDuty {
    pub id: Id,
    #[schema(example = "Sinh hoạt chi bộ thường kỳ")]
    pub title: String,
    pub description: Option<String>,
    /// The unit that leads its tasks.
    pub unit: UnitRef,
    pub unit_id: Id,
    /// The unit that judges its tasks.
    pub assigner_unit_id: Id,
    pub class: Class,
    #[schema(example = "party_building")]
    pub field: Option<String>,
    pub weight: Weight,
    /// The document its tasks are born of.
    pub document_id: Option<Id>,
    #[schema(example = "Bí thư Chi bộ")]
    pub lead_individual: Option<String>,
    #[schema(example = "Biên bản sinh hoạt chi bộ")]
    pub expected_product: Option<String>,
    pub every: Every,
    pub due_from: DueFrom,
    /// The day of the period, counted from `due_from`; beyond the period's end it is that end.
    #[schema(example = 25, minimum = 1, maximum = 366)]
    pub due_day: i32,
    /// Days from the start of a task to its due day; null: it starts with the period.
    #[schema(example = 7, minimum = 0, maximum = 366)]
    pub lead_days: Option<i32>,
    /// Nothing is due before this day.
    #[schema(value_type = Day)]
    pub starts_on: NaiveDate,
    /// Nothing is due after this day; null: until further notice.
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub ends_on: Option<NaiveDate>,
    pub status: DutyStatus,
    /// What its tasks are born as: `accepted` when a superior gave the duty, `registered` when the unit
    /// took it on itself.
    #[schema(example = "accepted")]
    pub task_status: Status,
    /// What was due before this day is not made any more: the duty was recorded, resumed or got other
    /// days then.
    #[schema(value_type = Day)]
    pub active_since: NaiveDate,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A new recurring duty.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"title": "Sinh hoạt chi bộ thường kỳ", "unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "every": "month", "due_day": 5, "lead_individual": "Bí thư Chi bộ", "expected_product": "Biên bản sinh hoạt chi bộ"}))]
pub struct RecurringDutyCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub title: Words<500>,
    #[deserr(default)]
    pub description: Option<Prose<1, 20_000>>,
    /// The unit that leads its tasks.
    pub unit_id: Id,
    /// The unit that judges them; default: the lead unit's parent, or itself when it has none.
    #[deserr(default)]
    pub assigner_unit_id: Option<Id>,
    /// Default `routine`.
    #[deserr(default)]
    pub class: Option<Class>,
    #[deserr(default)]
    pub field: Option<Words<60>>,
    /// Of each task; default 1.
    #[deserr(default)]
    pub weight: Option<Weight>,
    #[deserr(default)]
    pub document_id: Option<Id>,
    #[deserr(default)]
    pub lead_individual: Option<Words<200>>,
    #[deserr(default)]
    pub expected_product: Option<Words<1000>>,
    pub every: Every,
    /// Default `start`.
    #[deserr(default)]
    pub due_from: Option<DueFrom>,
    /// At most the days of the longest period: 7, 31, 92, 184 or 366.
    pub due_day: Whole<1, 366>,
    /// At most the days of the longest period; without it tasks start with their period.
    #[deserr(default)]
    pub lead_days: Option<Whole<0, 366>>,
    /// Default today. What would have been due before today is not made.
    #[deserr(default)]
    pub starts_on: Option<Day>,
    #[deserr(default)]
    pub ends_on: Option<Day>,
}

/// Changes of a recurring duty: they count for tasks made from then on.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"due_day": 3, "lead_days": 2}))]
pub struct RecurringDutyPatch {
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
    pub document_id: Field<Id>,
    #[deserr(default)]
    #[schema(required = false)]
    pub lead_individual: Field<Words<200>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub expected_product: Field<Words<1000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub every: Set<Every>,
    #[deserr(default)]
    #[schema(required = false)]
    pub due_from: Set<DueFrom>,
    #[deserr(default)]
    #[schema(required = false)]
    pub due_day: Set<Whole<1, 366>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub lead_days: Field<Whole<0, 366>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub starts_on: Set<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub ends_on: Field<Day>,
}

/// Why a duty is paused, resumed or closed.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Chi bộ tạm dừng sinh hoạt để chuẩn bị đại hội"}))]
pub struct RecurringDutyStep {
    pub reason: Reason<2000>,
}

/// How far ahead to make tasks.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"until": "2023-10-31"}))]
pub struct RecurringDutyHorizon {
    /// Every task that starts up to this day; default today, at most 366 days ahead.
    #[deserr(default)]
    pub until: Option<Day>,
}

/// What a duty became.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecurringDutyTasks {
    /// The tasks made just now, in the order of their periods; those made before are not among them.
    pub items: Vec<Task>,
}

/// What a duty is in one period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecurringDutyOccurrence {
    /// `2023-W42`, `2023-10`, `2023-Q4`, `2023-H2` or `2023`; a week is counted by ISO 8601.
    #[schema(example = "2023-10")]
    pub period: String,
    /// The day its task starts and is made.
    #[schema(value_type = Day)]
    pub start_on: NaiveDate,
    #[schema(value_type = Day)]
    pub due_on: NaiveDate,
    /// The task, once it is made.
    pub task_id: Option<Id>,
}

/// How far to look.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct UpcomingQuery {
    /// What is due from today up to this day, at most 366 days ahead, which is the default.
    #[deserr(default)]
    pub until: Option<Day>,
}

/// Which duties to list. There is no hidden filter: paused and closed ones are there too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RecurringDutyQuery {
    /// Led by this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Led by this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Given by this unit.
    #[deserr(default)]
    pub assigner_unit_id: Option<Id>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "active,paused")]
    pub status: Option<AnyOf<DutyStatus>>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "month,quarter")]
    pub every: Option<AnyOf<Every>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,title,every,status")]
    pub fields: Option<Fields>,
}
