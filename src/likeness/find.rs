//! Comparing a document with those it goes back to and with those made from the same ones.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{document_contents as contents, document_relations as relations, documents, org_units},
    },
    documents::{lineage, model, wire::DocumentRelation},
    error::{Code, Error, Fault, Result},
    ids::Id,
    likeness::{
        compare::{Copied, Index},
        passages::{Names, Passage, passages},
        wire::{AlikeDocument, AlikePassage, Compared, Likeness},
    },
    measures::Ratio,
    org_units::model as units,
};
use diesel::prelude::*;
use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};

/// A sibling gives a warning from this share of copied words on.
const SIBLING_WARNS_PER_CENT: usize = 50;
/// A parent gives one only when hardly anything else is there.
const PARENT_WARNS_PER_CENT: usize = 80;
/// Siblings compared at once.
const MOST_SIBLINGS: i64 = 300;
/// Texts read at once.
const CHUNK: usize = 20;
/// Documents and passages shown when the caller names no number.
const SHOWN: i64 = 10;
const MOST_SHOWN: i64 = 50;
/// Characters shown of a passage.
const LONGEST: usize = 500;

/// A text with its passages.
struct Text {
    content: String,
    passages: Vec<Passage>,
}

impl Text {
    fn new(content: String, names: &Names) -> Self {
        Self { passages: passages(&content, names), content }
    }

    /// What a passage says.
    fn say(&self, passage: usize) -> String {
        let said = self.passages.get(passage).and_then(|passage| self.content.get(passage.at.clone()));
        let said = said.unwrap_or_default();
        let cut: String = said.chars().take(LONGEST).collect();
        if cut.len() < said.len() { cut + "…" } else { cut }
    }

    fn words(&self, but: &BTreeSet<usize>) -> usize {
        let counted = self.passages.iter().enumerate().filter(|(i, _)| !but.contains(i));
        counted.map(|(_, passage)| passage.words).sum()
    }
}

/// A document that repeats something, before it is written out.
struct Alike {
    id: Id,
    num: usize,
    den: usize,
    warns: bool,
    passages: Vec<AlikePassage>,
    truncated: bool,
}

/// What a document repeats of its parents and its siblings, as far as the actor reads them.
pub fn likeness(conn: &mut AnyConn, actor: &Actor, id: Id, limit: Option<i64>) -> Result<Likeness> {
    let shown = limit.unwrap_or(SHOWN);
    let most =
        usize::try_from(shown).ok().filter(|_| (1..=MOST_SHOWN).contains(&shown)).ok_or_else(|| {
            Error::from(
                Fault::parameter("limit", Code::LimitOutOfRange).with("min", 1).with("max", MOST_SHOWN),
            )
        })?;
    let document = model::find(conn, actor, id)?;
    let names = names(conn, document.root_id, document.issuer_unit_id)?;
    let own = Text::new(content(conn, &[id])?.pop().map(|(_, text)| text).unwrap_or_default(), &names);
    let index = Index::new(&own.passages);
    let (up, beside, truncated) = relatives(conn, actor, &document)?;
    let mut quoted = BTreeSet::new();
    let mut compared = Compared { parents: 0, siblings: 0, truncated };
    let mut parents = Vec::new();
    for (id, content) in content(conn, &up)? {
        compared.parents += 1;
        let other = Text::new(content, &names);
        let copied = index.copied(&other.passages);
        parents.push(alike(id, &own, &other, &copied, &BTreeSet::new(), PARENT_WARNS_PER_CENT, most));
        quoted.extend(copied.iter().map(|copied| copied.own));
    }
    let mut siblings = Vec::new();
    for chunk in beside.chunks(CHUNK) {
        for (id, content) in content(conn, chunk)? {
            compared.siblings += 1;
            let other = Text::new(content, &names);
            let mut copied = index.copied(&other.passages);
            copied.retain(|copied| !quoted.contains(&copied.own));
            siblings.push(alike(id, &own, &other, &copied, &quoted, SIBLING_WARNS_PER_CENT, most));
        }
    }
    siblings.retain(|sibling| sibling.num > 0);
    siblings.sort_by_key(|sibling| (Reverse(sibling.num), sibling.id));
    siblings.truncate(most);
    let warns = parents.iter().chain(&siblings).any(|alike| alike.warns);
    let words = own.words(&BTreeSet::new());
    let parents = written(conn, actor, parents)?;
    Ok(Likeness { words, parents, siblings: written(conn, actor, siblings)?, compared, warns })
}

