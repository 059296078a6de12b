//! What changed since a registration was returned, reopened or added to.

use crate::{
    db::AnyConn,
    error::{Error, Result},
    ids::Id,
    registrations::{
        lines::model::{self as lines, Line},
        model,
        wire::{RegistrationChangedLine, RegistrationDiff, RegistrationLineName},
    },
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The lines as they are against those that were there at the last answer; none when it never was
/// answered so.
pub fn since_answered(
    conn: &mut AnyConn,
    registration: Id,
    now: &[Line],
) -> Result<Option<RegistrationDiff>> {
    let moves = model::moves(conn, registration)?;
    let given_back = moves.windows(2).rev().find_map(|pair| match pair {
        [before, last] if last.command.gives_back(before.state) => Some(last),
        _ => None,
    });
    let Some(last) = given_back else { return Ok(None) };
    let kept: Vec<(String, i32)> = serde_json::from_str(&last.lines).map_err(Error::internal)?;
    let mut said = lines::said_then(conn, registration)?;
    let mut then = BTreeMap::new();
    for (id, version) in kept {
        let id: Id = id.parse().map_err(|()| Error::internal("not an id"))?;
        then.insert(id, said.remove(&(id, version)).unwrap_or_default());
    }
    let now = now.iter().map(|line| Ok((line.id, line.content()?))).collect::<Result<_>>()?;
    let (added, removed, changed) = compare(&then, &now);
    Ok(Some(RegistrationDiff { since: last.took_effect_at, added, removed, changed }))
}

type Lines = BTreeMap<Id, Value>;

/// Lines that came, went and changed. Pure.
fn compare(
    then: &Lines,
    now: &Lines,
) -> (Vec<RegistrationLineName>, Vec<RegistrationLineName>, Vec<RegistrationChangedLine>) {
    let title = |line: &Value| line.get("title").and_then(Value::as_str).unwrap_or_default().to_owned();
    let only = |here: &Lines, there: &Lines| -> Vec<RegistrationLineName> {
        let apart = here.iter().filter(|(id, _)| !there.contains_key(id));
        apart.map(|(id, line)| RegistrationLineName { id: *id, title: title(line) }).collect()
    };
    let changed = now.iter().filter_map(|(id, line)| {
        let changes = differing(then.get(id)?, line);
        let some = !changes.is_empty();
        some.then(|| RegistrationChangedLine { id: *id, title: title(line), changes: changes.into() })
    });
    (only(now, then), only(then, now), changed.collect())
}

/// The members in which two records differ: old and new.
fn differing(old: &Value, new: &Value) -> Map<String, Value> {
    let members = new.as_object().into_iter().flatten();
    let before = |name: &str| old.get(name).cloned().unwrap_or_default();
    members
        .map(|(name, value)| (name, before(name), value))
        .filter(|(_, before, value)| before != *value)
        .map(|(name, before, value)| (name.clone(), json!([before, value])))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn what_came_went_and_changed_is_told_and_nothing_else() {
        let ids: Vec<Id> = (0..4).map(|_| Id::new()).collect();
        let line = |title: &str, due: &str| json!({"title": title, "due_on": due});
        let then = Lines::from([
            (ids[0], line("A", "2023-12-31")),
            (ids[1], line("B", "2023-12-31")),
            (ids[2], line("C", "2023-12-31")),
        ]);
        let now = Lines::from([
            (ids[0], line("A", "2023-12-31")),
            (ids[1], line("B mới", "2023-12-31")),
            (ids[3], line("D", "2023-11-30")),
        ]);
        let (added, removed, changed) = compare(&then, &now);
        let names = |lines: &[RegistrationLineName]| lines.iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!((names(&added), names(&removed)), (vec![ids[3]], vec![ids[2]]));
        assert_eq!(changed.len(), 1);
        assert_eq!((changed[0].id, &changed[0].changes), (ids[1], &json!({"title": ["B", "B mới"]})));
    }
}
