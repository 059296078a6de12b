//! Reading rounds, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{registration_rounds as rounds, registration_rules as rules, registrations},
    },
    error::{Error, Result},
    http::{Cursor, Page, body, fields::Few},
    ids::Id,
    measures::Deadline,
    org_units::model as units,
    place::Place,
    policy::{Action, Site, permits},
    registrations::{
        wire::{RegistrationQuota, RegistrationRound, RegistrationRoundQuery},
        workflow::{RegistrationRoundState, round_state},
    },
    tasks::wire::TaskAction,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = rounds, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    #[serde(skip)]
    pub root_id: Id,
    pub document_id: Id,
    pub unit_id: Id,
    pub title: String,
    pub term_id: Option<Id>,
    pub year: Option<i32>,
    pub opens_on: NaiveDate,
    /// What the request said of the addressees, as JSON.
    #[serde(skip)]
    pub addressed: String,
    pub closed_at: Option<Instant>,
    pub cancelled_at: Option<Instant>,
    #[serde(skip)]
    pub ended_reason: Option<String>,
    pub created_by: Option<Id>,
    pub version: i32,
    #[serde(skip)]
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Row {
    /// What it is on a day.
    pub fn state(&self, day: NaiveDate) -> RegistrationRoundState {
        let on = |at: Option<Instant>| at.map(Instant::day);
        round_state(self.opens_on, on(self.closed_at), on(self.cancelled_at), day)
    }
}

/// The last day and the quotas from one moment on.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rules)]
pub struct RuleRow {
    pub round_id: Id,
    pub n: i32,
    pub root_id: Id,
    pub set_at: Instant,
    pub closes_on: NaiveDate,
    pub quotas: String,
}

impl RuleRow {
    /// The quotas.
    pub fn quotas(&self) -> Result<Vec<RegistrationQuota>> {
        let json = serde_json::from_str(&self.quotas).map_err(Error::internal)?;
        Ok(body::read::<Few<RegistrationQuota, 50>>(json).map_err(Error::internal)?.0)
    }
}

/// Every set of rules of a round, in the order in which they were set.
#[derive(Debug, Clone, Default)]
pub struct Rules(pub Vec<RuleRow>);

impl Rules {
    /// Those in force.
    pub fn now(&self) -> Result<&RuleRow> {
        self.0.last().ok_or_else(|| Error::internal("a round without its rules"))
    }

    /// Those in force at the end of a day.
    pub fn on(&self, day: NaiveDate) -> Option<&RuleRow> {
        self.0.iter().rfind(|one| one.set_at.day() <= day)
    }

    /// The last days, as they are judged by.
    pub fn last_days(&self) -> Vec<Deadline> {
        let one = |row: &RuleRow| Deadline { set_on: row.set_at.day(), due_on: Some(row.closes_on) };
        self.0.iter().map(one).collect()
    }
}

/// The only way to start a query on rounds: opened by units of the territory, or calling upon one.
pub fn visible(actor: &Actor) -> rounds::BoxedQuery<'static, MultiBackend> {
    let all = rounds::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = units::ids_within(&unit.path, actor.detail_depth);
    let called = registrations::table
        .filter(registrations::unit_id.eq_any(units::ids_within(&unit.path, actor.detail_depth)))
        .select(registrations::round_id);
    all.filter(rounds::unit_id.eq_any(mine).or(rounds::id.eq_any(called)))
}

/// One round, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(rounds::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// A round that a registration names, whoever asks.
pub fn load(conn: &mut AnyConn, id: Id) -> Result<Row> {
    Ok(rounds::table.find(id).select(Row::as_select()).first(conn)?)
}

/// The rules of a round.
pub fn rules(conn: &mut AnyConn, id: Id) -> Result<Rules> {
    Ok(rules_of(conn, &[id])?.remove(&id).unwrap_or_default())
}

