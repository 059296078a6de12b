//! Reports on the progress of a task.

use crate::{
    clock::Instant,
    http::fields::{Day, Faults, Few, Prose, Whole, Words},
    ids::Id,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// A report on progress.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"progress": 60, "note": "Đã vận động 12/20 hộ", "reported_on": "2023-10-15",
    "evidence": [{"title": "Danh sách hộ tham gia", "url": "https://mocaybac.example.vn/minh-chung/12"}]}))]
pub struct ProgressReportCreate {
    #[deserr(default)]
    pub id: Option<Id>,
    /// Whole per cent.
    pub progress: Whole<0, 100>,
    #[deserr(default)]
    pub note: Option<Prose<0, 5000>>,
    /// The day the progress stood so; default today, never in the future.
    #[deserr(default)]
    pub reported_on: Option<Day>,
    /// Who stated it, when somebody else enters it: a post first, a person second.
    #[deserr(default)]
    pub reported_by: Option<Words<200>>,
    #[deserr(default)]
    pub evidence: Option<Few<EvidenceCreate, 20>>,
}

/// Where a proof is to be found.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct EvidenceCreate {
    pub title: Words<300>,
    /// `https://…`
    pub url: Words<2000>,
}

/// A report on progress, as it was made.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProgressReport {
    pub id: Id,
    pub task_id: Id,
    /// The part it is a report on; null: the task itself.
    pub part_id: Option<Id>,
    #[schema(example = 60, minimum = 0, maximum = 100)]
    pub progress: i32,
    #[schema(example = "Đã vận động 12/20 hộ")]
    pub note: Option<String>,
    #[schema(value_type = Day)]
    pub reported_on: NaiveDate,
    pub reported_by: Option<String>,
    /// The account that entered it.
    pub entered_by: Option<Id>,
    /// The account whose deputy entered it.
    pub entered_for: Option<Id>,
    pub evidence: Vec<Evidence>,
    pub imported: bool,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// The version of the task, or of the part, after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 4)]
    pub version: Option<i32>,
}

/// A proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, ToSchema)]
pub struct Evidence {
    #[schema(example = "Danh sách hộ tham gia")]
    pub title: String,
    #[schema(example = "https://mocaybac.example.vn/minh-chung/12")]
    pub url: String,
}
