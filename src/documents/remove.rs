//! Taking documents out of the register.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{
            disseminations, document_relations, documents, holdings, org_unit_relations, receipts,
            registration_rounds as rounds, resolution_items as items, task_links, tasks,
        },
    },
    documents::{effects, model, save},
    error::{Code, Error, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
};
use diesel::prelude::*;

/// Marks a document as deleted. The row stays, and with it its id and its history; refused while
/// another document or an item of one, a task, a receipt, a dissemination, a registration round, a post held
/// or the end of a unit refers to it. Its items
/// go out of sight with it.
pub fn remove(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch) -> Result<Answer> {
    let (mut row, issuer) = save::open(tx, actor, id)?;
    expected.check(row.version)?;
    if let Some(what) = used_by(tx.conn, id)? {
        return Err(Error::new(Code::InUse).with("what", what));
    }
    row.deleted_at = Some(tx.at);
    // Its number is free again.
    row.series = None;
    save::update(tx, &mut row)?;
    let document = model::wire_one(tx.conn, actor, row)?;
    save::append(tx, "document.deleted", &document, &issuer, Changes::none())?;
    effects::spread(tx, actor, id)?;
    Ok(Answer::nothing())
}

/// What refers to a document, counted; none when nothing does.
fn used_by(conn: &mut AnyConn, id: Id) -> Result<Option<Said>> {
    let alive = documents::table.filter(documents::deleted_at.is_null()).select(documents::id);
    let live = items::deleted_at.is_null();
    let inside = items::table.filter(items::document_id.eq(id).and(live)).select(items::id);
    let itself = task_links::target_id.eq(id).and(task_links::kind.eq("document"));
    let its_items = task_links::target_id.eq_any(inside).and(task_links::kind.eq("resolution_item"));
    let served = task_links::table.filter(itself.or(its_items)).select(task_links::task_id);
    let reworded = items::table.filter(items::amending_document_id.eq(id).and(live));
    let studied =
        disseminations::document_id.eq(id).or(disseminations::plan_document_id.eq(id).assume_not_null());
    let counts: [(Phrase, i64); 8] = [
        (
            Phrase::Documents,
            document_relations::table
                .filter(document_relations::to_id.eq(id))
                .filter(document_relations::from_id.eq_any(alive))
                .count()
                .get_result(conn)?,
        ),
        (
            Phrase::Tasks,
            tasks::table
                .filter(tasks::document_id.eq(id).or(tasks::id.eq_any(served)))
                .filter(tasks::deleted_at.is_null())
                .count()
                .get_result(conn)?,
        ),
        (
            Phrase::Holdings,
            holdings::table
                .filter(holdings::document_id.eq(id).and(holdings::deleted_at.is_null()))
                .count()
                .get_result(conn)?,
        ),
        (Phrase::ResolutionItems, reworded.count().get_result(conn)?),
        (
            // What went out cannot be unsaid, not even when it was recalled.
            Phrase::Receipts,
            receipts::table.filter(receipts::document_id.eq(id)).count().get_result(conn)?,
        ),
        (Phrase::Disseminations, disseminations::table.filter(studied).count().get_result(conn)?),
        (
            Phrase::RegistrationRounds,
            rounds::table.filter(rounds::document_id.eq(id)).count().get_result(conn)?,
        ),
        (
            Phrase::OrgUnits,
            org_unit_relations::table
                .filter(org_unit_relations::document_id.eq(id))
                .count()
                .get_result(conn)?,
        ),
    ];
    let used: Vec<Said> =
        counts.iter().filter(|(_, n)| *n > 0).map(|(what, n)| Said::from(*what).and(n)).collect();
    Ok((!used.is_empty()).then(|| Said::joined(&used, ", ")))
}
