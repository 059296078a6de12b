//! Correcting holdings, and taking away what was recorded by mistake.

use crate::{
    auth::Actor,
    documents::model as documents,
    error::Result,
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    posts::{
        model::{self, Row, append},
        rights,
        wire::HoldingPatch,
    },
};

/// Changes a holding; what changes nothing leaves nothing.
pub fn change(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch, patch: HoldingPatch) -> Result<Answer> {
    let model::Open { row: read, place, .. } = model::open(tx, actor, id)?;
    expected.check(read.version)?;
    if let Some(document) = patch.document_id.value() {
        documents::referenced(tx.conn, actor, *document, "/document_id")?;
    }
    let mut row = Row {
        is_primary: patch.is_primary.0.unwrap_or(read.is_primary),
        document_id: patch.document_id.over(read.document_id),
        ..read.clone()
    };
    let before = model::wire_one(tx.conn, actor, read.clone())?;
    if row == read {
        return Answer::changed(before.version, &before);
    }
    model::update(tx, &mut row)?;
    let holding = model::wire_one(tx.conn, actor, row.clone())?;
    append(tx, "holding.changed", &row, &place, Changes::between(&before, &holding)?, None)?;
    Answer::changed(holding.version, &holding)
}

/// Marks a holding as deleted; what it gave ends at once.
pub fn remove(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch) -> Result<Answer> {
    let model::Open { mut row, place, .. } = model::open(tx, actor, id)?;
    expected.check(row.version)?;
    row.deleted_at = Some(tx.at);
    model::update(tx, &mut row)?;
    append(tx, "holding.deleted", &row, &place, Changes::none(), None)?;
    rights::take(tx, row.id, None, None)?;
    Ok(Answer::nothing())
}
