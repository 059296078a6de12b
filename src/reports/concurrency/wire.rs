//! What goes over the wire about concurrent posts.

use crate::{
    http::{
        fields::{Day, Faults},
        query::{AnyOf, Flag},
    },
    ids::Id,
    org_units::wire::UnitRef,
    reports::concurrency::count::Scope,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Whose figures, on which day, in which scope.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ConcurrencyQuery {
    /// The unit; it and all below it are counted.
    pub unit_id: Id,
    /// Figures of this day; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Any of `hamlet`, `commune`, `district`, `province`, separated by commas; all without it.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "hamlet,commune")]
    pub scope: Option<AnyOf<Scope>>,
    /// Adds `explain`.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub explain: Flag,
}

/// How many people hold several posts at once.
#[derive(Debug, Serialize, ToSchema)]
pub struct Concurrency {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    /// With the name it had on the day.
    pub unit: UnitRef,
    /// The scopes counted: a figure without its scope says nothing.
    pub scope: Vec<Scope>,
    #[schema(example = "ấp, xã")]
    pub scope_name: String,
    /// People, each once.
    #[schema(example = 89, minimum = 0)]
    pub holders: i64,
    /// The sum of the models: who fits two models counts in both.
    #[schema(example = 89, minimum = 0)]
    pub cases: i64,
    pub by_model: Vec<ModelCount>,
    /// People, each once in a scope.
    pub by_scope: Vec<ScopeCount>,
    pub explain: Option<ConcurrencyExplained>,
}

/// A model and its cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModelCount {
    /// One of `GET /meta/concurrency-models`.
    #[schema(example = "secretary_hamlet_head")]
    pub model: String,
    #[schema(example = "Bí thư chi bộ đồng thời là Trưởng ấp")]
    pub name: String,
    pub scope: Scope,
    #[schema(example = 42, minimum = 0)]
    pub cases: i64,
}

/// A scope and its people.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScopeCount {
    pub scope: Scope,
    #[schema(example = "ấp")]
    pub name: String,
    #[schema(example = 87, minimum = 0)]
    pub holders: i64,
}

/// What the figures mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConcurrencyExplained {
    #[schema(example = "Số người, mỗi người đếm một lần, khớp ít nhất một mô hình trong phạm vi nêu tên.")]
    pub holders: String,
    #[schema(example = "Số trường hợp theo từng mô hình.")]
    pub cases: String,
    pub left_out: Vec<ConcurrencyGap>,
}

/// People who hold several posts and are not counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConcurrencyGap {
    #[schema(value_type = String, example = "other_scope")]
    pub reason: &'static str,
    #[schema(example = "Chỉ khớp mô hình của phạm vi khác.")]
    pub because: String,
    #[schema(example = 1, minimum = 0)]
    pub holders: i64,
}
