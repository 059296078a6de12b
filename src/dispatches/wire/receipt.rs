//! What goes over the wire about receipts.

use crate::{
    clock::Instant,
    documents::wire::DocumentRef,
    http::{
        Cursor,
        fields::{Day, Faults, Reason, Words},
        query::{AnyOf, Fields, Flag, Limit},
    },
    ids::Id,
    measures::{ReceiptStanding, ReceiptState, ReceiptTimeliness},
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A document as one unit got it. Names of those who did something stand in its history.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Receipt {
    pub id: Id,
    pub dispatch_id: Id,
    pub document_id: Id,
    pub document: DocumentRef,
    /// The receiving unit.
    pub unit: UnitRef,
    pub unit_id: Id,
    /// The sending unit.
    pub sender: UnitRef,
    #[schema(example = "received")]
    pub state: ReceiptState,
    #[schema(example = "live")]
    pub standing: ReceiptStanding,
    #[schema(example = "received_on_time")]
    pub timeliness: ReceiptTimeliness,
    /// Days after the deadline of receipt: until it was received, or until the day asked for; null: not late.
    #[schema(example = json!(null), minimum = 1)]
    pub days_late: Option<i64>,
    #[schema(value_type = Option<Day>, example = "2023-10-20")]
    pub receipt_due_on: Option<NaiveDate>,
    #[schema(value_type = Option<Day>, example = "2023-11-15")]
    pub study_due_on: Option<NaiveDate>,
    #[schema(value_type = Option<Day>, example = "2023-11-30")]
    pub programme_due_on: Option<NaiveDate>,
    #[schema(value_type = String, format = DateTime)]
    pub sent_at: Instant,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub seen_at: Option<Instant>,
    pub seen_by: Option<Id>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub received_at: Option<Instant>,
    pub received_by: Option<Id>,
    /// When somebody was first put in charge.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub assigned_at: Option<Instant>,
    pub assigned_by: Option<Id>,
    /// The unit that puts it into practice: the receiving one or one below it.
    pub assigned_unit_id: Option<Id>,
    #[schema(example = "Phó Bí thư Thường trực Đảng ủy")]
    pub assigned_to: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime, example = json!(null))]
    pub exempt_at: Option<Instant>,
    #[schema(example = json!(null))]
    pub exempt_by: Option<Id>,
    #[schema(example = json!(null))]
    pub exempt_reason: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime, example = json!(null))]
    pub recalled_at: Option<Instant>,
    #[schema(example = json!(null))]
    pub recalled_by: Option<Id>,
    #[schema(example = json!(null))]
    pub recall_reason: Option<String>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// Nothing needs to be said.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct ReceiptStep {}

/// Who puts the document into practice: at least one of the two.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"assigned_to": "Phó Bí thư Thường trực Đảng ủy"}))]
pub struct ReceiptAssignment {
    /// The receiving unit or an open one below it.
    #[deserr(default)]
    pub assigned_unit_id: Option<Id>,
    /// A post or a person, in words.
    #[deserr(default)]
    pub assigned_to: Option<Words<200>>,
}

/// Why a unit is exempt, or a document recalled.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Nội dung nghị quyết không áp dụng cho đơn vị"}))]
pub struct ReceiptReason {
    pub reason: Reason<2000>,
}

/// Which receipts to list. There is no hidden filter: exempt and recalled ones are there too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReceiptQuery {
    #[deserr(default)]
    pub document_id: Option<Id>,
    #[deserr(default)]
    pub dispatch_id: Option<Id>,
    /// Sent to this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Sent to this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Any of these on the day, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "sent,seen")]
    pub state: Option<AnyOf<ReceiptState>>,
    /// Any of these on the day, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "live")]
    pub standing: Option<AnyOf<ReceiptStanding>>,
    /// `true`: only what is overdue on the day, most days late first. `false`: only what is not.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub late: Option<Flag>,
    /// As things stood at the end of this day, also a future one; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,unit,state,days_late")]
    pub fields: Option<Fields>,
}
