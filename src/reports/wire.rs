//! What goes over the wire about figures.

mod ranking;

pub use ranking::{Ranking, RankingNext, RankingQuery, RankingRow, RankingUnranked};

use crate::{
    http::{
        Cursor,
        fields::{Day, Faults},
        query::{Flag, Limit},
    },
    ids::Id,
    measures::{Decimal, Ratio, TaskMeasures},
    org_units::wire::UnitRef,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

vocabulary! {
    /// Which units get a row of their own.
    Breakdown {
        /// The units right below.
        Children = "children",
        /// Every unit below.
        Descendants = "descendants",
        /// None: the unit's own figures and their sum only.
        Nothing = "none",
    }
}

/// Whose figures, on which day.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TaskRollupQuery {
    /// The unit; it and all below it are summed.
    pub unit_id: Id,
    /// Figures at the end of this day, also a future one; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Which units get a row of their own; default `children`.
    #[deserr(default)]
    #[param(inline)]
    pub by: Option<Breakdown>,
    /// Adds `explain`.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub explain: Flag,
}

/// The figures of a unit and of those below it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskRollup {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    /// With the name it had on the day.
    pub unit: UnitRef,
    /// The tasks counted in `rolled_up`; null where they are too deep to be read one by one.
    #[schema(example = "/api/v1/tasks?under=0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d&as_of=2023-10-15")]
    pub records_url: Option<String>,
    /// The tasks that the unit itself leads.
    pub own: TaskMeasures,
    /// Its own tasks and those of every unit below it, pooled.
    pub rolled_up: TaskMeasures,
    /// In the order of the units' codes; units closed by the day only when they had tasks.
    pub rows: Vec<TaskRollupRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Explain>,
}

/// The figures of one unit below.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskRollupRow {
    pub unit: UnitRef,
    /// The tasks counted in `rolled_up`; null where they are too deep to be read one by one.
    #[schema(example = "/api/v1/tasks?under=0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d&as_of=2023-10-15")]
    pub records_url: Option<String>,
    pub own: TaskMeasures,
    pub rolled_up: TaskMeasures,
}

/// Whose delays, on which day.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct OverdueQuery {
    /// The unit; it and all below it are looked at.
    pub unit_id: Id,
    /// As it stood at the end of this day, also a future one; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    /// Adds `explain`.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub explain: Flag,
}

/// Who is late, who waits and who is silent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overdue {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    /// With the name it had on the day.
    pub unit: UnitRef,
    /// Days without a report after which a task is silent (a setting).
    #[schema(example = 30, minimum = 0)]
    pub stale_days: i64,
    /// The unit and all below it together.
    pub total: OverdueTotal,
    /// Units with anything to show, in the order of their codes.
    pub rows: Vec<OverdueRow>,
    /// Give this as `cursor` for the next rows; null on the last ones.
    pub next_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Explain>,
}

/// The delays of all units together.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverdueTotal {
    pub overdue: OverdueTasks,
    pub awaiting: WaitingTasks,
    pub silent: SilentTasks,
}

/// The delays of one unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverdueRow {
    pub unit: UnitRef,
    /// Tasks that the unit leads.
    pub overdue: OverdueTasks,
    /// Tasks that the unit leads, handed in and not answered by their assigner.
    pub handed_in: WaitingTasks,
    /// Tasks handed in to this unit, which as their assigner has not answered.
    pub awaiting: WaitingTasks,
    /// Tasks that the unit leads.
    pub silent: SilentTasks,
}

/// Tasks past their due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OverdueTasks {
    #[schema(example = 3, minimum = 0)]
    pub tasks: i64,
    /// The earliest due date among them.
    #[schema(value_type = Option<Day>)]
    pub oldest_due_on: Option<NaiveDate>,
    /// Days since then.
    #[schema(example = 45)]
    pub max_days_late: Option<i64>,
    pub records_url: Option<String>,
}

/// Tasks that wait for a confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaitingTasks {
    #[schema(example = 2, minimum = 0)]
    pub tasks: i64,
    /// The earliest day on which one of them was handed in.
    #[schema(value_type = Option<Day>)]
    pub oldest_since: Option<NaiveDate>,
    /// Days since then.
    #[schema(example = 12)]
    pub max_days: Option<i64>,
    pub records_url: Option<String>,
}

/// Tasks under way that nobody reports on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SilentTasks {
    #[schema(example = 4, minimum = 0)]
    pub tasks: i64,
    /// Those among them on which nothing was ever reported.
    #[schema(example = 1, minimum = 0)]
    pub never_reported: i64,
    /// The earliest of the last reports of the others.
    #[schema(value_type = Option<Day>)]
    pub last_reported_on: Option<NaiveDate>,
    /// Days since then.
    #[schema(example = 61)]
    pub max_days: Option<i64>,
}

/// How the figures came about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Explain {
    /// How every `value` is rounded to two decimals.
    #[schema(value_type = String, example = "half_away_from_zero")]
    pub rounding: &'static str,
    /// How the day is taken.
    #[schema(example = "Số liệu đến hết ngày tính theo giờ Việt Nam.")]
    pub day: String,
    /// Each figure, for the unit and all below it.
    pub measures: Vec<Explained>,
    pub imported: ImportedShare,
    pub since: ChangesSince,
    pub beyond_detail: BeyondDetail,
}

/// One figure explained.
#[derive(Debug, Serialize, ToSchema)]
pub struct Explained {
    #[schema(value_type = String, example = "done_pct")]
    pub measure: &'static str,
    #[schema(example = "Số hoàn thành chia cho tổng số.")]
    pub rule: String,
    pub num: ExplainedPart,
    /// Null for counts.
    pub den: Option<ExplainedPart>,
    pub left_out: Vec<ExplainedGap>,
}

/// A part of a figure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"meaning": "Số đầu việc.", "value": 36,
    "records_url": "/api/v1/tasks?under=0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d&as_of=2023-10-15&status=completed,closed"}))]
pub struct ExplainedPart {
    pub meaning: String,
    #[schema(value_type = f64)]
    pub value: Decimal,
    /// The tasks behind it; null where no list shows just these.
    pub records_url: Option<String>,
}

/// Tasks that a figure leaves out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"reason": "cancelled", "because": "Đã hủy: ra khỏi mọi phép đếm và trọng số.", "tasks": 2,
    "records_url": "/api/v1/tasks?under=0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d&as_of=2023-10-15&status=cancelled"}))]
pub struct ExplainedGap {
    /// Stable name of the reason.
    #[schema(value_type = String)]
    pub reason: &'static str,
    pub because: String,
    #[schema(minimum = 0)]
    pub tasks: i64,
    pub records_url: Option<String>,
}

/// How much rests on loaded history.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedShare {
    pub meaning: String,
    /// Tasks with loaded facts / all tasks, the cancelled ones among them.
    pub share: Ratio,
}

/// What came after the day.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesSince {
    pub meaning: String,
    #[schema(example = 0, minimum = 0)]
    pub changes: i64,
    /// The day of the last one.
    #[schema(value_type = Option<Day>)]
    pub last_on: Option<NaiveDate>,
}

/// What no list shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct BeyondDetail {
    pub meaning: String,
    #[schema(example = 0, minimum = 0)]
    pub tasks: i64,
}
