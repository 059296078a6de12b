//! What a programme repeats, before it is adopted: of the documents it puts into practice and of what
//! others made from the same ones, as a whole and item by item.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{
            documents, programme_items as items, programme_parents as parents,
            programme_versions as versions, programmes, resolution_items as clauses,
        },
    },
    error::{Error, Result},
    ids::Id,
    likeness::{
        comparison::{Alike, Comparison, PartAlike, Text},
        find::{self, CHUNK, MADE_FROM, MOST_SIBLINGS},
        wire::Compared,
    },
    org_units::model as units,
    programmes::{
        model::{self, Placed},
        parents as sources,
        wire::{
            AlikeSibling, ProgrammeItemLikeness, ProgrammeLikeness, ProgrammeSibling, SiblingKind,
            SiblingShare,
        },
    },
    resolution_items,
    tasks::wire::RoadmapStep,
};
use diesel::prelude::*;
use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

/// What a programme repeats of its parents and its siblings, as far as the actor reads them.
pub fn likeness(conn: &mut AnyConn, actor: &Actor, id: Id, limit: Option<i64>) -> Result<ProgrammeLikeness> {
    let most = find::most(limit)?;
    let programme = model::find(conn, actor, id)?;
    let names = find::names(conn, programme.row.root_id, programme.row.unit_id)?;
    let Own { text, items } = own(conn, id)?;
    let text = Text::new(text, &names);
    let mut comparison = Comparison::new(&text, &names, most);
    let up = up(conn, actor, id)?;
    for (id, content) in above(conn, actor, &up)? {
        comparison.parent(id, content);
    }
    let (beside, truncated) = siblings(conn, actor, &programme, &up)?;
    for chunk in beside.chunks(CHUNK) {
        for (id, content) in contents(conn, chunk)? {
            comparison.sibling(id, content);
        }
    }
    let (words, warns) = (comparison.words(), comparison.warns());
    let parts: Vec<(Id, PartAlike)> = items.iter().map(|(id, at)| (*id, comparison.part(at))).collect();
    let alike = comparison.siblings();
    let compared = Compared { parents: comparison.parents.len(), siblings: comparison.compared, truncated };
    let parents = find::written(conn, actor, comparison.parents)?;
    let known = named(conn, beside)?;
    let siblings = alike.into_iter().filter_map(|alike| sibling(alike, &known)).collect();
    let numbered = (1..).zip(parts).map(|(ordinal, (id, part))| item(ordinal, id, part, &known)).collect();
    Ok(ProgrammeLikeness { words, parents, siblings, items: numbered, compared, warns })
}

