//! Editing and deleting programmes.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::programme_versions as versions},
    documents::{
        relations,
        rules::{self, refuse_classified},
    },
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    org_units::model as units,
    programmes::{
        model::{self, Placed, Row},
        parents, save,
        wire::ProgrammePatch,
    },
};
use diesel::prelude::*;

/// Changes what a draft says of itself; what changes nothing leaves nothing.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &ProgrammePatch,
) -> Result<Answer> {
    let before = save::open_draft(tx, actor, id, Some(expected))?;
    let list = patch.parents.0.as_ref().map(|parents| relations::in_order(&parents.0));
    check(tx, actor, &before, patch)?;
    let row = patched(before.row.clone(), patch.clone());
    let old = model::wire_one(tx.conn, actor, &before)?;
    if row == before.row && list.as_ref().is_none_or(|list| *list == old.parents) {
        return Answer::changed(row.version, &old);
    }
    if let Some(list) = &list {
        parents::put(tx.conn, (id, row.root_id), &old.parents, list)?;
    }
    let after = save::put(tx, &before, row)?;
    let programme = model::wire_one(tx.conn, actor, &after)?;
    save::append(tx, "programme.changed", &after, Changes::between(&old, &programme)?, None)?;
    Answer::changed(programme.version, &programme)
}

fn check(tx: &mut Tx, actor: &Actor, before: &Placed, patch: &ProgrammePatch) -> Result<()> {
    refuse_classified(
        None,
        &[
            ("/title", patch.title.0.as_deref()),
            ("/drafting_body", patch.drafting_body.value().map(|text| &*text.0)),
        ],
    )?;
    let list = patch.parents.0.as_ref().map_or(&[][..], |parents| &parents.0);
    relations::lock(tx.conn, None, list)?;
    let issuer = units::load(tx.conn, before.row.unit_id)?;
    let term_id = patch.term_id.value().copied();
    let said = rules::Said { id: None, issuer: &issuer, issued_on: None, term_id, parents: list };
    let mut faults = rules::faults(tx, actor, &said)?;
    faults.extend(parents::faults(list));
    let other_type = patch.doc_type.0.is_some_and(|kind| kind != before.row.doc_type);
    if other_type && before.row.document_id.is_some() {
        faults.push(Fault::at("/type", Code::NotPermittedHere).with("why", Phrase::IssuedBefore));
    }
    rules::refuse(faults)
}

fn patched(row: Row, patch: ProgrammePatch) -> Row {
    Row {
        title: patch.title.0.map_or(row.title, |title| title.0),
        doc_type: patch.doc_type.0.unwrap_or(row.doc_type),
        term_id: patch.term_id.over(row.term_id),
        year: patch.year.map(|year| year.small()).over(row.year),
        drafting_body: patch.drafting_body.map(|text| text.0).over(row.drafting_body),
        ..row
    }
}

/// Deletes a draft that was never handed in; its history stays.
pub fn delete(tx: &mut Tx, actor: &Actor, id: Id, expected: &IfMatch) -> Result<Answer> {
    let before = save::open_draft(tx, actor, id, Some(expected))?;
    let kept = kept(tx.conn, id)?;
    if kept > 0 {
        return Err(Error::new(Code::InUse).with("what", Said::from(Phrase::ProgrammeVersions).and(kept)));
    }
    let row = Row { deleted_at: Some(tx.at), ..before.row.clone() };
    let after = save::put(tx, &before, row)?;
    save::append(tx, "programme.deleted", &after, Changes::none(), None)?;
    Ok(Answer::nothing())
}

fn kept(conn: &mut AnyConn, id: Id) -> Result<i64> {
    Ok(versions::table.filter(versions::programme_id.eq(id)).count().get_result(conn)?)
}
