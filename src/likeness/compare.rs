//! Which passages of one text stand in another. Pure.

use crate::likeness::passages::Passage;
use std::{cmp::Reverse, collections::HashMap};

/// From this share of shingles in common on, a passage counts as copied: the same sentence with a word
/// or two changed, once figures and names are alike.
const COPIED_PER_CENT: usize = 50;

/// A passage that stands in both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// Which passage of the own text.
    pub own: usize,
    /// Which of the other's.
    pub theirs: usize,
    /// Shingles in common, out of those of both together.
    pub common: usize,
    pub all: usize,
}

impl Copied {
    /// How much alike they are, of 10 000.
    pub fn score(&self) -> usize {
        self.common * 10_000 / self.all.max(1)
    }
}

/// Passages by their shingles, to be compared with many texts.
#[derive(Debug)]
pub struct Index<'a> {
    passages: &'a [Passage],
    by_shingle: HashMap<u64, Vec<usize>>,
}

impl<'a> Index<'a> {
    /// Makes the index of a text.
    pub fn new(passages: &'a [Passage]) -> Self {
        let mut by_shingle: HashMap<u64, Vec<usize>> = HashMap::new();
        for (own, passage) in passages.iter().enumerate() {
            for shingle in &passage.shingles {
                by_shingle.entry(*shingle).or_default().push(own);
            }
        }
        Self { passages, by_shingle }
    }

    /// The own passages that stand in another text, each with the passage most like it, in the own order.
    pub fn copied(&self, others: &[Passage]) -> Vec<Copied> {
        let mut best: HashMap<usize, Copied> = HashMap::new();
        for (theirs, other) in others.iter().enumerate() {
            let mut common: HashMap<usize, usize> = HashMap::new();
            for own in other.shingles.iter().filter_map(|shingle| self.by_shingle.get(shingle)).flatten() {
                *common.entry(*own).or_default() += 1;
            }
            for (own, common) in common {
                let Some(passage) = self.passages.get(own) else { continue };
                let all = passage.shingles.len() + other.shingles.len() - common;
                if common * 100 < all * COPIED_PER_CENT {
                    continue;
                }
                let found = Copied { own, theirs, common, all };
                let known = best.entry(own).or_insert(found);
                if rank(&found) < rank(known) {
                    *known = found;
                }
            }
        }
        let mut copied: Vec<Copied> = best.into_values().collect();
        copied.sort_by_key(|copied| copied.own);
        copied
    }
}

/// The most alike first; of equal ones the first in the text.
fn rank(copied: &Copied) -> (Reverse<usize>, usize) {
    (Reverse(copied.score()), copied.theirs)
}
