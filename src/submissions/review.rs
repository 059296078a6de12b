//! What becomes of a report that was handed in: withdrawn, returned, approved by each unit of the chain, and
//! an approval taken back.

use crate::{
    auth::Actor,
    criteria::assessments::answer::return_of,
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    indicators::values::workflow::{ValueCommand, ValueStatus},
    submissions::{
        draft,
        lines::{self, Slot},
        model::{self, Placed, Row},
        save::{self, Words, column},
        wire::{SubmissionLine, SubmissionReturn},
        workflow::{SubmissionCommand, SubmissionState},
    },
};
use std::collections::HashMap;

/// Takes back what nobody approved yet.
pub fn withdraw(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    comment: Option<&str>,
) -> Result<Answer> {
    let command = SubmissionCommand::Withdraw;
    let placed = draft::open(tx, actor, id, command, expected)?;
    let words = Words { comment, ..Words::default() };
    go_back(tx, actor, command, &placed, words, ValueCommand::Withdraw)
}

/// Returns a report with the reason; comments on lines have to be answered.
pub fn give_back(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    body: &SubmissionReturn,
) -> Result<Answer> {
    let command = SubmissionCommand::Return;
    let placed = draft::open(tx, actor, id, command, expected)?;
    let comments = body.lines.as_ref().map_or(&[][..], |lines| &lines.0);
    let mut faults = Vec::new();
    for (i, one) in comments.iter().enumerate() {
        refuse_classified(None, &[(&format!("/lines/{i}/comment"), Some(&*one.comment))])?;
        if !placed.version.content.items.0.iter().any(|item| item.key == one.key) {
            let fault = Fault::at(format!("/lines/{i}/key"), Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::NotInForm));
        } else if comments.iter().take(i).any(|other| other.key == one.key) {
            let fault = Fault::at(format!("/lines/{i}/key"), Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::Twice));
        }
    }
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    let words = Words { reason: Some(&body.reason), comment: None, lines: comments };
    go_back(tx, actor, command, &placed, words, ValueCommand::Return)
}

/// Opens the lines again, as they were handed in; the values that came with it go the same way.
fn go_back(
    tx: &mut Tx,
    actor: &Actor,
    command: SubmissionCommand,
    placed: &Placed,
    words: Words,
    values: ValueCommand,
) -> Result<Answer> {
    refuse_classified(None, &[("/reason", words.reason), ("/comment", words.comment)])?;
    let slots = lines::slots(tx.conn, placed)?;
    let current = lines::current(tx.conn, placed, &slots, tx.at.day())?;
    save::move_values(tx, actor, placed.row.id, values, words.reason)?;
    // What the unit withdraws it has said of itself all the same; it may say it anew.
    if let (SubmissionCommand::Return, Some(reason)) = (command, words.reason) {
        return_of(tx, actor, placed.row.id, &placed.place, reason)?;
    }
    let before = &placed.row;
    let (state, _) = placed.leads(command).ok_or_else(Error::not_found)?;
    let row = Row {
        state,
        approvals: 0,
        nil: false,
        lines: column(&without_answers(&current))?,
        asked: column(&words.lines)?,
        ..before.clone()
    };
    let row = save::step(tx, actor, command, (before, &placed.place), row, &current, words)?;
    draft::answer(tx, actor, row)
}

/// Answers belong to the return before.
fn without_answers(lines: &[SubmissionLine]) -> Vec<SubmissionLine> {
    let fresh = lines.iter().map(|line| SubmissionLine { answer: None, ..line.clone() });
    fresh.filter(|line| lines::is_filled(line) || line.nil == Some(true) || line.note.is_some()).collect()
}

/// Approves for the unit whose turn it is. With the last one the figures count, and what was approved is
/// sealed by its hash.
pub fn approve(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    comment: Option<&str>,
) -> Result<Answer> {
    let command = SubmissionCommand::Approve;
    let placed = draft::open(tx, actor, id, command, expected)?;
    refuse_classified(None, &[("/comment", comment)])?;
    let before = &placed.row;
    if actor.is_same_hand(before.submitted_by, before.submitted_for) {
        return Err(Error::new(Code::OwnWork));
    }
    let (state, approvals) = placed.leads(command).ok_or_else(Error::not_found)?;
    let slots = lines::slots(tx.conn, &placed)?;
    let current = lines::current(tx.conn, &placed, &slots, tx.at.day())?;
    let mut content_hash = None;
    if state == SubmissionState::Approved {
        approve_values(tx, actor, &slots, &current)?;
        content_hash = Some(lines::hash(before, &current)?);
    }
    let row = Row { state, approvals: count(approvals), content_hash, ..before.clone() };
    let words = Words { comment, ..Words::default() };
    let row = save::step(tx, actor, command, (before, &placed.place), row, &current, words)?;
    draft::answer(tx, actor, row)
}

fn approve_values(
    tx: &mut Tx,
    actor: &Actor,
    slots: &HashMap<String, Slot>,
    current: &[SubmissionLine],
) -> Result<()> {
    for line in current.iter().filter(|line| lines::has_figure(line)) {
        let Some(slot) = slots.get(&line.key.0) else { continue };
        let Some(value) = &slot.value else { continue };
        match value.status {
            ValueStatus::Approved => {}
            ValueStatus::Submitted => save::move_value(tx, actor, value, ValueCommand::Approve, None)?,
            ValueStatus::Returned | ValueStatus::Withdrawn => {
                let status = Said::from(Phrase::FigureReturned).and(&slot.indicator.code);
                return Err(Error::new(Code::InvalidState).with("status", status));
            }
        }
    }
    Ok(())
}

/// Takes the last approval back, while no higher report used it.
pub fn unapprove(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    reason: &str,
) -> Result<Answer> {
    let command = SubmissionCommand::Unapprove;
    let placed = draft::open(tx, actor, id, command, expected)?;
    refuse_classified(None, &[("/reason", Some(reason))])?;
    if model::consolidated_in(tx.conn, &placed)?.is_some() {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::UsedAbove));
    }
    let before = &placed.row;
    let (state, approvals) = placed.leads(command).ok_or_else(Error::not_found)?;
    let slots = lines::slots(tx.conn, &placed)?;
    let current = lines::current(tx.conn, &placed, &slots, tx.at.day())?;
    if before.state == SubmissionState::Approved {
        save::move_values(tx, actor, before.id, ValueCommand::Reopen, Some(reason))?;
    }
    let row = Row { state, approvals: count(approvals), content_hash: None, ..before.clone() };
    let words = Words { reason: Some(reason), ..Words::default() };
    let row = save::step(tx, actor, command, (before, &placed.place), row, &current, words)?;
    draft::answer(tx, actor, row)
}

fn count(approvals: usize) -> i32 {
    i32::try_from(approvals).unwrap_or(i32::MAX)
}
