//! Issue, and what comes of it.

use crate::{
    documents::wire::Document,
    http::fields::{Day, Faults, Words},
    ids::Id,
    programmes::wire::Programme,
};
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The issue of an adopted programme.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"number_text": "05-CTr/ĐU"}))]
pub struct ProgrammeIssue {
    /// Not before its adoption, never in the future; default today.
    #[deserr(default)]
    pub issued_on: Option<Day>,
    /// Default: the number after the highest one of its run; the unit needs an `issuer_code` then.
    #[deserr(default)]
    pub number_text: Option<Words<100>>,
}

/// What a programme was issued as and what became of its items.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeIssued {
    pub programme: Programme,
    pub document: Document,
    /// The tasks of its items, in their order.
    pub tasks: Vec<IssuedTask>,
    /// Tasks of earlier issues whose items this one changes or drops.
    pub affected_tasks: Vec<AffectedTask>,
}

/// The task of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IssuedTask {
    pub item_id: Id,
    pub task_id: Id,
}

/// A task whose item is another one now: the task itself stays as it is until its owner acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AffectedTask {
    pub item_id: Id,
    pub task_id: Id,
    /// The item was dropped.
    pub dropped: bool,
    /// What changed of it: of `text`, `start_on`, `due_on`, `roadmap`, `lead_unit_id`, `lead_collective`,
    /// `lead_individual`.
    #[schema(example = json!(["due_on"]))]
    pub fields: Vec<String>,
}
