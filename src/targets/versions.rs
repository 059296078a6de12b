//! Versions of targets: what was on the table, since when, and who put it there.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn,
        schema::{target_versions as versions, targets},
    },
    error::{Error, Result},
    http::{Page, body, fields::Few},
    ids::Id,
    measures::{Decimal, Qualifier},
    org_units::model as units,
    targets::{
        model::{self, Row},
        wire::{TargetContent, TargetStep, TargetVersion},
        workflow::{TargetCommand, TargetStatus},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// How many ids stand in one query: far below what either database takes.
const CHUNK: usize = 500;

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = versions)]
pub struct VersionRow {
    pub target_id: Id,
    pub n: i32,
    pub root_id: Id,
    pub took_effect_at: Instant,
    pub command: TargetCommand,
    pub status: TargetStatus,
    pub ends_on: NaiveDate,
    pub value: Option<Decimal>,
    pub value_to: Option<Decimal>,
    pub qualifier: Qualifier,
    pub wording: Option<String>,
    pub baseline: Option<Decimal>,
    pub weight: Option<Decimal>,
    /// As JSON.
    pub path: String,
    pub reason: Option<String>,
    pub document_id: Option<Id>,
    pub by_unit_id: Option<Id>,
    pub by_user: Option<Id>,
    pub by_for: Option<Id>,
}

impl VersionRow {
    /// What it says.
    pub fn content(&self) -> Result<TargetContent> {
        let path: Few<TargetStep, 60> = match self.path.as_str() {
            "[]" => Few(Vec::new()),
            text => {
                body::read(serde_json::from_str(text).map_err(Error::internal)?).map_err(Error::internal)?
            }
        };
        Ok(TargetContent {
            value: self.value,
            value_to: self.value_to,
            qualifier: self.qualifier,
            wording: self.wording.clone(),
            baseline: self.baseline,
            weight: self.weight,
            path: path.0,
        })
    }
}

/// The newest version of each of these targets.
pub fn newest(conn: &mut AnyConn, rows: &[Row]) -> Result<Vec<VersionRow>> {
    let mut found = Vec::with_capacity(rows.len());
    for chunk in rows.chunks(CHUNK) {
        let ids = chunk.iter().map(|row| row.id);
        let some: Vec<VersionRow> = versions::table
            .inner_join(targets::table)
            .filter(versions::target_id.eq_any(ids).and(versions::n.eq(targets::version)))
            .select(VersionRow::as_select())
            .load(conn)?;
        found.extend(some);
    }
    Ok(found)
}

/// Every version of these targets, in order.
pub fn all(conn: &mut AnyConn, ids: &[Id]) -> Result<Vec<VersionRow>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let some: Vec<VersionRow> = versions::table
            .filter(versions::target_id.eq_any(chunk))
            .order((versions::target_id, versions::n))
            .select(VersionRow::as_select())
            .load(conn)?;
        found.extend(some);
    }
    Ok(found)
}

/// The versions of a target, oldest first. There are as many as there were steps.
pub fn list(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Page<TargetVersion>> {
    let row = model::find(conn, actor, id)?;
    let rows = all(conn, &[row.id])?;
    let ids: Vec<Id> = rows.iter().filter_map(|row| row.by_unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: VersionRow| {
        Ok(TargetVersion {
            content: row.content()?,
            by_unit: row.by_unit_id.and_then(|id| units.get(&id).cloned()),
            n: row.n,
            at: row.took_effect_at,
            command: row.command,
            status: row.status,
            ends_on: row.ends_on,
            reason: row.reason,
            document_id: row.document_id,
        })
    };
    Ok(Page { items: rows.into_iter().map(one).collect::<Result<_>>()?, next_cursor: None })
}
