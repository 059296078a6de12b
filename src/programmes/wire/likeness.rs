//! What a programme repeats of others, on the wire.

use crate::{
    ids::Id,
    likeness::wire::{AlikeDocument, AlikePassage, Compared},
    measures::Ratio,
    org_units::wire::UnitRef,
    vocabulary,
};
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// What a sibling of a programme is: a programme, or a document of the register that is no programme's
    /// paper.
    SiblingKind { Programme = "programme", Document = "document" }
}

/// What a programme repeats of others. A warning, never a refusal.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeLikeness {
    /// Words in passages of eight words or more; shorter ones are not compared.
    #[schema(example = 412)]
    pub words: usize,
    /// The documents it concretises or implements, with their clauses: quoting them is right, having nothing
    /// else is not.
    pub parents: Vec<AlikeDocument>,
    /// What others made from the same documents, the most alike first; who repeats nothing is left out.
    pub siblings: Vec<AlikeSibling>,
    /// Every item, in order.
    pub items: Vec<ProgrammeItemLikeness>,
    /// How many parents and siblings with a text were compared.
    pub compared: Compared,
    /// True when a parent or a sibling gives a warning. Those of single items are told with the items.
    pub warns: bool,
}

/// A programme or a document made from the same documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgrammeSibling {
    pub kind: SiblingKind,
    pub id: Id,
    #[schema(example = "Chương trình hành động thực hiện Nghị quyết Đại hội Đảng bộ huyện")]
    pub title: String,
    /// Whose it is.
    pub unit: UnitRef,
}

/// A sibling that is alike.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlikeSibling {
    pub sibling: ProgrammeSibling,
    /// Words in copied passages out of all words of the programme, without what is quoted from a parent.
    pub share: Ratio,
    /// True when so much is alike that somebody should look.
    pub warns: bool,
    /// The copied passages, in the order of the programme.
    pub passages: Vec<AlikePassage>,
    /// There are more passages than are shown.
    pub truncated: bool,
}

/// What one item repeats.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeItemLikeness {
    pub item_id: Id,
    /// Its place, from 1.
    #[schema(example = 3, minimum = 1)]
    pub ordinal: i32,
    /// Words of its text and of the steps of its roadmap, in passages of eight words or more.
    #[schema(example = 31)]
    pub words: usize,
    /// Words quoted from a parent, out of its words.
    pub of_parents: Ratio,
    /// Words copied from any sibling, out of those that are not quoted from a parent.
    pub of_siblings: Ratio,
    /// True when half of its own words or more stand in siblings.
    pub warns: bool,
    /// The sibling that has most of it.
    pub most_like: Option<SiblingShare>,
}

/// A sibling, and how much of an item stands in it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SiblingShare {
    pub sibling: ProgrammeSibling,
    /// Words of the item that stand in it, out of those that are not quoted from a parent.
    pub share: Ratio,
}
