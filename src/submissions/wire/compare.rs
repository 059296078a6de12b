//! What goes over the wire about differences, seals and uses.

use crate::{
    http::{fields::Faults, query::Plain},
    ids::Id,
    submissions::{wire::SubmissionLine, workflow::SubmissionState},
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// What differs between what was handed in last and what stands now, or between two times it was handed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionDiff {
    /// How often it had been handed in: the older one.
    #[schema(example = 1, minimum = 0)]
    pub from: i64,
    /// The newer one; null: as it stands now.
    #[schema(example = 2)]
    pub to: Option<i64>,
    pub lines: Vec<SubmissionLineDiff>,
}

/// A line that differs, or on which a comment was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionLineDiff {
    #[schema(example = "ho_ngheo")]
    pub key: String,
    pub before: Option<SubmissionLine>,
    pub after: Option<SubmissionLine>,
    /// What was said of it in between.
    #[schema(example = "Chưa trừ 3 hộ thoát nghèo")]
    pub comment: Option<String>,
}

/// Which two times to compare; by default the last two, or the last one with what stands now.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SubmissionDiffQuery {
    /// The older one, counted from 1.
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, example = 1)]
    pub from: Option<Plain<i64>>,
    /// The newer one; absent: as it stands now.
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, example = 2)]
    pub to: Option<Plain<i64>>,
}

/// Whether what was approved still stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionVerification {
    /// Null while it is not approved.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub approved_hash: Option<String>,
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub current_hash: String,
    /// It differs from what was approved.
    pub differs: bool,
    /// The lines that do.
    #[schema(example = json!([]))]
    pub lines: Vec<String>,
}

/// Where a value is used.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueUses {
    /// Forms that ask for it of this unit for this period, with what was handed in.
    pub forms: Vec<ValueUse>,
    /// Reports of units above, of the same forms and period, that were handed in since.
    pub consolidated_in: Vec<Id>,
    /// Computed indicators that count by its indicator.
    #[schema(example = json!(["TY_LE_HO_NGHEO"]))]
    pub computed: Vec<String>,
}

/// Where what was said of a criterion is used.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriterionUses {
    /// Forms that ask the unit for the criterion on that day, with the report it came with.
    pub forms: Vec<ValueUse>,
}

/// A form that uses a value, or what was said of a criterion.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueUse {
    pub form_id: Id,
    #[schema(example = "BC-THANG")]
    pub code: String,
    /// The line of the form.
    #[schema(example = "ho_ngheo")]
    pub key: String,
    pub submission_id: Option<Id>,
    #[schema(value_type = Option<SubmissionState>)]
    pub state: Option<SubmissionState>,
}
