//! Reading rules of adoption, and how programmes were adopted.

use crate::{
    db::{
        AnyConn,
        schema::{adoption_rules as rules, programme_adoptions as adoptions},
    },
    error::Result,
    http::{Page, fields::Whole},
    ids::Id,
    programmes::wire::{AdoptionBody, AdoptionOrigin, AdoptionRule, ProgrammeVote, Share},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// A row of the rules.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rules)]
pub struct Row {
    pub id: Id,
    pub level: String,
    pub origin: AdoptionOrigin,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
    pub body: AdoptionBody,
    pub vote_required: bool,
    pub share_num: Option<i32>,
    pub share_den: Option<i32>,
    pub source: String,
}

impl From<Row> for AdoptionRule {
    fn from(row: Row) -> Self {
        let share = row.share_num.zip(row.share_den);
        Self {
            id: row.id,
            level: row.level,
            origin: row.origin,
            from_on: row.from_on,
            to_on: row.to_on,
            body: row.body,
            vote_required: row.vote_required,
            more_than: share.map(|(num, den)| Share { num: Whole(num.into()), den: Whole(den.into()) }),
            source: row.source,
        }
    }
}

/// All rules, those of the past too, in a fixed order.
pub fn list(conn: &mut AnyConn) -> Result<Page<AdoptionRule>> {
    let order = (rules::level, rules::origin, rules::from_on);
    let rows: Vec<Row> = rules::table.order(order).select(Row::as_select()).load(conn)?;
    Ok(Page { items: rows.into_iter().map(AdoptionRule::from).collect(), next_cursor: None })
}

/// One rule.
pub fn find(conn: &mut AnyConn, id: Id) -> Result<Option<AdoptionRule>> {
    let row: Option<Row> = rules::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(AdoptionRule::from))
}

/// The rule for units of a level that is in force on a day.
pub fn in_force(
    conn: &mut AnyConn,
    level: &str,
    origin: AdoptionOrigin,
    on: NaiveDate,
) -> Result<Option<AdoptionRule>> {
    let row: Option<Row> = rules::table
        .filter(rules::level.eq(level).and(rules::origin.eq(origin)).and(rules::from_on.le(on)))
        .filter(rules::to_on.is_null().or(rules::to_on.ge(on).assume_not_null()))
        .order(rules::from_on.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(AdoptionRule::from))
}

/// A row of the adoptions.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = adoptions)]
pub struct VoteRow {
    pub programme_id: Id,
    /// The version of the programme that was adopted.
    pub n: i32,
    pub root_id: Id,
    pub revision: i32,
    pub rule_id: Id,
    pub adopted_on: NaiveDate,
    pub body: AdoptionBody,
    pub eligible: i32,
    pub present: i32,
    pub in_favour: Option<i32>,
    pub against: Option<i32>,
    pub abstained: Option<i32>,
    pub note: Option<String>,
}

impl From<VoteRow> for ProgrammeVote {
    fn from(row: VoteRow) -> Self {
        Self {
            revision: row.revision,
            rule_id: row.rule_id,
            adopted_on: row.adopted_on,
            body: row.body,
            eligible: row.eligible,
            present: row.present,
            in_favour: row.in_favour,
            against: row.against,
            abstained: row.abstained,
            note: row.note,
        }
    }
}

/// The last adoption of each of these programmes.
pub fn last(conn: &mut AnyConn, programmes: &[Id]) -> Result<HashMap<Id, ProgrammeVote>> {
    let rows: Vec<VoteRow> = adoptions::table
        .filter(adoptions::programme_id.eq_any(programmes.to_vec()))
        .order((adoptions::programme_id, adoptions::n))
        .select(VoteRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.programme_id, row.into())).collect())
}
