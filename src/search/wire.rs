//! What goes over the wire about searching.

use crate::{
    error::{Code, Phrase},
    http::{
        Cursor,
        fields::{Faults, Line},
        query::{AnyOf, Limit},
    },
    ids::Id,
    org_units::wire::UnitRef,
    policy::Action,
    text, vocabulary,
};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

vocabulary! {
    /// What can be found.
    SearchKind {
        Document = "document",
        Task = "task",
        OrgUnit = "org_unit",
    }
}

impl SearchKind {
    /// The right that finding it takes.
    pub const fn action(self) -> Action {
        match self {
            Self::Document => Action::DocumentRead,
            Self::Task => Action::TaskRead,
            Self::OrgUnit => Action::OrgUnitRead,
        }
    }
}

/// What was typed: at least one letter or digit, since nothing is no question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed(pub String);

impl Deserr<Faults> for Typed {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        let text = Line::<0, 200>::deserialize_from_value(value, at)?;
        if text::fold(&text).is_empty() {
            return Err(Faults::one(
                at,
                Code::Malformed,
                vec![("expected", Phrase::LettersOrFigures.into())],
            ));
        }
        Ok(Self(text.0))
    }
}

/// What to look for, and among what.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SearchQuery {
    /// Words: all are required, in any order, the last may be a beginning. Case, marks, punctuation, and
    /// leading zeros of numbers do not count; usual abbreviations and what they stand for are one.
    #[param(value_type = String, min_length = 1, max_length = 200, example = "NQ đại hội đảng bộ huyện")]
    pub q: Typed,
    /// Only these, separated by commas; without it, all that the role may read.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "document,task")]
    pub kinds: Option<AnyOf<SearchKind>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SearchHit {
    pub kind: SearchKind,
    pub id: Id,
    /// Of a unit, its name.
    #[schema(example = "Nghị quyết Đại hội Đảng bộ huyện lần thứ XII, nhiệm kỳ 2020 - 2025")]
    pub title: String,
    /// The issuer of a document, the lead unit of a task, the unit itself.
    pub unit: UnitRef,
    /// The number of a document as it is written; null for others.
    #[schema(example = "02-NQ/ĐH")]
    pub number_text: Option<String>,
    /// The place that answers, as HTML: the words in `<mark>`, everything else escaped, `…` where the
    /// text goes on.
    #[schema(example = "<mark>Nghị quyết Đại hội Đảng bộ huyện</mark> lần thứ XII, nhiệm kỳ 2020 - 2025")]
    pub snippet: String,
}
