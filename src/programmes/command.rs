//! Steps that need no more than a reason.

use crate::{
    auth::Actor,
    documents::rules::refuse_classified,
    error::{Code, Error, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    programmes::{
        actions::{self, Facts, hindrance},
        model::{Placed, Row},
        save, versions,
        wire::ProgrammeStep,
        workflow::{ProgrammeCommand, ProgrammeStatus},
    },
};

/// Moves a programme to its next state; a hand-over keeps it as it is.
pub fn run(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    command: ProgrammeCommand,
    words: &ProgrammeStep,
) -> Result<Answer> {
    let before = save::open(tx, actor, id, command.action(), expected)?;
    let status = next(&before, command)?;
    guard(tx, actor, &before, command)?;
    refuse_classified(None, &[("/reason", words.reason.as_deref())])?;
    let reason = words.reason.as_deref().filter(|text| !text.is_empty());
    if command.needs_reason() && reason.is_none() {
        return Err(Error::field("/reason", Code::ReasonRequired));
    }
    let row = Row { status, ..after(actor, before.row.clone(), command) };
    let mut more = Changes::none();
    if command.keeps_version() {
        let kept = versions::model::keep(tx, &row, command)?;
        more = more.and("kept_version", serde_json::Value::Null, kept.n);
    }
    let programme = save::update(tx, actor, command.event(), &before, row, more, reason)?;
    Answer::changed(programme.version, &programme)
}

/// The state a command leads to, or the one that does not allow it.
pub fn next(before: &Placed, command: ProgrammeCommand) -> Result<ProgrammeStatus> {
    let status = before.row.status;
    command
        .leads(status, before.row.revision)
        .ok_or_else(|| Error::new(Code::InvalidState).with("status", status))
}

/// What besides the state keeps a command from being done. `actions` tells the same.
pub fn guard(tx: &mut Tx, actor: &Actor, before: &Placed, command: ProgrammeCommand) -> Result<()> {
    let facts = facts(tx, before)?;
    let because = hindrance(actor, &before.row, &before.place, facts, command);
    let refused = |why: Said| Err(Error::new(Code::InUse).with("what", why));
    match because {
        None | Some("incomplete") => Ok(()),
        Some("own_work") => Err(Error::new(Code::OwnWork)),
        Some("no_superior") => refused(Phrase::NoSuperior.into()),
        Some("unanswered") => refused(Said::from(Phrase::Unanswered).and(facts.unanswered)),
        Some(_) => Err(Error::new(Code::InvalidState).with("status", Phrase::NeverSent)),
    }
}

/// What decides beside the state.
pub fn facts(tx: &mut Tx, before: &Placed) -> Result<Facts> {
    let facts = actions::facts(tx.conn, &[before.row.id])?;
    Ok(facts.get(&before.row.id).copied().unwrap_or_default())
}

/// What besides the status a command changes.
fn after(actor: &Actor, row: Row, command: ProgrammeCommand) -> Row {
    match command {
        ProgrammeCommand::SubmitForReview => {
            Row { submitted_by: actor.user, submitted_for: actor.on_behalf_of, ..row }
        }
        ProgrammeCommand::SendToSuperior => Row { round: row.round + 1, ..row },
        ProgrammeCommand::Amend => Row { revision: row.revision + 1, round: 0, ..row },
        _ => row,
    }
}
