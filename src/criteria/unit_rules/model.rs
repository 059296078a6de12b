//! Reading rules of units, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    criteria::wire::{CriteriaUnitRule, CriteriaUnitRuleQuery},
    db::{AnyConn, MultiBackend, schema::criteria_unit_rules as rules},
    error::{Error, Result},
    http::{Cursor, Page},
    ids::Id,
    org_units::model as units,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rules, treat_none_as_default_value = false)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub set_id: Id,
    pub unit_id: Id,
    pub n: i32,
    pub from_on: NaiveDate,
    pub unit_group: Option<String>,
    pub must_hold: String,
    pub reason: Option<String>,
    pub by_unit_id: Id,
    pub recorded_by: Option<Id>,
    pub created_at: Instant,
}

impl Row {
    /// Codes of the criteria that must be held.
    pub fn must_hold(&self) -> Result<Vec<String>> {
        serde_json::from_str(&self.must_hold).map_err(Error::internal)
    }
}

/// The only way to start a query: rules of units of the territory, within the depth that is readable in
/// detail.
pub fn visible(actor: &Actor) -> rules::BoxedQuery<'static, MultiBackend> {
    let all = rules::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    all.filter(rules::unit_id.eq_any(units::ids_within(&unit.path, actor.detail_depth)))
}

/// A page in the order of ids, which is that of recording.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &CriteriaUnitRuleQuery,
) -> Result<Page<CriteriaUnitRule>> {
    let mut rows = visible(actor);
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(rules::unit_id.eq_any(below));
    }
    if let Some(set) = query.set_id {
        rows = rows.filter(rules::set_id.eq(set));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(rules::unit_id.eq(unit));
    }
    let scope = format!(
        "criteria_unit_rules|{:?}|{:?}|{:?}|{}",
        query.set_id,
        query.unit_id,
        query.under,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(rules::id.gt(id));
    }
    let rows = rows.order(rules::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<CriteriaUnitRule>> {
    let ids: Vec<Id> = rows.iter().flat_map(|row| [row.unit_id, row.by_unit_id]).collect();
    let names = units::references(conn, &ids)?;
    let name = |id| names.get(&id).cloned().ok_or_else(|| Error::internal("a rule without its units"));
    let one = |row: Row| {
        Ok(CriteriaUnitRule {
            must_hold: row.must_hold()?,
            unit: name(row.unit_id)?,
            by_unit: name(row.by_unit_id)?,
            id: row.id,
            set_id: row.set_id,
            unit_id: row.unit_id,
            from_on: row.from_on,
            group: row.unit_group,
            reason: row.reason,
            created_at: row.created_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<CriteriaUnitRule> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}
