//! Reading resolution items: who sees a document sees its items.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{documents, resolution_item_versions as versions, resolution_items as items},
    },
    documents::model as papers,
    error::{Error, Result},
    ids::Id,
    resolution_items::{
        outline::{Node, Outline, Spot},
        wire::{ResolutionItem, ResolutionItemKind},
    },
};
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// A row of the table, and of that of the versions.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = items, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub document_id: Id,
    pub parent_id: Option<Id>,
    pub kind: ResolutionItemKind,
    pub rank: String,
    pub label: Option<String>,
    pub text: String,
    pub field: Option<String>,
    /// Lists of words, as JSON.
    pub levels: String,
    pub unit_kinds: String,
    pub amending_document_id: Option<Id>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl Row {
    /// What the tree needs to know of it.
    pub fn node(&self) -> Result<Node> {
        Ok(Node {
            id: self.id,
            version: self.version,
            parent_id: self.parent_id,
            kind: self.kind,
            rank: self.rank.clone(),
            levels: words(&self.levels)?,
            unit_kinds: words(&self.unit_kinds)?,
        })
    }

    /// The wire form, given where it stands.
    pub fn wire(self, ordinals: Vec<i32>) -> Result<ResolutionItem> {
        Ok(ResolutionItem {
            levels: words(&self.levels)?,
            unit_kinds: words(&self.unit_kinds)?,
            ordinal: ordinals.last().copied().unwrap_or(1),
            depth: i32::try_from(ordinals.len()).map_err(Error::internal)?,
            ordinals,
            id: self.id,
            document_id: self.document_id,
            parent_id: self.parent_id,
            kind: self.kind,
            label: self.label,
            text: self.text,
            field: self.field,
            amending_document_id: self.amending_document_id,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

fn words(json: &str) -> Result<Vec<String>> {
    serde_json::from_str(json).map_err(Error::internal)
}

/// The only way to start a query on items: those of the documents that the actor sees.
pub fn visible(actor: &Actor) -> items::BoxedQuery<'static, MultiBackend> {
    let all = items::table.filter(items::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else {
        let there = documents::table.filter(documents::deleted_at.is_null()).select(documents::id);
        return all.filter(items::document_id.eq_any(there));
    };
    let seen = papers::ids_readable(unit.root_id, &unit.path, actor.detail_depth, actor.ancestors());
    all.filter(items::document_id.eq_any(seen))
}

/// One item, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(items::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// Which of these items the actor sees.
pub fn seen(conn: &mut AnyConn, actor: &Actor, ids: Vec<Id>) -> Result<Vec<Id>> {
    Ok(visible(actor).filter(items::id.eq_any(ids)).select(items::id).load(conn)?)
}

/// The documents of these items, whoever asks.
pub fn documents_of(conn: &mut AnyConn, ids: &[Id]) -> Result<Vec<Id>> {
    let found = items::table.filter(items::id.eq_any(ids)).select(items::document_id);
    Ok(found.distinct().order(items::document_id).load(conn)?)
}

/// Those of these items that the actor sees, by document, in the order in which they are read.
pub fn by_ids(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> Result<Vec<ResolutionItem>> {
    let seen = seen(conn, actor, ids.to_vec())?;
    let mut found = Vec::new();
    for document in documents_of(conn, &seen)? {
        let outline = outline(conn, document)?;
        let mut spots = outline.in_order(None);
        spots.retain(|spot| seen.contains(&spot.node.id));
        found.extend(wire(conn, &spots)?);
    }
    Ok(found)
}

/// One item as it is, or what one of its versions said. Where it stands is told as of now.
pub fn show(conn: &mut AnyConn, actor: &Actor, id: Id, version: Option<i32>) -> Result<ResolutionItem> {
    let now = find(conn, actor, id)?;
    let outline = outline(conn, now.document_id)?;
    let row = match version {
        None => now,
        Some(version) => versions::table.find((id, version)).first(conn)?,
    };
    row.wire(ordinals(&outline, id))
}

/// The places of an item and of those above it.
pub fn ordinals(outline: &Outline, id: Id) -> Vec<i32> {
    outline
        .in_order(None)
        .into_iter()
        .find(|spot| spot.node.id == id)
        .map_or_else(Vec::new, |spot| spot.ordinals)
}

type Bone = (Id, i32, Option<Id>, ResolutionItemKind, String, String, String);

fn node((id, version, parent_id, kind, rank, levels, unit_kinds): Bone) -> Result<Node> {
    Ok(Node { id, version, parent_id, kind, rank, levels: words(&levels)?, unit_kinds: words(&unit_kinds)? })
}

/// The tree of a document that the caller has found inside its territory.
pub fn outline(conn: &mut AnyConn, document: Id) -> Result<Outline> {
    let bones: Vec<Bone> = items::table
        .filter(items::document_id.eq(document).and(items::deleted_at.is_null()))
        .select((
            items::id,
            items::version,
            items::parent_id,
            items::kind,
            items::rank,
            items::levels,
            items::unit_kinds,
        ))
        .load(conn)?;
    bones.into_iter().map(node).collect::<Result<_>>().map(Outline)
}

/// The same as it was before a moment.
pub fn outline_before(conn: &mut AnyConn, document: Id, end: Instant) -> Result<Outline> {
    let bones: Vec<(Bone, Option<Instant>)> = versions::table
        .filter(versions::document_id.eq(document).and(versions::updated_at.lt(end.millis())))
        .order((versions::id, versions::version))
        .select((
            (
                versions::id,
                versions::version,
                versions::parent_id,
                versions::kind,
                versions::rank,
                versions::levels,
                versions::unit_kinds,
            ),
            versions::deleted_at,
        ))
        .load(conn)?;
    let last: BTreeMap<Id, (Bone, Option<Instant>)> = bones.into_iter().map(|row| (row.0.0, row)).collect();
    let there = last.into_values().filter(|(_, deleted_at)| deleted_at.is_none());
    there.map(|(bone, _)| node(bone)).collect::<Result<_>>().map(Outline)
}

/// The wire form of items at their places, in that order: the versions that the tree names.
pub fn wire(conn: &mut AnyConn, spots: &[Spot]) -> Result<Vec<ResolutionItem>> {
    let ids: Vec<Id> = spots.iter().map(|spot| spot.node.id).collect();
    let numbers: Vec<i32> = spots.iter().map(|spot| spot.node.version).collect();
    let rows: Vec<Row> =
        versions::table.filter(versions::id.eq_any(ids).and(versions::version.eq_any(numbers))).load(conn)?;
    let mut rows: HashMap<(Id, i32), Row> =
        rows.into_iter().map(|row| ((row.id, row.version), row)).collect();
    spots
        .iter()
        .map(|spot| {
            let row = rows.remove(&(spot.node.id, spot.node.version));
            row.ok_or_else(|| Error::internal("an item without its version"))?.wire(spot.ordinals.clone())
        })
        .collect()
}