/// The documents it concretises or implements, as far as the actor sees them.
fn up(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Vec<Id>> {
    let seen = sources::seen(conn, actor, &[id])?.remove(&id).unwrap_or_default();
    let made_from = seen.into_iter().filter(|parent| MADE_FROM.contains(&parent.relation));
    let mut up: Vec<Id> = made_from.map(|parent| parent.document_id).collect();
    up.sort();
    up.dedup();
    Ok(up)
}

/// The texts of documents, each with those of its clauses.
fn above(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> Result<BTreeMap<Id, String>> {
    let mut texts: BTreeMap<Id, String> = find::content(conn, ids)?.into_iter().collect();
    let said: Vec<(Id, String)> = resolution_items::model::visible(actor)
        .filter(clauses::document_id.eq_any(ids.to_vec()))
        .order((clauses::document_id, clauses::id))
        .select((clauses::document_id, clauses::text))
        .load(conn)?;
    for (id, clause) in said {
        line(texts.entry(id).or_default(), &clause);
    }
    Ok(texts)
}

/// Something made from the same documents.
struct Sibling {
    kind: SiblingKind,
    id: Id,
    title: String,
    unit: Id,
}

/// Programmes of other units that go back to one of these documents, however far they are; then documents
/// of other issuers, but those that are the paper of one of these programmes or of this one. True when
/// there are more than are compared.
fn siblings(conn: &mut AnyConn, actor: &Actor, of: &Placed, up: &[Id]) -> Result<(Vec<Sibling>, bool)> {
    let from_the_same = parents::table
        .filter(parents::document_id.eq_any(up.to_vec()).and(parents::relation.eq_any(MADE_FROM)))
        .select(parents::programme_id);
    let found: Vec<(Id, String, Id)> = model::visible(actor)
        .filter(programmes::id.eq_any(from_the_same).and(programmes::unit_id.ne(of.row.unit_id)))
        .order(programmes::id)
        .limit(MOST_SIBLINGS + 1)
        .select((programmes::id, programmes::title, programmes::unit_id))
        .load(conn)?;
    let as_papers: Vec<Id> = found.iter().map(|(id, ..)| *id).chain([of.row.id]).collect();
    let papers = versions::table
        .filter(versions::programme_id.eq_any(as_papers).and(versions::document_id.is_not_null()))
        .select(versions::document_id.assume_not_null());
    let others: Vec<(Id, String, Id)> = find::beside(actor, up, of.row.unit_id)
        .filter(documents::id.ne_all(papers).and(documents::id.ne_all(up.to_vec())))
        .order(documents::id)
        .limit(MOST_SIBLINGS + 1)
        .select((documents::id, documents::title, documents::issuer_unit_id))
        .load(conn)?;
    let sibling = |kind| move |(id, title, unit): (Id, String, Id)| Sibling { kind, id, title, unit };
    let programmes = found.into_iter().map(sibling(SiblingKind::Programme));
    let mut all: Vec<Sibling> =
        programmes.chain(others.into_iter().map(sibling(SiblingKind::Document))).collect();
    let truncated = find::cut(&mut all)?;
    Ok((all, truncated))
}

/// The texts of some siblings that have one, in two queries.
fn contents(conn: &mut AnyConn, siblings: &[Sibling]) -> Result<Vec<(Id, String)>> {
    let of = |kind| -> Vec<Id> {
        siblings.iter().filter(|sibling| sibling.kind == kind).map(|sibling| sibling.id).collect()
    };
    let mut texts: BTreeMap<Id, String> = BTreeMap::new();
    for (programme, _, said) in said(conn, &of(SiblingKind::Programme))? {
        line(texts.entry(programme).or_default(), &said);
    }
    let documents = find::content(conn, &of(SiblingKind::Document))?;
    Ok(texts.into_iter().chain(documents).collect())
}

/// The text of a programme, and the bytes where each of its items stands in it.
#[derive(Default)]
struct Own {
    text: String,
    items: Vec<(Id, Range<usize>)>,
}

fn own(conn: &mut AnyConn, id: Id) -> Result<Own> {
    let mut own = Own::default();
    for (_, item, said) in said(conn, &[id])? {
        let from = own.text.len();
        line(&mut own.text, &said);
        own.items.push((item, from..own.text.len()));
    }
    Ok(own)
}

/// What the items of programmes say, in order: programme, item, its text and the steps of its roadmap.
/// Titles, days and who answers for it are alike without being copied.
fn said(conn: &mut AnyConn, programmes: &[Id]) -> Result<Vec<(Id, Id, String)>> {
    let rows: Vec<(Id, Id, String, String)> = items::table
        .filter(items::programme_id.eq_any(programmes.to_vec()).and(items::deleted_at.is_null()))
        .order((items::programme_id, items::rank, items::id))
        .select((items::programme_id, items::id, items::text, items::roadmap))
        .load(conn)?;
    rows.into_iter()
        .map(|(programme, id, mut text, roadmap)| {
            let roadmap: Vec<RoadmapStep> = serde_json::from_str(&roadmap).map_err(Error::internal)?;
            roadmap.iter().for_each(|step| line(&mut text, &step.title));
            Ok((programme, id, text))
        })
        .collect()
}

/// Adds a text on a line of its own: no passage reaches into the next.
fn line(text: &mut String, more: &str) {
    text.push('\n');
    text.push_str(more);
}

/// What siblings are called, by id.
fn named(conn: &mut AnyConn, all: Vec<Sibling>) -> Result<HashMap<Id, ProgrammeSibling>> {
    let of: Vec<Id> = all.iter().map(|sibling| sibling.unit).collect();
    let units = units::references(conn, &of)?;
    let one = |Sibling { kind, id, title, unit }: Sibling| {
        Some((id, ProgrammeSibling { kind, id, title, unit: units.get(&unit)?.clone() }))
    };
    Ok(all.into_iter().filter_map(one).collect())
}

fn sibling(alike: Alike, known: &HashMap<Id, ProgrammeSibling>) -> Option<AlikeSibling> {
    Some(AlikeSibling {
        sibling: known.get(&alike.id)?.clone(),
        share: alike.share(),
        warns: alike.warns,
        passages: alike.passages,
        truncated: alike.truncated,
    })
}

fn item(
    ordinal: i32,
    item_id: Id,
    part: PartAlike,
    known: &HashMap<Id, ProgrammeSibling>,
) -> ProgrammeItemLikeness {
    let share = |(id, share)| Some(SiblingShare { sibling: known.get(&id)?.clone(), share });
    ProgrammeItemLikeness {
        item_id,
        ordinal,
        words: part.words,
        of_parents: part.of_parents,
        of_siblings: part.of_siblings,
        warns: part.warns,
        most_like: part.most_like.and_then(share),
    }
}
