//! Ending holdings: by hand, or with their unit.

use crate::{
    auth::Actor,
    db::schema::{holdings, org_units},
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    place::Place,
    posts::{
        model::{self, Row, append},
        rights,
        wire::{Holding, HoldingEnd},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Ends a holding, with the assignment that comes from it.
pub fn end(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<IfMatch>,
    how: &HoldingEnd,
) -> Result<Answer> {
    let model::Open { row, place, .. } = model::open(tx, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    still_held(&row, tx.at.day())?;
    let last = how.on.map(|day| day.0);
    check_last(&row, last.unwrap_or_else(|| tx.at.day()), "/on")?;
    let reason = how.reason.as_ref().map(|reason| reason.0.as_str());
    let holding = finish(tx, actor, row, &place, last, reason)?;
    Answer::changed(holding.version, &holding)
}

/// Refuses what has ended already.
pub fn still_held(row: &Row, today: NaiveDate) -> Result<()> {
    match row.ends_on {
        Some(last) if last < today => Err(Error::new(Code::InvalidState).with("status", Phrase::Ended)),
        _ => Ok(()),
    }
}

/// The last day may only come nearer, and not before the first.
pub fn check_last(row: &Row, last: NaiveDate, pointer: &str) -> Result<()> {
    if last < row.starts_on {
        return Err(Error::field(pointer, Code::EndBeforeStart));
    }
    match row.ends_on {
        Some(was) if last > was => Err(Fault::at(pointer, Code::NotPermittedHere)
            .with("why", Said::from(Phrase::HeldTo).and(was))
            .into()),
        _ => Ok(()),
    }
}

/// Ends a holding with a last day; without one today is the last, and its rights end at once.
pub fn finish(
    tx: &mut Tx,
    actor: &Actor,
    read: Row,
    place: &Place,
    last: Option<NaiveDate>,
    reason: Option<&str>,
) -> Result<Holding> {
    let before = model::wire_one(tx.conn, actor, read.clone())?;
    let mut row = Row { ends_on: Some(last.unwrap_or_else(|| tx.at.day())), ..read };
    model::update(tx, &mut row)?;
    let holding = model::wire_one(tx.conn, actor, row.clone())?;
    append(tx, "holding.ended", &row, place, Changes::between(&before, &holding)?, reason)?;
    rights::take(tx, row.id, last, reason)?;
    Ok(holding)
}

/// Ends what is held in a closing unit with the unit's last day: posts do not pass to the heir.
pub fn with_unit(tx: &mut Tx, actor: &Actor, from: &Place, _: &Place, reason: &str) -> Result<()> {
    let closed: Option<NaiveDate> =
        org_units::table.find(from.id).select(org_units::closed_on).first(tx.conn)?;
    let Some(last) = closed.and_then(|day| day.pred_opt()) else { return Ok(()) };
    let held: Vec<Row> = holdings::table
        .filter(holdings::unit_id.eq(from.id).and(holdings::deleted_at.is_null()))
        .filter(holdings::ends_on.is_null().or(holdings::ends_on.gt(last)))
        .order(holdings::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in held {
        // Begun on the very day, or dated ahead: it does not end before it starts.
        let last = last.max(row.starts_on);
        finish(tx, actor, row, from, Some(last), Some(reason))?;
    }
    Ok(())
}
