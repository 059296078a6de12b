//! What goes over the wire about dispatches.

mod receipt;

pub use receipt::{Receipt, ReceiptAssignment, ReceiptQuery, ReceiptReason, ReceiptStep};

use crate::{
    clock::Instant,
    http::{
        Cursor, Field,
        fields::{Day, Faults, Few, Prose, Words},
        query::{Fields, Limit},
    },
    ids::Id,
    measures::ReceiptMeasures,
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Most units of a dispatch.
pub const MOST: usize = 1_000;

/// One document sent to many units.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Dispatch {
    pub id: Id,
    pub document_id: Id,
    /// The sending unit.
    pub unit: UnitRef,
    pub unit_id: Id,
    #[schema(example = "Đề nghị Đảng ủy các xã tổ chức quán triệt và xây dựng chương trình hành động.")]
    pub note: Option<String>,
    /// Until when a unit must have received it.
    #[schema(value_type = Option<Day>, example = "2023-10-20")]
    pub receipt_due_on: Option<NaiveDate>,
    /// Until when it must have been studied (quán triệt).
    #[schema(value_type = Option<Day>, example = "2023-11-15")]
    pub study_due_on: Option<NaiveDate>,
    /// Until when a unit must have issued its own programme.
    #[schema(value_type = Option<Day>, example = "2023-11-30")]
    pub programme_due_on: Option<NaiveDate>,
    /// What became of it by today, over those receipts the caller reads.
    pub figures: ReceiptMeasures,
    /// Only in the answer to sending: to whom it went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Vec<SentTo>>,
    /// Only in the answer to sending: who had it already and got nothing new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub already_sent: Option<Vec<UnitRef>>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A unit a document went to, with its receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SentTo {
    pub receipt_id: Id,
    pub unit: UnitRef,
}

/// To whom to send a document: units named one by one, all units of a part of the tree, or both.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"level": "commune", "kind": "party_committee", "receipt_due_on": "2023-10-20",
    "study_due_on": "2023-11-15", "programme_due_on": "2023-11-30",
    "note": "Đề nghị Đảng ủy các xã tổ chức quán triệt và xây dựng chương trình hành động."}))]
pub struct DispatchCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// Open units below the own one.
    #[deserr(default)]
    pub unit_ids: Option<Few<Id, 1_000>>,
    /// Every open unit here and below; default the own unit when a level or a kind is given.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Of those, the units of this level: one of `GET /meta/levels`.
    #[deserr(default)]
    pub level: Option<Words<60>>,
    /// Of those, the units of this kind: one of `GET /meta/unit-kinds`.
    #[deserr(default)]
    pub kind: Option<Words<60>>,
    #[deserr(default)]
    pub note: Option<Prose<1, 5_000>>,
    /// Today or later.
    #[deserr(default)]
    pub receipt_due_on: Option<Day>,
    /// Not before the day of receipt.
    #[deserr(default)]
    pub study_due_on: Option<Day>,
    /// Not before the day of receipt.
    #[deserr(default)]
    pub programme_due_on: Option<Day>,
}

/// Other deadlines, with a reason, or another note.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"programme_due_on": "2023-12-15", "reason": "Các xã chờ hướng dẫn của tỉnh"}))]
pub struct DispatchPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub note: Field<Prose<1, 5_000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub receipt_due_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub study_due_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub programme_due_on: Field<Day>,
    /// Required when a deadline changes: everybody has the old one.
    #[deserr(default)]
    pub reason: Option<Words<2000>>,
}

/// Paging through the dispatches of a document.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DispatchQuery {
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,unit,receipt_due_on,figures")]
    pub fields: Option<Fields>,
}
