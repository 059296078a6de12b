//! Taking declared days back.

use crate::{
    auth::Actor,
    calendars::days::model::{self, append},
    db::{lock_row, schema::calendar_days as days},
    error::{Code, Error, Phrase, Result},
    events::{Changes, Tx},
    http::{
        Answer,
        version::{self, IfMatch},
    },
    ids::Id,
    policy::{Action, Site},
};
use diesel::prelude::*;

/// Takes a day back, while it lies not before today. The row stays, and with it its id and its history.
pub fn remove(tx: &mut Tx, actor: &Actor, id: Id, expected: &IfMatch) -> Result<Answer> {
    model::find(tx.conn, actor, id)?;
    actor.may_at(Action::WorkingDayManage, Site { unit: None, assigner: None })?;
    lock_row(tx.conn, "calendar_days", &id.to_string())?;
    let mut row = model::find(tx.conn, actor, id)?;
    expected.check(row.version)?;
    if row.day < tx.at.day() {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::InThePast));
    }
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(days::table.find(id).filter(days::version.eq(read)))
        .set((
            days::version.eq(row.version),
            days::updated_at.eq(tx.at.millis()),
            days::deleted_at.eq(tx.at.millis()),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(version::stale(row.version, read));
    }
    append(tx, "working_day.deleted", &row, Changes::none())?;
    Ok(Answer::nothing())
}
