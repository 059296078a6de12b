//! Reading corrections.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::indicator_corrections as corrections},
    error::Result,
    http::Page,
    ids::Id,
    indicators::values::{
        corrections::wire::{Correction, CorrectionStatus},
        model,
        model::Content,
    },
    measures::{Decimal, Qualifier, TargetVerdict},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = corrections, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub value_id: Id,
    pub status: CorrectionStatus,
    pub old_value: Option<Decimal>,
    pub old_numerator: Option<Decimal>,
    pub old_denominator: Option<Decimal>,
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub qualifier: Qualifier,
    pub estimated: bool,
    pub reached_on: Option<NaiveDate>,
    pub verdict: Option<TargetVerdict>,
    pub reason: String,
    pub requested_by: Option<Id>,
    pub requested_for: Option<Id>,
    pub requested_on: NaiveDate,
    pub decided_by: Option<Id>,
    pub decided_for: Option<Id>,
    pub decided_on: Option<NaiveDate>,
    pub decision_comment: Option<String>,
    pub version: i32,
    pub created_at: Instant,
}

impl Row {
    /// What it wants the value to say.
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

impl From<Row> for Correction {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            value_id: row.value_id,
            status: row.status,
            old_value: row.old_value,
            old_numerator: row.old_numerator,
            old_denominator: row.old_denominator,
            value: row.value,
            numerator: row.numerator,
            denominator: row.denominator,
            qualifier: row.qualifier,
            estimated: row.estimated,
            reached_on: row.reached_on,
            verdict: row.verdict,
            reason: row.reason,
            requested_by: row.requested_by,
            requested_on: row.requested_on,
            decided_by: row.decided_by,
            decided_on: row.decided_on,
            decision_comment: row.decision_comment,
            version: row.version,
        }
    }
}

/// One correction of a value, or 404.
pub fn find(conn: &mut AnyConn, value: Id, id: Id) -> Result<Row> {
    let one = corrections::table.filter(corrections::id.eq(id).and(corrections::value_id.eq(value)));
    Ok(one.select(Row::as_select()).first(conn)?)
}

/// All corrections of a value, in order; there are never many.
pub fn list(conn: &mut AnyConn, actor: &Actor, value: Id) -> Result<Page<Correction>> {
    model::find(conn, actor, value)?;
    let rows: Vec<Row> = corrections::table
        .filter(corrections::value_id.eq(value))
        .order((corrections::created_at, corrections::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(Page { items: rows.into_iter().map(Correction::from).collect(), next_cursor: None })
}
