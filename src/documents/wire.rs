//! What goes over the wire about documents.

mod query;
mod write;

pub use query::{DocumentQuery, DocumentSort, Lineage, LineageEdge, LineageNode, LineageQuery};
pub use write::{
    AttachmentCreate, DocumentCreate, DocumentEffect, DocumentExpiry, DocumentIssue, DocumentPatch,
};

use crate::{
    clock::Instant,
    http::fields::{Day, Faults, Prose},
    ids::Id,
    org_units::wire::UnitRef,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// How a document stands to the one it goes back to.
    DocumentRelation {
        Concretises = "concretises",
        Implements = "implements",
        BasedOn = "based_on",
        Amends = "amends",
        Replaces = "replaces",
        Repeals = "repeals",
        Concludes = "concludes",
        Establishes = "establishes",
    }
}

vocabulary! {
    /// What became of a document. A draft is readable in the issuer's line only, all others also below it.
    DocumentStatus {
        Draft = "draft" "dự thảo",
        Issued = "issued" "đã ban hành",
        InForce = "in_force" "đang có hiệu lực",
        Amended = "amended" "đã được sửa đổi",
        Replaced = "replaced" "đã bị thay thế",
        Repealed = "repealed" "đã bị bãi bỏ",
        Expired = "expired" "đã hết hiệu lực",
    }
}

vocabulary! {
    /// How secret a document is: the register holds open papers only.
    Confidentiality { None = "none" }
}

vocabulary! {
    /// How fast a document has to go out.
    Urgency { None = "none", Khan = "khan", ThuongKhan = "thuong_khan", HoaToc = "hoa_toc" }
}

vocabulary! {
    /// Which body of a committee issued.
    IssuingBody {
        ExecutiveCommittee = "executive_committee",
        StandingCommittee = "standing_committee",
        StandingMembers = "standing_members",
        Congress = "congress",
    }
}

/// The plain text of a document.
pub type Content = Prose<1, 1_000_000>;

/// A document of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Document {
    pub id: Id,
    /// One of `GET /meta/document-types`.
    #[serde(rename = "type")]
    #[schema(example = "NQ")]
    pub doc_type: String,
    /// As it is written on the paper.
    #[schema(example = "1083-QĐ/HU")]
    pub number_text: Option<String>,
    /// The figures of the number, when it can be read.
    #[schema(example = 1083)]
    pub number_value: Option<i32>,
    /// What follows the figures: the `a` of `12a-KH/ĐU`.
    #[schema(example = "a")]
    pub number_suffix: Option<String>,
    pub issuer_unit_id: Id,
    pub issuer: UnitRef,
    /// Which body of the issuer, where it has several.
    pub issuing_body: Option<IssuingBody>,
    #[schema(value_type = Option<Day>)]
    pub issued_on: Option<NaiveDate>,
    #[schema(example = "Nghị quyết về lãnh đạo thực hiện nhiệm vụ năm 2023")]
    pub title: String,
    #[serde(rename = "abstract")]
    #[schema(example = "Đề ra 15 chỉ tiêu và 5 nhiệm vụ trọng tâm.")]
    pub abstract_text: Option<String>,
    pub status: DocumentStatus,
    /// From when it is in force, once that was said.
    #[schema(value_type = Option<Day>)]
    pub effective_on: Option<NaiveDate>,
    /// The first day on which it is no longer in force.
    #[schema(value_type = Option<Day>)]
    pub expired_on: Option<NaiveDate>,
    /// Always `none`: any other is refused.
    pub confidentiality: Confidentiality,
    pub term_id: Option<Id>,
    /// Where it was signed.
    #[schema(example = "Mỏ Cày Bắc")]
    pub place: Option<String>,
    /// Who signed: a post first, a person second.
    #[schema(example = "Bí thư Huyện ủy")]
    pub signer: Option<String>,
    /// For whom it was signed: `T/M` for the committee, `T/L` by order.
    #[schema(example = "T/M Ban Thường vụ")]
    pub signing_capacity: Option<String>,
    /// As the paper lists them (nơi nhận).
    #[schema(example = json!(["Các chi, đảng bộ cơ sở", "Lưu Văn phòng Huyện ủy"]))]
    pub recipients: Vec<String>,
    pub urgency: Urgency,
    /// What lies elsewhere: the register keeps where and what, never the file.
    pub attachments: Vec<Attachment>,
    /// The documents it goes back to, as far as the reader may see them.
    #[schema(example = json!([{"document_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e", "relation": "concretises"}]))]
    pub parents: Vec<DocumentParent>,
    /// The plain text; only when asked for with `fields=content`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, required = false, example = "Điều 1. …")]
    pub content: Option<Option<String>>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A document in a few words, as other records show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DocumentRef {
    pub id: Id,
    #[serde(rename = "type")]
    #[schema(example = "NQ")]
    pub doc_type: String,
    #[schema(example = "12-NQ/HU")]
    pub number_text: Option<String>,
    #[schema(example = "Nghị quyết về lãnh đạo thực hiện nhiệm vụ năm 2023")]
    pub title: String,
}

/// A document this one goes back to, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DocumentParent {
    pub document_id: Id,
    pub relation: DocumentRelation,
}

/// A file that belongs to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, ToSchema)]
pub struct Attachment {
    #[schema(example = "Bản ký số")]
    pub title: String,
    /// Where it lies: `https://…`
    #[schema(example = "https://mocaybac.example.vn/van-ban/12-nq-hu.pdf")]
    pub url: String,
    #[schema(example = "application/pdf")]
    pub media_type: Option<String>,
    /// Bytes.
    #[schema(example = 482113)]
    pub size_bytes: Option<i64>,
    /// SHA-256 of the file, in hexadecimal figures, so that a reader can tell it is the same.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: Option<String>,
}
