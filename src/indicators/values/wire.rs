//! What goes over the wire about reported values.

use crate::{
    clock::Instant,
    http::{
        Cursor, Field, Set,
        fields::{Amount, Day, Faults, Few, Prose, Reason, Words},
        query::{Fields, Flag, Limit},
    },
    ids::Id,
    indicators::{values::workflow::ValueStatus, wire::Code},
    measures::{Decimal, Period, Qualifier, TargetVerdict},
    org_units::wire::UnitRef,
    policy::TaskAction,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

vocabulary! {
    /// Where a value came from.
    ValueSource {
        /// By itself.
        Entered = "entered",
        /// With a form.
        Form = "form",
        /// As history.
        Loaded = "loaded",
    }
}

/// What a unit reported of an indicator for a period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorValue {
    pub id: Id,
    pub indicator_id: Id,
    pub unit_id: Id,
    pub unit: UnitRef,
    #[schema(value_type = Period)]
    pub period: Period,
    /// The first day of the period under the indicator's regime.
    #[schema(value_type = Day)]
    pub starts_on: NaiveDate,
    /// Its last day.
    #[schema(value_type = Day)]
    pub ends_on: NaiveDate,
    /// A class of each dimension; empty for the total.
    #[schema(example = json!([]), max_items = 2)]
    pub cell: Vec<String>,
    #[schema(value_type = ValueStatus)]
    pub status: ValueStatus,
    #[schema(value_type = Option<f64>, example = 42)]
    pub value: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub numerator: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub denominator: Option<Decimal>,
    #[schema(value_type = Qualifier)]
    pub qualifier: Qualifier,
    /// Not final yet ("ước").
    pub estimated: bool,
    /// Of a milestone: the day it was reached.
    #[schema(value_type = Option<Day>)]
    pub reached_on: Option<NaiveDate>,
    /// Of a qualitative indicator.
    #[schema(value_type = Option<TargetVerdict>)]
    pub verdict: Option<TargetVerdict>,
    #[schema(example = "Đã rà soát cùng trưởng ấp")]
    pub note: Option<String>,
    #[schema(value_type = ValueSource)]
    pub source: ValueSource,
    /// The form it came with.
    pub submission_id: Option<Id>,
    /// Where it was approved.
    pub approved_unit_id: Option<Id>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub approved_at: Option<Instant>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
    /// What the caller may do with it; where one value is answered, not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions: Option<Vec<TaskAction>>,
}

/// A new value. Which fields are there follows from the indicator: `numerator` and `denominator` of a
/// ratio, `reached_on` of a milestone, `verdict` of a qualitative one, `value` of all others.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"indicator_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e", "period": "2023-10", "value": 42}))]
pub struct IndicatorValueCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub indicator_id: Id,
    pub unit_id: Id,
    pub period: Period,
    /// A class of each dimension; absent for the total.
    #[deserr(default)]
    pub cell: Option<Few<Code, 2>>,
    #[deserr(default)]
    pub value: Option<Amount>,
    #[deserr(default)]
    pub numerator: Option<Amount>,
    #[deserr(default)]
    pub denominator: Option<Amount>,
    /// Default `exactly`.
    #[deserr(default)]
    pub qualifier: Option<Qualifier>,
    /// Not final yet ("ước").
    #[deserr(default)]
    pub estimated: Option<bool>,
    #[deserr(default)]
    pub reached_on: Option<Day>,
    #[deserr(default)]
    pub verdict: Option<TargetVerdict>,
    #[deserr(default)]
    pub note: Option<Prose<0, 2000>>,
}

/// Another value in the place of one that was not approved yet: absent fields stay, null clears.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"value": 41, "note": "Đếm lại"}))]
pub struct IndicatorValuePatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub value: Field<Amount>,
    #[deserr(default)]
    #[schema(required = false)]
    pub numerator: Field<Amount>,
    #[deserr(default)]
    #[schema(required = false)]
    pub denominator: Field<Amount>,
    #[deserr(default)]
    #[schema(required = false)]
    pub qualifier: Set<Qualifier>,
    #[deserr(default)]
    #[schema(required = false)]
    pub estimated: Set<bool>,
    #[deserr(default)]
    #[schema(required = false)]
    pub reached_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub verdict: Field<TargetVerdict>,
    #[deserr(default)]
    #[schema(required = false)]
    pub note: Field<Prose<0, 2000>>,
}

/// What is said when a value is approved.
#[derive(Debug, Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"comment": "Khớp với sổ theo dõi"}))]
pub struct ValueApproval {
    #[deserr(default)]
    pub comment: Option<Words<1000>>,
}

/// Why a value is returned.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Chưa trừ 3 hộ thoát nghèo"}))]
pub struct ValueReturn {
    pub reason: Reason<1000>,
}

/// What the old books say of a value besides the body of its creation.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct IndicatorValueLoad {
    /// `approved` (default) or `submitted`.
    #[deserr(default)]
    pub status: Option<ValueStatus>,
}

/// Which values to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct IndicatorValueQuery {
    /// Of this indicator.
    #[deserr(default)]
    pub indicator_id: Option<Id>,
    /// Of this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Of this unit and all below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Of this period.
    #[deserr(default)]
    #[param(value_type = Option<Period>)]
    pub period: Option<Period>,
    /// Of periods that end on this day or later.
    #[deserr(default)]
    #[param(value_type = Option<Day>)]
    pub ends_from: Option<Day>,
    /// Of periods that end on this day or earlier.
    #[deserr(default)]
    #[param(value_type = Option<Day>)]
    pub ends_to: Option<Day>,
    /// Only those in this state.
    #[deserr(default)]
    #[param(value_type = Option<ValueStatus>)]
    pub status: Option<ValueStatus>,
    /// Only totals, or only classes.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub total: Option<Flag>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,period,value")]
    pub fields: Option<Fields>,
}
