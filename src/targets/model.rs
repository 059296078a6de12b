//! Reading targets, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{resolution_items, targets},
    },
    error::{Error, Result},
    http::{Cursor, Page},
    ids::Id,
    indicators::model::{self as indicators, Row as Indicator},
    measures::Period,
    org_units::model as units,
    place::Place,
    policy::{Site, TaskAction, permits},
    targets::{
        versions::{self, VersionRow},
        wire::{Target, TargetQuery},
        workflow::{TargetCommand, TargetStatus},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// A row of the table. What it says is in its versions.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = targets, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub unit_id: Id,
    pub indicator_id: Id,
    pub period: Option<Period>,
    pub due_on: Option<NaiveDate>,
    pub due_exclusive: bool,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub resolution_item_id: Option<Id>,
    pub document_id: Option<Id>,
    pub status: TargetStatus,
    pub version: i32,
    pub changed_at: Instant,
    pub created_at: Instant,
}

/// A target with what decides about it.
#[derive(Debug, Clone)]
pub struct Placed {
    pub row: Row,
    pub newest: VersionRow,
    pub indicator: Indicator,
    pub place: Place,
}

impl Placed {
    /// Whether the table lets the actor do a step, whatever the state.
    pub fn permits(&self, actor: &Actor, command: TargetCommand) -> bool {
        permits(actor.seat(), command.action(self.row.status), Site::of(&self.place))
    }

    /// What the caller may do with it.
    pub fn actions(&self, actor: &Actor) -> Vec<TaskAction> {
        let own = actor.is_same_hand(self.newest.by_user, self.newest.by_for);
        let one = |command: TargetCommand| {
            let because = if !self.permits(actor, command) {
                Some("role")
            } else if command.leads(self.row.status).is_none() {
                Some("state")
            } else {
                (command.judges() && own).then_some("own_work")
            };
            let reason_required = command.needs_reason();
            TaskAction { name: command.as_str(), allowed: because.is_none(), because, reason_required }
        };
        TargetCommand::STEPS.into_iter().map(one).collect()
    }
}

/// The only way to start a query on targets: those of units of the territory, within the depth that is
/// readable in detail.
pub fn visible(actor: &Actor) -> targets::BoxedQuery<'static, MultiBackend> {
    let all = targets::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    all.filter(targets::unit_id.eq_any(units::ids_within(&unit.path, actor.detail_depth)))
}

/// One target, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(targets::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// The target of a unit for the same days that was not withdrawn, whoever asks.
pub fn at(
    conn: &mut AnyConn,
    indicator: Id,
    unit: Id,
    (starts_on, ends_on): (NaiveDate, NaiveDate),
) -> Result<Option<Row>> {
    Ok(targets::table
        .filter(targets::indicator_id.eq(indicator).and(targets::unit_id.eq(unit)))
        .filter(targets::ends_on.eq(ends_on).and(targets::starts_on.eq(starts_on)))
        .filter(targets::status.ne(TargetStatus::Withdrawn))
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}

/// True when a target has this id, whoever asks.
pub fn exists(conn: &mut AnyConn, id: Id) -> Result<bool> {
    let n: i64 = targets::table.find(id).count().get_result(conn)?;
    Ok(n > 0)
}

/// A target with what decides about it.
pub fn placed(conn: &mut AnyConn, row: Row) -> Result<Placed> {
    let indicator = indicators::load_all(conn, &[row.indicator_id])?.pop().ok_or_else(Error::not_found)?;
    let place = units::load(conn, row.unit_id)?.place();
    let newest = versions::newest(conn, std::slice::from_ref(&row))?.pop();
    let newest = newest.ok_or_else(|| Error::internal("a target without versions"))?;
    Ok(Placed { row, newest, indicator, place })
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<Target>> {
    let newest: HashMap<Id, VersionRow> =
        versions::newest(conn, &rows)?.into_iter().map(|version| (version.target_id, version)).collect();
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let ids: Vec<Id> = rows.iter().map(|row| row.indicator_id).collect();
    let known: HashMap<Id, Indicator> =
        indicators::load_all(conn, &ids)?.into_iter().map(|row| (row.id, row)).collect();
    let missing = || Error::internal("a target without its unit, its indicator or its versions");
    let one = |row: Row| {
        Ok(Target {
            unit: units.get(&row.unit_id).cloned().ok_or_else(missing)?,
            indicator: known.get(&row.indicator_id).ok_or_else(missing)?.into(),
            content: newest.get(&row.id).ok_or_else(missing)?.content()?,
            id: row.id,
            unit_id: row.unit_id,
            indicator_id: row.indicator_id,
            period: row.period,
            due_on: row.due_on,
            due_exclusive: row.due_exclusive,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            resolution_item_id: row.resolution_item_id,
            document_id: row.document_id,
            status: row.status,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.changed_at,
            actions: None,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<Target> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// One target with what the caller may do with it.
pub fn show(conn: &mut AnyConn, actor: &Actor, row: Row) -> Result<Target> {
    let actions = Some(placed(conn, row.clone())?.actions(actor));
    Ok(Target { actions, ..wire_one(conn, row)? })
}

/// A page of targets in the order of their ids, which is that of their creation.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &TargetQuery) -> Result<Page<Target>> {
    let mut rows = visible(actor);
    if let Some(unit) = query.unit_id {
        rows = rows.filter(targets::unit_id.eq(unit));
    }
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(targets::unit_id.eq_any(below));
    }
    if let Some(indicator) = query.indicator_id {
        rows = rows.filter(targets::indicator_id.eq(indicator));
    }
    if let Some(period) = query.period {
        rows = rows.filter(targets::period.eq(period));
    }
    if let Some(status) = &query.status {
        rows = rows.filter(targets::status.eq_any(status.0.clone()));
    }
    if let Some(document) = query.document_id {
        rows = rows.filter(of_document(document));
    }
    if let Some(day) = query.ends_from {
        rows = rows.filter(targets::ends_on.ge(day.0));
    }
    let scope = format!(
        "targets|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
        query.unit_id,
        query.under,
        query.indicator_id,
        query.period,
        query.status,
        query.document_id,
        query.ends_from,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(targets::id.gt(id));
    }
    let rows = rows.order(targets::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}

/// Targets that a document sets, or that stand for one of its items.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn of_document(document: Id) -> _ {
    let items = resolution_items::table
        .filter(resolution_items::document_id.eq(document))
        .select(resolution_items::id.nullable());
    let set: diesel::dsl::Eq<targets::document_id, Id> = targets::document_id.eq(document);
    set.or(targets::resolution_item_id.eq_any(items)).assume_not_null()
}
