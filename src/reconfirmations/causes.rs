//! The documents that change others.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn,
        schema::{document_relations as relations, documents},
    },
    documents::{
        model as papers,
        wire::{DocumentRelation, DocumentStatus},
        workflow::Effect,
    },
    error::Result,
    ids::Id,
    reconfirmations::workflow,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// A document that amends, replaces or repeals others.
#[derive(Debug, Clone)]
pub struct Cause {
    pub id: Id,
    /// Until it is, nobody is asked.
    pub issued: bool,
    /// What was there before this moment is touched.
    pub end: Instant,
    /// The documents it changes, each once.
    pub changed: Vec<Id>,
}

type Slim = (Id, DocumentStatus, Option<NaiveDate>, Instant);

fn cause((id, status, issued_on, registered): Slim) -> Cause {
    let issued = status != DocumentStatus::Draft;
    Cause { id, issued, end: workflow::end(issued, issued_on, registered), changed: Vec::new() }
}

/// A document that the caller has found inside its territory, with what it changes.
pub fn of(conn: &mut AnyConn, paper: &papers::Row) -> Result<Cause> {
    let mut causes = vec![cause((paper.id, paper.status, paper.issued_on, paper.created_at))];
    fill(conn, &mut causes)?;
    causes.pop().ok_or_else(crate::error::Error::not_found)
}

/// Every issued document that the actor sees and that changes another, or this one alone.
pub fn asking(conn: &mut AnyConn, actor: &Actor, document: Option<Id>) -> Result<Vec<Cause>> {
    let acting = relations::table.filter(relations::relation.eq_any(effects())).select(relations::from_id);
    let mut rows = papers::visible(actor)
        .filter(documents::status.ne(DocumentStatus::Draft).and(documents::id.eq_any(acting)));
    if let Some(document) = document {
        rows = rows.filter(documents::id.eq(document));
    }
    let found: Vec<Slim> = rows
        .order(documents::id)
        .select((documents::id, documents::status, documents::issued_on, documents::created_at))
        .load(conn)?;
    let mut causes = found.into_iter().map(cause).collect::<Vec<_>>();
    fill(conn, &mut causes)?;
    Ok(causes)
}

/// The relations that change a document.
fn effects() -> Vec<DocumentRelation> {
    DocumentRelation::ALL.iter().copied().filter(|relation| Effect::of(*relation).is_some()).collect()
}

/// Says of each cause, in the order of their ids, what it changes.
fn fill(conn: &mut AnyConn, causes: &mut [Cause]) -> Result<()> {
    for causes in causes.chunks_mut(CHUNK) {
        let ids: Vec<Id> = causes.iter().map(|cause| cause.id).collect();
        let pairs: Vec<(Id, Id)> = relations::table
            .filter(relations::from_id.eq_any(ids).and(relations::relation.eq_any(effects())))
            .distinct()
            .order((relations::from_id, relations::to_id))
            .select((relations::from_id, relations::to_id))
            .load(conn)?;
        for cause in causes {
            let own = pairs.iter().filter(|(from, _)| *from == cause.id);
            cause.changed = own.map(|(_, to)| *to).collect();
        }
    }
    Ok(())
}
