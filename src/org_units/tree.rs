//! The tree as it was on a day.

use crate::{
    db::{AnyConn, schema::org_unit_versions as versions},
    error::Result,
    ids::Id,
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use std::collections::{HashMap, HashSet};

/// A unit with the name and parent it had on the day.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = versions)]
pub struct UnitOn {
    #[diesel(column_name = unit_id)]
    pub id: Id,
    pub code: String,
    pub name: String,
    pub short_name: Option<String>,
    pub level: String,
    pub kind: String,
    pub parent_id: Option<Id>,
    pub valid_to: Option<NaiveDate>,
}

impl UnitOn {
    /// In a few words.
    pub fn reference(&self) -> UnitRef {
        UnitRef { id: self.id, code: self.code.clone(), name: self.name.clone(), level: self.level.clone() }
    }
}

diesel::alias!(versions as later: Later);

/// Units of one root on a day, and how they hung together.
#[derive(Debug, Default)]
pub struct Tree {
    units: HashMap<Id, UnitOn>,
    children: HashMap<Id, Vec<Id>>,
}

impl Tree {
    /// Reads the tree of a root as it stood on a day. Units already closed on the day are kept with
    /// the last place they had, because their tasks still count there.
    pub fn on(conn: &mut AnyConn, root: Id, day: NaiveDate) -> Result<Self> {
        // Of a unit closed by the day no version is in force: the last one stands for it.
        let replaced = later.filter(
            later
                .field(versions::unit_id)
                .eq(versions::unit_id)
                .and(later.field(versions::n).gt(versions::n))
                .and(later.field(versions::valid_from).le(day)),
        );
        let in_force = versions::valid_to.is_null().or(versions::valid_to.gt(day)).assume_not_null();
        let rows: Vec<UnitOn> = versions::table
            .filter(versions::root_id.eq(root).and(versions::valid_from.le(day)))
            .filter(in_force.or(not(exists(replaced))))
            .select(UnitOn::as_select())
            .load(conn)?;
        let mut tree =
            Self { units: rows.into_iter().map(|unit| (unit.id, unit)).collect(), ..Self::default() };
        for unit in tree.units.values() {
            if let Some(parent) = unit.parent_id {
                tree.children.entry(parent).or_default().push(unit.id);
            }
        }
        Ok(tree)
    }

    /// A unit that had come into being by the day.
    pub fn get(&self, id: Id) -> Option<&UnitOn> {
        self.units.get(&id)
    }

    /// Every unit that had come into being by the day.
    pub fn units(&self) -> impl Iterator<Item = &UnitOn> {
        self.units.values()
    }

    /// True when the unit existed on the day.
    pub fn in_force(&self, id: Id, day: NaiveDate) -> bool {
        self.get(id).is_some_and(|unit| unit.valid_to.is_none_or(|end| day < end))
    }

    /// Direct children, in the order of their codes.
    pub fn children(&self, id: Id) -> Vec<&UnitOn> {
        let mut found: Vec<&UnitOn> =
            self.children.get(&id).into_iter().flatten().filter_map(|child| self.get(*child)).collect();
        found.sort_by(|a, b| a.code.cmp(&b.code));
        found
    }

    /// All units below, without the unit itself, in the order of their codes.
    pub fn below(&self, id: Id) -> Vec<&UnitOn> {
        let mut found = Vec::new();
        let mut open = vec![id];
        // Dated parentage has no circles; a broken one must not hang the reader.
        let mut met = HashSet::from([id]);
        while let Some(next) = open.pop() {
            for child in self.children.get(&next).into_iter().flatten().filter(|child| met.insert(**child)) {
                open.push(*child);
                found.extend(self.get(*child));
            }
        }
        found.sort_by(|a, b| a.code.cmp(&b.code));
        found
    }

    /// How deep the unit lay below the top of the tree on the day.
    pub fn depth(&self, id: Id) -> i32 {
        let mut depth = 0;
        let mut at = id;
        while let Some(parent) = self.parent(at) {
            // Dated parentage has no circles; a broken one must not hang the reader.
            if depth > 100 {
                break;
            }
            depth += 1;
            at = parent;
        }
        depth
    }

    /// The unit's parent on the day.
    pub fn parent(&self, id: Id) -> Option<Id> {
        self.get(id).and_then(|unit| unit.parent_id)
    }
}
