//! Everything that could be done with a programme, and what keeps somebody from it.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{programme_comments as comments, programme_items as items},
    },
    error::Result,
    ids::Id,
    place::Place,
    policy::{self, Action, Site},
    programmes::{
        model::Row,
        wire::ProgrammeAction,
        workflow::{ProgrammeCommand, ProgrammeStatus, is_open_to_drafting, takes_answers, takes_comments},
    },
};
use diesel::{dsl::count_star, prelude::*};
use std::collections::HashMap;

/// What besides the state decides what can be done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    pub items: i64,
    /// Items that lack something.
    pub incomplete: i64,
    /// Comments without an answer.
    pub unanswered: i64,
}

/// The facts of programmes, in three queries.
pub fn facts(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, Facts>> {
    let mut found: HashMap<Id, Facts> = HashMap::new();
    let of =
        || items::table.filter(items::programme_id.eq_any(ids.to_vec()).and(items::deleted_at.is_null()));
    let all: Vec<(Id, i64)> =
        of().group_by(items::programme_id).select((items::programme_id, count_star())).load(conn)?;
    // As `items::complete` has it.
    let no_time = items::due_on.is_null().or(items::start_on.is_null().and(items::roadmap.eq("[]")));
    let nobody = items::lead_collective.is_null().or(items::lead_individual.is_null());
    let lacking: Vec<(Id, i64)> = of()
        .filter(items::priority.is_null().or(no_time).or(nobody))
        .group_by(items::programme_id)
        .select((items::programme_id, count_star()))
        .load(conn)?;
    let waiting: Vec<(Id, i64)> = comments::table
        .filter(comments::programme_id.eq_any(ids.to_vec()).and(comments::answer.is_null()))
        .group_by(comments::programme_id)
        .select((comments::programme_id, count_star()))
        .load(conn)?;
    for (id, n) in all {
        found.entry(id).or_default().items = n;
    }
    for (id, n) in lacking {
        found.entry(id).or_default().incomplete = n;
    }
    for (id, n) in waiting {
        found.entry(id).or_default().unanswered = n;
    }
    Ok(found)
}

/// What keeps a command from being done, beyond role and state.
pub fn hindrance(
    actor: &Actor,
    row: &Row,
    place: &Place,
    facts: Facts,
    command: ProgrammeCommand,
) -> Option<&'static str> {
    let own_work = actor.is_same_hand(row.submitted_by, row.submitted_for);
    match command {
        ProgrammeCommand::SendToSuperior if place.depth == 0 => Some("no_superior"),
        ProgrammeCommand::Revise if row.round == 0 => Some("state"),
        _ if command.needs_answers() && facts.unanswered > 0 => Some("unanswered"),
        ProgrammeCommand::Adopt if facts.items == 0 || facts.incomplete > 0 => Some("incomplete"),
        ProgrammeCommand::Adopt if own_work => Some("own_work"),
        _ => None,
    }
}

/// All actions of a programme.
pub fn all(actor: &Actor, row: &Row, place: &Place, facts: Facts) -> Vec<ProgrammeAction> {
    // The role outweighs the state, and the state what else keeps from it.
    let judge = |name, action, possible: bool, else_because: Option<&'static str>, reason_required| {
        let because = if !policy::permits(actor.seat(), action, Site::of(place)) {
            Some("role")
        } else if !possible {
            Some("state")
        } else {
            else_because
        };
        ProgrammeAction { name, allowed: because.is_none(), because, reason_required }
    };
    let mut found: Vec<ProgrammeAction> = ProgrammeCommand::ALL
        .iter()
        .map(|command| {
            let possible = command.leads(row.status, row.revision).is_some();
            let because = hindrance(actor, row, place, facts, *command);
            judge(command.as_str(), command.action(), possible, because, command.needs_reason())
        })
        .collect();
    let drafting = is_open_to_drafting(row.status);
    found.push(judge("edit", Action::ProgrammeDraft, drafting, None, false));
    found.push(judge("comment", Action::ProgrammeComment, takes_comments(row.status), None, false));
    let waits = takes_answers(row.status) && facts.unanswered > 0;
    found.push(judge("answer", Action::ProgrammeDraft, waits, None, false));
    let fresh = row.status == ProgrammeStatus::Draft && row.submitted_by.is_none();
    found.push(judge("delete", Action::ProgrammeDraft, fresh, None, false));
    found
}
