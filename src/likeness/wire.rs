//! What goes over the wire about likeness.

use crate::{
    documents::wire::LineageNode,
    http::{fields::Faults, query::Plain},
    measures::Ratio,
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// How much to show.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct LikenessQuery {
    /// Most documents of a kind, and most passages of each.
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 50, example = 10)]
    pub limit: Option<Plain<i64>>,
}

/// What a document repeats of others. A warning, never a refusal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Likeness {
    /// Words in passages of eight words or more; shorter ones are not compared.
    #[schema(example = 412)]
    pub words: usize,
    /// Those it goes back to: quoting them is right, having nothing else is not.
    pub parents: Vec<AlikeDocument>,
    /// Those that others made from the same document, the most alike first; who repeats nothing is left out.
    pub siblings: Vec<AlikeDocument>,
    /// How many documents with a text were compared.
    pub compared: Compared,
    /// True when any of them gives a warning.
    pub warns: bool,
}

/// With how many documents it was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Compared {
    #[schema(example = 1)]
    pub parents: usize,
    #[schema(example = 12)]
    pub siblings: usize,
    /// There are more siblings than are compared at once.
    pub truncated: bool,
}

/// A document that is alike.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlikeDocument {
    pub document: LineageNode,
    /// Words in copied passages out of all its words; of a sibling, what both quote from a common parent
    /// counts on neither side.
    pub share: Ratio,
    /// True when so much is alike that somebody should look.
    pub warns: bool,
    /// The copied passages, in the order of the document.
    pub passages: Vec<AlikePassage>,
    /// There are more passages than are shown.
    pub truncated: bool,
}

/// A passage that stands in both.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlikePassage {
    #[schema(example = "Phấn đấu đến cuối năm 2023 xã Phú Mỹ giảm tỷ lệ hộ nghèo còn 2,5%")]
    pub own: String,
    #[schema(example = "Phấn đấu đến cuối năm 2023 xã Hưng Khánh Trung A giảm tỷ lệ hộ nghèo còn 3,1%")]
    pub theirs: String,
    /// Runs of three words in common, out of those of both.
    pub score: Ratio,
}
