//! What goes over the wire about regimes.

use crate::{
    calendars::wire::MonthName,
    clock::Instant,
    http::{
        Cursor, Set,
        fields::{Bound, Day, Faults, Few, Whole, Words},
        query::{Fields, Limit, Plain},
    },
    ids::Id,
    measures::{PeriodKind, ReportDays, WorkingDays},
    org_units::wire::UnitRef,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

vocabulary! {
    /// Whose rules a regime follows.
    RegimeSystem {
        /// State bodies: Decree 09/2019/NĐ-CP binds them, article 8 (5) too.
        State = "state",
        /// Party committees, which set their calendars in their working rules.
        Party = "party",
        /// Statistics and others that the decree leaves out.
        Other = "other",
    }
}

/// From one month on: on which day each month closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RegimeCutOff {
    #[schema(value_type = MonthName, example = "2019-03")]
    pub from: String,
    /// A shorter month closes on its last day.
    #[schema(example = 14, minimum = 1, maximum = 31)]
    pub day: u32,
}

/// The same as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RegimeCutOffCreate {
    /// The first month that closes so.
    pub from: MonthName,
    /// A shorter month closes on its last day.
    pub day: Whole<1, 31>,
}

/// When the periods of reports begin and end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReportRegime {
    pub id: Id,
    /// Unique within the instance.
    #[schema(example = "decree_09")]
    pub code: String,
    #[schema(example = "Kỳ báo cáo theo Nghị định 09/2019/NĐ-CP")]
    pub name: String,
    #[schema(example = "state")]
    pub system: RegimeSystem,
    /// The committee whose calendar it is; null: everybody's.
    #[schema(example = json!(null))]
    pub unit_id: Option<Id>,
    pub unit: Option<UnitRef>,
    /// 1 Monday to 7 Sunday.
    #[schema(example = 1, minimum = 1, maximum = 7)]
    pub week_starts_on: i32,
    /// In the order of their months. Months before the first one close as it says.
    pub cut_offs: Vec<RegimeCutOff>,
    /// The rule it follows.
    #[schema(example = "Nghị định số 09/2019/NĐ-CP: chốt số liệu ngày 14")]
    pub source: String,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A new regime.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"code": "HU-MCB", "name": "Kỳ báo cáo của Huyện ủy Mỏ Cày Bắc", "system": "party",
    "unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "week_starts_on": 5,
    "cut_offs": [{"from": "2020-08", "day": 20}], "source": "Quy chế làm việc của Huyện ủy khóa XII"}))]
pub struct ReportRegimeCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub code: Words<60>,
    pub name: Words<200>,
    pub system: RegimeSystem,
    /// The own unit; absent makes it everybody's.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// 1 Monday (the default) to 7 Sunday; it stays, since another would recut the past.
    #[deserr(default)]
    pub week_starts_on: Option<Whole<1, 7>>,
    /// In the order of their months; the first one must hold already.
    pub cut_offs: Few<RegimeCutOffCreate, 60>,
    /// The rule it follows.
    pub source: Words<300>,
}

/// Changes of a regime: absent fields stay.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"cut_offs": [{"from": "2020-08", "day": 20}, {"from": "2024-01", "day": 25}]}))]
pub struct ReportRegimePatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub name: Set<Words<200>>,
    /// All of them; only those from a month that has not begun may differ.
    #[deserr(default)]
    #[schema(required = false)]
    pub cut_offs: Set<Few<RegimeCutOffCreate, 60>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub source: Set<Words<300>>,
}

/// Which regimes to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReportRegimeQuery {
    /// Of this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// The one with this code.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 60, example = "decree_09")]
    pub code: Option<Words<60>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,code,name")]
    pub fields: Option<Fields>,
}

/// Which periods to list: either `relative`, or `kind`, `from` and `to`.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PeriodQuery {
    /// How long they are.
    #[deserr(default)]
    pub kind: Option<PeriodKind>,
    /// A period or a day: the first period listed is the one that holds it, or its first day.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-Q1")]
    pub from: Option<Bound>,
    /// A period or a day: the last period listed begins no later than its last day.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-12-14")]
    pub to: Option<Bound>,
    /// From today: `this_` or `last_` with `week`, `month`, `quarter`, `half_year`, `year`;
    /// `last_12_months` and the like, 1 to 60, without the one under way; `this_year_so_far`, in months;
    /// `this_term`, the five years of planning; `term_so_far`, in years.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 20)]
    pub relative: Option<String>,
    /// With it each period carries its deadlines: so many working days after its last day, up to 60. A
    /// State regime leaves at least 1.
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 0, maximum = 60)]
    pub due_working_days: Option<Plain<u32>>,
    /// Not fewer than `due_working_days`, which is the default.
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 0, maximum = 90)]
    pub grace_working_days: Option<Plain<u32>>,
    /// Not fewer than `grace_working_days`, which is the default.
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 0, maximum = 250)]
    pub lock_working_days: Option<Plain<u32>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "period,starts_on,ends_on")]
    pub fields: Option<Fields>,
}

/// A period and the days it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReportPeriod {
    #[schema(example = "2023-Q4")]
    pub period: String,
    #[schema(example = "quarter")]
    pub kind: PeriodKind,
    #[schema(value_type = Day, example = "2023-09-15")]
    pub starts_on: NaiveDate,
    #[schema(value_type = Day, example = "2023-12-14")]
    pub ends_on: NaiveDate,
    #[schema(example = "Quý IV năm 2023")]
    pub label_vi: String,
    #[schema(example = "Quarter 4 of 2023")]
    pub label_en: String,
    /// When asked for.
    pub deadlines: Option<PeriodDeadlines>,
}

/// When a report on a period is due; each is a working day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PeriodDeadlines {
    /// Until then it is on time.
    #[schema(value_type = Day, example = "2023-12-18")]
    pub due_on: NaiveDate,
    /// Until then it is late and taken without asking.
    #[schema(value_type = Day, example = "2023-12-20")]
    pub grace_until: NaiveDate,
    /// After it the period is locked.
    #[schema(value_type = Day, example = "2023-12-28")]
    pub locks_on: NaiveDate,
    /// False while the holidays of a year in which one of these lies are not there: it may move yet.
    #[schema(example = true)]
    pub calendar_known: bool,
}

impl PeriodDeadlines {
    /// As they are told; one that was not asked for falls together with the one before.
    pub fn new(days: ReportDays, calendar: &WorkingDays) -> Self {
        let grace_until = days.grace_on.unwrap_or(days.due_on);
        let locks_on = days.locks_on.unwrap_or(grace_until);
        Self { due_on: days.due_on, grace_until, locks_on, calendar_known: days.are_known(calendar) }
    }
}
