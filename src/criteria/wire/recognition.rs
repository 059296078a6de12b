//! Recognitions.

use super::CriteriaAchievement;
use crate::{
    clock::Instant,
    http::{
        Cursor,
        fields::{Day, Faults, Reason, Words},
        query::{Fields, Limit},
    },
    ids::Id,
    org_units::wire::UnitRef,
    tasks::wire::TaskAction,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// That a decision recognised a unit under a set.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CriteriaRecognition {
    pub id: Id,
    pub set_id: Id,
    #[schema(example = "ntm-xa-2021-2025")]
    pub set_code: String,
    /// As what it is recognised.
    pub achievement: CriteriaAchievement,
    pub unit: UnitRef,
    pub unit_id: Id,
    #[schema(value_type = Day, example = "2023-10-12")]
    pub recognised_on: NaiveDate,
    #[schema(example = "2025/QĐ-UBND ngày 12/10/2023")]
    pub decision_text: Option<String>,
    pub document_id: Option<Id>,
    /// The first day on which it no longer holds.
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub withdrawn_on: Option<NaiveDate>,
    #[schema(example = json!(null))]
    pub withdrawal_reason: Option<String>,
    #[schema(example = json!(null))]
    pub withdrawal_text: Option<String>,
    pub withdrawal_document_id: Option<Id>,
    /// The unit that recorded it.
    pub by_unit: UnitRef,
    /// What the caller may do, and why not.
    pub actions: Vec<TaskAction>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A recognition, by decision: its number, or the document.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"set_id": "0199a0b2-68f6-7c47-8cd5-26e2c81fca04", "unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "recognised_on": "2023-10-12", "decision_text": "2025/QĐ-UBND ngày 12/10/2023"}))]
pub struct CriteriaRecognitionCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// A set in force.
    pub set_id: Id,
    /// A unit below the own one; at the top of the tree, the own one.
    pub unit_id: Id,
    /// Not in the future.
    pub recognised_on: Day,
    /// The decision as it is cited; this or `document_id`.
    #[deserr(default)]
    pub decision_text: Option<Words<500>>,
    #[deserr(default)]
    pub document_id: Option<Id>,
}

/// That a decision withdraws a recognition.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"withdrawn_on": "2023-10-15", "reason": "Không giữ được ba tiêu chí", "decision_text": "2100/QĐ-UBND"}))]
pub struct CriteriaRecognitionWithdrawal {
    /// The first day on which it no longer holds: default today, not in the future, not before it was given.
    #[deserr(default)]
    pub withdrawn_on: Option<Day>,
    pub reason: Reason<2000>,
    /// The decision as it is cited; this or `document_id`.
    #[deserr(default)]
    pub decision_text: Option<Words<500>>,
    #[deserr(default)]
    pub document_id: Option<Id>,
}

/// Which recognitions to list, in the order in which they were recorded; withdrawn ones too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CriteriaRecognitionQuery {
    #[deserr(default)]
    pub set_id: Option<Id>,
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Of this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Only those in force at the end of this day.
    #[deserr(default)]
    pub as_of: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,unit,achievement")]
    pub fields: Option<Fields>,
}
