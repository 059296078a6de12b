//! The dated lives of all units of a tree: who existed when, where it hung, and who came after whom.

use crate::{
    calendars::model::Calendars,
    db::{
        AnyConn,
        schema::{org_unit_relations as relations, org_unit_versions as versions},
    },
    error::Result,
    forms::{rules, wire::FormContent},
    ids::Id,
    measures::UnitLife,
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// Above this the tree is broken; a circle must not hang the reader.
const DEEPEST: usize = 100;

/// A unit from one day to another.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = versions)]
struct Stretch {
    unit_id: Id,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    code: String,
    name: String,
    level: String,
    kind: String,
    parent_id: Option<Id>,
}

/// The units of a tree at all times.
#[derive(Debug, Default)]
pub struct Lives {
    stretches: HashMap<Id, Vec<Stretch>>,
    /// Who came first after a unit, from which day on.
    heirs: HashMap<Id, (NaiveDate, Id)>,
    /// Whom a unit came after, with the days.
    closed: HashMap<Id, Vec<(NaiveDate, Id)>>,
    /// By which periods and deadlines are counted.
    pub calendars: Calendars,
}

impl Lives {
    /// Reads a tree and the calendars: four queries, whatever is asked of them then.
    pub fn load(conn: &mut AnyConn, root: Id) -> Result<Self> {
        let rows: Vec<Stretch> = versions::table
            .filter(versions::root_id.eq(root))
            .order((versions::unit_id, versions::n))
            .select(Stretch::as_select())
            .load(conn)?;
        let mut lives = Self { calendars: Calendars::load(conn)?, ..Self::default() };
        for row in rows {
            lives.stretches.entry(row.unit_id).or_default().push(row);
        }
        let rows: Vec<(Id, Id, NaiveDate)> = relations::table
            .filter(relations::root_id.eq(root))
            .order((relations::predecessor_id, relations::took_effect_on, relations::successor_id))
            .select((relations::predecessor_id, relations::successor_id, relations::took_effect_on))
            .load(conn)?;
        for (before, after, on) in rows {
            lives.heirs.entry(before).or_insert((on, after));
            lives.closed.entry(after).or_default().push((on, before));
        }
        Ok(lives)
    }

    /// All units.
    pub fn units(&self) -> impl Iterator<Item = Id> {
        self.stretches.keys().copied()
    }

    /// A unit as it was on a day: before its first day as on that, after its last one as on that.
    fn on(&self, unit: Id, day: NaiveDate) -> Option<&Stretch> {
        let all = self.stretches.get(&unit)?;
        all.iter().rfind(|one| one.valid_from <= day).or(all.first())
    }

    /// The name of a unit on a day.
    pub fn reference(&self, unit: Id, day: NaiveDate) -> Option<UnitRef> {
        self.on(unit, day).map(|one| UnitRef {
            id: unit,
            code: one.code.clone(),
            name: one.name.clone(),
            level: one.level.clone(),
        })
    }

    /// The units above on a day, the nearest first.
    pub fn above(&self, unit: Id, day: NaiveDate) -> Vec<(Id, &str)> {
        let mut found = Vec::new();
        let mut at = unit;
        while let Some(parent) = self.on(at, day).and_then(|one| one.parent_id)
            && found.len() < DEEPEST
        {
            let level = self.on(parent, day).map_or("", |one| one.level.as_str());
            found.push((parent, level));
            at = parent;
        }
        found
    }

    /// True for the unit itself and those below it on a day.
    pub fn is_within(&self, unit: Id, top: Id, day: NaiveDate) -> bool {
        unit == top || self.above(unit, day).iter().any(|(above, _)| *above == top)
    }

    /// The first day of a unit, and the first one on which it was no more.
    fn span(&self, unit: Id) -> Option<(NaiveDate, Option<NaiveDate>)> {
        let all = self.stretches.get(&unit)?;
        Some((all.first()?.valid_from, all.last()?.valid_to))
    }

    /// Whether a form of a unit is asked of another one, seen on a day. Of a closed unit its last day counts.
    pub fn is_asked(&self, owner: Id, content: &FormContent, unit: Id, day: NaiveDate) -> bool {
        let Some((_, closed)) = self.span(unit) else { return false };
        let day = closed.and_then(|closed| closed.pred_opt()).map_or(day, |last| last.min(day));
        if content.unit_ids.0.contains(&unit) {
            return true;
        }
        let Some(then) = self.on(unit, day) else { return false };
        let level = content.levels.0.iter().any(|level| level.0 == then.level);
        let kinds = &content.kinds.0;
        let kind = kinds.is_empty() || kinds.iter().any(|kind| kind.0 == then.kind);
        level && kind && self.is_within(unit, owner, day)
    }

    /// The life of a unit as a form sees it for a period that ends on a day.
    pub fn life(&self, owner: Id, content: &FormContent, unit: Id, last: NaiveDate) -> Option<UnitLife> {
        let (opened_on, closed_on) = self.span(unit)?;
        Some(UnitLife { opened_on, closed_on, asked: self.is_asked(owner, content, unit, last) })
    }

    /// Units that a form was asked of and that closed inside a period; this one came after them.
    pub fn inherited(
        &self,
        owner: Id,
        content: &FormContent,
        unit: Id,
        (first, last): (NaiveDate, NaiveDate),
    ) -> Vec<(NaiveDate, Id)> {
        let inside = |on: &NaiveDate| first < *on && *on <= last;
        let mut found = Vec::new();
        let (mut open, mut met) = (vec![unit], HashSet::from([unit]));
        while let Some(next) = open.pop() {
            for (on, before) in self.closed.get(&next).into_iter().flatten().filter(|(on, _)| inside(on)) {
                let heir = self.heirs.get(before).is_some_and(|(_, heir)| *heir == next);
                if heir && met.insert(*before) {
                    open.push(*before);
                    if self.is_asked(owner, content, *before, last) {
                        found.push((*on, *before));
                    }
                }
            }
        }
        found.sort();
        found
    }

    /// Who acts for a unit on a day: itself while it exists, then who came after it, or else the unit above.
    pub fn standing_for(&self, unit: Id, day: NaiveDate) -> Id {
        let mut at = unit;
        for _ in 0..DEEPEST {
            let Some((_, Some(closed))) = self.span(at) else { return at };
            if day < closed {
                return at;
            }
            let next = self.heirs.get(&at).map(|(_, heir)| *heir);
            match next.or_else(|| self.on(at, day).and_then(|one| one.parent_id)) {
                Some(next) => at = next,
                None => return at,
            }
        }
        at
    }

    /// Who approves what a unit hands in, in order: each step once, those that do not exist above it skipped.
    /// At the top it is the unit itself.
    pub fn approvers(&self, owner: Id, chain: &[String], unit: Id, day: NaiveDate) -> Vec<Id> {
        let above = self.above(unit, day);
        let mut found: Vec<Id> = Vec::new();
        for step in chain {
            let at = match step.as_str() {
                rules::PARENT => above.first().map(|(id, _)| *id),
                rules::OWNER => Some(owner),
                level => above.iter().find(|(_, its)| *its == level).map(|(id, _)| *id),
            };
            let at = at.map(|at| self.standing_for(at, day)).filter(|at| *at != unit);
            if let Some(at) = at
                && !found.contains(&at)
            {
                found.push(at);
            }
        }
        if found.is_empty() {
            found.push(above.first().map_or(unit, |(id, _)| self.standing_for(*id, day)));
        }
        found
    }
}
