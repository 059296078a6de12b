//! What goes over the wire about submissions.

use crate::{
    clock::Instant,
    forms::wire::FormItemKind,
    http::{
        Cursor,
        fields::{Amount, Day, Faults, Few, Prose, Reason, Words},
        query::{AnyOf, Fields, Limit},
    },
    ids::Id,
    indicators::{values::wire::ValueSource, values::workflow::ValueStatus, wire::Code},
    measures::{CriterionStatement, Period, Qualifier, TargetVerdict},
    org_units::wire::UnitRef,
    policy::TaskAction,
    submissions::workflow::{SubmissionChannel, SubmissionState},
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

mod compare;

pub use compare::{
    CriterionUses, SubmissionDiff, SubmissionDiffQuery, SubmissionLineDiff, SubmissionVerification, ValueUse,
    ValueUses,
};

/// What is typed into a line. Which fields are there follows from the line: a figure as with values of
/// indicators, `assessment` of a criterion, `text` for a narrative, `nil` where there is nothing to report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"key": "ho_ngheo", "value": 42, "note": "Đã rà soát cùng trưởng ấp"}))]
pub struct SubmissionLine {
    /// The key of the line in the form.
    pub key: Code,
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
    /// Of a criterion: what the unit says of itself, with the `value` it reached where the criterion asks for
    /// one, and its evidence as `text`. Absent on other lines.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment: Option<CriterionStatement>,
    #[deserr(default)]
    #[schema(example = "Công tác tuyên truyền được triển khai sâu rộng")]
    pub text: Option<Prose<0, 20_000>>,
    /// Nothing to report.
    #[deserr(default)]
    pub nil: Option<bool>,
    /// Explains what is unusual.
    #[deserr(default)]
    #[schema(example = "Đã rà soát cùng trưởng ấp")]
    pub note: Option<Prose<0, 2000>>,
    /// Answers a comment made when it was returned.
    #[deserr(default)]
    #[schema(example = "Đã trừ 3 hộ thoát nghèo")]
    pub answer: Option<Prose<0, 2000>>,
}

/// A line as it stands, with where its figure is kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SubmissionLineShown {
    #[schema(value_type = FormItemKind)]
    pub kind: FormItemKind,
    #[schema(example = "Số hộ nghèo cuối kỳ")]
    pub label: String,
    pub required: bool,
    #[serde(flatten)]
    pub line: SubmissionLine,
    /// The value kept of it, from whatever form it came; null while there is none.
    pub from: Option<SubmissionFigure>,
    /// What was said of it when it was returned last.
    #[schema(example = json!(null))]
    pub comment: Option<String>,
}

/// A value behind a line.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SubmissionFigure {
    pub value_id: Id,
    #[schema(value_type = ValueStatus)]
    pub status: ValueStatus,
    #[schema(value_type = ValueSource)]
    pub source: ValueSource,
    /// The submission it came with.
    pub submission_id: Option<Id>,
}

/// A comment on a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"key": "ho_ngheo", "comment": "Chưa trừ 3 hộ thoát nghèo"}))]
pub struct SubmissionComment {
    /// The key of the line in the form.
    pub key: Code,
    pub comment: Words<2000>,
}

/// Who works on a draft.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SubmissionHolder {
    pub user_id: Id,
    #[schema(example = "Nguyễn Thị Hoa")]
    pub name: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub since: Instant,
}

/// A unit that approves.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SubmissionReviewer {
    pub unit: UnitRef,
    pub approved: bool,
}

/// What a unit hands in of a form for a period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Submission {
    pub id: Id,
    pub form_id: Id,
    /// Which version of the form it follows.
    #[schema(example = 1, minimum = 1)]
    pub form_version: i32,
    /// Whose report it is.
    pub unit_id: Id,
    pub unit: UnitRef,
    /// Who hands it in: the unit, or after it closed who came after it.
    pub reporter_id: Id,
    #[schema(value_type = Period)]
    pub period: Period,
    #[schema(value_type = Day)]
    pub starts_on: NaiveDate,
    #[schema(value_type = Day)]
    pub ends_on: NaiveDate,
    #[schema(value_type = SubmissionState)]
    pub state: SubmissionState,
    /// Nothing to report: that is a report.
    pub nil: bool,
    #[schema(value_type = SubmissionChannel)]
    pub channel: SubmissionChannel,
    /// The end of the last day on which it comes in time.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Instant,
    /// Until then what comes late comes without reproach.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub grace_until: Option<Instant>,
    /// After that it is not taken.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub locks_at: Option<Instant>,
    /// When the unit whose turn it is should have answered.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub review_due_at: Option<Instant>,
    /// Decides on time or late, also when it was returned and sent again.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub first_submitted_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub submitted_at: Option<Instant>,
    pub submitted_by: Option<Id>,
    /// Who works on it, while it is a draft or returned.
    pub holder: Option<SubmissionHolder>,
    /// Who approves it, in order.
    pub reviewers: Vec<SubmissionReviewer>,
    /// The report of the unit above of the same form and period that was handed in after this one was approved.
    pub consolidated_in: Option<Id>,
    /// Of the lines as they were approved.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub content_hash: Option<String>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A submission with its lines and what may be done with it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SubmissionShown {
    #[serde(flatten)]
    pub submission: Submission,
    pub lines: Vec<SubmissionLineShown>,
    pub actions: Vec<TaskAction>,
}

/// A new draft.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"form_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e", "period": "2023-10"}))]
pub struct SubmissionCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub form_id: Id,
    pub unit_id: Id,
    pub period: Period,
}

/// What was typed: each line named here stands in the place of what it said; the others stay.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"lines": [{"key": "ho_ngheo", "value": 42}]}))]
pub struct SubmissionPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub lines: Few<SubmissionLine, 300>,
}

/// What is said when it is handed in.
#[derive(Debug, Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"nil": false}))]
pub struct SubmissionSubmit {
    /// Nothing to report in this period.
    #[deserr(default)]
    pub nil: Option<bool>,
    #[deserr(default)]
    pub comment: Option<Words<2000>>,
}

/// What is said with a step.
#[derive(Debug, Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"comment": "Số liệu khớp với sổ theo dõi"}))]
pub struct SubmissionRemark {
    #[deserr(default)]
    pub comment: Option<Words<2000>>,
}

/// Why it is returned; comments on lines have to be answered.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Số liệu chưa khớp", "lines": [{"key": "ho_ngheo",
    "comment": "Chưa trừ 3 hộ thoát nghèo"}]}))]
pub struct SubmissionReturn {
    pub reason: Reason<2000>,
    #[deserr(default)]
    pub lines: Option<Few<SubmissionComment, 300>>,
}

/// Why an approval is taken back.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Duyệt nhầm kỳ"}))]
pub struct SubmissionUnapprove {
    pub reason: Reason<2000>,
}

/// Which submissions to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SubmissionQuery {
    #[deserr(default)]
    pub form_id: Option<Id>,
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
    /// Any of these states, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "submitted,returned")]
    pub state: Option<AnyOf<SubmissionState>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,period,state")]
    pub fields: Option<Fields>,
}
