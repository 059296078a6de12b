//! Writing items: the functions through which every change of an item goes.

use crate::{
    auth::Actor,
    db::schema::{resolution_item_versions as versions, resolution_items as items},
    documents::{self, model as papers},
    error::Result,
    events::{Changes, Event, Tx},
    http::version::{self, IfMatch},
    ids::Id,
    org_units::model as units,
    resolution_items::{
        model::{self, Row},
        outline::Outline,
        wire::ResolutionItem,
    },
};
use diesel::prelude::*;

/// An item found for writing.
pub struct Open {
    pub document: papers::Row,
    pub issuer: units::Row,
    pub row: Row,
    pub outline: Outline,
}

impl Open {
    /// The wire form as it stands.
    pub fn wire(&self) -> Result<ResolutionItem> {
        self.row.clone().wire(model::ordinals(&self.outline, self.row.id))
    }
}

/// Finds an item for writing: inside the territory, allowed, its document locked, so that one writer at
/// a time changes a tree, and of the version the caller read.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id, expected: &IfMatch) -> Result<Open> {
    let document = model::find(tx.conn, actor, id)?.document_id;
    let (document, issuer) = documents::save::open(tx, actor, document)?;
    let row = model::find(tx.conn, actor, id)?;
    expected.check(row.version)?;
    let outline = model::outline(tx.conn, document.id)?;
    Ok(Open { document, issuer, row, outline })
}

/// Inserts a new item as its first version. Its event is the caller's, who knows where it comes to stand.
pub fn insert(tx: &mut Tx, row: &Row) -> Result<()> {
    diesel::insert_into(items::table).values(row).execute(tx.conn)?;
    keep_version(tx, row)
}

/// Keeps a changed item: next version by compare-and-swap, the version itself, one event.
pub fn update(
    tx: &mut Tx,
    kind: &'static str,
    before: &Open,
    mut row: Row,
    reason: Option<&str>,
) -> Result<ResolutionItem> {
    let read = before.row.version;
    row.version = read + 1;
    row.updated_at = tx.at;
    let changed = diesel::update(items::table.filter(items::id.eq(row.id).and(items::version.eq(read))))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(row.version, read));
    }
    keep_version(tx, &row)?;
    let gone = row.deleted_at.is_some();
    let ordinals = model::ordinals(&model::outline(tx.conn, row.document_id)?, row.id);
    let item = row.wire(ordinals)?;
    let changes = if gone { Changes::none() } else { Changes::between(&before.wire()?, &item)? };
    append(tx, kind, &before.issuer, &item, changes, reason)?;
    Ok(item)
}

/// Appends the event of a change.
pub fn append(
    tx: &mut Tx,
    kind: &'static str,
    issuer: &units::Row,
    item: &ResolutionItem,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "resolution_item",
        subject_id: item.id,
        subject_version: item.version,
        place: Some(&issuer.place()),
        changes,
        reason,
    })
}

fn keep_version(tx: &mut Tx, row: &Row) -> Result<()> {
    diesel::insert_into(versions::table)
        .values((
            versions::id.eq(row.id),
            versions::root_id.eq(row.root_id),
            versions::document_id.eq(row.document_id),
            versions::parent_id.eq(row.parent_id),
            versions::kind.eq(row.kind),
            versions::rank.eq(&row.rank),
            versions::label.eq(&row.label),
            versions::text.eq(&row.text),
            versions::field.eq(&row.field),
            versions::levels.eq(&row.levels),
            versions::unit_kinds.eq(&row.unit_kinds),
            versions::amending_document_id.eq(row.amending_document_id),
            versions::version.eq(row.version),
            versions::created_at.eq(row.created_at.millis()),
            versions::updated_at.eq(row.updated_at.millis()),
            versions::deleted_at.eq(row.deleted_at.map(crate::clock::Instant::millis)),
        ))
        .execute(tx.conn)?;
    Ok(())
}
