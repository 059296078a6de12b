//! What changed between two versions, item by item. Pure.

use crate::{
    ids::Id,
    programmes::{versions::model::RANK, wire::ProgrammeItemChange},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// An item as a version holds it.
pub type Item = Map<String, Value>;

/// What changes with others, or with every write, and says nothing of the item itself.
const SILENT: [&str; 7] =
    ["version", "updated_at", "created_at", "ordinal", "missing", "task_id", "lead_unit"];

/// What came, went and changed, in the order of the later version, then what went.
pub fn between(old: &[Item], new: &[Item]) -> Vec<ProgrammeItemChange> {
    let before: BTreeMap<Id, &Item> = old.iter().filter_map(|item| Some((id(item)?, item))).collect();
    let after: BTreeMap<Id, &Item> = new.iter().filter_map(|item| Some((id(item)?, item))).collect();
    let there = new.iter().filter_map(|item| {
        let id = id(item)?;
        match before.get(&id) {
            None => Some(ProgrammeItemChange { added: true, ..change(id, item) }),
            Some(old) => changed(id, old, item),
        }
    });
    let gone = old.iter().filter_map(|item| {
        let id = id(item).filter(|id| !after.contains_key(id))?;
        Some(ProgrammeItemChange { removed: true, ..change(id, item) })
    });
    there.chain(gone).collect()
}

fn id(item: &Item) -> Option<Id> {
    item.get("id")?.as_str()?.parse().ok()
}

fn change(id: Id, item: &Item) -> ProgrammeItemChange {
    let text = item.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
    ProgrammeItemChange { id, text, added: false, removed: false, moved: false, changes: json!({}) }
}

fn changed(id: Id, old: &Item, new: &Item) -> Option<ProgrammeItemChange> {
    let changes: Item = new
        .iter()
        .filter(|(name, _)| !SILENT.contains(&name.as_str()) && *name != RANK)
        .filter_map(|(name, value)| {
            let before = old.get(name).unwrap_or(&Value::Null);
            (before != value).then(|| (name.clone(), json!([before, value])))
        })
        .collect();
    // Ranks of what does not move stay, whatever comes and goes beside it.
    let moved = old.get(RANK) != new.get(RANK);
    (moved || !changes.is_empty()).then(|| ProgrammeItemChange {
        moved,
        changes: Value::Object(changes),
        ..change(id, new)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn item(id: Id, rank: &str, text: &str) -> Item {
        let value = json!({"id": id, "rank": rank, "text": text, "ordinal": 1, "version": 1});
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_came_went_moved_and_changed_is_told_apart() {
        let ids: Vec<Id> = (0..5).map(|_| Id::new()).collect();
        let old = [
            item(ids[0], "1", "Giữ nguyên"),
            item(ids[1], "2", "Đổi lời"),
            item(ids[2], "3", "Chuyển chỗ"),
            item(ids[3], "4", "Bỏ"),
        ];
        let new = [
            item(ids[2], "0", "Chuyển chỗ"),
            item(ids[0], "1", "Giữ nguyên"),
            item(ids[1], "2", "Lời mới"),
            item(ids[4], "5", "Thêm"),
        ];
        let told: Vec<(Id, bool, bool, bool, Value)> = between(&old, &new)
            .into_iter()
            .map(|one| (one.id, one.added, one.removed, one.moved, one.changes))
            .collect();
        let words = json!({"text": ["Đổi lời", "Lời mới"]});
        assert_eq!(
            told,
            [
                (ids[2], false, false, true, json!({})),
                (ids[1], false, false, false, words),
                (ids[4], true, false, false, json!({})),
                (ids[3], false, true, false, json!({})),
            ]
        );
        assert_eq!(between(&old, &old), []);
    }
}
