//! What goes over the wire about what documents touch.

use crate::{
    clock::Instant,
    documents::wire::{DocumentParent, DocumentRelation, LineageNode},
    http::{
        Cursor, Field, Set,
        fields::{Faults, Prose},
        query::{AnyOf, Fields, Limit},
    },
    ids::Id,
    org_units::wire::UnitRef,
    reconfirmations::{
        records::Subject,
        workflow::{ReconfirmationOutcome, ReconfirmationState, TouchedKind},
    },
    resolution_items::wire::ResolutionItem,
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A programme or a task in a few words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TouchedRecord {
    pub kind: TouchedKind,
    pub id: Id,
    #[schema(example = "Vận động 95% người dân tham gia bảo hiểm y tế")]
    pub title: String,
    /// The code of a task, the number a programme was last issued under.
    #[schema(example = "MCB-28915-DV01")]
    pub number: Option<String>,
    /// As the programme or the task says it.
    #[schema(example = "in_progress")]
    pub status: String,
    /// Whose programme it is, or who leads the task: who is asked.
    pub unit: UnitRef,
}

/// Whether a record stays as it is although a document changes what it puts into practice: a question to
/// its owner, or the answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reconfirmation {
    /// Null as long as there is no answer.
    pub id: Option<Id>,
    /// The document that changes others.
    pub document_id: Id,
    pub document: LineageNode,
    /// What it changes and how, as far as the caller sees it.
    #[schema(example = json!([{"document_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e", "relation": "replaces"}]))]
    pub changed: Vec<DocumentParent>,
    /// The record that is touched.
    pub subject: TouchedRecord,
    pub state: ReconfirmationState,
    #[schema(example = "Chỉ tiêu không thay đổi theo nghị quyết mới.")]
    pub note: Option<String>,
    /// The account that gave the answer as it now stands.
    pub answered_by: Option<Id>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub answered_at: Option<Instant>,
    /// Null as long as there is no answer.
    #[schema(example = 1, minimum = 1)]
    pub version: Option<i32>,
    /// What the caller may do next, and why not.
    pub actions: Vec<ReconfirmationAction>,
}

/// One thing the caller may or may not do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReconfirmationAction {
    /// `answer`, or `change` once there is an answer.
    #[schema(value_type = String, example = "answer")]
    pub name: &'static str,
    pub allowed: bool,
    /// `role` (another role or unit may), `state` (the record is done with).
    #[schema(value_type = Option<String>, example = "role")]
    pub because: Option<&'static str>,
}

/// Why it stays, what will be amended, why it falls away.
pub type Note = Prose<1, 4000>;

/// The answer of an owner.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"document_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "subject": {"kind": "task", "id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e"}, "outcome": "to_amend",
    "note": "Điều chỉnh chỉ tiêu bảo hiểm y tế theo nghị quyết mới."}))]
pub struct ReconfirmationCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// The document that changes what the record puts into practice.
    pub document_id: Id,
    pub subject: Subject,
    pub outcome: ReconfirmationOutcome,
    /// Required unless it stays as it is.
    #[deserr(default)]
    pub note: Option<Note>,
}

/// Another answer.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"outcome": "confirmed", "note": "Sau khi rà soát, giữ nguyên."}))]
pub struct ReconfirmationPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub outcome: Set<ReconfirmationOutcome>,
    /// Required unless it stays as it is.
    #[deserr(default)]
    #[schema(required = false)]
    pub note: Field<Note>,
}

/// Which questions and answers to list. There is no hidden filter.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReconfirmationQuery {
    /// Owned by this unit: what it owes.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Owned by this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Asked by this document.
    #[deserr(default)]
    pub document_id: Option<Id>,
    /// About programmes only, or about tasks only.
    #[deserr(default)]
    #[param(value_type = Option<TouchedKind>)]
    pub kind: Option<TouchedKind>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "asked,to_amend")]
    pub state: Option<AnyOf<ReconfirmationState>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,document_id,subject,state")]
    pub fields: Option<Fields>,
}

/// What a document touches.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentImpact {
    pub document: LineageNode,
    /// As long as it is a draft this is what it would touch, and nobody is asked.
    pub issued: bool,
    /// The documents it changes, each with what puts it into practice.
    pub changed: Vec<ChangedDocument>,
    pub hidden: HiddenImpact,
    /// It touches more than is told: 500 programmes, 500 tasks.
    pub truncated: bool,
}

/// A document that another one changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedDocument {
    pub document: LineageNode,
    /// What is done to it; with several relations the strongest.
    pub relation: DocumentRelation,
    pub programmes: Vec<Impact>,
    pub tasks: Vec<Impact>,
    /// Its targets, in the order in which they are read.
    pub targets: Vec<TouchedTarget>,
}

/// A record that a document touches, and what its owner said.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Impact {
    pub record: TouchedRecord,
    pub reconfirmation: Answered,
}

/// Where a question stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ReconfirmationAnswer)]
pub struct Answered {
    pub state: ReconfirmationState,
    /// Of the answer.
    pub id: Option<Id>,
    pub note: Option<String>,
    pub answered_by: Option<Id>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub answered_at: Option<Instant>,
}

/// A target of a document that is changed, with what serves it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TouchedTarget {
    pub item: ResolutionItem,
    /// The items of programmes that serve it, of those programmes told.
    pub programme_items: Vec<TouchedItem>,
    /// The tasks that name it, of those told.
    pub task_ids: Vec<Id>,
}

/// An item of a programme in a few words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TouchedItem {
    pub id: Id,
    pub programme_id: Id,
    #[schema(example = "Vận động nhân dân tham gia bảo hiểm y tế")]
    pub text: String,
}

/// How many records there are besides that the caller does not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct HiddenImpact {
    /// Documents that are changed.
    #[schema(example = 0, minimum = 0)]
    pub documents: i64,
    #[schema(example = 1, minimum = 0)]
    pub programmes: i64,
    #[schema(example = 2, minimum = 0)]
    pub tasks: i64,
}
