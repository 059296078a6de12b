//! What an item must keep to, whether it is new or changed.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::document_relations as relations},
    documents::{model as papers, wire::DocumentRelation},
    error::{Code, Fault, Phrase, Result},
    http::fields::{Few, Words},
    ids::Id,
    org_units::create::{kind_exists, rank_of, unknown_kind, unknown_level},
};
use diesel::prelude::*;

/// Words of catalogues.
pub type Named = Few<Words<40>, 20>;

/// The words themselves.
pub fn plain(words: &Named) -> Vec<&str> {
    words.0.iter().map(|word| &*word.0).collect()
}

/// What is wrong with the units an item says it concerns; `at` is the pointer of the item.
pub fn unit_faults(
    conn: &mut AnyConn,
    at: &str,
    levels: Option<&Named>,
    kinds: Option<&Named>,
) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for (i, word) in levels.map(plain).unwrap_or_default().into_iter().enumerate() {
        if rank_of(conn, word)?.is_none() {
            faults.push(unknown_level(conn, &format!("{at}/levels/{i}"))?);
        }
    }
    for (i, word) in kinds.map(plain).unwrap_or_default().into_iter().enumerate() {
        if !kind_exists(conn, word)? {
            faults.push(unknown_kind(conn, &format!("{at}/unit_kinds/{i}"))?);
        }
    }
    Ok(faults)
}

/// What is wrong with the document that is said to change another: one the actor sees, which amends,
/// replaces or repeals it.
pub fn amending_fault(conn: &mut AnyConn, actor: &Actor, document: Id, by: Id) -> Result<Option<Fault>> {
    const CHANGES: [DocumentRelation; 3] =
        [DocumentRelation::Amends, DocumentRelation::Replaces, DocumentRelation::Repeals];
    let fault = |code| Fault::at("/amending_document_id", code);
    if papers::seen(conn, actor, vec![by])?.is_empty() {
        return Ok(Some(fault(Code::UnknownReference)));
    }
    let changes = relations::from_id.eq(by).and(relations::to_id.eq(document));
    let found: i64 =
        relations::table.filter(changes.and(relations::relation.eq_any(CHANGES))).count().get_result(conn)?;
    Ok((found == 0).then(|| fault(Code::NotPermittedHere).with("why", Phrase::DoesNotAmend)))
}
