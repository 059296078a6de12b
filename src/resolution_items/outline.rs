//! The tree of a document's items and the order in which they are read. Pure.

use crate::{
    ids::Id,
    resolution_items::{rank, wire::ResolutionItemKind},
};
use std::collections::HashMap;

/// Most items of a document.
pub const MOST: usize = 2000;
/// Most steps from the top of a document to an item, both counted.
pub const DEEPEST: usize = 6;

/// What the tree needs to know of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub id: Id,
    /// Which version of it this is.
    pub version: i32,
    pub parent_id: Option<Id>,
    pub kind: ResolutionItemKind,
    pub rank: String,
    /// The levels and kinds of units it concerns; empty: all.
    pub levels: Vec<String>,
    pub unit_kinds: Vec<String>,
}

impl Node {
    /// Whether it concerns units of a level and a kind, as far as it says so itself.
    fn concerns(&self, level: &str, kind: &str) -> bool {
        let names = |words: &[String], word: &str| words.is_empty() || words.iter().any(|one| one == word);
        names(&self.levels, level) && names(&self.unit_kinds, kind)
    }
}

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot<'a> {
    pub node: &'a Node,
    /// The places of the items above it and its own, each among its siblings, from 1.
    pub ordinals: Vec<i32>,
    /// The same as ranks: in their order items are read.
    pub ranks: Vec<&'a str>,
    /// The item and all above it concern the unit asked for.
    pub relevant: bool,
}

/// A document's items.
#[derive(Debug, Clone, Default)]
pub struct Outline(pub Vec<Node>);

impl Outline {
    /// One of them.
    pub fn get(&self, id: Id) -> Option<&Node> {
        self.0.iter().find(|node| node.id == id)
    }

    /// The items right below one (none: at the top), in order.
    pub fn children(&self, parent: Option<Id>) -> Vec<&Node> {
        let mut found: Vec<&Node> = self.0.iter().filter(|node| node.parent_id == parent).collect();
        found.sort_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
        found
    }

    /// All in the order in which they are read: an item, then what stands below it. `unit`: level and
    /// kind of a unit to which they may be relevant.
    pub fn in_order(&self, unit: Option<(&str, &str)>) -> Vec<Spot<'_>> {
        let mut below: HashMap<Option<Id>, Vec<&Node>> = HashMap::new();
        for node in &self.0 {
            below.entry(node.parent_id).or_default().push(node);
        }
        // The last one is the next to be read.
        let mut open = spots(below.remove(&None), None, unit);
        let mut found = Vec::with_capacity(self.0.len());
        while let Some(spot) = open.pop() {
            open.extend(spots(below.remove(&Some(spot.node.id)), Some(&spot), unit));
            found.push(spot);
        }
        found
    }

    /// Steps from the top to an item, which is counted; 0 for none.
    pub fn depth(&self, id: Option<Id>) -> usize {
        self.line(id).len()
    }

    /// An item and those above it. A circle ends where it closes.
    pub fn line(&self, id: Option<Id>) -> Vec<Id> {
        let (mut line, mut next) = (Vec::new(), id);
        while let Some(id) = next.filter(|id| !line.contains(id)) {
            line.push(id);
            next = self.get(id).and_then(|node| node.parent_id);
        }
        line
    }

    /// An item and all below it, in the order in which they are read.
    pub fn below(&self, id: Id) -> Vec<Id> {
        self.branch(id).into_iter().map(|spot| spot.node.id).collect()
    }

    /// Steps from an item to the lowest below it, both counted.
    pub fn height(&self, id: Id) -> usize {
        let branch = self.branch(id);
        let depths = || branch.iter().map(|spot| spot.ordinals.len());
        depths().max().map_or(0, |deepest| deepest + 1) - depths().min().unwrap_or(0)
    }

    /// The part of the tree that hangs on an item: those read after it that stand deeper.
    fn branch(&self, id: Id) -> Vec<Spot<'_>> {
        let mut spots = self.in_order(None).into_iter().skip_while(|spot| spot.node.id != id);
        let Some(top) = spots.next() else { return Vec::new() };
        let depth = top.ordinals.len();
        [top].into_iter().chain(spots.take_while(|spot| spot.ordinals.len() > depth)).collect()
    }

    /// The place of an item among its siblings, from 1.
    pub fn ordinal(&self, node: &Node) -> usize {
        let before = self.children(node.parent_id).into_iter().take_while(|one| one.id != node.id);
        before.count() + 1
    }

    /// The rank that puts an item at a place among the items below a parent; none, or beyond the end:
    /// last. The item itself does not count.
    pub fn rank_at(&self, parent: Option<Id>, ordinal: Option<usize>, itself: Option<Id>) -> String {
        let mut siblings = self.children(parent);
        siblings.retain(|node| Some(node.id) != itself);
        let at = ordinal.map_or(siblings.len(), |ordinal| ordinal.saturating_sub(1).min(siblings.len()));
        let rank = |at: Option<usize>| at.and_then(|at| siblings.get(at)).map(|node| &*node.rank);
        rank::between(rank(at.checked_sub(1)), rank(Some(at)))
    }
}

/// Where siblings stand, last first.
fn spots<'a>(
    siblings: Option<Vec<&'a Node>>,
    above: Option<&Spot<'a>>,
    unit: Option<(&str, &str)>,
) -> Vec<Spot<'a>> {
    let mut siblings = siblings.unwrap_or_default();
    siblings.sort_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    let spot = |(node, ordinal): (&'a Node, i32)| {
        let mut ordinals = above.map_or_else(Vec::new, |spot| spot.ordinals.clone());
        let mut ranks = above.map_or_else(Vec::new, |spot| spot.ranks.clone());
        ordinals.push(ordinal);
        ranks.push(&node.rank);
        let relevant = above.is_none_or(|spot| spot.relevant)
            && unit.is_none_or(|(level, kind)| node.concerns(level, kind));
        Spot { node, ordinals, ranks, relevant }
    };
    let mut found: Vec<Spot> = siblings.into_iter().zip(1..).map(spot).collect();
    found.reverse();
    found
}

#[cfg(test)]
mod tests;
