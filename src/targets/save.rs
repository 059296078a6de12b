//! Writing targets: each version with the moment it took effect.

use crate::{
    auth::Actor,
    db::schema::{target_versions as versions, targets},
    error::{Code, Error, Fault, Result},
    events::{Changes, Event, Tx},
    http::version,
    ids::Id,
    place::Place,
    targets::{
        model::{self, Row},
        versions::VersionRow,
        wire::{Target, TargetContent},
        workflow::{TargetCommand, TargetStatus},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A step on a target, with what it says.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    pub command: TargetCommand,
    pub status: TargetStatus,
    pub content: TargetContent,
    pub reason: Option<&'a str>,
    pub document: Option<Id>,
    /// Another day to reach it by: as named, and the last good one.
    pub due: Option<(NaiveDate, NaiveDate)>,
}

/// Keeps a new target with its first version, and tells of it.
pub fn insert(tx: &mut Tx, actor: &Actor, place: &Place, row: &Row, step: &Step) -> Result<Target> {
    diesel::insert_into(targets::table).values(row).execute(tx.conn)?;
    version(tx, actor, row, step)?;
    let target = model::wire_one(tx.conn, row.clone())?;
    append(tx, place, &target, Changes::new_record(&target)?, step)?;
    Ok(target)
}

/// Keeps the next version of a target, over the one it was made from, and tells of it. Versions take effect
/// in order.
pub fn update(tx: &mut Tx, actor: &Actor, place: &Place, before: &Row, step: &Step) -> Result<Row> {
    if tx.at < before.changed_at {
        return Err(Fault::at("/at", Code::OutOfOrder).with("last", before.changed_at.to_string()).into());
    }
    let read = before.version;
    let told = model::wire_one(tx.conn, before.clone())?;
    let mut row = Row { version: read + 1, status: step.status, changed_at: tx.at, ..before.clone() };
    if let Some((due_on, ends_on)) = step.due {
        row = Row { due_on: Some(due_on), ends_on, ..row };
    }
    let changed = diesel::update(targets::table.find(row.id).filter(targets::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    version(tx, actor, &row, step)?;
    let target = model::wire_one(tx.conn, row.clone())?;
    append(tx, place, &target, Changes::between(&told, &target)?, step)?;
    Ok(row)
}

fn version(tx: &mut Tx, actor: &Actor, row: &Row, step: &Step) -> Result<()> {
    let TargetContent { value, value_to, qualifier, wording, baseline, weight, path } = step.content.clone();
    let one = VersionRow {
        target_id: row.id,
        n: row.version,
        root_id: row.root_id,
        took_effect_at: tx.at,
        command: step.command,
        status: step.status,
        ends_on: row.ends_on,
        value,
        value_to,
        qualifier,
        wording,
        baseline,
        weight,
        path: serde_json::to_string(&path).map_err(Error::internal)?,
        reason: step.reason.map(str::to_owned),
        document_id: step.document,
        by_unit_id: actor.unit.as_ref().map(|unit| unit.id),
        by_user: actor.user,
        by_for: actor.on_behalf_of,
    };
    diesel::insert_into(versions::table).values(&one).execute(tx.conn)?;
    Ok(())
}

fn append(tx: &mut Tx, place: &Place, target: &Target, changes: Changes, step: &Step) -> Result<()> {
    tx.append(Event {
        kind: step.command.event(),
        subject_type: "target",
        subject_id: target.id,
        subject_version: target.version,
        place: Some(place),
        changes,
        reason: step.reason,
    })
}