fn rules_of(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, Rules>> {
    let rows: Vec<RuleRow> = rules::table
        .filter(rules::round_id.eq_any(ids))
        .order((rules::round_id, rules::n))
        .select(RuleRow::as_select())
        .load(conn)?;
    let mut found: HashMap<Id, Rules> = HashMap::new();
    for row in rows {
        found.entry(row.round_id).or_default().0.push(row);
    }
    Ok(found)
}

/// A page of rounds in the order of their ids, which is that of their creation.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &RegistrationRoundQuery,
    today: NaiveDate,
) -> Result<Page<RegistrationRound>> {
    let mut rows = visible(actor);
    if let Some(unit) = query.unit_id {
        rows = rows.filter(rounds::unit_id.eq(unit));
    }
    if let Some(unit) = query.addressee_id {
        let called =
            registrations::table.filter(registrations::unit_id.eq(unit)).select(registrations::round_id);
        rows = rows.filter(rounds::id.eq_any(called));
    }
    if let Some(document) = query.document_id {
        rows = rows.filter(rounds::document_id.eq(document));
    }
    if let Some(wanted) = &query.state {
        let unwanted = RegistrationRoundState::ALL.iter().filter(|state| !wanted.0.contains(state));
        rows = unwanted.fold(rows, |rows, state| but(rows, *state, today));
    }
    let scope = format!(
        "registration_rounds|{:?}|{:?}|{:?}|{:?}|{today}|{}",
        query.unit_id,
        query.addressee_id,
        query.document_id,
        query.state,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(rounds::id.gt(id));
    }
    let rows = rows.order(rounds::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, actor, page.items, today)? })
}

type Rows = rounds::BoxedQuery<'static, MultiBackend>;

/// Leaves out what is in a state today. Commands take effect at once: what stands there, holds.
fn but(rows: Rows, state: RegistrationRoundState, today: NaiveDate) -> Rows {
    let (closed, cancelled) = (rounds::closed_at.is_not_null(), rounds::cancelled_at.is_not_null());
    match state {
        RegistrationRoundState::Cancelled => rows.filter(rounds::cancelled_at.is_null()),
        RegistrationRoundState::Closed => rows.filter(rounds::closed_at.is_null().or(cancelled)),
        RegistrationRoundState::Planned => rows.filter(rounds::opens_on.le(today).or(closed).or(cancelled)),
        RegistrationRoundState::Open => rows.filter(rounds::opens_on.gt(today).or(closed).or(cancelled)),
    }
}

/// The wire form of rows.
pub fn wire(
    conn: &mut AnyConn,
    actor: &Actor,
    rows: Vec<Row>,
    today: NaiveDate,
) -> Result<Vec<RegistrationRound>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let rules = rules_of(conn, &ids)?;
    let mut found = Vec::new();
    for row in rows {
        let unit = units::load(conn, row.unit_id)?;
        let rule = rules.get(&row.id).and_then(|rules| rules.0.last());
        let rule = rule.ok_or_else(|| Error::internal("a round without its rules"))?;
        let state = row.state(today);
        found.push(RegistrationRound {
            actions: actions(actor, &unit.place(), state),
            past_closing_day: state == RegistrationRoundState::Open && rule.closes_on < today,
            quotas: rule.quotas()?,
            closes_on: rule.closes_on,
            unit: unit.reference(),
            state,
            id: row.id,
            document_id: row.document_id,
            title: row.title,
            term_id: row.term_id,
            year: row.year,
            unit_id: row.unit_id,
            opens_on: row.opens_on,
            closed_at: row.closed_at,
            cancelled_at: row.cancelled_at,
            ended_reason: row.ended_reason,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        });
    }
    Ok(found)
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, actor: &Actor, row: Row, today: NaiveDate) -> Result<RegistrationRound> {
    wire(conn, actor, vec![row], today)?.pop().ok_or_else(Error::not_found)
}

/// What can be done with a round, and what keeps this actor from it.
fn actions(actor: &Actor, place: &Place, state: RegistrationRoundState) -> Vec<TaskAction> {
    let may = permits(actor.seat(), Action::RoundManage, Site::of(place));
    let alive = state != RegistrationRoundState::Cancelled;
    let runs = alive && state != RegistrationRoundState::Closed;
    let one = |name, possible: bool, reason_required| {
        let because = if !may { Some("role") } else { (!possible).then_some("state") };
        TaskAction { name, allowed: because.is_none(), because, reason_required }
    };
    vec![one("change", runs, false), one("close", runs, false), one("cancel", alive, true)]
}
