//! What figures need of values on a day.
//!
//! A value that did not change after the day stands as its row says; any other is read as it was then.

use crate::{
    clock::Instant,
    db::{
        AnyConn,
        schema::{indicator_value_states as states, indicator_values as values},
    },
    error::Result,
    ids::Id,
    indicators::values::{
        model::{Content, Row, StateRow},
        wire::ValueSource,
        workflow::ValueStatus,
    },
    measures::{Entry, Period},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// How many ids stand in one query: far below what either database takes.
const CHUNK: usize = 500;

/// A value on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueFact {
    pub id: Id,
    pub indicator_id: Id,
    pub unit_id: Id,
    pub period: Period,
    pub ends_on: NaiveDate,
    pub cell: String,
    pub status: ValueStatus,
    pub content: Content,
    /// Some of what is known of it was loaded as history.
    pub imported: bool,
    /// It was changed after the day.
    pub corrected_since: bool,
}

impl ValueFact {
    /// What goes into sums; `None` where there is no number.
    pub fn entry(&self) -> Option<Entry> {
        let share = self.content.share()?;
        Some(Entry { ends_on: self.ends_on, share, estimated: self.content.estimated })
    }
}

/// Which values to read.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    pub indicators: &'a [Id],
    pub units: &'a [Id],
    /// Periods that end from one day to another.
    pub ends: (NaiveDate, NaiveDate),
    /// As of this day.
    pub day: NaiveDate,
    /// Not yet approved ones too.
    pub submitted: bool,
}

/// The values that count on a day. The work grows with these values, whatever others there are.
pub fn on(conn: &mut AnyConn, wanted: &Wanted) -> Result<Vec<ValueFact>> {
    let end = Instant::end_of(wanted.day);
    let counts = |status: ValueStatus| {
        status == ValueStatus::Approved || (wanted.submitted && status == ValueStatus::Submitted)
    };
    let (mut facts, mut changed) = (Vec::new(), HashMap::new());
    for units in wanted.units.chunks(CHUNK) {
        let rows: Vec<Row> = values::table
            .filter(values::unit_id.eq_any(units).and(values::indicator_id.eq_any(wanted.indicators)))
            .filter(values::ends_on.between(wanted.ends.0, wanted.ends.1))
            .select(Row::as_select())
            .load(conn)?;
        for row in rows {
            if row.changed_at >= end {
                changed.insert(row.id, row);
            } else if counts(row.status) {
                facts.push(fact(&row, row.status, row.content.clone(), false));
            }
        }
    }
    let ids: Vec<Id> = changed.keys().copied().collect();
    for chunk in ids.chunks(CHUNK) {
        for state in states_by(conn, chunk, end)? {
            if let Some(row) = changed.get(&state.value_id)
                && counts(state.status)
            {
                facts.push(fact(row, state.status, state.content(), true));
            }
        }
    }
    facts.sort_by(|a, b| {
        (a.indicator_id, a.unit_id, a.ends_on, &a.cell).cmp(&(b.indicator_id, b.unit_id, b.ends_on, &b.cell))
    });
    Ok(facts)
}

/// The last state of each of these values before a moment.
fn states_by(conn: &mut AnyConn, ids: &[Id], end: Instant) -> Result<Vec<StateRow>> {
    let rows: Vec<StateRow> = states::table
        .filter(states::value_id.eq_any(ids).and(states::took_effect_at.lt(end.millis())))
        .order((states::value_id, states::n))
        .select(StateRow::as_select())
        .load(conn)?;
    let last: HashMap<Id, StateRow> = rows.into_iter().map(|row| (row.value_id, row)).collect();
    Ok(last.into_values().collect())
}

fn fact(row: &Row, status: ValueStatus, content: Content, corrected_since: bool) -> ValueFact {
    ValueFact {
        id: row.id,
        indicator_id: row.indicator_id,
        unit_id: row.unit_id,
        period: row.period,
        ends_on: row.ends_on,
        cell: row.cell.clone(),
        status,
        content,
        imported: row.source == ValueSource::Loaded,
        corrected_since,
    }
}

impl StateRow {
    /// What it said.
    pub fn content(&self) -> Content {
        Content {
            value: self.value,
            numerator: self.numerator,
            denominator: self.denominator,
            qualifier: self.qualifier,
            estimated: self.estimated,
            reached_on: self.reached_on,
            verdict: self.verdict,
        }
    }
}
