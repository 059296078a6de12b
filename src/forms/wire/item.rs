//! Lines and rules of forms.

use crate::{
    http::fields::{Amount, Faults, Few, Whole, Words},
    ids::Id,
    indicators::wire::Code,
    measures::RuleOperator,
    vocabulary,
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// What a line of a form takes.
    FormItemKind {
        /// The value of an indicator.
        Indicator = "indicator",
        /// What the unit says of itself under a criterion of a set.
        Criterion = "criterion",
        /// Text.
        Narrative = "narrative",
        /// A figure of the unit's tasks, computed and never typed.
        TaskFigure = "task_figure",
    }
}

vocabulary! {
    /// A figure of tasks on the period's last day.
    FormTaskFigure {
        Total = "total",
        Done = "done",
        DoneOnTime = "done_on_time",
        Overdue = "overdue",
        DonePct = "done_pct",
        OnTimePct = "on_time_pct",
        WeightedProgress = "weighted_progress",
    }
}

vocabulary! {
    /// What comes of figures that break a rule.
    FormRuleSeverity {
        /// The report is refused.
        Error = "error",
        /// The line has to be explained.
        Warning = "warning",
    }
}

vocabulary! {
    /// What comes of a rule of which a figure is missing. A missing figure is never 0.
    FormRuleMissing {
        /// It is not judged.
        Skip = "skip",
        /// It is broken.
        Fail = "fail",
    }
}

/// A line of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"key": "ho_ngheo", "kind": "indicator",
    "indicator_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "label": "Số hộ nghèo", "required": true}))]
pub struct FormItem {
    /// Names the line in submissions and rules.
    pub key: Code,
    pub kind: FormItemKind,
    #[schema(example = "Số hộ nghèo cuối kỳ")]
    pub label: Words<300>,
    /// Of an indicator line. Its periods are those of the form.
    #[deserr(default)]
    pub indicator_id: Option<Id>,
    /// A class of each dimension of the indicator; absent for the total.
    #[deserr(default)]
    pub cell: Option<Few<Code, 2>>,
    /// Of a criterion line: the set, in force.
    #[deserr(default)]
    pub criteria_set_id: Option<Id>,
    /// Code of a criterion of the set.
    #[deserr(default)]
    #[schema(example = json!(null))]
    pub criterion: Option<Words<40>>,
    /// Of a line with a figure of tasks.
    #[deserr(default)]
    pub figure: Option<FormTaskFigure>,
    /// Tasks of the units below too.
    #[deserr(default)]
    pub rolled_up: Option<bool>,
    /// Nothing is handed in without it.
    #[deserr(default)]
    pub required: Option<bool>,
    /// May be answered with "nothing to report".
    #[deserr(default)]
    pub nil_allowed: Option<bool>,
    /// A figure below it has to be explained.
    #[deserr(default)]
    pub min: Option<Amount>,
    /// A figure above it has to be explained.
    #[deserr(default)]
    pub max: Option<Amount>,
    /// Most characters of a text; default 20,000.
    #[deserr(default)]
    pub max_length: Option<Whole<1, 20_000>>,
}

/// A rule over the figures of a form: two formulas over the keys of its lines or the codes of their
/// indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"key": "ngheo_khong_qua_tong", "left": "ho_ngheo", "op": "<=", "right": "tong_ho",
    "severity": "error", "text_vi": "Số hộ nghèo không lớn hơn tổng số hộ"}))]
pub struct FormRule {
    pub key: Code,
    pub left: Words<500>,
    pub op: RuleOperator,
    pub right: Words<500>,
    pub severity: FormRuleSeverity,
    /// Default `skip`.
    #[deserr(default)]
    pub missing: Option<FormRuleMissing>,
    /// What is said to who breaks it.
    pub text_vi: Words<500>,
}
