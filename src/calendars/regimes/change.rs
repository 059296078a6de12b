//! Changing regimes: only what has not begun.

use crate::{
    auth::Actor,
    calendars::regimes::{
        create::{allow, written},
        model::{self, Row},
        rules, save,
        wire::ReportRegimePatch,
    },
    db::lock_row,
    error::{Error, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    measures::Regime,
    org_units::model as units,
    text::refuse_classified,
};
use chrono::NaiveDate;

/// Changes a regime; what changes nothing leaves nothing.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &ReportRegimePatch,
) -> Result<Answer> {
    let seen = model::find(tx.conn, actor, id)?;
    let place = match seen.unit_id {
        Some(unit) => Some(units::load(tx.conn, unit)?.place()),
        None => None,
    };
    allow(actor, place.as_ref())?;
    lock_row(tx.conn, "report_regimes", &id.to_string())?;
    let row = model::find(tx.conn, actor, id)?;
    expected.check(row.version)?;
    let (name, source) = (patch.name.0.as_deref(), patch.source.0.as_deref());
    refuse_classified(None, &[("/name", name), ("/source", source)])?;
    let changed = changed(&row, patch, tx.at.day())?;
    let before = model::wire_one(tx.conn, row.clone())?;
    if changed == row {
        return Answer::changed(before.version, &before);
    }
    let regime = save::update(tx, "report_regime.changed", place.as_ref(), &before, changed, None)?;
    Answer::changed(regime.version, &regime)
}

/// The row with what a patch says of it.
fn changed(row: &Row, patch: &ReportRegimePatch, today: NaiveDate) -> Result<Row> {
    let mut row = row.clone();
    if let Some(cut_offs) = &patch.cut_offs.0 {
        let old = row.regime()?;
        let new = Regime { cut_offs: rules::cut_offs(&cut_offs.0), week_starts_on: old.week_starts_on };
        let mut faults = rules::cut_off_faults(&new, today);
        if faults.is_empty() {
            faults.extend(rules::recut_fault(&old, &new, today));
        }
        if !faults.is_empty() {
            return Err(Error::faults(faults));
        }
        row.cut_offs = written(&cut_offs.0)?;
    }
    if let Some(name) = &patch.name.0 {
        row.name.clone_from(&name.0);
    }
    if let Some(source) = &patch.source.0 {
        row.source.clone_from(&source.0);
    }
    Ok(row)
}