fn alike(
    id: Id,
    own: &Text,
    other: &Text,
    copied: &[Copied],
    quoted: &BTreeSet<usize>,
    warns_per_cent: usize,
    most: usize,
) -> Alike {
    let words = |copied: &Copied| own.passages.get(copied.own).map_or(0, |passage| passage.words);
    let (num, den) = (copied.iter().map(words).sum::<usize>(), own.words(quoted));
    let passage = |copied: &Copied| AlikePassage {
        own: own.say(copied.own),
        theirs: other.say(copied.theirs),
        score: ratio(copied.common, copied.all),
    };
    Alike {
        id,
        num,
        den,
        warns: num > 0 && num * 100 >= den * warns_per_cent,
        passages: copied.iter().take(most).map(passage).collect(),
        truncated: copied.len() > most,
    }
}

fn ratio(num: usize, den: usize) -> Ratio {
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ratio::of_counts(whole(num), whole(den))
}

/// The names of units that a copy would have swapped: those of the tree down to one level below the issuer.
fn names(conn: &mut AnyConn, root: Id, issuer: Id) -> Result<Names> {
    let depth = units::load(conn, issuer)?.depth;
    let all: Vec<String> = org_units::table
        .filter(org_units::root_id.eq(root).and(org_units::depth.le(depth + 1)))
        .select(org_units::name)
        .load(conn)?;
    Ok(Names::of(all.iter().map(String::as_str)))
}

/// The documents that one goes back to, and those of other issuers that go back to one of these too.
fn relatives(conn: &mut AnyConn, actor: &Actor, of: &model::Row) -> Result<(Vec<Id>, Vec<Id>, bool)> {
    let made_from = [DocumentRelation::Concretises, DocumentRelation::Implements];
    let up: Vec<Id> = relations::table
        .filter(relations::from_id.eq(of.id).and(relations::relation.eq_any(made_from)))
        .select(relations::to_id)
        .order(relations::to_id)
        .load(conn)?;
    let mut up = model::seen(conn, actor, up)?;
    up.sort();
    let from_the_same = relations::table
        .filter(relations::to_id.eq_any(&up).and(relations::relation.eq_any(made_from)))
        .select(relations::from_id);
    let mut beside: Vec<Id> = model::visible(actor)
        .filter(documents::id.eq_any(from_the_same).and(documents::issuer_unit_id.ne(of.issuer_unit_id)))
        .order(documents::id)
        .limit(MOST_SIBLINGS + 1)
        .select(documents::id)
        .load(conn)?;
    let most = usize::try_from(MOST_SIBLINGS).map_err(Error::internal)?;
    let truncated = beside.len() > most;
    beside.truncate(most);
    Ok((up, beside, truncated))
}

/// The texts of documents that have one.
fn content(conn: &mut AnyConn, ids: &[Id]) -> Result<Vec<(Id, String)>> {
    let rows = contents::table.filter(contents::document_id.eq_any(ids.to_vec()));
    Ok(rows.order(contents::document_id).select((contents::document_id, contents::content)).load(conn)?)
}

fn written(conn: &mut AnyConn, actor: &Actor, all: Vec<Alike>) -> Result<Vec<AlikeDocument>> {
    let ids: Vec<Id> = all.iter().map(|alike| alike.id).collect();
    let rows: Vec<model::Row> =
        model::visible(actor).filter(documents::id.eq_any(ids)).select(model::Row::as_select()).load(conn)?;
    let nodes = lineage::nodes(conn, rows)?;
    let mut nodes: HashMap<Id, _> = nodes.into_iter().map(|node| (node.id, node)).collect();
    let one = |alike: Alike| {
        Some(AlikeDocument {
            document: nodes.remove(&alike.id)?,
            share: ratio(alike.num, alike.den),
            warns: alike.warns,
            passages: alike.passages,
            truncated: alike.truncated,
        })
    };
    Ok(all.into_iter().filter_map(one).collect())
}
