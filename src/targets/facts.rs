//! What reports need of targets on a day: those that bind, as they stood on the day that judges.

use crate::{
    clock::Instant,
    db::{
        AnyConn,
        schema::{target_versions as versions, targets},
    },
    error::Result,
    ids::Id,
    targets::{
        model::Row,
        versions::{self as stored, VersionRow},
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

/// A target with its newest version.
type Kept = (Row, VersionRow);

/// The targets of these units and indicators whose time meets these days, as they judge on a day.
pub fn on(
    conn: &mut AnyConn,
    indicators: &[Id],
    units: &[Id],
    (from, to): (NaiveDate, NaiveDate),
    day: NaiveDate,
) -> Result<Vec<TargetFact>> {
    let mut kept: Vec<Kept> = Vec::new();
    for units in units.chunks(CHUNK) {
        let some: Vec<Kept> = targets::table
            .inner_join(versions::table)
            .filter(targets::unit_id.eq_any(units).and(targets::indicator_id.eq_any(indicators)))
            .filter(targets::ends_on.ge(from).and(targets::starts_on.le(to)))
            .filter(versions::n.eq(targets::version))
            .select((Row::as_select(), VersionRow::as_select()))
            .load(conn)?;
        kept.extend(some);
    }
    judging(conn, kept, day)
}

/// All targets of these units whose time meets these days, as they judge on a day.
pub fn of_units(
    conn: &mut AnyConn,
    units: &[Id],
    (from, to): (NaiveDate, NaiveDate),
    day: NaiveDate,
) -> Result<Vec<TargetFact>> {
    let rows = targets::table
        .filter(targets::unit_id.eq_any(units))
        .filter(targets::ends_on.ge(from).and(targets::starts_on.le(to)))
        .select(Row::as_select())
        .load(conn)?;
    of_rows(conn, rows, day)
}

/// What binds of these rows on a day.
pub fn of_rows(conn: &mut AnyConn, rows: Vec<Row>, day: NaiveDate) -> Result<Vec<TargetFact>> {
    let newest = stored::newest(conn, &rows)?;
    let mut by_target: HashMap<Id, VersionRow> =
        newest.into_iter().map(|version| (version.target_id, version)).collect();
    let kept = rows.into_iter().filter_map(|row| by_target.remove(&row.id).map(|version| (row, version)));
    let kept = kept.collect();
    judging(conn, kept, day)
}

/// Of these targets those that bind on a day. Where the newest version is the only one, or was there in time,
/// the others are not read.
fn judging(conn: &mut AnyConn, kept: Vec<Kept>, day: NaiveDate) -> Result<Vec<TargetFact>> {
    let settled = |row: &Row| row.version == 1 || row.changed_at < Instant::end_of(row.ends_on.min(day));
    let moved: Vec<Id> =
        kept.iter().map(|(row, _)| row).filter(|row| !settled(row)).map(|row| row.id).collect();
    let mut older: HashMap<Id, Vec<VersionRow>> = HashMap::new();
    for version in stored::all(conn, &moved)? {
        older.entry(version.target_id).or_default().push(version);
    }
    let mut found = Vec::new();
    for (row, newest) in kept {
        let all = older.get(&row.id).map_or(std::slice::from_ref(&newest), Vec::as_slice);
        let Some(version) = that_judges(all, row.ends_on, day) else { continue };
        found.push(TargetFact {
            id: row.id,
            indicator_id: row.indicator_id,
            unit_id: row.unit_id,
            starts_on: row.starts_on,
            ends_on: version.ends_on,
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
