//! What is said of units and criteria.

use crate::{
    clock::Instant,
    http::{
        Cursor,
        fields::{Amount, Day, Faults, Few, Prose, Reason, Words},
        query::{AnyOf, Fields, Limit},
    },
    ids::Id,
    measures::{CriterionEntryKind, CriterionStatement, Decimal},
    org_units::wire::UnitRef,
    tasks::wire::TaskAction,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// One thing said of a unit and a criterion; it is never changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CriteriaAssessment {
    pub id: Id,
    pub set_id: Id,
    /// The unit it is said of.
    pub unit: UnitRef,
    pub unit_id: Id,
    /// Code of the criterion.
    #[schema(example = "ntm-xa-10")]
    pub criterion: String,
    #[schema(example = "self_assessed")]
    pub kind: CriterionEntryKind,
    /// Null for what was returned.
    #[schema(example = "met")]
    pub status: Option<CriterionStatement>,
    #[schema(value_type = Day, example = "2023-10-15")]
    pub assessed_on: NaiveDate,
    /// The number that was reached, of a criterion that asks for one.
    #[schema(value_type = Option<f64>, example = 62)]
    pub value: Option<Decimal>,
    /// The report it came with.
    pub submission_id: Option<Id>,
    #[schema(example = json!(null))]
    pub reason: Option<String>,
    #[schema(example = "Thu nhập bình quân đầu người 62 triệu đồng theo điều tra tháng 9.")]
    pub evidence: Option<String>,
    #[schema(example = json!(["https://bentre.gov.vn/ntm/bien-ban.pdf"]))]
    pub links: Vec<String>,
    /// The self-assessment that this verifies or returns.
    pub answers_id: Option<Id>,
    /// The unit that says it.
    pub by_unit: UnitRef,
    /// Nobody above has answered, and nothing was said since.
    pub awaits_answer: bool,
    /// What the caller may do, and why not.
    pub actions: Vec<TaskAction>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// What a unit says of itself, or what a unit above found there: that counts as verified.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"set_id": "0199a0b2-68f6-7c47-8cd5-26e2c81fca04", "criterion": "ntm-xa-10", "status": "met",
    "assessed_on": "2023-10-15", "evidence": "Thu nhập bình quân đầu người 62 triệu đồng theo điều tra tháng 9."}))]
pub struct CriteriaAssessmentCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// A set in force.
    pub set_id: Id,
    /// Default the own unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Code of the criterion.
    pub criterion: Words<40>,
    pub status: CriterionStatement,
    /// The number that was reached, where the criterion asks for one.
    #[deserr(default)]
    pub value: Option<Amount>,
    /// Default today; not in the future, and not before the last word on this criterion.
    #[deserr(default)]
    pub assessed_on: Option<Day>,
    /// Required when a criterion that was met is met no longer.
    #[deserr(default)]
    pub reason: Option<Words<2000>>,
    #[deserr(default)]
    pub evidence: Option<Prose<1, 5000>>,
    /// Each begins with https://.
    #[deserr(default)]
    pub links: Option<Few<Words<1000>, 20>>,
}

/// That a self-assessment is so.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"evidence": "Đã kiểm tra hồ sơ và thực địa ngày 12/10/2023."}))]
pub struct CriteriaAssessmentVerification {
    /// What was looked at.
    #[deserr(default)]
    pub evidence: Option<Prose<1, 5000>>,
}

/// That a self-assessment is not taken so.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Thiếu biên bản điều tra thu nhập"}))]
pub struct CriteriaAssessmentReturn {
    pub reason: Reason<2000>,
}

/// Which entries to list, in the order in which they were recorded.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CriteriaAssessmentQuery {
    #[deserr(default)]
    pub set_id: Option<Id>,
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Of this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Code of a criterion.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 40, example = "ntm-xa-10")]
    pub criterion: Option<Words<40>>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "self_assessed,returned")]
    pub kind: Option<AnyOf<CriterionEntryKind>>,
    /// What was said by the end of this day.
    #[deserr(default)]
    pub as_of: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,criterion,kind,status")]
    pub fields: Option<Fields>,
}
