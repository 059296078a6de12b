//! Offering another figure, agreeing, deciding, changing what binds, withdrawing.

use crate::{
    auth::Actor,
    db::lock_row,
    documents::{
        model as documents,
        rules::{refuse, refuse_classified},
    },
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    indicators::model as indicators,
    policy,
    targets::{
        content,
        create::last_good_day,
        model,
        save::{self, Step},
        wire::TargetContent,
        workflow::TargetCommand,
    },
};
use chrono::NaiveDate;

/// What a step says.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// What is to be reached from now on; without it, what is on the table.
    pub content: Option<TargetContent>,
    /// Another day to reach it by.
    pub due_on: Option<NaiveDate>,
    pub reason: Option<String>,
    pub document: Option<Id>,
}

/// Does a step on a target.
pub fn step(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    command: TargetCommand,
    expected: Option<&IfMatch>,
    given: &Given,
) -> Result<Answer> {
    lock_row(tx.conn, "targets", &id.to_string())?;
    let row = model::find(tx.conn, actor, id)?;
    let placed = model::placed(tx.conn, row)?;
    let row = &placed.row;
    if !placed.permits(actor, command) {
        return Err(policy::refused(command.action(row.status)));
    }
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    let status = command.leads(row.status);
    let status = status.ok_or_else(|| Error::new(Code::InvalidState).with("status", row.status))?;
    if command.judges() && actor.is_same_hand(placed.newest.by_user, placed.newest.by_for) {
        return Err(Error::new(Code::OwnWork));
    }
    let wording = given.content.as_ref().and_then(|content| content.wording.as_deref());
    refuse_classified(None, &[("/reason", given.reason.as_deref()), ("/wording", wording)])?;
    let mut faults = Vec::new();
    let due = given.due_on.map(|due_on| (due_on, last_good_day(due_on, row.due_exclusive)));
    let window = (row.starts_on, due.map_or(row.ends_on, |(_, last)| last));
    if due.is_some() && row.due_on.is_none() {
        faults.push(Fault::at("/due_on", Code::NotPermittedHere).with("why", Phrase::PeriodOrDay));
    } else if window.1 < window.0 {
        faults.push(Fault::at("/due_on", Code::EndBeforeStart));
    }
    // Whoever moves the day alone leaves what is to be reached as it is.
    let anew = given.content.is_some() || (command.brings_content() && due.is_none());
    let content = match &given.content {
        Some(content) => content.clone(),
        None if anew => TargetContent::empty(),
        None => placed.newest.content()?,
    };
    if anew {
        let regime = indicators::regime(tx.conn, &placed.indicator)?;
        faults.extend(content::faults(&placed.indicator, &regime, window, &content));
    }
    // A figure is judged by what was in force on its day: afterwards it would be moved to fit.
    if command == TargetCommand::Rebaseline && tx.at.day() > row.ends_on {
        faults.push(Fault::at("", Code::NotPermittedHere).with("why", Phrase::TimeIsOver));
    }
    faults.extend(documents::document_fault(tx.conn, actor, given.document)?);
    refuse(faults)?;
    if window.1 != row.ends_on && model::at(tx.conn, row.indicator_id, row.unit_id, window)?.is_some() {
        let what = Said::from(Phrase::TargetOfTheTime).and(&placed.indicator.code);
        return Err(Error::new(Code::AlreadyExists).with("what", what));
    }
    let step =
        Step { command, status, content, reason: given.reason.as_deref(), document: given.document, due };
    let row = save::update(tx, actor, &placed.place, row, &step)?;
    let shown = model::show(tx.conn, actor, row)?;
    Answer::changed(shown.version, &shown)
}
