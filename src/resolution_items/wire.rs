//! What goes over the wire about resolution items.

use crate::{
    clock::Instant,
    http::{
        Cursor, Field, Set,
        fields::{Day, Faults, Few, Line, Prose, Whole, Words},
        query::{AnyOf, Fields, Limit, Plain},
    },
    ids::Id,
    vocabulary,
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

vocabulary! {
    /// What a part of a resolution is: what shall be reached, by which measure, what is to be done and
    /// how, what comes first of all, or a clause that is none of these.
    ResolutionItemKind {
        Objective = "objective" "mục tiêu",
        Target = "target" "chỉ tiêu",
        Task = "task" "nhiệm vụ",
        Solution = "solution" "giải pháp",
        Breakthrough = "breakthrough" "khâu đột phá",
        Clause = "clause" "điều khoản",
    }
}

/// A part of a document, with what it says and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResolutionItem {
    pub id: Id,
    pub document_id: Id,
    /// The item of the same document below which it stands; null: at the top.
    pub parent_id: Option<Id>,
    pub kind: ResolutionItemKind,
    /// Its place among its siblings, from 1.
    #[schema(example = 3, minimum = 1)]
    pub ordinal: i32,
    /// The places of the items above it and its own.
    #[schema(example = json!([2, 3]))]
    pub ordinals: Vec<i32>,
    /// How many items stand in `ordinals`: 1 at the top.
    #[schema(example = 2, minimum = 1, maximum = 6)]
    pub depth: i32,
    /// As it is printed before the text.
    #[schema(example = "II.3")]
    pub label: Option<String>,
    #[schema(example = "Tỷ lệ người dân tham gia bảo hiểm y tế đạt 95% trở lên.")]
    pub text: String,
    #[schema(example = "society")]
    pub field: Option<String>,
    /// The levels of the units it concerns; empty: all.
    #[schema(example = json!(["commune"]))]
    pub levels: Vec<String>,
    /// The kinds of the units it concerns; empty: all.
    #[schema(example = json!(["party_committee"]))]
    pub unit_kinds: Vec<String>,
    /// The document that gave it this wording, where it was another one.
    pub amending_document_id: Option<Id>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// The text of an item.
pub type Wording = Prose<1, 20_000>;

/// A new item.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"kind": "target", "label": "(1)", "parent": 0, "field": "society", "levels": ["commune"],
    "text": "Tỷ lệ người dân tham gia bảo hiểm y tế đạt 95% trở lên."}))]
pub struct ResolutionItemCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub kind: ResolutionItemKind,
    /// The item below which it stands: one of the document, or an earlier one of this list.
    #[deserr(default)]
    pub parent_id: Option<Id>,
    /// The same by its place in this list, from 0: for items that bring no id.
    #[deserr(default)]
    pub parent: Option<Whole<0, 199>>,
    /// Its place among its siblings; default: last.
    #[deserr(default)]
    pub ordinal: Option<Whole<1, 2000>>,
    #[deserr(default)]
    pub label: Option<Words<60>>,
    pub text: Wording,
    #[deserr(default)]
    pub field: Option<Words<60>>,
    /// The levels of the units it concerns; default: all.
    #[deserr(default)]
    pub levels: Option<Few<Words<40>, 20>>,
    /// The kinds of the units it concerns; default: all.
    #[deserr(default)]
    pub unit_kinds: Option<Few<Words<40>, 20>>,
}

/// New items of a document, an item before those that stand below it.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"items": [
    {"kind": "objective", "label": "I", "text": "Nâng cao chất lượng chăm sóc sức khỏe nhân dân."},
    {"kind": "target", "label": "(1)", "parent": 0, "levels": ["commune"],
        "text": "Tỷ lệ người dân tham gia bảo hiểm y tế đạt 95% trở lên."}]}))]
pub struct ResolutionItemsCreate {
    pub items: Few<ResolutionItemCreate, 200>,
}

/// Items just made, in the order of the request.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResolutionItems {
    pub items: Vec<ResolutionItem>,
}

/// Changes of an item. Of an issued document: with the reason.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"text": "Tỷ lệ người dân tham gia bảo hiểm y tế đạt 97% trở lên.",
    "reason": "Điều chỉnh theo Kết luận của Ban Thường vụ Huyện ủy"}))]
pub struct ResolutionItemPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub kind: Set<ResolutionItemKind>,
    /// Null puts it at the top of the document. What stands below it goes with it.
    #[deserr(default)]
    #[schema(required = false)]
    pub parent_id: Field<Id>,
    /// Its new place among its siblings; beyond their number: last. With another parent and without
    /// this it becomes the last one there.
    #[deserr(default)]
    #[schema(required = false)]
    pub ordinal: Set<Whole<1, 2000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub label: Field<Words<60>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub text: Set<Wording>,
    #[deserr(default)]
    #[schema(required = false)]
    pub field: Field<Words<60>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub levels: Set<Few<Words<40>, 20>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub unit_kinds: Set<Few<Words<40>, 20>>,
    /// The document that changes it: one that amends or replaces its document.
    #[deserr(default)]
    pub amending_document_id: Option<Id>,
    /// Required once the document is issued.
    #[deserr(default)]
    pub reason: Option<Line<0, 2000>>,
}

/// Which items of a document to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ResolutionItemQuery {
    /// Any of these kinds, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "target,task")]
    pub kind: Option<AnyOf<ResolutionItemKind>>,
    /// Only what concerns this unit: by its level and its kind, as the item and all above it say.
    #[deserr(default)]
    pub relevant_to: Option<Id>,
    /// As they were at the end of this day.
    #[deserr(default)]
    pub as_of: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,label,text")]
    pub fields: Option<Fields>,
}

/// One item, perhaps as it was.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct OneResolutionItemQuery {
    /// What this version said; where it stands is told as of now.
    #[deserr(default)]
    #[param(value_type = Option<i32>, minimum = 1, example = 1)]
    pub version: Option<Plain<i32>>,
    /// Members to answer with, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,label,text")]
    pub fields: Option<Fields>,
}
