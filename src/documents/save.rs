//! Writing rows, each change with its event.

use crate::{
    auth::Actor,
    db::{
        AnyConn, lock_row,
        schema::{document_contents as contents, documents},
    },
    documents::{
        effects,
        model::{self, Row},
        rules, series,
        wire::Document,
    },
    error::{Error, Result},
    events::{Changes, Event, Tx},
    http::version,
    ids::Id,
    org_units::model as units,
    policy::{Action, Site},
    text,
};
use diesel::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Finds a document that is about to change, with its issuer: seen, allowed, locked, read again.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id) -> Result<(Row, units::Row)> {
    let seen = model::find(tx.conn, actor, id)?;
    let issuer = units::load(tx.conn, seen.issuer_unit_id)?;
    actor.may_at(Action::DocumentManage, Site::of(&issuer.place()))?;
    lock_row(tx.conn, "documents", &id.to_string())?;
    Ok((model::find(tx.conn, actor, id)?, issuer))
}

/// Gives a row its place in the register: number, run and state follow from what it says.
pub fn settle(tx: &mut Tx, row: &mut Row, issuer: &units::Row) -> Result<()> {
    rules::refuse(rules::faults_of_issued(tx, row, issuer)?)?;
    series::place(tx.conn, row)?;
    row.status = row.status_under(effects::upon(tx.conn, row.id)?);
    Ok(())
}

/// A list as its column holds it.
pub fn listed<T: Serialize>(items: &[T]) -> Result<String> {
    serde_json::to_string(items).map_err(Error::internal)
}

/// The folded words a document is found by.
pub fn search_text(title: &str, number: Option<&str>, abstract_text: Option<&str>) -> String {
    text::fold(&format!("{title} {} {}", number.unwrap_or_default(), abstract_text.unwrap_or_default()))
}

/// Writes a changed row over the version it was made from.
pub fn update(tx: &mut Tx, row: &mut Row) -> Result<()> {
    let read = row.version;
    row.version += 1;
    row.updated_at = tx.at;
    row.search_text = search_text(&row.title, row.number_text.as_deref(), row.abstract_text.as_deref());
    let changed = diesel::update(documents::table.find(row.id).filter(documents::version.eq(read)))
        .set(&*row)
        .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(version::stale(row.version, read)) }
}

/// Puts the plain text of a document, or takes it away.
pub fn put_content(conn: &mut AnyConn, row: &Row, content: Option<&str>) -> Result<()> {
    diesel::delete(contents::table.find(row.id)).execute(conn)?;
    if let Some(content) = content {
        diesel::insert_into(contents::table)
            .values((
                contents::document_id.eq(row.id),
                contents::root_id.eq(row.root_id),
                contents::content.eq(content),
                contents::search_text.eq(text::fold(content)),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// How the log names a content: by its SHA-256, since a log that keeps every wording would outgrow
/// the register.
pub fn fingerprint(content: Option<&str>) -> Option<String> {
    content.map(|text| format!("sha256:{:x}", Sha256::digest(text)))
}

/// Appends the event of a change.
pub fn append(
    tx: &mut Tx,
    kind: &'static str,
    document: &Document,
    issuer: &units::Row,
    changes: Changes,
) -> Result<()> {
    append_because(tx, kind, document, issuer, changes, None)
}

/// The same with a reason.
pub fn append_because(
    tx: &mut Tx,
    kind: &'static str,
    document: &Document,
    issuer: &units::Row,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "document",
        subject_id: document.id,
        subject_version: document.version,
        place: Some(&issuer.place()),
        changes,
        reason,
    })
}
