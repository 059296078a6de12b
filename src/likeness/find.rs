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
        comparison::{Alike, Comparison, Text},
        passages::Names,
        wire::{AlikeDocument, Compared, Likeness},
    },
    org_units::model as units,
};
use diesel::prelude::*;
use std::collections::HashMap;

/// How a paper stands to one that it was made from.
pub const MADE_FROM: [DocumentRelation; 2] = [DocumentRelation::Concretises, DocumentRelation::Implements];
/// Siblings compared at once.
pub const MOST_SIBLINGS: i64 = 300;
/// Texts read at once.
pub const CHUNK: usize = 20;
/// Documents and passages shown when the caller names no number.
const SHOWN: i64 = 10;
const MOST_SHOWN: i64 = 50;

/// What a document repeats of its parents and its siblings, as far as the actor reads them.
pub fn likeness(conn: &mut AnyConn, actor: &Actor, id: Id, limit: Option<i64>) -> Result<Likeness> {
    let most = most(limit)?;
    let document = model::find(conn, actor, id)?;
    let names = names(conn, document.root_id, document.issuer_unit_id)?;
    let own = Text::new(content(conn, &[id])?.pop().map(|(_, text)| text).unwrap_or_default(), &names);
    let (up, beside, truncated) = relatives(conn, actor, &document)?;
    let mut comparison = Comparison::new(&own, &names, most);
    for (id, content) in content(conn, &up)? {
        comparison.parent(id, content);
    }
    for chunk in beside.chunks(CHUNK) {
        for (id, content) in content(conn, chunk)? {
            comparison.sibling(id, content);
        }
    }
    let (words, warns) = (comparison.words(), comparison.warns());
    let siblings = comparison.siblings();
    let parents = comparison.parents;
    let compared = Compared { parents: parents.len(), siblings: comparison.compared, truncated };
    let parents = written(conn, actor, parents)?;
    Ok(Likeness { words, parents, siblings: written(conn, actor, siblings)?, compared, warns })
}

/// How much to show: of documents, and of passages of each.
pub fn most(limit: Option<i64>) -> Result<usize> {
    let shown = limit.unwrap_or(SHOWN);
    usize::try_from(shown).ok().filter(|_| (1..=MOST_SHOWN).contains(&shown)).ok_or_else(|| {
        Fault::parameter("limit", Code::LimitOutOfRange).with("min", 1).with("max", MOST_SHOWN).into()
    })
}

/// The names of units that a copy would have swapped: those of the tree down to one level below the issuer.
pub fn names(conn: &mut AnyConn, root: Id, issuer: Id) -> Result<Names> {
    let depth = units::load(conn, issuer)?.depth;
    let all: Vec<String> = org_units::table
        .filter(org_units::root_id.eq(root).and(org_units::depth.le(depth + 1)))
        .select(org_units::name)
        .load(conn)?;
    Ok(Names::of(all.iter().map(String::as_str)))
}

/// The documents that one goes back to, and those of other issuers that go back to one of these too.
fn relatives(conn: &mut AnyConn, actor: &Actor, of: &model::Row) -> Result<(Vec<Id>, Vec<Id>, bool)> {
    let up: Vec<Id> = relations::table
        .filter(relations::from_id.eq(of.id).and(relations::relation.eq_any(MADE_FROM)))
        .select(relations::to_id)
        .order(relations::to_id)
        .load(conn)?;
    let mut up = model::seen(conn, actor, up)?;
    up.sort();
    let mut beside: Vec<Id> = beside(actor, &up, of.issuer_unit_id)
        .order(documents::id)
        .limit(MOST_SIBLINGS + 1)
        .select(documents::id)
        .load(conn)?;
    let truncated = cut(&mut beside)?;
    Ok((up, beside, truncated))
}

/// The documents of other issuers that go back to one of these, as far as the actor sees them.
pub fn beside(actor: &Actor, up: &[Id], issuer: Id) -> model::Rows {
    let from_the_same = relations::table
        .filter(relations::to_id.eq_any(up.to_vec()).and(relations::relation.eq_any(MADE_FROM)))
        .select(relations::from_id);
    model::visible(actor)
        .filter(documents::id.eq_any(from_the_same).and(documents::issuer_unit_id.ne(issuer)))
}

/// Cuts siblings, of which one more than are compared at once was asked for; true when there were more.
pub fn cut<T>(siblings: &mut Vec<T>) -> Result<bool> {
    let most = usize::try_from(MOST_SIBLINGS).map_err(Error::internal)?;
    let truncated = siblings.len() > most;
    siblings.truncate(most);
    Ok(truncated)
}

/// The texts of documents that have one.
pub fn content(conn: &mut AnyConn, ids: &[Id]) -> Result<Vec<(Id, String)>> {
    let rows = contents::table.filter(contents::document_id.eq_any(ids.to_vec()));
    Ok(rows.order(contents::document_id).select((contents::document_id, contents::content)).load(conn)?)
}

/// What goes over the wire of documents that are alike.
pub fn written(conn: &mut AnyConn, actor: &Actor, all: Vec<Alike>) -> Result<Vec<AlikeDocument>> {
    let ids: Vec<Id> = all.iter().map(|alike| alike.id).collect();
    let rows: Vec<model::Row> =
        model::visible(actor).filter(documents::id.eq_any(ids)).select(model::Row::as_select()).load(conn)?;
    let nodes = lineage::nodes(conn, rows)?;
    let mut nodes: HashMap<Id, _> = nodes.into_iter().map(|node| (node.id, node)).collect();
    let one = |alike: Alike| {
        Some(AlikeDocument {
            document: nodes.remove(&alike.id)?,
            share: alike.share(),
            warns: alike.warns,
            passages: alike.passages,
            truncated: alike.truncated,
        })
    };
    Ok(all.into_iter().filter_map(one).collect())
}
