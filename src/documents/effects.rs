//! What the issue of one document does to others: it amends, replaces or repeals them.

use crate::{
    auth::Actor,
    db::{
        AnyConn, lock_row,
        schema::{document_relations as relations, documents, org_unit_relations},
    },
    documents::{
        model::{self, Row},
        save,
        wire::{DocumentParent, DocumentRelation, DocumentStatus},
        workflow::Effect,
    },
    error::{Code, Fault, Phrase, Result},
    events::{Changes, Tx},
    ids::Id,
    org_units::model as units,
};
use diesel::prelude::*;

/// Only the issuer or a superior may amend, replace or repeal (399-QĐ/TW); so may the unit into which the
/// issuer was merged.
pub fn faults(
    conn: &mut AnyConn,
    actor: &Actor,
    issuer: &units::Row,
    parents: &[DocumentParent],
) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for (i, parent) in parents.iter().enumerate() {
        if Effect::of(parent.relation).is_none() {
            continue;
        }
        let target = model::visible(actor).filter(documents::id.eq(parent.document_id));
        let Some(target) = target.select(documents::issuer_unit_id).first(conn).optional()? else { continue };
        if !stands_over(conn, issuer, target)? {
            let fault = Fault::at(format!("/parents/{i}/relation"), Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::OnlyIssuerOrSuperior));
        }
    }
    Ok(faults)
}

fn stands_over(conn: &mut AnyConn, issuer: &units::Row, target: Id) -> Result<bool> {
    let other = units::load(conn, target)?;
    if issuer.place().contains(&other.place()) {
        return Ok(true);
    }
    let inherited =
        org_unit_relations::predecessor_id.eq(target).and(org_unit_relations::successor_id.eq(issuer.id));
    let inherited: i64 = org_unit_relations::table.filter(inherited).count().get_result(conn)?;
    Ok(inherited > 0)
}

/// The documents that this one bears on, whatever its own state.
pub fn targets(conn: &mut AnyConn, id: Id) -> Result<Vec<Id>> {
    let bearing = DocumentRelation::ALL.iter().copied().filter(|relation| Effect::of(*relation).is_some());
    let targets = relations::from_id.eq(id).and(relations::relation.eq_any(bearing));
    Ok(relations::table
        .filter(targets)
        .select(relations::to_id)
        .distinct()
        .order(relations::to_id)
        .load(conn)?)
}

/// The strongest thing that issued documents do to one.
pub fn upon(conn: &mut AnyConn, id: Id) -> Result<Option<Effect>> {
    let by = documents::table
        .filter(documents::deleted_at.is_null().and(documents::status.ne(DocumentStatus::Draft)))
        .select(documents::id);
    let found: Vec<DocumentRelation> = relations::table
        .filter(relations::to_id.eq(id).and(relations::from_id.eq_any(by)))
        .select(relations::relation)
        .distinct()
        .load(conn)?;
    Ok(found.into_iter().filter_map(Effect::of).max())
}

/// Brings the documents that this one bears on up to date with it.
pub fn spread(tx: &mut Tx, actor: &Actor, id: Id) -> Result<()> {
    let targets = targets(tx.conn, id)?;
    refresh(tx, actor, &targets)
}

/// Brings documents up to date with what bears on them, each change with its event.
pub fn refresh(tx: &mut Tx, actor: &Actor, ids: &[Id]) -> Result<()> {
    for id in ids {
        lock_row(tx.conn, "documents", &id.to_string())?;
        let row = documents::table.find(*id).filter(documents::deleted_at.is_null()).select(Row::as_select());
        let Some(row) = row.first::<Row>(tx.conn).optional()? else { continue };
        let effect = upon(tx.conn, *id)?;
        let status = row.status_under(effect);
        if status == row.status {
            continue;
        }
        let issuer = units::load(tx.conn, row.issuer_unit_id)?;
        let before = model::wire_one(tx.conn, actor, row.clone())?;
        let mut after = Row { status, ..row };
        save::update(tx, &mut after)?;
        let document = model::wire_one(tx.conn, actor, after)?;
        save::append(tx, kind(status), &document, &issuer, Changes::between(&before, &document)?)?;
    }
    Ok(())
}

const fn kind(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::Amended => "document.amended",
        DocumentStatus::Replaced => "document.replaced",
        DocumentStatus::Repealed => "document.repealed",
        _ => "document.restored",
    }
}
