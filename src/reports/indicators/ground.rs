//! What figures of indicators stand on: a unit with all below it on a day, and the values that count.

use crate::{
    clock::Instant,
    db::{AnyConn, schema::org_units},
    error::Result,
    ids::Id,
    indicators::{
        exclusions::model::{self as exclusions, Row as Exclusion},
        model::{self as indicators, Row as Indicator},
        values::facts::{self, ValueFact, Wanted},
    },
    measures::{Entry, Formula, OverUnits, Reported, Share, indicators::over_periods},
    org_units::{model::Row as Unit, tree::Tree, wire::UnitRef},
    reports::indicators::{bounds::Span, figures::Under},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// Which figures are asked for.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    pub unit: &'a Unit,
    pub indicators: Vec<Indicator>,
    pub span: Span,
    pub day: NaiveDate,
    /// Values that wait for approval too.
    pub submitted: bool,
    /// Only this class; the total without it.
    pub cell: Option<String>,
}

/// The values of a unit's subtree, by indicator and unit.
pub struct Ground {
    pub day: NaiveDate,
    pub unit: UnitRef,
    pub tree: Tree,
    /// The unit and every unit below it on the day.
    pub units: Vec<Id>,
    pub cell: Option<String>,
    submitted: bool,
    /// When each unit came into being and closed.
    lives: HashMap<Id, (Option<NaiveDate>, Option<NaiveDate>)>,
    facts: HashMap<(Id, Id), Vec<ValueFact>>,
    exclusions: HashMap<(Id, Id), Vec<Exclusion>>,
    /// Those asked for, and those they count by.
    rows: HashMap<Id, Indicator>,
    by_code: HashMap<String, Id>,
    /// The levels at which each is reported.
    levels: HashMap<Id, BTreeSet<String>>,
}

impl Ground {
    /// Reads what is needed, in a number of queries that does not grow with the tree outside the unit.
    pub fn load(conn: &mut AnyConn, question: &Question) -> Result<Self> {
        let (unit, day) = (question.unit, question.day);
        let tree = Tree::on(conn, unit.root_id, day)?;
        let below = tree.below(unit.id).into_iter().map(|unit| unit.id);
        let units = Vec::from_iter([unit.id].into_iter().chain(below));
        let rows = with_parts(conn, unit.root_id, &question.indicators)?;
        let ids: Vec<Id> = rows.keys().copied().collect();
        let ends = (question.span.from, question.span.to);
        let wanted = Wanted { indicators: &ids, units: &units, ends, day, submitted: question.submitted };
        let mut found: HashMap<(Id, Id), Vec<ValueFact>> = HashMap::new();
        for fact in facts::on(conn, &wanted)? {
            found.entry((fact.indicator_id, fact.unit_id)).or_default().push(fact);
        }
        let mut excluded: HashMap<(Id, Id), Vec<Exclusion>> = HashMap::new();
        for row in exclusions::of(conn, &ids, Instant::end_of(day))? {
            excluded.entry((row.indicator_id, row.unit_id)).or_default().push(row);
        }
        let mut levels: HashMap<Id, BTreeSet<String>> = HashMap::new();
        for (indicator, unit) in found.keys() {
            levels.entry(*indicator).or_default().extend(tree.get(*unit).map(|unit| unit.level.clone()));
        }
        for row in rows.values() {
            if let Some(level) = &row.level {
                levels.insert(row.id, BTreeSet::from([level.clone()]));
            }
        }
        Ok(Self {
            day,
            unit: tree.get(unit.id).map_or_else(|| unit.reference(), |then| then.reference()),
            lives: lives(conn, &units)?,
            cell: question.cell.clone(),
            submitted: question.submitted,
            by_code: rows.values().map(|row| (row.code.clone(), row.id)).collect(),
            facts: found,
            exclusions: excluded,
            rows,
            levels,
            tree,
            units,
        })
    }

