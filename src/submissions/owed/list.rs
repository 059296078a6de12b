//! The list of expectations.

use crate::{
    auth::Actor,
    calendars::model::Calendars,
    clock::Instant,
    db::{AnyConn, schema::org_units},
    error::{Error, Result},
    forms::{
        lives::Lives,
        model::{self as forms, Row as Form},
    },
    http::{Cursor, Page, fields::Bound, query::AnyOf},
    ids::Id,
    measures::Period,
    org_units::model as units,
    place,
    submissions::owed::{
        Ground, days, periods,
        wire::{Expectation, ExpectationQuery},
    },
};
use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// The periods of a form that a question asks for.
fn asked(
    calendars: &Calendars,
    form: &Form,
    query: &ExpectationQuery,
    today: NaiveDate,
) -> Result<Vec<Period>> {
    if let Some(period) = query.period {
        return Ok(if period.kind() == form.period_kind { vec![period] } else { Vec::new() });
    }
    let year_ago = today.checked_sub_months(Months::new(12)).unwrap_or(today);
    let from = query.from.unwrap_or(Bound::Day(year_ago));
    if let Some(to) = query.to {
        return periods(calendars, form, days(calendars, form, from, to)?);
    }
    let mut found = periods(calendars, form, days(calendars, form, from, Bound::Day(today.max(year_ago)))?)?;
    // And the one that is open now.
    let next = found.last().map_or(form.valid_from, |last| last.next());
    if form.window(calendars, next)?.0 <= today && !found.contains(&next) {
        found.push(next);
    }
    Ok(found)
}

/// A page of expectations, what is due first at the head.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &ExpectationQuery,
    today: NaiveDate,
) -> Result<Page<Expectation>> {
    let own = actor.unit.as_ref().map(|unit| unit.id);
    let top = query.under.or(query.unit_id).or(own).ok_or_else(Error::not_found)?;
    let top = units::find_in_territory(conn, actor, top)?;
    if let Some(unit) = query.unit_id {
        units::find_in_territory(conn, actor, unit)?;
    }
    let mut all = match query.form_id {
        Some(form) => vec![forms::find(conn, actor, form)?],
        None => forms::of_root(conn, top.root_id)?,
    };
    all.retain(|form| form.root_id == top.root_id);
    let readable: HashSet<Id> = readable(conn, actor)?;
    let lives = Lives::load(conn, top.root_id)?;
    let mut periods: HashMap<Id, Vec<Period>> = HashMap::new();
    let mut ends: Vec<NaiveDate> = Vec::new();
    for form in &all {
        let some = asked(&lives.calendars, form, query, today)?;
        for period in &some {
            ends.push(form.window(&lives.calendars, *period)?.1);
        }
        periods.insert(form.id, some);
    }
    let (Some(first), Some(last)) = (ends.iter().min(), ends.iter().max()) else {
        return Ok(Page { items: Vec::new(), next_cursor: None });
    };
    let ground = Ground::load(conn, lives, all, (*first, *last), today)?;
    let mut found = Vec::new();
    for unit in ground.lives.units() {
        let heir = ground.lives.standing_for(unit, today);
        let mine = |id: Id| {
            readable.contains(&id)
                && query.unit_id.is_none_or(|wanted| wanted == id)
                && ground.lives.is_within(id, top.id, today)
        };
        if mine(unit) || mine(heir) {
            for form in ground.forms() {
                found.extend(ground.of_unit(form, unit, periods.get(&form.id).map_or(&[], Vec::as_slice))?);
            }
        }
    }
    found.retain(|one| one.concerns());
    if let Some(AnyOf(states)) = &query.state {
        found.retain(|one| states.contains(&one.standing.state));
    }
    let codes: HashMap<Id, String> = ground.forms().iter().map(|form| (form.id, form.code.clone())).collect();
    let items = found.into_iter().filter_map(|one| {
        Some(Expectation {
            form_code: codes.get(&one.form)?.clone(),
            unit: ground.lives.reference(one.unit, today)?,
            form_id: one.form,
            owed_by: one.owed_by,
            period: one.period,
            starts_on: one.window.0,
            ends_on: one.window.1,
            state: one.standing.state,
            because: one.because,
            due_at: Instant::end_of(one.days.due_on),
            grace_until: one.days.grace_on.map(Instant::end_of),
            locks_at: one.days.locks_on.map(Instant::end_of),
            review_due_at: one.review_due_on.map(Instant::end_of),
            submission_id: one.submission,
        })
    });
    let mut items: Vec<Expectation> = items.collect();
    items.sort_by_cached_key(order);
    let scope = format!(
        "expectations|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{today}|{}",
        query.unit_id,
        query.under,
        query.form_id,
        query.period,
        query.from,
        query.to,
        query.state,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let after: [String; 5] = cursor.open(&scope)?;
        items.retain(|one| order(one) > after);
    }
    Ok(Page::cut(items, query.limit.0, |one| Cursor::seal(&order(one), &scope)))
}

fn order(one: &Expectation) -> [String; 5] {
    [
        one.due_at.to_string(),
        one.unit.code.clone(),
        one.form_code.clone(),
        one.period.to_string(),
        one.unit.id.to_string(),
    ]
}

/// The units the actor reads one by one.
fn readable(conn: &mut AnyConn, actor: &Actor) -> Result<HashSet<Id>> {
    let Some(unit) = &actor.unit else { return Ok(HashSet::new()) };
    let ids: Vec<Id> = org_units::table
        .filter(org_units::path.ge(&unit.path).and(org_units::path.lt(place::after(&unit.path))))
        .filter(org_units::depth.le(actor.detail_depth.unwrap_or(i32::MAX)))
        .select(org_units::id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}
