//! Writing regimes, each write with its event.

use crate::{
    calendars::regimes::{
        model::{self, Row},
        wire::ReportRegime,
    },
    db::schema::report_regimes as regimes,
    error::Result,
    events::{Changes, Event, Tx},
    http::version,
    place::Place,
};
use diesel::prelude::*;

/// Stores a new regime.
pub fn insert(tx: &mut Tx, place: Option<&Place>, row: Row) -> Result<ReportRegime> {
    diesel::insert_into(regimes::table).values(&row).execute(tx.conn)?;
    let regime = model::wire_one(tx.conn, row)?;
    append(tx, "report_regime.created", place, &regime, Changes::new_record(&regime)?, None)?;
    Ok(regime)
}

/// Writes a changed row over the version it was made from.
pub fn update(
    tx: &mut Tx,
    kind: &'static str,
    place: Option<&Place>,
    before: &ReportRegime,
    row: Row,
    reason: Option<&str>,
) -> Result<ReportRegime> {
    let row = Row { version: before.version + 1, updated_at: tx.at, ..row };
    let changed = diesel::update(regimes::table.find(row.id).filter(regimes::version.eq(before.version)))
        .set(&row)
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(version::stale(row.version, before.version));
    }
    let regime = model::wire_one(tx.conn, row)?;
    append(tx, kind, place, &regime, Changes::between(before, &regime)?, reason)?;
    Ok(regime)
}

fn append(
    tx: &mut Tx,
    kind: &'static str,
    place: Option<&Place>,
    regime: &ReportRegime,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "report_regime",
        subject_id: regime.id,
        subject_version: regime.version,
        place,
        changes,
        reason,
    })
}