    /// Reads values of an indicator that lie before those read so far: what a target looks back on.
    pub fn reach_back(
        &mut self,
        conn: &mut AnyConn,
        row: &Indicator,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<()> {
        let parts = row.formula.as_deref().and_then(|text| Formula::parse(text).ok());
        let parts = parts.map(|formula| formula.parts()).unwrap_or_default();
        let mut ids: Vec<Id> = parts.iter().filter_map(|code| self.by_code.get(code)).copied().collect();
        ids.push(row.id);
        let weights: Vec<Id> = ids.iter().filter_map(|id| self.rows.get(id)?.weight_indicator_id).collect();
        ids.extend(weights);
        let (units, day, submitted) = (self.units.clone(), self.day, self.submitted);
        let wanted = Wanted { indicators: &ids, units: &units, ends: (from, to), day, submitted };
        for fact in facts::on(conn, &wanted)? {
            let known = self.facts.entry((fact.indicator_id, fact.unit_id)).or_default();
            if !known.iter().any(|one| one.id == fact.id) {
                known.push(fact);
            }
        }
        Ok(())
    }

    /// An indicator asked for, or one that it counts by.
    pub fn row(&self, id: Id) -> Option<&Indicator> {
        self.rows.get(&id)
    }

    /// One that a formula names.
    pub fn named(&self, code: &str) -> Option<&Indicator> {
        self.by_code.get(code).and_then(|id| self.rows.get(id))
    }

    /// A unit and all below it, as the tree stood on the day.
    pub fn under(&self, top: Id) -> Under {
        let below = self.tree.below(top).into_iter().map(|unit| unit.id);
        Under { top, units: [top].into_iter().chain(below).collect() }
    }

    /// What a unit reported of an indicator over periods that end in the span. `above`: for a unit above,
    /// from which it may be excluded.
    pub fn reported(&self, indicator: &Indicator, unit: Id, span: Span, above: bool) -> Option<Reported> {
        let facts = self.facts.get(&(indicator.id, unit))?;
        let left_out = self.exclusions.get(&(indicator.id, unit)).filter(|_| above);
        let counts = |ends_on: NaiveDate| {
            span.holds(ends_on) && left_out.is_none_or(|some| !some.iter().any(|one| one.holds(ends_on)))
        };
        let wanted: Vec<&ValueFact> = facts.iter().filter(|fact| counts(fact.ends_on)).collect();
        over_periods(indicator.over_periods, &self.entries(indicator, &wanted))
    }

    /// One entry for each period: of the class asked for, or the total. Where a unit gave classes only, and
    /// they add up, their sum is the total.
    fn entries(&self, indicator: &Indicator, facts: &[&ValueFact]) -> Vec<Entry> {
        let cell = self.cell.as_deref().unwrap_or_default();
        let mut entries: Vec<Entry> =
            facts.iter().filter(|fact| fact.cell == cell).filter_map(|fact| fact.entry()).collect();
        let adds = matches!(indicator.over_units, OverUnits::Sum | OverUnits::Ratio);
        if !cell.is_empty() || !adds {
            return entries;
        }
        let given: BTreeSet<NaiveDate> = entries.iter().map(|entry| entry.ends_on).collect();
        let mut sums: HashMap<NaiveDate, Entry> = HashMap::new();
        for fact in facts.iter().filter(|fact| !fact.cell.is_empty() && !given.contains(&fact.ends_on)) {
            let Some(entry) = fact.entry() else { continue };
            match sums.entry(fact.ends_on) {
                std::collections::hash_map::Entry::Vacant(slot) => drop(slot.insert(entry)),
                std::collections::hash_map::Entry::Occupied(mut slot) => {
                    let sum = slot.get_mut();
                    sum.estimated |= entry.estimated;
                    sum.share = added(sum.share.clone(), entry.share);
                }
            }
        }
        entries.extend(sums.into_values());
        entries
    }

    /// The values behind a unit's figure.
    pub fn facts(&self, indicator: Id, unit: Id, span: Span) -> impl Iterator<Item = &ValueFact> {
        let all = self.facts.get(&(indicator, unit)).into_iter().flatten();
        all.filter(move |fact| span.holds(fact.ends_on))
    }

    /// The units among these that report an indicator at all: those of its levels.
    pub fn reporters(&self, indicator: &Indicator, units: &[Id]) -> Vec<Id> {
        let Some(levels) = self.levels.get(&indicator.id) else { return Vec::new() };
        let reports = |unit: &&Id| self.tree.get(**unit).is_some_and(|unit| levels.contains(&unit.level));
        units.iter().filter(reports).copied().collect()
    }

    /// True when a unit existed on a day.
    pub fn existed(&self, unit: Id, day: NaiveDate) -> bool {
        let life = self.lives.get(&unit);
        life.is_some_and(|(from, to)| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day < to))
    }

    /// True when a unit's figure for a period that ends on a day is not summed above.
    pub fn excluded(&self, indicator: Id, unit: Id, ends_on: NaiveDate) -> bool {
        let some = self.exclusions.get(&(indicator, unit));
        some.is_some_and(|some| some.iter().any(|one| one.holds(ends_on)))
    }
}

fn added(a: Share, b: Share) -> Share {
    match (a, b) {
        (Share::Value(a), Share::Value(b)) => Share::Value(a + b),
        (Share::Parts { num, den }, Share::Parts { num: n, den: d }) => {
            Share::Parts { num: num + n, den: den + d }
        }
        (a, _) => a,
    }
}

/// The indicators with those that their formulas name and whose values are their weights.
fn with_parts(conn: &mut AnyConn, root: Id, asked: &[Indicator]) -> Result<HashMap<Id, Indicator>> {
    let mut codes: BTreeSet<String> = BTreeSet::new();
    for formula in asked.iter().filter_map(|row| Formula::parse(row.formula.as_deref()?).ok()) {
        codes.extend(formula.parts());
    }
    let mut rows: HashMap<Id, Indicator> = asked.iter().map(|row| (row.id, row.clone())).collect();
    if !codes.is_empty() {
        let parts = indicators::by_codes(conn, root, &Vec::from_iter(codes))?;
        rows.extend(parts.into_iter().map(|row| (row.id, row)));
    }
    let weights: Vec<Id> = rows.values().filter_map(|row| row.weight_indicator_id).collect();
    if !weights.is_empty() {
        rows.extend(indicators::load_all(conn, &weights)?.into_iter().map(|row| (row.id, row)));
    }
    Ok(rows)
}

type Lives = HashMap<Id, (Option<NaiveDate>, Option<NaiveDate>)>;

/// Of units by their ids: a small unit is answered without reading the whole tree.
fn lives(conn: &mut AnyConn, units: &[Id]) -> Result<Lives> {
    let mut found = Lives::new();
    for some in units.chunks(500) {
        let rows: Vec<(Id, Option<NaiveDate>, Option<NaiveDate>)> = org_units::table
            .filter(org_units::id.eq_any(some))
            .select((org_units::id, org_units::valid_from, org_units::closed_on))
            .load(conn)?;
        found.extend(rows.into_iter().map(|(id, from, to)| (id, (from, to))));
    }
    Ok(found)
}
