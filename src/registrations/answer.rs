//! What the unit that opened the round answers: accepted, or returned with comments.

use crate::{
    auth::Actor,
    db::schema::registration_comments as comments,
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    measures::RegistrationState,
    registrations::{
        lines::model as lines,
        model::{Placed, Row},
        save::{self, Words},
        step::answer,
        tasks,
        wire::{RegistrationReturn, RegistrationReturnedLine},
        workflow::RegistrationCommand::{Accept, Return},
    },
};
use diesel::prelude::*;
use serde_json::{Value, json};

/// Accepts a registration: each line not yet accepted becomes a task, once. Done again it gives the same
/// registration with the same tasks.
pub fn accept(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    comment: Option<&str>,
) -> Result<Answer> {
    let before = save::open(tx, actor, id, None, Accept)?;
    if before.row.state == RegistrationState::Accepted {
        return answer(tx, actor, &before);
    }
    expected.map_or(Ok(()), |expected| expected.check(before.row.version))?;
    let state = save::leads(tx, &before, Accept)?;
    // A deputy and the holder are the same hand.
    if actor.is_same_hand(before.row.submitted_by, before.row.submitted_for) {
        return Err(Error::new(Code::OwnWork));
    }
    let comment = comment.filter(|text| !text.is_empty());
    refuse_classified(None, &[("/comment", comment)])?;
    let made = tasks::make(tx, actor, &before)?;
    let row = Row { state, ..before.row.clone() };
    let more = Changes::none().and("tasks", Value::Null, json!(made));
    let after = save::step(tx, Accept, &before, row, Words { reason: None, comment }, more)?;
    answer(tx, actor, &after)
}

/// Returns a registration, with what is to be mended in single lines.
pub fn return_(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    words: &RegistrationReturn,
) -> Result<Answer> {
    let before = save::open(tx, actor, id, expected, Return)?;
    let state = save::leads(tx, &before, Return)?;
    let said: &[RegistrationReturnedLine] = words.lines.as_ref().map_or(&[], |few| &few.0);
    let comment = words.comment.as_deref().filter(|text| !text.is_empty());
    check(tx, &before, words, said)?;
    let row = Row { state, ..before.row.clone() };
    let told: Vec<Value> =
        said.iter().map(|one| json!({"line_id": one.line_id, "comment": &*one.comment})).collect();
    let more = match told.is_empty() {
        true => Changes::none(),
        false => Changes::none().and("line_comments", Value::Null, told),
    };
    let after = save::step(tx, Return, &before, row, Words { reason: Some(&words.reason), comment }, more)?;
    for one in said {
        diesel::insert_into(comments::table)
            .values((
                comments::registration_id.eq(id),
                comments::n.eq(after.row.moves),
                comments::line_id.eq(one.line_id),
                comments::root_id.eq(after.row.root_id),
                comments::comment.eq(&*one.comment),
            ))
            .execute(tx.conn)?;
    }
    answer(tx, actor, &after)
}

/// Everything that is wrong with what is said: lines of others, accepted ones, and the same one twice.
fn check(
    tx: &mut Tx,
    before: &Placed,
    words: &RegistrationReturn,
    said: &[RegistrationReturnedLine],
) -> Result<()> {
    let pointers: Vec<String> = (0..said.len()).map(|i| format!("/lines/{i}/comment")).collect();
    let texts = pointers.iter().zip(said).map(|(at, one)| (at.as_str(), Some(&*one.comment)));
    let whole = [("/reason", Some(&*words.reason)), ("/comment", words.comment.as_deref())];
    refuse_classified(None, &whole.into_iter().chain(texts).collect::<Vec<_>>())?;
    let rows = lines::of(tx.conn, before.row.id)?;
    let mut faults = Vec::new();
    for (i, one) in said.iter().enumerate() {
        let fault = |code| Fault::at(format!("/lines/{i}/line_id"), code);
        let here = |why: Phrase| fault(Code::NotPermittedHere).with("why", why);
        match rows.iter().find(|line| line.id == one.line_id) {
            None => faults.push(fault(Code::UnknownReference)),
            Some(line) if line.accepted_at.is_some() => faults.push(here(Phrase::LineAccepted)),
            Some(_) if said.iter().take(i).any(|other| other.line_id == one.line_id) => {
                faults.push(here(Phrase::Twice));
            }
            Some(_) => {}
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}
