//! The term a congress begins.

use crate::{
    auth::Actor,
    congresses::model::Row,
    db::schema::congresses,
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    ids::Id,
    terms::model as terms,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Lets the term of a congress start on the day after it closed. `before`: the congress as it was; what
/// it set before, it may set again. A term that says another day is not overruled.
pub fn begin(tx: &mut Tx, actor: &Actor, before: Option<&Row>, congress: &Row) -> Result<()> {
    let Some(id) = congress.term_id else { return Ok(()) };
    let fault = |why: Said| Error::from(Fault::at("/term_id", Code::NotPermittedHere).with("why", why));
    let unknown = || Error::field("/term_id", Code::UnknownReference);
    let seen = terms::find(tx.conn, actor, id);
    let seen = seen.map_err(|e| if e.code == Code::NotFound { unknown() } else { e })?;
    if seen.unit_id != congress.unit_id {
        return Err(fault(Phrase::AnotherUnit.into()));
    }
    if others(tx, congress, id)? > 0 {
        return Err(Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::CongressOfTerm)));
    }
    let (mut term, place) = terms::open(tx, actor, id)?;
    let starts_on = congress.closed_on.and_then(|day| day.succ_opt());
    let set_before: Option<NaiveDate> = before
        .filter(|before| before.term_id == Some(id))
        .and_then(|before| before.closed_on)
        .and_then(|day| day.succ_opt());
    if starts_on.is_none() || term.starts_on == starts_on {
        return Ok(());
    }
    if let Some(there) = term.starts_on.filter(|there| Some(*there) != set_before) {
        return Err(fault(Said::from(Phrase::TermStarts).and(there)));
    }
    let read = terms::wire_one(tx.conn, term.clone())?;
    term.starts_on = starts_on;
    term.check()?;
    terms::update(tx, &mut term)?;
    let changed = terms::wire_one(tx.conn, term.clone())?;
    terms::append(tx, "term.changed", &term, &place, Changes::between(&read, &changed)?)
}

/// Other congresses of the same term.
fn others(tx: &mut Tx, congress: &Row, term: Id) -> Result<i64> {
    let others = congresses::table
        .filter(congresses::term_id.eq(term).and(congresses::id.ne(congress.id)))
        .filter(congresses::deleted_at.is_null());
    others.count().get_result(tx.conn).map_err(Error::from)
}
