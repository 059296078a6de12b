//! Which tasks a later issue touches: those whose items changed in what the task rests on, or went. Pure.

use crate::{
    ids::Id,
    programmes::{versions::diff, wire::AffectedTask},
};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What a task rests on.
const TOUCHING: [&str; 7] =
    ["text", "start_on", "due_on", "roadmap", "lead_unit_id", "lead_collective", "lead_individual"];

/// The tasks touched between the issue before and the items as they stand.
pub fn between(
    old: &[Map<String, Value>],
    new: &[Map<String, Value>],
    tasks: &HashMap<Id, Id>,
) -> Vec<AffectedTask> {
    let touched = |change: crate::programmes::wire::ProgrammeItemChange| {
        let task_id = *tasks.get(&change.id)?;
        let members = change.changes.as_object().into_iter().flatten().map(|(name, _)| name.clone());
        let fields: Vec<String> = members.filter(|name| TOUCHING.contains(&name.as_str())).collect();
        let affects = change.removed || !fields.is_empty();
        affects.then_some(AffectedTask { item_id: change.id, task_id, dropped: change.removed, fields })
    };
    diff::between(old, new).into_iter().filter_map(touched).collect()
}
