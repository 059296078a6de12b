//! One text against those it goes back to and those that others made from the same ones. Pure.

use crate::{
    ids::Id,
    likeness::{
        compare::{Copied, Index},
        passages::{Names, Passage, passages},
        wire::AlikePassage,
    },
    measures::Ratio,
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// A sibling gives a warning from this share of copied words on.
const SIBLING_WARNS_PER_CENT: usize = 50;
/// A parent gives one only when hardly anything else is there.
const PARENT_WARNS_PER_CENT: usize = 80;
/// Characters shown of a passage.
const LONGEST: usize = 500;

/// A text with its passages.
pub struct Text {
    content: String,
    passages: Vec<Passage>,
}

impl Text {
    /// Cuts a text into passages.
    pub fn new(content: String, names: &Names) -> Self {
        Self { passages: passages(&content, names), content }
    }

    /// What a passage says.
    fn say(&self, passage: usize) -> String {
        let said = self.passages.get(passage).and_then(|passage| self.content.get(passage.at.clone()));
        let said = said.unwrap_or_default();
        let cut: String = said.chars().take(LONGEST).collect();
        if cut.len() < said.len() { cut + "…" } else { cut }
    }

    /// Words of the passages that `counts` says.
    fn words(&self, counts: impl Fn(usize, &Passage) -> bool) -> usize {
        let counted = self.passages.iter().enumerate().filter(|(i, passage)| counts(*i, passage));
        counted.map(|(_, passage)| passage.words).sum()
    }
}

/// A text that repeats something of another.
pub struct Alike {
    /// The other.
    pub id: Id,
    num: usize,
    den: usize,
    pub warns: bool,
    pub passages: Vec<AlikePassage>,
    /// There are more passages than are shown.
    pub truncated: bool,
}

impl Alike {
    /// Words in copied passages, out of those that count.
    pub fn share(&self) -> Ratio {
        ratio(self.num, self.den)
    }
}

/// What a part of the text repeats.
pub struct PartAlike {
    /// Words of its passages.
    pub words: usize,
    pub of_parents: Ratio,
    /// Without what is quoted from a parent.
    pub of_siblings: Ratio,
    pub warns: bool,
    /// The sibling that has most of it, with its share.
    pub most_like: Option<(Id, Ratio)>,
}

/// A comparison under way: all parents first, then the siblings.
pub struct Comparison<'a> {
    own: &'a Text,
    index: Index<'a>,
    names: &'a Names,
    /// Passages shown of each other.
    most: usize,
    /// Own passages that stand in a parent: quoting them is right.
    quoted: BTreeSet<usize>,
    /// Other ones that stand in siblings: in which, and how much the passage there is like it (of 10 000).
    copied: BTreeMap<usize, BTreeMap<Id, usize>>,
    pub parents: Vec<Alike>,
    siblings: Vec<Alike>,
    /// How many siblings were compared.
    pub compared: usize,
}

impl<'a> Comparison<'a> {
    /// A text that nothing was compared with yet.
    pub fn new(own: &'a Text, names: &'a Names, most: usize) -> Self {
        Self {
            own,
            index: Index::new(&own.passages),
            names,
            most,
            quoted: BTreeSet::new(),
            copied: BTreeMap::new(),
            parents: Vec::new(),
            siblings: Vec::new(),
            compared: 0,
        }
    }

    /// Compares with a text it goes back to.
    pub fn parent(&mut self, id: Id, content: String) {
        let other = Text::new(content, self.names);
        let copied = self.index.copied(&other.passages);
        self.parents.push(self.alike(id, &other, &copied, &BTreeSet::new(), PARENT_WARNS_PER_CENT));
        self.quoted.extend(copied.iter().map(|copied| copied.own));
    }

    /// Compares with what another made from the same ones.
    pub fn sibling(&mut self, id: Id, content: String) {
        self.compared += 1;
        let other = Text::new(content, self.names);
        let mut copied = self.index.copied(&other.passages);
        copied.retain(|copied| !self.quoted.contains(&copied.own));
        self.siblings.push(self.alike(id, &other, &copied, &self.quoted, SIBLING_WARNS_PER_CENT));
        for copied in copied {
            self.copied.entry(copied.own).or_default().insert(id, copied.score());
        }
    }

    fn alike(
        &self,
        id: Id,
        other: &Text,
        copied: &[Copied],
        but: &BTreeSet<usize>,
        warns_per_cent: usize,
    ) -> Alike {
        let words = |copied: &Copied| self.own.passages.get(copied.own).map_or(0, |passage| passage.words);
        let (num, den) = (copied.iter().map(words).sum::<usize>(), self.own.words(|i, _| !but.contains(&i)));
        let passage = |copied: &Copied| AlikePassage {
            own: self.own.say(copied.own),
            theirs: other.say(copied.theirs),
            score: ratio(copied.common, copied.all),
        };
        Alike {
            id,
            num,
            den,
            warns: num > 0 && num * 100 >= den * warns_per_cent,
            passages: copied.iter().take(self.most).map(passage).collect(),
            truncated: copied.len() > self.most,
        }
    }

    /// Words of the text in passages that are compared.
    pub fn words(&self) -> usize {
        self.own.words(|_, _| true)
    }

    /// Whether any of them gives a warning.
    pub fn warns(&self) -> bool {
        self.parents.iter().chain(&self.siblings).any(|alike| alike.warns)
    }

    /// What a part of the text repeats, by the bytes where it stands.
    pub fn part(&self, at: &Range<usize>) -> PartAlike {
        let here = |passage: &Passage| at.contains(&passage.at.start);
        let words = self.own.words(|_, passage| here(passage));
        let quoted = self.own.words(|i, passage| here(passage) && self.quoted.contains(&i));
        let copied = self.own.words(|i, passage| here(passage) && self.copied.contains_key(&i));
        let warns = |num: usize, den: usize, per_cent: usize| num > 0 && num * 100 >= den * per_cent;
        PartAlike {
            words,
            of_parents: ratio(quoted, words),
            of_siblings: ratio(copied, words - quoted),
            warns: warns(copied, words - quoted, SIBLING_WARNS_PER_CENT),
            most_like: self.most_like(here).map(|(id, num)| (id, ratio(num, words - quoted))),
        }
    }

    /// Which sibling has most words of the passages that count, and how many; of equal ones the one whose
    /// passages are most like these.
    fn most_like(&self, counts: impl Fn(&Passage) -> bool) -> Option<(Id, usize)> {
        let mut found: BTreeMap<Id, (usize, usize)> = BTreeMap::new();
        for (own, siblings) in &self.copied {
            let passage = self.own.passages.get(*own).filter(|passage| counts(passage));
            let Some(Passage { words, .. }) = passage else { continue };
            for (id, score) in siblings {
                let (sum, weight) = found.entry(*id).or_default();
                *sum += words;
                *weight += words * score;
            }
        }
        let most = found.into_iter().min_by_key(|(id, like)| (Reverse(*like), *id));
        most.map(|(id, (words, _))| (id, words))
    }

    /// The siblings that have something in common with it, the most alike first, and no more than are
    /// shown.
    pub fn siblings(&mut self) -> Vec<Alike> {
        let mut siblings = std::mem::take(&mut self.siblings);
        siblings.retain(|sibling| sibling.num > 0);
        siblings.sort_by_key(|sibling| (Reverse(sibling.num), sibling.id));
        siblings.truncate(self.most);
        siblings
    }
}

fn ratio(num: usize, den: usize) -> Ratio {
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ratio::of_counts(whole(num), whole(den))
}
