//! Where in the tree of units something lies.

use crate::ids::Id;

/// A unit's place: enough to decide who is above, below or in it, without asking the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub id: Id,
    /// The unit at the top of this tree.
    pub root_id: Id,
    /// `/` + the ids from the root down to this unit, each followed by `/`.
    pub path: String,
    /// 0 for a root.
    pub depth: i32,
    pub level: String,
}

/// Characters of one step of a path: an id and its slash.
pub const STEP: i32 = 37;

impl Place {
    /// True for the unit itself and every unit below it.
    pub fn contains(&self, other: &Place) -> bool {
        other.path.starts_with(&self.path)
    }

    /// True for every unit below this one.
    pub fn is_above(&self, other: &Place) -> bool {
        self.id != other.id && self.contains(other)
    }

    /// The ids of the units above, from the root down, without this one.
    pub fn ancestors(&self) -> Vec<Id> {
        let ids: Vec<Id> = self.path.split('/').filter_map(|step| step.parse().ok()).collect();
        ids.into_iter().filter(|id| *id != self.id).collect()
    }

    /// Length of the paths of units `depth` steps below the root: how a column of paths is cut at a depth.
    pub const fn path_length(depth: i32) -> i32 {
        1 + STEP * (depth + 1)
    }
}

/// The first text after every path that starts with `path`: `path <= x < after(path)` is the subtree.
pub fn after(path: &str) -> String {
    // '0' follows '/', with which every path ends.
    let mut end = path.strip_suffix('/').unwrap_or(path).to_owned();
    end.push('0');
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_of_a_subtree_holds_exactly_what_lies_below() {
        let path = "/a/b/";
        let inside = |p: &str| p >= path && p < after(path).as_str();
        assert!(inside("/a/b/") && inside("/a/b/c/") && inside("/a/b/z/z/"));
        assert!(!inside("/a/") && !inside("/a/b0/") && !inside("/a/ba/") && !inside("/a/c/"));
    }
}
