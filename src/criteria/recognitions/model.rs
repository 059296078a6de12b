//! Reading recognitions, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    criteria::{
        sets::model as sets,
        wire::{CriteriaRecognition, CriteriaRecognitionQuery},
    },
    db::{
        AnyConn, MultiBackend,
        schema::{criteria_recognitions as recognitions, org_units},
    },
    error::{Error, Result},
    http::{Cursor, Page},
    ids::Id,
    org_units::model::{self as units, Row as Unit},
    policy::{Action, Site, permits},
    tasks::wire::TaskAction,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = recognitions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Row {
    pub id: Id,
    #[serde(skip)]
    pub root_id: Id,
    pub set_id: Id,
    pub unit_id: Id,
    pub by_unit_id: Id,
    pub recognised_on: NaiveDate,
    pub decision_text: Option<String>,
    pub document_id: Option<Id>,
    pub withdrawn_on: Option<NaiveDate>,
    pub withdrawal_reason: Option<String>,
    pub withdrawal_text: Option<String>,
    pub withdrawal_document_id: Option<Id>,
    #[serde(skip)]
    pub recorded_by: Option<Id>,
    pub version: i32,
    #[serde(skip)]
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Row {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.recognised_on <= day && self.withdrawn_on.is_none_or(|on| day < on)
    }
}

/// The only way to start a query: recognitions of units of the territory, within the depth that is
/// readable in detail.
pub fn visible(actor: &Actor) -> recognitions::BoxedQuery<'static, MultiBackend> {
    let all = recognitions::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    all.filter(recognitions::unit_id.eq_any(units::ids_within(&unit.path, actor.detail_depth)))
}

/// One recognition, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(recognitions::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// A page in the order of ids, which is that of recording.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &CriteriaRecognitionQuery,
) -> Result<Page<CriteriaRecognition>> {
    let mut rows = visible(actor);
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(recognitions::unit_id.eq_any(below));
    }
    if let Some(set) = query.set_id {
        rows = rows.filter(recognitions::set_id.eq(set));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(recognitions::unit_id.eq(unit));
    }
    if let Some(day) = query.as_of {
        let not_yet_withdrawn =
            recognitions::withdrawn_on.is_null().or(recognitions::withdrawn_on.gt(day.0).assume_not_null());
        rows = rows.filter(recognitions::recognised_on.le(day.0)).filter(not_yet_withdrawn);
    }
    let scope = format!(
        "criteria_recognitions|{:?}|{:?}|{:?}|{:?}|{}",
        query.set_id,
        query.unit_id,
        query.under,
        query.as_of,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(recognitions::id.gt(id));
    }
    let rows = rows.order(recognitions::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, actor, page.items)? })
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, actor: &Actor, rows: Vec<Row>) -> Result<Vec<CriteriaRecognition>> {
    let ids: Vec<Id> = rows.iter().flat_map(|row| [row.unit_id, row.by_unit_id]).collect();
    let found: Vec<Unit> =
        org_units::table.filter(org_units::id.eq_any(ids)).select(Unit::as_select()).load(conn)?;
    let places: HashMap<Id, Unit> = found.into_iter().map(|unit| (unit.id, unit)).collect();
    let ids: Vec<Id> = rows.iter().map(|row| row.set_id).collect();
    let found: HashMap<Id, sets::Row> =
        sets::load(conn, &ids)?.into_iter().map(|set| (set.id, set)).collect();
    let missing = || Error::internal("a recognition without its units or its set");
    let one = |row: Row| {
        let unit = places.get(&row.unit_id).ok_or_else(missing)?;
        let by = places.get(&row.by_unit_id).ok_or_else(missing)?;
        let set = found.get(&row.set_id).ok_or_else(missing)?;
        Ok(CriteriaRecognition {
            actions: actions(actor, &row, unit),
            set_code: set.code.clone(),
            achievement: set.achievement,
            unit: unit.reference(),
            by_unit: by.reference(),
            id: row.id,
            set_id: row.set_id,
            unit_id: row.unit_id,
            recognised_on: row.recognised_on,
            decision_text: row.decision_text,
            document_id: row.document_id,
            withdrawn_on: row.withdrawn_on,
            withdrawal_reason: row.withdrawal_reason,
            withdrawal_text: row.withdrawal_text,
            withdrawal_document_id: row.withdrawal_document_id,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, actor: &Actor, row: Row) -> Result<CriteriaRecognition> {
    wire(conn, actor, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// What can be done with a recognition, and what keeps this actor from it.
fn actions(actor: &Actor, row: &Row, unit: &Unit) -> Vec<TaskAction> {
    let may = permits(actor.seat(), Action::CriteriaRecognise, Site::of(&unit.place()));
    let because = if !may { Some("role") } else { row.withdrawn_on.is_some().then_some("state") };
    vec![TaskAction { name: "withdraw", allowed: because.is_none(), because, reason_required: true }]
}
