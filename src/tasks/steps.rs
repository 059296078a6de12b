//! What can be done to one task, by its name: the one table for items of a batch and lines of history.

use crate::{
    auth::Actor,
    error::Result,
    events::Tx,
    http::{Answer, body::read_under, version::IfMatch},
    ids::Id,
    tasks::{
        command, progress, save,
        wire::{ProgressReportCreate, TaskCommand},
        workflow::Command,
    },
};
use serde_json::Value;

/// What reports progress is called.
const PROGRESS: &str = "progress";

/// One thing to do to a task, with the body that the single request would have.
#[derive(Debug)]
pub enum Step {
    Command(Command, TaskCommand),
    Progress(ProgressReportCreate),
}

impl Step {
    /// The names of all, in the order of the life cycle.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Command::ALL.iter().map(|command| command.as_str()).chain([PROGRESS])
    }

    /// Reads the body of a step; `None` when nothing has this name. Faults are placed below `under`.
    pub fn read(name: &str, body: Value, under: &str) -> Option<Result<Self>> {
        if name == PROGRESS {
            return Some(read_under(body, under).map(Self::Progress));
        }
        let command = name.parse().ok()?;
        Some(read_under(body, under).map(|words| Self::Command(command, words)))
    }

    /// Does it, as the single request does; faults lie in the step's body.
    pub fn run(&self, tx: &mut Tx, actor: &Actor, task: Id, expected: Option<IfMatch>) -> Result<Answer> {
        let (_, found) = save::find_along(tx.conn, task, None)?;
        match self {
            Self::Command(command, words) => command::run(tx, actor, found, expected, *command, words),
            Self::Progress(report) => progress::report(tx, actor, (task, found), expected, report),
        }
    }
}
