//! Giving posts.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row, schema::holdings},
    documents::model as documents,
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, answer::same_content, fields::Day},
    ids::Id,
    org_units::model as units,
    persons::model as persons,
    policy::Site,
    posts::{
        model::{self, Post, Row, append},
        rights,
        wire::{Holding, HoldingCreate},
    },
};
use diesel::prelude::*;

/// Gives a post in a unit to a person. If the post carries a role and the person has an account, the
/// account gets an assignment for the same days, which has its own event.
pub fn create(tx: &mut Tx, actor: &Actor, new: &HoldingCreate) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    let Some(post) = model::post(tx.conn, &new.post)? else {
        return Err(model::unknown_post(tx.conn, Fault::at("/post", Code::UnknownValue))?.into());
    };
    let unit = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?;
    actor.may_at(post.action(), Site::of(&unit.place()))?;
    persons::referenced(tx.conn, actor, new.person_id, "/person_id")?;
    if let Some(document) = new.document_id {
        documents::referenced(tx.conn, actor, document, "/document_id")?;
    }
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: unit.root_id,
        unit_id: unit.id,
        post_id: post.id.clone(),
        person_id: new.person_id,
        is_primary: new.is_primary.unwrap_or(false),
        starts_on: new.starts_on.0,
        ends_on: new.ends_on.map(|Day(day)| day),
        document_id: new.document_id,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    };
    check_days(&row, &unit)?;
    let holding = begin(tx, actor, &row, &post, &unit)?;
    Answer::created(address(&holding), holding.version, &holding)
}

/// Where a holding is found.
pub fn address(holding: &Holding) -> String {
    format!("/api/v1/holdings/{}", holding.id)
}

/// Inserts a holding with its event and what it gives.
pub fn begin(tx: &mut Tx, actor: &Actor, row: &Row, post: &Post, unit: &units::Row) -> Result<Holding> {
    lock_row(tx.conn, "org_units", &unit.id.to_string())?;
    check_vacant(tx.conn, row, post)?;
    diesel::insert_into(holdings::table).values(row).execute(tx.conn)?;
    let holding = model::wire_one(tx.conn, actor, row.clone())?;
    append(tx, "holding.created", row, &unit.place(), Changes::new_record(&holding)?, None)?;
    rights::give(tx, row, post, &unit.place())?;
    Ok(holding)
}

fn check_days(row: &Row, unit: &units::Row) -> Result<()> {
    let mut faults = Vec::new();
    if row.ends_on.is_some_and(|last| last < row.starts_on) {
        faults.push(Fault::at("/ends_on", Code::EndBeforeStart));
    }
    // A unit that is no more keeps nobody in a post beyond its last day.
    if unit.closed_on.is_some_and(|closed| row.ends_on.is_none_or(|last| last >= closed)) {
        faults.push(Fault::at("/unit_id", Code::NotPermittedHere).with("why", Phrase::ClosedUnit));
    }
    if unit.valid_from.is_some_and(|first| row.starts_on < first) {
        faults.push(Fault::at("/unit_id", Code::NotPermittedHere).with("why", Phrase::NotYetOpen));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// A single post has one holder on a day, and nobody holds the same post in a unit twice.
fn check_vacant(conn: &mut AnyConn, row: &Row, post: &Post) -> Result<()> {
    let mut others = holdings::table
        .filter(holdings::unit_id.eq(row.unit_id).and(holdings::post_id.eq(row.post_id.clone())))
        .filter(holdings::deleted_at.is_null().and(holdings::id.ne(row.id)))
        .filter(holdings::ends_on.is_null().or(holdings::ends_on.ge(row.starts_on)))
        .into_boxed();
    if let Some(last) = row.ends_on {
        others = others.filter(holdings::starts_on.le(last));
    }
    if !post.single {
        others = others.filter(holdings::person_id.eq(row.person_id));
    }
    let taken: i64 = others.count().get_result(conn)?;
    if taken > 0 {
        let what = Said::from(Phrase::PostHeld).and(&post.name_vi);
        return Err(Error::new(Code::AlreadyExists).with("what", what));
    }
    Ok(())
}

fn already_there(conn: &mut AnyConn, actor: &Actor, id: Id, new: &HoldingCreate) -> Result<Option<Answer>> {
    let taken: i64 = holdings::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let holding = model::wire_one(conn, actor, row)?;
    if !same_content(new, &holding)? {
        return Err(conflict());
    }
    Answer::changed(holding.version, &holding).map(Some)
}
