//! Reading items: who sees a programme sees what it means to do.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{programme_item_links as links, programme_items as items, programmes},
    },
    error::{Error, Result},
    events::history::History,
    http::{
        Cursor, Page,
        fields::{Line, Whole},
    },
    ids::Id,
    org_units::model as units,
    programmes::{
        items::{complete, order::Order},
        model as programme,
        wire::{ProgrammeItem, ProgrammeItemQuery, ResourceForecast},
    },
    resolution_items,
    tasks::{
        of_source,
        wire::{Class, SourceKind},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = items, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub programme_id: Id,
    pub rank: String,
    pub text: String,
    pub class: Class,
    pub priority: Option<i32>,
    pub pressing_issue: Option<String>,
    pub field: Option<String>,
    pub start_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    /// A list of [`RoadmapStep`](crate::tasks::wire::RoadmapStep), as JSON.
    pub roadmap: String,
    /// Đồng.
    pub amount: Option<i64>,
    pub source: Option<String>,
    pub people: Option<i32>,
    pub lead_collective: Option<String>,
    pub lead_unit_id: Id,
    pub lead_individual: Option<String>,
    /// A list of ids, as JSON.
    pub coordinating_unit_ids: String,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl Row {
    /// The units that take part.
    pub fn coordinating(&self) -> Result<Vec<Id>> {
        serde_json::from_str(&self.coordinating_unit_ids).map_err(Error::internal)
    }
}

/// The only way to start a query on items: those of programmes that the actor sees.
pub fn visible(actor: &Actor) -> items::BoxedQuery<'static, MultiBackend> {
    let all = items::table.filter(items::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else {
        let there = programmes::table.filter(programmes::deleted_at.is_null()).select(programmes::id);
        return all.filter(items::programme_id.eq_any(there));
    };
    all.filter(items::programme_id.eq_any(programme::ids_within(&unit.path, actor.detail_depth)))
}

/// One item, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(items::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// The items of a programme that the caller has found inside its territory, in order.
pub fn of(conn: &mut AnyConn, programme: Id) -> Result<Vec<Row>> {
    Ok(items::table
        .filter(items::programme_id.eq(programme).and(items::deleted_at.is_null()))
        .order((items::rank, items::id))
        .select(Row::as_select())
        .load(conn)?)
}

/// Their places.
pub fn order(conn: &mut AnyConn, programme: Id) -> Result<Order> {
    let rows = items::table
        .filter(items::programme_id.eq(programme).and(items::deleted_at.is_null()))
        .order((items::rank, items::id))
        .select((items::id, items::rank))
        .load(conn)?;
    Ok(Order(rows))
}

/// A page of the items of a programme.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    programme: Id,
    query: &ProgrammeItemQuery,
) -> Result<Page<ProgrammeItem>> {
    let id = programme::find(conn, actor, programme)?.row.id;
    let scope = format!("programme_items|{id}|{}", actor.scope_key());
    let mut rows = visible(actor).filter(items::programme_id.eq(id));
    if let Some(cursor) = &query.cursor {
        let [after] = cursor.open(&scope)?;
        rows = rows.filter(items::rank.gt(after));
    }
    let found =
        rows.order(items::rank).limit(query.limit.0 + 1).select(Row::as_select()).load::<Row>(conn)?;
    let page =
        Page::cut(found, query.limit.0, |row: &Row| Cursor::seal(std::slice::from_ref(&row.rank), &scope));
    let order = order(conn, id)?;
    Ok(Page { items: wire(conn, Some(actor), page.items, &order)?, next_cursor: page.next_cursor })
}

/// One item as the actor sees it.
pub fn show(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<ProgrammeItem> {
    let row = find(conn, actor, id)?;
    wire_one(conn, Some(actor), row)
}

/// The wire form of one item.
pub fn wire_one(conn: &mut AnyConn, actor: Option<&Actor>, row: Row) -> Result<ProgrammeItem> {
    let order = order(conn, row.programme_id)?;
    wire(conn, actor, vec![row], &order)?.pop().ok_or_else(Error::not_found)
}

/// The wire form of items of one programme; with an actor, what they serve as far as that one sees it.
pub fn wire(
    conn: &mut AnyConn,
    actor: Option<&Actor>,
    rows: Vec<Row>,
    order: &Order,
) -> Result<Vec<ProgrammeItem>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let leads: Vec<Id> = rows.iter().map(|row| row.lead_unit_id).collect();
    let names = units::references(conn, &leads)?;
    let tasks = of_source::made(conn, SourceKind::ProgrammeItem, &ids)?;
    let mut served = served(conn, &ids)?;
    if let Some(actor) = actor {
        let named: Vec<Id> = served.values().flatten().copied().collect();
        let seen: HashSet<Id> = resolution_items::model::seen(conn, actor, named)?.into_iter().collect();
        served.values_mut().for_each(|list| list.retain(|id| seen.contains(id)));
    }
    rows.into_iter()
        .map(|row| {
            let unit = names.get(&row.lead_unit_id).cloned();
            Ok(ProgrammeItem {
                ordinal: order.ordinal(row.id),
                lead_unit: unit.ok_or_else(|| Error::internal("an item without its unit"))?,
                resolution_item_ids: served.remove(&row.id).unwrap_or_default(),
                task_id: tasks.get(&row.id).copied(),
                missing: complete::missing(&row),
                roadmap: serde_json::from_str(&row.roadmap).map_err(Error::internal)?,
                coordinating_unit_ids: row.coordinating()?,
                resources: ResourceForecast {
                    amount: row.amount.map(Whole),
                    source: row.source.map(Line),
                    people: row.people.map(|people| Whole(people.into())),
                },
                id: row.id,
                programme_id: row.programme_id,
                text: row.text,
                class: row.class,
                priority: row.priority,
                pressing_issue: row.pressing_issue,
                field: row.field,
                start_on: row.start_on,
                due_on: row.due_on,
                lead_collective: row.lead_collective,
                lead_unit_id: row.lead_unit_id,
                lead_individual: row.lead_individual,
                version: row.version,
                created_at: row.created_at,
                updated_at: row.updated_at,
            })
        })
        .collect()
}

/// What items serve, in a fixed order.
pub fn served(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, Vec<Id>>> {
    let rows: Vec<(Id, Id)> = links::table
        .filter(links::item_id.eq_any(ids.to_vec()))
        .order((links::item_id, links::resolution_item_id))
        .select((links::item_id, links::resolution_item_id))
        .load(conn)?;
    let mut found: HashMap<Id, Vec<Id>> = HashMap::new();
    for (item, target) in rows {
        found.entry(item).or_default().push(target);
    }
    Ok(found)
}

/// Takes out of a history the clauses that the actor does not see.
pub fn hide(conn: &mut AnyConn, actor: &Actor, history: &mut [History]) -> Result<()> {
    const MEMBER: &str = "resolution_item_ids";
    let id = |value: &Value| value.as_str()?.parse::<Id>().ok();
    let all = history.iter().flat_map(|entry| entry.listed(MEMBER)).filter_map(id).collect();
    let seen = resolution_items::model::seen(conn, actor, all)?;
    for entry in history {
        entry.keep(MEMBER, |value| id(value).is_some_and(|id| seen.contains(&id)));
    }
    Ok(())
}
