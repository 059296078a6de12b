//! Versions that were kept, and what lies between two of them.

use super::{AffectedTask, ProgrammeItem};
use crate::{
    clock::Instant,
    http::{fields::Faults, query::Plain},
    ids::Id,
    programmes::workflow::ProgrammeCommand,
};
use deserr::Deserr;
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// A programme as it was handed over, in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProgrammeVersionBrief {
    /// Its number, from 1.
    #[schema(example = 1, minimum = 1)]
    pub n: i32,
    #[schema(example = 1, minimum = 1)]
    pub revision: i32,
    #[schema(example = 1, minimum = 0)]
    pub round: i32,
    /// The step that kept it.
    pub step: ProgrammeCommand,
    #[schema(value_type = String, format = DateTime)]
    pub kept_at: Instant,
    pub kept_by: Option<Id>,
    #[schema(example = "Chương trình hành động thực hiện Nghị quyết về chuyển đổi số")]
    pub title: String,
    /// The paper it was issued as.
    pub document_id: Option<Id>,
    /// Tasks of earlier issues that this one touched.
    pub affected_tasks: Vec<AffectedTask>,
}

/// A programme as it was handed over.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProgrammeVersion {
    #[schema(example = 1, minimum = 1)]
    pub n: i32,
    #[schema(example = 1, minimum = 1)]
    pub revision: i32,
    #[schema(example = 1, minimum = 0)]
    pub round: i32,
    pub step: ProgrammeCommand,
    #[schema(value_type = String, format = DateTime)]
    pub kept_at: Instant,
    pub kept_by: Option<Id>,
    #[schema(example = "Chương trình hành động thực hiện Nghị quyết về chuyển đổi số")]
    pub title: String,
    pub document_id: Option<Id>,
    pub affected_tasks: Vec<AffectedTask>,
    /// Its items as they were.
    #[schema(value_type = Vec<ProgrammeItem>)]
    pub items: Vec<Value>,
}

/// Which two versions to compare.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ProgrammeDiffQuery {
    /// A version that was kept; default: the one before `to`.
    #[deserr(default)]
    #[param(value_type = Option<i32>, minimum = 1, example = 1)]
    pub from: Option<Plain<i32>>,
    /// A version that was kept; default: the last.
    #[deserr(default)]
    #[param(value_type = Option<i32>, minimum = 1, example = 2)]
    pub to: Option<Plain<i32>>,
}

/// What changed between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgrammeDiff {
    #[schema(example = 1)]
    pub from: i32,
    #[schema(example = 2)]
    pub to: i32,
    /// Changes of the title: old, new; empty where it stayed.
    #[schema(example = json!([]))]
    pub title: Vec<String>,
    /// Items that came, went or changed, in the order of the later version, those that went last.
    pub items: Vec<ProgrammeItemChange>,
}

/// What happened to an item between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgrammeItemChange {
    pub id: Id,
    /// What it says, or said.
    #[schema(example = "Vận động 95% người dân tham gia bảo hiểm y tế")]
    pub text: String,
    pub added: bool,
    pub removed: bool,
    /// It stands at another place among the others.
    pub moved: bool,
    /// Field → [old, new].
    #[schema(value_type = Object, additional_properties, example = json!({"due_on": ["2024-12-31", "2024-06-30"]}))]
    pub changes: Value,
}
