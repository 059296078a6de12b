//! What goes over the wire about programmes.

mod adoption;
mod comment;
mod issue;
mod item;
mod likeness;
mod query;
mod version;

pub use adoption::{
    AdoptionBody, AdoptionOrigin, AdoptionRule, AdoptionRuleCreate, ProgrammeAdoption, ProgrammeVote, Share,
};
pub use comment::{
    CommentAnswer, ProgrammeComment, ProgrammeCommentAnswer, ProgrammeCommentCreate, ProgrammeCommentQuery,
};
pub use issue::{AffectedTask, IssuedTask, ProgrammeIssue, ProgrammeIssued};
pub use item::{
    ItemText, ProgrammeItem, ProgrammeItemCreate, ProgrammeItemPatch, ProgrammeItems, ProgrammeItemsCreate,
    ResourceForecast,
};
pub use likeness::{
    AlikeSibling, ProgrammeItemLikeness, ProgrammeLikeness, ProgrammeSibling, SiblingKind, SiblingShare,
};
pub use query::{ProgrammeItemQuery, ProgrammeQuery};
pub use version::{
    ProgrammeDiff, ProgrammeDiffQuery, ProgrammeItemChange, ProgrammeVersion, ProgrammeVersionBrief,
};

use crate::{
    clock::Instant,
    documents::wire::DocumentParent,
    http::{
        Field, Set,
        fields::{Day, Faults, Few, Line, Whole, Words},
    },
    ids::Id,
    org_units::wire::UnitRef,
    programmes::workflow::ProgrammeStatus,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// The kind of paper a programme becomes: a programme or a plan.
    ProgrammeType { Programme = "CTr", Plan = "KH" }
}

/// How a unit means to put documents into practice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Programme {
    pub id: Id,
    #[schema(example = "Chương trình hành động thực hiện Nghị quyết Đại hội Đảng bộ huyện")]
    pub title: String,
    /// Whose programme it is.
    pub unit: UnitRef,
    pub unit_id: Id,
    /// The kind of paper it becomes.
    #[serde(rename = "type")]
    pub doc_type: ProgrammeType,
    /// The documents it puts into practice, as far as the caller sees them.
    #[schema(example = json!([{"document_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e", "relation": "concretises"}]))]
    pub parents: Vec<DocumentParent>,
    /// Where these come from, which decides how it is adopted.
    pub origin: AdoptionOrigin,
    pub term_id: Option<Id>,
    #[schema(example = 2023)]
    pub year: Option<i32>,
    #[schema(example = "Ban Tuyên giáo Huyện ủy")]
    pub drafting_body: Option<String>,
    pub status: ProgrammeStatus,
    /// 1, and one more with each amendment.
    #[schema(example = 1, minimum = 1)]
    pub revision: i32,
    /// How often this revision was before the superior.
    #[schema(example = 1, minimum = 0)]
    pub round: i32,
    /// The last adoption.
    pub adoption: Option<ProgrammeVote>,
    /// The paper of the last issue.
    pub document_id: Option<Id>,
    /// The day of the first issue.
    #[schema(value_type = Option<Day>)]
    pub first_issued_on: Option<NaiveDate>,
    #[schema(example = 12, minimum = 0)]
    pub items: i64,
    /// Items that lack priority, time, responsible collective or individual: with one it cannot be adopted.
    #[schema(example = 0, minimum = 0)]
    pub incomplete_items: i64,
    /// Comments of a superior without an answer.
    #[schema(example = 0, minimum = 0)]
    pub open_comments: i64,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
    /// What the caller may do next, and why not.
    pub actions: Vec<ProgrammeAction>,
}

/// One thing the caller may or may not do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProgrammeAction {
    #[schema(value_type = String, example = "adopt")]
    pub name: &'static str,
    pub allowed: bool,
    /// `role` (another role or unit may), `state` (not from here), `own_work` (another person may),
    /// `unanswered` (comments wait for an answer), `incomplete` (no items, or some lack something),
    /// `no_superior` (no unit stands above).
    #[schema(value_type = Option<String>, example = "unanswered")]
    pub because: Option<&'static str>,
    pub reason_required: bool,
}

/// A new programme: a draft.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "year": 2023,
    "title": "Chương trình hành động thực hiện Nghị quyết về chuyển đổi số"}))]
pub struct ProgrammeCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// The own unit.
    pub unit_id: Id,
    pub title: Words<1000>,
    /// Default `CTr`.
    #[deserr(default, rename = "type")]
    #[serde(rename = "type")]
    pub doc_type: Option<ProgrammeType>,
    /// What it puts into practice; relations: `concretises`, `implements`, `based_on`.
    #[deserr(default)]
    pub parents: Option<Few<DocumentParent, 50>>,
    #[deserr(default)]
    pub term_id: Option<Id>,
    #[deserr(default)]
    pub year: Option<Whole<1900, 2199>>,
    /// Who drafts it.
    #[deserr(default)]
    pub drafting_body: Option<Words<300>>,
}

/// Changes of a programme while it is drafted: absent fields stay, null clears.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"drafting_body": "Văn phòng Đảng ủy xã"}))]
pub struct ProgrammePatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub title: Set<Words<1000>>,
    /// Not once it was issued.
    #[deserr(default, rename = "type")]
    #[schema(rename = "type", required = false)]
    pub doc_type: Set<ProgrammeType>,
    /// Replaces the list; what the caller does not see stays.
    #[deserr(default)]
    #[schema(required = false)]
    pub parents: Set<Few<DocumentParent, 50>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub term_id: Field<Id>,
    #[deserr(default)]
    #[schema(required = false)]
    pub year: Field<Whole<1900, 2199>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub drafting_body: Field<Words<300>>,
}

/// Words that go with a step.
#[derive(Debug, Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Bổ sung nhiệm vụ theo Kết luận của Ban Thường vụ Huyện ủy"}))]
pub struct ProgrammeStep {
    /// Required to amend and to return to draft.
    #[deserr(default)]
    pub reason: Option<Line<0, 2000>>,
}
