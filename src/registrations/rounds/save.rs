//! Writing rounds, each change with its event.

use crate::{
    db::schema::{registration_rounds as rounds, registration_rules as rules},
    error::Result,
    events::{Changes, Event, Tx},
    http::version,
    place::Place,
    registrations::rounds::model::{Row, RuleRow},
};
use diesel::prelude::*;
use serde_json::{Value, json};

/// Inserts a round with its rules, and tells of it at the opening unit.
pub fn insert(tx: &mut Tx, place: &Place, row: &Row, rule: &RuleRow, units: usize) -> Result<()> {
    diesel::insert_into(rounds::table).values(row).execute(tx.conn)?;
    diesel::insert_into(rules::table).values(rule).execute(tx.conn)?;
    let changes = Changes::new_record(row)?.joined(ruled(None, rule)?).and("units", Value::Null, units);
    append(tx, "registration_round.opened", place, row, changes, None)
}

/// Keeps a changed round: next version by compare-and-swap, other rules where they changed, one event.
pub fn update(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    before: &Row,
    row: Row,
    rule: Option<(&RuleRow, RuleRow)>,
    reason: Option<&str>,
) -> Result<Row> {
    let read = before.version;
    let row = Row { version: read + 1, updated_at: tx.at, ..row };
    let changed = diesel::update(rounds::table.find(row.id).filter(rounds::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    let mut changes = Changes::between(before, &row)?;
    if let Some((old, new)) = rule {
        diesel::insert_into(rules::table).values(&new).execute(tx.conn)?;
        changes = changes.joined(ruled(Some(old), &new)?);
    }
    append(tx, kind, place, &row, changes, reason)?;
    Ok(row)
}

/// What the rules say, as the log tells it.
fn ruled(old: Option<&RuleRow>, new: &RuleRow) -> Result<Changes> {
    let told = |rule: &RuleRow| -> Result<Value> {
        Ok(json!({"closes_on": rule.closes_on, "quotas": rule.quotas()?}))
    };
    Changes::between(&old.map(told).transpose()?, &told(new)?)
}

fn append(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    row: &Row,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "registration_round",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason,
    })
}
