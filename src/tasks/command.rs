//! Commands: the only way a status moves.

use crate::{
    auth::Actor,
    documents::rules::refuse_classified,
    error::{Code, Error, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    tasks::{
        model::{Placed, Row},
        save::{self, Account},
        wire::TaskCommand,
        workflow::Command,
    },
};

/// Runs one command on a task.
pub fn run(
    tx: &mut Tx,
    actor: &Actor,
    found: Option<Placed>,
    expected: Option<IfMatch>,
    command: Command,
    words: &TaskCommand,
) -> Result<Answer> {
    let before = save::opened(tx, actor, found, expected)?;
    actor.may_at(command.action(), before.site())?;
    let Some(status) = command.leads(before.row.status) else {
        return Err(Error::new(Code::InvalidState).with("status", before.row.status));
    };
    guard(actor, &before, command)?;
    check(command, words)?;
    let row = Row { status, ..after(tx, actor, &before.row, command, words) };
    let comment = words.comment.as_ref().filter(|text| !text.is_empty());
    let changes = match comment {
        Some(comment) => Changes::none().and("comment", serde_json::Value::Null, comment.0.as_str()),
        None => Changes::none(),
    };
    let reason = words.reason.as_deref().filter(|text| !text.is_empty());
    let account = Account { changes, reason, ..Account::new(command.event()) };
    let kept = save::update(tx, actor, &before, row, account)?;
    let task = save::wire(tx, actor, &kept)?;
    Answer::changed(task.version, &task)
}

/// Nobody approves what the same person handed in, whatever post they act in; a deputy and the holder
/// are the same hand.
fn guard(actor: &Actor, before: &Placed, command: Command) -> Result<()> {
    let own = actor.is_same_hand(before.row.submitted_by, before.row.submitted_for);
    if command.judges_work() && own { Err(Error::new(Code::OwnWork)) } else { Ok(()) }
}

fn check(command: Command, words: &TaskCommand) -> Result<()> {
    refuse_classified(None, &[("/reason", words.reason.as_deref()), ("/comment", words.comment.as_deref())])?;
    if command.needs_reason() && words.reason.as_ref().is_none_or(|reason| reason.is_empty()) {
        return Err(Error::field("/reason", Code::ReasonRequired));
    }
    if words.result.is_some() && command != Command::Confirm {
        let fault =
            crate::error::Fault::at("/result", Code::NotPermittedHere).with("why", Phrase::OnlyConfirm);
        return Err(fault.into());
    }
    Ok(())
}

/// What besides the status a command changes.
fn after(tx: &Tx, actor: &Actor, row: &Row, command: Command, words: &TaskCommand) -> Row {
    let mut row = row.clone();
    match command {
        Command::Submit => {
            row.submitted_on = Some(tx.at.day());
            (row.submitted_by, row.submitted_for) = (actor.user, actor.on_behalf_of);
        }
        Command::Resubmit => {
            (row.submitted_by, row.submitted_for) = (actor.user, actor.on_behalf_of);
        }
        // The day that counts is the day the work was handed in, not that of the confirmer's click.
        Command::Confirm => {
            row.completed_on = row.submitted_on;
            row.result = words.result;
        }
        Command::Return | Command::Reopen => {
            row.submitted_on = None;
            row.completed_on = None;
            row.result = None;
        }
        Command::Accept | Command::Start | Command::Close | Command::Cancel => {}
    }
    row
}
