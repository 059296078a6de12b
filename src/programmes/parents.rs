//! The documents a programme puts into practice.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{programme_parents as parents, programmes},
    },
    documents::{
        model as papers, relations,
        wire::{DocumentParent, DocumentRelation},
    },
    error::{Code, Fault, Result},
    ids::Id,
};
use diesel::prelude::*;
use std::collections::HashMap;

/// How a programme may stand to what it puts into practice.
const RELATIONS: [DocumentRelation; 3] =
    [DocumentRelation::Concretises, DocumentRelation::Implements, DocumentRelation::BasedOn];

/// All parents of programmes, in a fixed order, whoever asks.
pub fn all(conn: &mut AnyConn, programmes: &[Id]) -> Result<HashMap<Id, Vec<DocumentParent>>> {
    let rows: Vec<(Id, Id, DocumentRelation)> = parents::table
        .filter(parents::programme_id.eq_any(programmes.to_vec()))
        .select((parents::programme_id, parents::document_id, parents::relation))
        .load(conn)?;
    let mut found: HashMap<Id, Vec<DocumentParent>> = HashMap::new();
    for (programme, document_id, relation) in rows {
        found.entry(programme).or_default().push(DocumentParent { document_id, relation });
    }
    found.values_mut().for_each(|list| list.sort());
    Ok(found)
}

/// Those that the actor sees.
pub fn seen(
    conn: &mut AnyConn,
    actor: &Actor,
    programmes: &[Id],
) -> Result<HashMap<Id, Vec<DocumentParent>>> {
    let mut found = all(conn, programmes)?;
    let named = found.values().flatten().map(|parent| parent.document_id).collect();
    let known = papers::seen(conn, actor, named)?;
    for list in found.values_mut() {
        list.retain(|parent| known.contains(&parent.document_id));
    }
    Ok(found)
}

/// What is wrong with how parents are named.
pub fn faults(list: &[DocumentParent]) -> Vec<Fault> {
    let accepted = RELATIONS.map(DocumentRelation::as_str).join(", ");
    let strange = list.iter().enumerate().filter(|(_, parent)| !RELATIONS.contains(&parent.relation));
    let fault = |(i, _)| Fault::at(format!("/parents/{i}/relation"), Code::UnknownValue);
    strange.map(fault).map(|fault| fault.with("accepted", accepted.clone())).collect()
}

/// Puts a list in the place of the one the writer has seen. What was hidden from the writer stays.
pub fn put(
    conn: &mut AnyConn,
    (programme, root): (Id, Id),
    seen: &[DocumentParent],
    list: &[DocumentParent],
) -> Result<()> {
    for old in seen {
        diesel::delete(parents::table.find((programme, old.document_id, old.relation))).execute(conn)?;
    }
    for parent in relations::in_order(list) {
        diesel::insert_into(parents::table)
            .values((
                parents::programme_id.eq(programme),
                parents::document_id.eq(parent.document_id),
                parents::relation.eq(parent.relation),
                parents::root_id.eq(root),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Narrows a list to programmes that go back to a document; to one the actor does not see, none does.
pub fn only(
    conn: &mut AnyConn,
    actor: &Actor,
    rows: programmes::BoxedQuery<'static, crate::db::MultiBackend>,
    document: Id,
) -> Result<programmes::BoxedQuery<'static, crate::db::MultiBackend>> {
    let known = papers::seen(conn, actor, vec![document])?;
    let of = parents::table.filter(parents::document_id.eq_any(known)).select(parents::programme_id);
    Ok(rows.filter(programmes::id.eq_any(of)))
}
