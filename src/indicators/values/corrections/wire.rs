//! What goes over the wire about corrections.

use crate::{
    http::fields::{Amount, Day, Faults, Reason, Words},
    ids::Id,
    measures::{Decimal, Qualifier, TargetVerdict},
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// What became of a correction.
    CorrectionStatus {
        Pending = "pending" "chờ quyết định",
        Approved = "approved" "đã chấp nhận",
        Rejected = "rejected" "không chấp nhận",
    }
}

/// Another value for an approved figure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Correction {
    pub id: Id,
    pub value_id: Id,
    #[schema(value_type = CorrectionStatus)]
    pub status: CorrectionStatus,
    /// What was approved.
    #[schema(value_type = Option<f64>, example = 15)]
    pub old_value: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub old_numerator: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub old_denominator: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = 20)]
    pub value: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub numerator: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub denominator: Option<Decimal>,
    #[schema(value_type = Qualifier)]
    pub qualifier: Qualifier,
    pub estimated: bool,
    #[schema(value_type = Option<Day>)]
    pub reached_on: Option<NaiveDate>,
    #[schema(value_type = Option<TargetVerdict>)]
    pub verdict: Option<TargetVerdict>,
    #[schema(example = "Cộng thiếu ấp Phước Hậu")]
    pub reason: String,
    pub requested_by: Option<Id>,
    #[schema(value_type = Day)]
    pub requested_on: NaiveDate,
    pub decided_by: Option<Id>,
    #[schema(value_type = Option<Day>)]
    pub decided_on: Option<NaiveDate>,
    #[schema(example = "Đồng ý")]
    pub decision_comment: Option<String>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
}

/// A new correction: the whole content as it should have been.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"value": 20, "reason": "Cộng thiếu ấp Phước Hậu"}))]
pub struct CorrectionCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    #[deserr(default)]
    pub value: Option<Amount>,
    #[deserr(default)]
    pub numerator: Option<Amount>,
    #[deserr(default)]
    pub denominator: Option<Amount>,
    #[deserr(default)]
    pub qualifier: Option<Qualifier>,
    #[deserr(default)]
    pub estimated: Option<bool>,
    #[deserr(default)]
    pub reached_on: Option<Day>,
    #[deserr(default)]
    pub verdict: Option<TargetVerdict>,
    pub reason: Reason<1000>,
}

/// What is said with a decision; a rejection needs its reason.
#[derive(Debug, Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Sổ của ấp ghi 15"}))]
pub struct CorrectionDecision {
    #[deserr(default)]
    pub reason: Option<Words<1000>>,
    #[deserr(default)]
    pub comment: Option<Words<1000>>,
}
