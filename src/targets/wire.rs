//! What goes over the wire about targets.

mod bodies;

pub use bodies::{
    TargetAgreement, TargetAssignment, TargetCounter, TargetCreate, TargetLoad, TargetOffer,
    TargetRebaseline, TargetWithdrawal,
};

use crate::{
    clock::Instant,
    http::{
        Cursor,
        fields::{Amount, Day, Faults},
        query::{AnyOf, Fields, Limit},
    },
    ids::Id,
    indicators::wire::IndicatorRef,
    measures::{Decimal, Period, Qualifier},
    org_units::wire::UnitRef,
    policy::TaskAction,
    targets::workflow::{TargetCommand, TargetStatus},
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TargetContent {
    /// Of numbers: what is to be reached; of a range its lower end; of `hold` the base.
    #[schema(value_type = Option<f64>, example = 50)]
    pub value: Option<Decimal>,
    /// The upper end of a range.
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub value_to: Option<Decimal>,
    /// `over` ("trên") where more is better, `under` ("dưới") where less is: the value itself is not enough.
    #[schema(value_type = Qualifier)]
    pub qualifier: Qualifier,
    /// As the resolution says it; of a qualitative indicator all there is.
    #[schema(example = "Mỗi năm giảm từ 45 hộ nghèo trở lên")]
    pub wording: Option<String>,
    /// Where the unit stood when the target began.
    #[schema(value_type = Option<f64>, example = 120)]
    pub baseline: Option<Decimal>,
    /// What the unit weighs in a weighted average of targets.
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub weight: Option<Decimal>,
    /// What is to be reached in parts of the time, in order.
    #[schema(max_items = 60)]
    pub path: Vec<TargetStep>,
}

/// What is to be reached in a part of the time, such as a year of a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TargetStep {
    #[schema(value_type = Period, example = "2023")]
    pub period: Period,
    #[schema(value_type = f64, example = 10)]
    pub value: Amount,
}

/// What a unit is to reach of an indicator in a period or by a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Target {
    pub id: Id,
    /// Who is to reach it.
    pub unit_id: Id,
    pub unit: UnitRef,
    pub indicator_id: Id,
    pub indicator: IndicatorRef,
    #[schema(value_type = Option<Period>, example = "2021-2025")]
    pub period: Option<Period>,
    /// Instead of a period: the day named.
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub due_on: Option<NaiveDate>,
    /// The day named is too late already ("trước ngày").
    pub due_exclusive: bool,
    /// The first day under the indicator's regime.
    #[schema(value_type = Day)]
    pub starts_on: NaiveDate,
    /// The last good day.
    #[schema(value_type = Day)]
    pub ends_on: NaiveDate,
    /// The target of a resolution that it stands for.
    pub resolution_item_id: Option<Id>,
    /// The document that sets it.
    pub document_id: Option<Id>,
    #[schema(value_type = TargetStatus)]
    pub status: TargetStatus,
    #[serde(flatten)]
    pub content: TargetContent,
    /// Which of its versions this is.
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
    /// What the caller may do with it; where one target is answered, not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions: Option<Vec<TaskAction>>,
}

/// A version of a target: an offer, an answer or a decision.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TargetVersion {
    /// Counted from 1.
    #[schema(example = 1, minimum = 1)]
    pub n: i32,
    /// When it took effect.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    #[schema(value_type = TargetCommand)]
    pub command: TargetCommand,
    #[schema(value_type = TargetStatus)]
    pub status: TargetStatus,
    /// The last good day it named.
    #[schema(value_type = Day)]
    pub ends_on: NaiveDate,
    #[serde(flatten)]
    pub content: TargetContent,
    #[schema(example = "Dân số giảm sau sáp nhập")]
    pub reason: Option<String>,
    /// The document that changed it.
    pub document_id: Option<Id>,
    /// Whose step it was.
    pub by_unit: Option<UnitRef>,
}

/// Which targets to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TargetQuery {
    /// Of this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Of this unit and all below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Of this indicator.
    #[deserr(default)]
    pub indicator_id: Option<Id>,
    /// For exactly this period.
    #[deserr(default)]
    #[param(value_type = Option<Period>)]
    pub period: Option<Period>,
    /// Only those in one of these states.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "proposed,countered")]
    pub status: Option<AnyOf<TargetStatus>>,
    /// Set by this document, or standing for one of its items.
    #[deserr(default)]
    pub document_id: Option<Id>,
    /// Those that have not ended before this day.
    #[deserr(default)]
    #[param(value_type = Option<Day>)]
    pub ends_from: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,unit,value,status")]
    pub fields: Option<Fields>,
}
