//! Leaving a unit out of figures above, and taking it in again.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::indicator_exclusions as exclusions},
    documents::rules::refuse_classified,
    error::{Code, Error, Result},
    events::{Changes, Tx},
    http::{Answer, answer::same_content},
    ids::Id,
    indicators::{
        exclusions::{
            model::{self, Row},
            wire::{IndicatorExclusionCreate, IndicatorExclusionEnd},
        },
        model as indicators,
    },
    org_units::model as units,
};
use diesel::prelude::*;

/// Leaves a unit out, from periods that end on a day.
pub fn exclude(tx: &mut Tx, actor: &Actor, indicator: Id, new: &IndicatorExclusionCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx.conn, actor, indicator, new)? {
        return Ok(answer);
    }
    let (mut of, place) = indicators::open(tx, actor, indicator)?;
    let unit = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?;
    if !place.contains(&unit.place()) {
        return Err(Error::field("/unit_id", Code::UnknownReference));
    }
    refuse_classified(None, &[("/reason", Some(&*new.reason))])?;
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: of.root_id,
        indicator_id: indicator,
        unit_id: unit.id,
        from_on: new.from_on.0,
        until_on: None,
        reason: new.reason.0.clone(),
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    };
    diesel::insert_into(exclusions::table).values(&row).execute(tx.conn)?;
    indicators::update(tx, &mut of)?;
    let exclusion = model::wire_one(tx.conn, row)?;
    let changes = Changes::none().and("exclusion", serde_json::Value::Null, json(&exclusion)?);
    indicators::append(tx, "indicator.unit_excluded", &of, &place, changes)?;
    Answer::created(format!("/api/v1/indicators/{indicator}/exclusions"), 1, &exclusion)
}

/// Takes a unit in again after a day.
pub fn end(
    tx: &mut Tx,
    actor: &Actor,
    indicator: Id,
    id: Id,
    with: &IndicatorExclusionEnd,
) -> Result<Answer> {
    let (mut of, place) = indicators::open(tx, actor, indicator)?;
    let row = model::find(tx.conn, indicator, id)?;
    if with.until_on.0 < row.from_on {
        return Err(Error::field("/until_on", Code::EndBeforeStart));
    }
    let before = model::wire_one(tx.conn, row.clone())?;
    let row = Row { until_on: Some(with.until_on.0), version: row.version + 1, updated_at: tx.at, ..row };
    diesel::update(exclusions::table.find(id)).set(&row).execute(tx.conn)?;
    indicators::update(tx, &mut of)?;
    let exclusion = model::wire_one(tx.conn, row)?;
    let changes = Changes::none().and("exclusion", json(&before)?, json(&exclusion)?);
    indicators::append(tx, "indicator.unit_included", &of, &place, changes)?;
    Answer::changed(exclusion.version, &exclusion)
}

fn json(exclusion: &impl serde::Serialize) -> Result<serde_json::Value> {
    serde_json::to_value(exclusion).map_err(Error::internal)
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    indicator: Id,
    new: &IndicatorExclusionCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let row: Option<Row> = exclusions::table.find(id).select(Row::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let conflict = || Error::new(Code::IdConflict);
    indicators::find(conn, actor, row.indicator_id).map_err(|_| conflict())?;
    let of = row.indicator_id;
    let exclusion = model::wire_one(conn, row)?;
    if of != indicator || !same_content(new, &exclusion)? {
        return Err(conflict());
    }
    Answer::changed(exclusion.version, &exclusion).map(Some)
}
