//! What units registered in a round by a day: each unit, who is missing first.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn,
        schema::{registration_line_versions as versions, registration_moves as moves, registrations},
    },
    error::{Error, Result},
    http::{Cursor, Page},
    ids::Id,
    measures::{RegistrationFact, RegistrationLineCounts, RegistrationState},
    org_units::{
        tree::{Tree, UnitOn},
        wire::UnitRef,
    },
    registrations::{
        model::{self, Placed, Row},
        rounds::{
            model::{self as opened, Row as Round, Rules},
            rules::quota_of,
        },
        wire::{RegistrationQuery, RegistrationSummary},
    },
    tasks::wire::Class,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// A registration as it stood on a day.
#[derive(Debug, Clone)]
pub struct Seen {
    pub id: Id,
    pub unit: UnitRef,
    pub first_submitted_on: Option<NaiveDate>,
    pub fact: RegistrationFact,
}

impl Seen {
    /// Who is missing first, then by code.
    fn key(&self) -> [String; 3] {
        let rank = RegistrationState::ALL.iter().position(|state| *state == self.fact.state);
        [rank.unwrap_or_default().to_string(), self.unit.code.clone(), self.id.to_string()]
    }

    /// The wire form.
    pub fn wire(self) -> RegistrationSummary {
        RegistrationSummary {
            warnings: self.fact.warnings(),
            id: self.id,
            unit: self.unit,
            state: self.fact.state,
            timeliness: self.fact.timeliness,
            days_late: self.fact.days_late,
            first_submitted_on: self.first_submitted_on,
            lines: self.fact.lines,
            quota: self.fact.quota,
            tasks: self.fact.tasks,
        }
    }
}

/// A page of the registrations of a round that the actor sees.
pub fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    round: Id,
    query: &RegistrationQuery,
    today: NaiveDate,
) -> Result<Page<RegistrationSummary>> {
    let round = opened::find(conn, actor, round)?;
    let day = query.as_of.map_or(today, |day| day.0);
    let mut seen = on(conn, &round, model::visible(actor), day)?;
    if let Some(wanted) = &query.state {
        seen.retain(|one| wanted.0.contains(&one.fact.state));
    }
    let scope = format!("registrations|{}|{:?}|{day}|{}", round.id, query.state, actor.scope_key());
    Ok(cut(seen, query.cursor.as_ref(), query.limit.0, &scope)?.map(Seen::wire))
}

/// Cuts what [`on`] gave to a page.
pub fn cut(mut seen: Vec<Seen>, cursor: Option<&Cursor>, limit: i64, scope: &str) -> Result<Page<Seen>> {
    if let Some(cursor) = cursor {
        let after: [String; 3] = cursor.open(scope)?;
        seen.retain(|one| one.key() > after);
    }
    Ok(Page::cut(seen, limit, |one| Cursor::seal(&one.key(), scope)))
}

/// The registrations of a round at the end of a day, who is missing first. What was not yet called upon
/// is left out.
pub fn on(conn: &mut AnyConn, round: &Round, rows: model::Rows, day: NaiveDate) -> Result<Vec<Seen>> {
    let rows: Vec<Row> = rows
        .filter(registrations::round_id.eq(round.id).and(registrations::created_at.lt(Instant::end_of(day))))
        .order(registrations::id)
        .select(Row::as_select())
        .load(conn)?;
    let rules = opened::rules(conn, round.id)?;
    let tree = Tree::on(conn, round.root_id, day)?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let (stood, counted) = (stood(conn, &ids, day)?, counted(conn, &ids, day)?);
    let seen = rows.iter().filter_map(|row| {
        let (unit, state) = stood.get(&row.id)?;
        let (lines, tasks) = counted.get(&row.id).copied().unwrap_or_default();
        seen(row, *state, tree.get(*unit)?, &rules, (lines, tasks), day)
    });
    let mut seen: Vec<Seen> = seen.collect::<Result<_>>()?;
    seen.sort_by_cached_key(Seen::key);
    Ok(seen)
}

/// One registration as it is today.
pub fn one(conn: &mut AnyConn, placed: &Placed, today: NaiveDate) -> Result<Seen> {
    let id = placed.row.id;
    let only = registrations::table.filter(registrations::id.eq(id)).into_boxed();
    on(conn, &placed.round, only, today)?
        .pop()
        .ok_or_else(|| Error::internal("a registration without a move"))
}

fn seen(
    row: &Row,
    state: RegistrationState,
    unit: &UnitOn,
    rules: &Rules,
    (lines, tasks): (RegistrationLineCounts, i64),
    day: NaiveDate,
) -> Option<Result<Seen>> {
    let quotas = match rules.on(day)?.quotas() {
        Ok(quotas) => quotas,
        Err(error) => return Some(Err(error)),
    };
    let quota = quota_of(&quotas, &unit.level, &unit.kind);
    let first = row.first_submitted_on.filter(|on| *on <= day);
    let fact = RegistrationFact::new(state, first, &rules.last_days(), day, (lines, quota, tasks));
    Some(Ok(Seen { id: row.id, unit: unit.reference(), first_submitted_on: first, fact }))
}

/// Whose each registration was, and what, by the last move of the day.
fn stood(conn: &mut AnyConn, ids: &[Id], day: NaiveDate) -> Result<HashMap<Id, (Id, RegistrationState)>> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<(Id, Id, RegistrationState)> = moves::table
            .filter(moves::registration_id.eq_any(chunk))
            .filter(moves::took_effect_at.lt(Instant::end_of(day)))
            .order((moves::registration_id, moves::n))
            .select((moves::registration_id, moves::unit_id, moves::state))
            .load(conn)?;
        found.extend(rows.into_iter().map(|(id, unit, state)| (id, (unit, state))));
    }
    Ok(found)
}

/// The lines of each registration by class, and how many of them were accepted, by the end of a day.
fn counted(
    conn: &mut AnyConn,
    ids: &[Id],
    day: NaiveDate,
) -> Result<HashMap<Id, (RegistrationLineCounts, i64)>> {
    let mut last = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<(Id, Id, Class, bool, bool)> = versions::table
            .filter(versions::registration_id.eq_any(chunk))
            .filter(versions::took_effect_at.lt(Instant::end_of(day).millis()))
            .order((versions::registration_id, versions::line_id, versions::version))
            .select((
                versions::registration_id,
                versions::line_id,
                versions::class,
                versions::accepted,
                versions::deleted,
            ))
            .load(conn)?;
        last.extend(
            rows.into_iter().map(|(of, line, class, accepted, gone)| (line, (of, class, accepted, gone))),
        );
    }
    let mut found: HashMap<Id, (RegistrationLineCounts, i64)> = HashMap::new();
    for (of, class, accepted, _) in last.into_values().filter(|(.., gone)| !gone) {
        let (lines, tasks) = found.entry(of).or_default();
        *(match class {
            Class::Key => &mut lines.key,
            Class::Breakthrough => &mut lines.breakthrough,
            Class::Routine => &mut lines.routine,
        }) += 1;
        lines.total += 1;
        *tasks += i64::from(accepted);
    }
    Ok(found)
}
