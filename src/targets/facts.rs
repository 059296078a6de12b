//! What reports need of targets on a day: those that bind, as they stood on the day that judges.

use crate::{
    clock::Instant,
    db::{AnyConn, schema::targets},
    error::Result,
    ids::Id,
    targets::{
        model::Row,
        versions::{self, VersionRow},
        wire::TargetContent,
        workflow::TargetStatus,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// How many ids stand in one query: far below what either database takes.
const CHUNK: usize = 500;

/// A target that binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetFact {
    pub id: Id,
    pub indicator_id: Id,
    pub unit_id: Id,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub content: TargetContent,
}

/// The targets of these units, of all or of some indicators, whose time meets these days, as they judge on a day.
pub fn on(
    conn: &mut AnyConn,
    indicators: Option<&[Id]>,
    units: &[Id],
    (from, to): (NaiveDate, NaiveDate),
    day: NaiveDate,
) -> Result<Vec<TargetFact>> {
    let mut rows: Vec<Row> = Vec::new();
    for units in units.chunks(CHUNK) {
        let mut some = targets::table
            .filter(targets::unit_id.eq_any(units))
            .filter(targets::ends_on.ge(from).and(targets::starts_on.le(to)))
            .into_boxed();
        if let Some(indicators) = indicators {
            some = some.filter(targets::indicator_id.eq_any(indicators));
        }
        rows.extend(some.select(Row::as_select()).load::<Row>(conn)?);
    }
    judging(conn, rows, day)
}

/// What binds of these rows on a day.
pub fn judging(conn: &mut AnyConn, mut rows: Vec<Row>, day: NaiveDate) -> Result<Vec<TargetFact>> {
    let end = Instant::end_of(day);
    rows.retain(|row| row.created_at < end || row.changed_at < end);
    // One version is all there is, or the newest was there in time: the others are not read.
    let settled = |row: &&Row| row.version == 1 || row.changed_at < Instant::end_of(row.ends_on.min(day));
    let (plain, moved): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(settled);
    let plain: Vec<Row> = plain.into_iter().filter(|row| row.status.binds()).cloned().collect();
    let mut by_target: HashMap<Id, Vec<VersionRow>> = HashMap::new();
    for version in versions::newest(conn, &plain)? {
        by_target.insert(version.target_id, vec![version]);
    }
    let ids: Vec<Id> = moved.into_iter().map(|row| row.id).collect();
    for version in versions::all(conn, &ids)? {
        by_target.entry(version.target_id).or_default().push(version);
    }
    let mut found = Vec::new();
    for row in rows {
        let some = by_target.get(&row.id).map_or(&[][..], Vec::as_slice);
        let Some(version) = that_judges(some, row.ends_on, day) else { continue };
        found.push(TargetFact {
            id: row.id,
            indicator_id: row.indicator_id,
            unit_id: row.unit_id,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            content: version.content()?,
        });
    }
    found.sort_by_key(|fact| (fact.indicator_id, fact.unit_id, fact.starts_on, fact.ends_on, fact.id));
    Ok(found)
}

/// The version that was in force on the target's last day, or on the day asked for when that is earlier.
/// Where nothing bound by then, the first that did since: targets set after the fact judge all the same.
/// What is withdrawn by the day judges nothing.
fn that_judges(versions: &[VersionRow], ends_on: NaiveDate, day: NaiveDate) -> Option<&VersionRow> {
    let known = |version: &&VersionRow| version.took_effect_at < Instant::end_of(day);
    let known: Vec<&VersionRow> = versions.iter().filter(known).collect();
    if known.last()?.status == TargetStatus::Withdrawn {
        return None;
    }
    let in_time = Instant::end_of(ends_on.min(day));
    let last = known.iter().rev().find(|version| version.took_effect_at < in_time && version.status.binds());
    last.or_else(|| known.iter().find(|version| version.status.binds())).copied()
}
