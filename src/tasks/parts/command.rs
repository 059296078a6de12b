//! Commands on parts.

use crate::{
    auth::Actor,
    documents::rules::refuse_classified,
    error::{Code, Error, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    policy::Site,
    tasks::{
        parts::{
            model::{self, Open, PartRow},
            workflow::{PartCommand, moves_in},
        },
        wire::PartWords,
    },
};
use serde_json::Value;

/// Runs one command on a part.
pub fn run(
    tx: &mut Tx,
    actor: &Actor,
    path: (Id, Id),
    expected: Option<&IfMatch>,
    command: PartCommand,
    words: &PartWords,
) -> Result<Answer> {
    let Open { placed, part: before, unit } = model::open(tx, actor, path)?;
    let site = if command == PartCommand::Submit { Site::of(&unit) } else { placed.site() };
    actor.may_at(command.action(), site)?;
    expected.map_or(Ok(()), |expected| expected.check(before.version))?;
    if !moves_in(placed.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.status));
    }
    let Some(status) = command.leads(before.status) else {
        return Err(Error::new(Code::InvalidState).with("status", before.status));
    };
    // Nobody accepts what the same person handed in, whatever post they act in.
    if command == PartCommand::Accept && actor.is_same_hand(before.submitted_by, before.submitted_for) {
        return Err(Error::new(Code::OwnWork));
    }
    let (reason, comment) = read(command, words)?;
    let row = PartRow { status, ..after(tx, actor, &before, command) };
    let more = match comment {
        Some(comment) => Changes::none().and("comment", Value::Null, comment),
        None => Changes::none(),
    };
    let part = model::update(tx, command.event(), &placed, before, row, more, reason)?;
    Answer::changed(part.version, &part)
}

/// The reason and the comment, when something is said.
fn read(command: PartCommand, words: &PartWords) -> Result<(Option<&str>, Option<&str>)> {
    let said = (words.reason.as_deref(), words.comment.as_deref());
    refuse_classified(None, &[("/reason", said.0), ("/comment", said.1)])?;
    let (reason, comment) = (said.0.filter(|text| !text.is_empty()), said.1.filter(|text| !text.is_empty()));
    if command == PartCommand::Return && reason.is_none() {
        return Err(Error::field("/reason", Code::ReasonRequired));
    }
    Ok((reason, comment))
}

/// What besides the status a command changes.
fn after(tx: &Tx, actor: &Actor, row: &PartRow, command: PartCommand) -> PartRow {
    let row = row.clone();
    match command {
        PartCommand::Submit => PartRow {
            submitted_on: Some(tx.at.day()),
            submitted_by: actor.user,
            submitted_for: actor.on_behalf_of,
            ..row
        },
        PartCommand::Accept => PartRow { accepted_on: Some(tx.at.day()), ..row },
        PartCommand::Return => PartRow { submitted_on: None, submitted_by: None, submitted_for: None, ..row },
    }
}
