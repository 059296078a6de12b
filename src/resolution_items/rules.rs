//! What an item must keep to, whether it is new or changed.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{document_relations as relations, levels, unit_kinds},
    },
    documents::{model as papers, wire::DocumentRelation},
    error::{Code, Fault, Phrase, Result},
    http::fields::{Few, Words},
    ids::Id,
};
use diesel::prelude::*;

/// Words of catalogues.
pub type Named = Few<Words<40>, 20>;

/// The words themselves.
pub fn plain(words: &Named) -> Vec<&str> {
    words.0.iter().map(|word| &*word.0).collect()
}

/// The levels and kinds of units there are.
pub struct Catalogue {
    levels: Vec<String>,
    kinds: Vec<String>,
}

impl Catalogue {
    /// As they stand now.
    pub fn load(conn: &mut AnyConn) -> Result<Self> {
        Ok(Self {
            levels: levels::table.order(levels::rank).select(levels::id).load(conn)?,
            kinds: unit_kinds::table.order(unit_kinds::rank).select(unit_kinds::id).load(conn)?,
        })
    }

    /// What is wrong with the units an item says it concerns; `at` is the pointer of the item.
    pub fn faults(&self, at: &str, levels: Option<&Named>, kinds: Option<&Named>) -> Vec<Fault> {
        let lists = [("levels", levels, &self.levels), ("unit_kinds", kinds, &self.kinds)];
        let strange = |(member, named, known): (&str, Option<&Named>, &Vec<String>)| {
            let named = named.map(plain).unwrap_or_default().into_iter().enumerate();
            let strange = named.filter(|(_, word)| !known.iter().any(|one| one == word));
            let fault = |(i, _)| Fault::at(format!("{at}/{member}/{i}"), Code::UnknownValue);
            strange.map(fault).map(|fault| fault.with("accepted", known.join(", "))).collect::<Vec<_>>()
        };
        lists.into_iter().flat_map(strange).collect()
    }
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
