//! What comes in: documents to register, to change, to issue.

use super::{Content, DocumentParent, DocumentStatus, IssuingBody, Urgency};
use crate::{
    http::{
        Field, Set,
        fields::{Day, Faults, Few, Line, Prose, Reason, Whole, Words},
    },
    ids::Id,
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// A document to register.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"type": "NQ", "number_text": "12-NQ/HU", "issued_on": "2023-01-10",
    "issuer_unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "title": "Nghị quyết về lãnh đạo thực hiện nhiệm vụ năm 2023"}))]
pub struct DocumentCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    #[deserr(rename = "type")]
    #[serde(rename = "type")]
    pub doc_type: Words<20>,
    #[deserr(default)]
    pub number_text: Option<Words<100>>,
    /// The own unit or one below it.
    pub issuer_unit_id: Id,
    /// Never in the future; old papers may have none.
    #[deserr(default)]
    pub issued_on: Option<Day>,
    pub title: Words<1000>,
    #[deserr(default, rename = "abstract")]
    #[serde(rename = "abstract")]
    pub abstract_text: Option<Prose<1, 10_000>>,
    /// Plain text.
    #[deserr(default)]
    pub content: Option<Content>,
    /// Anything but `none` is refused: classified papers do not belong on a networked host.
    #[deserr(default)]
    #[schema(value_type = Option<String>, max_length = 40, example = "none")]
    pub confidentiality: Option<Line<0, 40>>,
    #[deserr(default)]
    pub term_id: Option<Id>,
    /// Default `issued`.
    #[deserr(default)]
    pub status: Option<DocumentStatus>,
    /// Which body of the issuer, where it has several.
    #[deserr(default)]
    pub issuing_body: Option<IssuingBody>,
    /// From when it is in force; not before its issue, never in the future.
    #[deserr(default)]
    pub effective_on: Option<Day>,
    #[deserr(default)]
    pub place: Option<Words<200>>,
    /// Who signed: a post first, a person second.
    #[deserr(default)]
    pub signer: Option<Words<200>>,
    #[deserr(default)]
    pub signing_capacity: Option<Words<200>>,
    #[deserr(default)]
    pub recipients: Option<Few<Words<300>, 100>>,
    /// Default `none`.
    #[deserr(default)]
    pub urgency: Option<Urgency>,
    #[deserr(default)]
    pub attachments: Option<Few<AttachmentCreate, 20>>,
    #[deserr(default)]
    pub parents: Option<Few<DocumentParent, 50>>,
}

/// Changes of a document: absent fields stay, null clears. The status moves by commands only.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"abstract": "Đề ra 15 chỉ tiêu và 5 nhiệm vụ trọng tâm."}))]
pub struct DocumentPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub title: Set<Words<1000>>,
    #[deserr(default, rename = "abstract")]
    #[schema(rename = "abstract", required = false)]
    pub abstract_text: Field<Prose<1, 10_000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub number_text: Field<Words<100>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub issued_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub content: Field<Content>,
    #[deserr(default)]
    #[schema(required = false)]
    pub term_id: Field<Id>,
    #[deserr(default)]
    #[schema(required = false)]
    pub issuing_body: Field<IssuingBody>,
    #[deserr(default)]
    #[schema(required = false)]
    pub place: Field<Words<200>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub signer: Field<Words<200>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub signing_capacity: Field<Words<200>>,
    /// Replaces the list.
    #[deserr(default)]
    #[schema(required = false)]
    pub recipients: Set<Few<Words<300>, 100>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub urgency: Set<Urgency>,
    /// Replaces the list.
    #[deserr(default)]
    #[schema(required = false)]
    pub attachments: Set<Few<AttachmentCreate, 20>>,
    /// Replaces the list.
    #[deserr(default)]
    #[schema(required = false)]
    pub parents: Set<Few<DocumentParent, 50>>,
}

/// The issue of a draft.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"issued_on": "2023-01-10", "number_text": "12-NQ/HU"}))]
pub struct DocumentIssue {
    /// Default: the day the draft carries, else today.
    #[deserr(default)]
    pub issued_on: Option<Day>,
    /// Default: the number the draft carries.
    #[deserr(default)]
    pub number_text: Option<Words<100>>,
    /// Take the number after the highest one of its run, in the Party's form; the issuer needs an
    /// `issuer_code`.
    #[deserr(default)]
    #[schema(required = false, example = false)]
    pub take_next_number: bool,
}

/// The day from which a document is in force.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"effective_on": "2023-02-01"}))]
pub struct DocumentEffect {
    /// Not before its issue, never in the future; default today.
    #[deserr(default)]
    pub effective_on: Option<Day>,
}

/// The end of a document that no other one ended.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"expired_on": "2023-10-01", "reason": "Hết thời hạn thực hiện ghi trong văn bản"}))]
pub struct DocumentExpiry {
    /// The first day without it: not before its issue, never in the future; default today.
    #[deserr(default)]
    pub expired_on: Option<Day>,
    pub reason: Reason<2000>,
}

/// A file that belongs to a document.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AttachmentCreate {
    pub title: Words<300>,
    /// `https://…`
    pub url: Words<2000>,
    #[deserr(default)]
    pub media_type: Option<Words<100>>,
    /// Bytes.
    #[deserr(default)]
    pub size_bytes: Option<Whole<0, 1_099_511_627_776>>,
    /// 64 hexadecimal figures.
    #[deserr(default)]
    pub sha256: Option<Line<64, 64>>,
}
