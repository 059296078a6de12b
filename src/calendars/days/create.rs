//! Declaring days.

use crate::{
    auth::Actor,
    calendars::days::{
        model::{self, Row},
        wire::DeclaredDayCreate,
    },
    db::{AnyConn, schema::calendar_days as days},
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, answer::same_content},
    ids::Id,
    measures::{DayKind, working_days::is_weekend},
    policy::{Action, Site},
    text::refuse_classified,
};
use diesel::prelude::*;

/// Declares a day, today or later: what has been counted until now stays as it was.
pub fn create(tx: &mut Tx, actor: &Actor, new: &DeclaredDayCreate) -> Result<Answer> {
    actor.may_at(Action::WorkingDayManage, Site { unit: None, assigner: None })?;
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    refuse_classified(None, &[("/name", Some(&*new.name)), ("/source", Some(&*new.source))])?;
    check(tx, actor, new)?;
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        day: new.on.0,
        kind: new.kind,
        occasion: new.occasion,
        name: new.name.0.clone(),
        source: new.source.0.clone(),
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    };
    diesel::insert_into(days::table).values(&row).execute(tx.conn)?;
    let day = row.clone().wire();
    model::append(tx, "working_day.created", &row, Changes::new_record(&day)?)?;
    Answer::created(format!("/api/v1/working-days/{}", day.id), day.version, &day)
}

fn check(tx: &mut Tx, actor: &Actor, new: &DeclaredDayCreate) -> Result<()> {
    let refused = |pointer, why| Fault::at(pointer, Code::NotPermittedHere).with("why", why);
    let mut faults = Vec::new();
    if new.on.0 < tx.at.day() {
        faults.push(refused("/on", Phrase::InThePast));
    }
    if new.kind == DayKind::Worked && !is_weekend(new.on.0) {
        faults.push(refused("/kind", Phrase::WorkedAnyway));
    }
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    let taken: i64 = model::visible(actor).filter(days::day.eq(new.on.0)).count().get_result(tx.conn)?;
    if taken > 0 {
        let what = Said::from(Phrase::DeclaredDay).and(new.on.0);
        return Err(Error::new(Code::AlreadyExists).with("what", what));
    }
    Ok(())
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    id: Id,
    new: &DeclaredDayCreate,
) -> Result<Option<Answer>> {
    let taken: i64 = days::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let day = model::find(conn, actor, id).map_err(|_| conflict())?.wire();
    if !same_content(new, &day)? {
        return Err(conflict());
    }
    Answer::changed(day.version, &day).map(Some)
}
