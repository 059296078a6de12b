//! Offering another figure, agreeing, deciding, changing what binds, withdrawing.

use crate::{
    auth::Actor,
    db::lock_row,
    documents::rules::{refuse, refuse_classified},
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    indicators::model as indicators,
    policy,
    targets::{
        content,
        create::document_fault,
        model,
        save::{self, Step},
        wire::TargetContent,
        workflow::TargetCommand,
    },
};

/// What a step says.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// What is to be reached from now on; without it, what is on the table.
    pub content: Option<TargetContent>,
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
    let content = match &given.content {
        Some(content) => content.clone(),
        None if command.brings_content() => TargetContent::empty(),
        None => placed.newest.content()?,
    };
    if given.content.is_some() || command.brings_content() {
        let regime = indicators::regime(tx.conn, &placed.indicator)?;
        faults.extend(content::faults(&placed.indicator, &regime, (row.starts_on, row.ends_on), &content));
    }
    // A figure is judged by what was in force on its day: afterwards it would be moved to fit.
    if command == TargetCommand::Rebaseline && tx.at.day() > row.ends_on {
        faults.push(Fault::at("", Code::NotPermittedHere).with("why", Phrase::TimeIsOver));
    }
    faults.extend(document_fault(tx.conn, actor, given.document)?);
    refuse(faults)?;
    let step = Step { command, status, content, reason: given.reason.as_deref(), document: given.document };
    let row = save::update(tx, actor, &placed.place, row, &step)?;
    let shown = model::show(tx.conn, actor, row)?;
    Answer::changed(shown.version, &shown)
}
