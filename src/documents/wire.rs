//! What goes over the wire about documents.

use crate::{
    clock::Instant,
    error::{Code, Said},
    http::{
        Cursor, Field, Set,
        fields::{Day, Faults, Few, Line, Prose, Words},
        query::{AnyOf, Fields, Limit, Plain, Search},
    },
    ids::Id,
    org_units::wire::UnitRef,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

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
    /// A draft is readable in the issuer's line only; an issued document also below it.
    DocumentStatus {
        Draft = "draft" "dự thảo",
        Issued = "issued" "đã ban hành",
    }
}

vocabulary! {
    /// How secret a document is: the register holds open papers only.
    Confidentiality { None = "none" }
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
    pub issuer_unit_id: Id,
    pub issuer: UnitRef,
    #[schema(value_type = Option<Day>)]
    pub issued_on: Option<NaiveDate>,
    #[schema(example = "Nghị quyết về lãnh đạo thực hiện nhiệm vụ năm 2023")]
    pub title: String,
    #[serde(rename = "abstract")]
    #[schema(example = "Đề ra 15 chỉ tiêu và 5 nhiệm vụ trọng tâm.")]
    pub abstract_text: Option<String>,
    pub status: DocumentStatus,
    /// Always `none`: any other is refused.
    pub confidentiality: Confidentiality,
    pub term_id: Option<Id>,
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

/// A document this one goes back to, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DocumentParent {
    pub document_id: Id,
    pub relation: DocumentRelation,
}

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
    #[deserr(default)]
    pub parents: Option<Few<DocumentParent, 50>>,
}

/// Changes of a document: absent fields stay, null clears. The status moves by commands only.
#[derive(Debug, Deserr, ToSchema)]
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
}

/// In which order to list. Undated documents come last either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DocumentSort {
    /// `-issued_on`: latest first.
    #[default]
    Latest,
    /// `issued_on`: earliest first.
    Earliest,
}

impl Deserr<Faults> for DocumentSort {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        match value {
            Value::String(text) if text == "-issued_on" => Ok(Self::Latest),
            Value::String(text) if text == "issued_on" => Ok(Self::Earliest),
            _ => Err(Faults::one(
                at,
                Code::NotSortable,
                vec![("accepted", Said::alike("-issued_on, issued_on"))],
            )),
        }
    }
}

/// Which documents to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DocumentQuery {
    /// Words of the title, the number or the abstract; marks do not count. Signs alone are refused.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 200, example = "nghi quyet")]
    pub q: Option<Search>,
    /// Any of these types, separated by commas.
    #[deserr(default, rename = "type")]
    #[param(rename = "type", value_type = Option<String>, example = "NQ")]
    pub doc_type: Option<AnyOf<String>>,
    /// Issued by this unit.
    #[deserr(default)]
    pub issuer_unit_id: Option<Id>,
    /// Issued by this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Issued in this term.
    #[deserr(default)]
    pub term_id: Option<Id>,
    /// Issued on this day or later.
    #[deserr(default)]
    pub issued_from: Option<Day>,
    /// Issued on this day or earlier.
    #[deserr(default)]
    pub issued_to: Option<Day>,
    /// Any of these states.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "issued")]
    pub status: Option<AnyOf<DocumentStatus>>,
    /// `-issued_on` (default) or `issued_on`; undated documents come last.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "-issued_on")]
    pub sort: DocumentSort,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    /// Members to answer with; `content` is given with a single document only.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,number_text,title")]
    pub fields: Option<Fields>,
}

/// How far to follow a lineage.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct LineageQuery {
    /// Steps in each direction.
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 20, example = 5)]
    pub depth: Option<Plain<i64>>,
}

/// What a document goes back to and what goes back to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lineage {
    pub nodes: Vec<LineageNode>,
    pub edges: Vec<LineageEdge>,
    /// More documents hang on it than are shown: ask for one of those at the rim.
    pub truncated: bool,
}

/// A document in a lineage.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LineageNode {
    pub id: Id,
    #[serde(rename = "type")]
    #[schema(example = "NQ")]
    pub doc_type: String,
    #[schema(example = "12-NQ/HU")]
    pub number_text: Option<String>,
    #[schema(example = "Nghị quyết về lãnh đạo thực hiện nhiệm vụ năm 2023")]
    pub title: String,
    #[schema(value_type = Option<Day>)]
    pub issued_on: Option<NaiveDate>,
    pub unit: UnitRef,
}

/// `from` concretises (implements, amends …) `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LineageEdge {
    pub from: Id,
    pub to: Id,
    pub relation: DocumentRelation,
}
