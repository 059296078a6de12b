//! What is asked for: lists and lineages.

use super::{DocumentRelation, DocumentStatus};
use crate::{
    error::{Code, Said},
    http::{
        Cursor,
        fields::{Day, Faults},
        query::{AnyOf, Fields, Limit, Plain, Search},
    },
    ids::Id,
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

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
