//! Writing items: the functions through which every change of an item goes.

use crate::{
    db::{
        AnyConn,
        schema::{programme_item_links as links, programme_items as items},
    },
    error::{Error, Result},
    events::{Changes, Event, Tx},
    http::version,
    ids::Id,
    place::Place,
    programmes::{
        items::model::{self, Row},
        wire::ProgrammeItem,
    },
};
use diesel::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;

/// A list as its column holds it.
pub fn listed<T: Serialize>(list: &[T]) -> Result<String> {
    serde_json::to_string(list).map_err(Error::internal)
}

/// Inserts a new item with what it serves. Its event is the caller's, who knows where it comes to stand.
pub fn insert(tx: &mut Tx, row: &Row, serves: &[Id]) -> Result<()> {
    diesel::insert_into(items::table).values(row).execute(tx.conn)?;
    serve(tx.conn, row, &[], serves)
}

/// Puts what an item serves in the place of what the writer has seen.
pub fn serve(conn: &mut AnyConn, row: &Row, seen: &[Id], serves: &[Id]) -> Result<()> {
    let old = links::item_id.eq(row.id).and(links::resolution_item_id.eq_any(seen.to_vec()));
    diesel::delete(links::table.filter(old)).execute(conn)?;
    for target in serves.iter().copied().collect::<BTreeSet<Id>>() {
        let link =
            (links::item_id.eq(row.id), links::resolution_item_id.eq(target), links::root_id.eq(row.root_id));
        diesel::insert_into(links::table).values(link).execute(conn)?;
    }
    Ok(())
}

/// Keeps a changed item: next version by compare-and-swap, one event. What it serves was put before;
/// `old` is how it stood.
pub fn update(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    old: &ProgrammeItem,
    mut row: Row,
    reason: Option<&str>,
) -> Result<ProgrammeItem> {
    let read = row.version;
    row.version = read + 1;
    row.updated_at = tx.at;
    let changed = diesel::update(items::table.find(row.id).filter(items::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    let gone = row.deleted_at.is_some();
    let item = model::wire_one(tx.conn, None, row)?;
    let changes = if gone { Changes::none() } else { Changes::between(old, &item)? };
    append(tx, kind, place, &item, changes, reason)?;
    Ok(item)
}

/// Appends the event of a change.
pub fn append(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    item: &ProgrammeItem,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "programme_item",
        subject_id: item.id,
        subject_version: item.version,
        place: Some(place),
        changes,
        reason,
    })
}
