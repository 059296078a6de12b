//! What goes over the wire about what units did with a document.

use crate::{
    clock::Instant,
    http::{
        Cursor,
        fields::{Day, Faults},
        query::{Flag, Limit},
    },
    ids::Id,
    measures::{ReceiptMeasures, ReceiptStanding, ReceiptState, ReceiptTimeliness},
    org_units::wire::UnitRef,
    reports::explained::FiguresExplained,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which document, where, on which day.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReceiptReportQuery {
    pub document_id: Id,
    /// This unit and all below it; default the own unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// As things stood at the end of this day, also a future one; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Adds `explain`.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub explain: Flag,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}

/// What the units of a part of the tree did with a document.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptReport {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub document_id: Id,
    /// With the name it had on the day.
    pub unit: UnitRef,
    /// All units together, each once.
    pub total: ReceiptMeasures,
    /// In the order of the units' codes.
    pub rows: Vec<ReceiptReportRow>,
    /// Give this as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<FiguresExplained>,
}

/// What one unit did with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptReportRow {
    /// With the name it had on the day.
    pub unit: UnitRef,
    #[schema(example = "seen")]
    pub state: ReceiptState,
    #[schema(example = "live")]
    pub standing: ReceiptStanding,
    #[schema(example = "overdue")]
    pub timeliness: ReceiptTimeliness,
    /// Days after the deadline: until it was received, or until the day; null: not late.
    #[schema(example = 3, minimum = 1)]
    pub days_late: Option<i64>,
    /// The deadline in force on the day.
    #[schema(value_type = Option<Day>, example = "2023-10-20")]
    pub receipt_due_on: Option<NaiveDate>,
    #[schema(value_type = String, format = DateTime)]
    pub sent_at: Instant,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub seen_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime, example = json!(null))]
    pub received_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime, example = json!(null))]
    pub assigned_at: Option<Instant>,
}
