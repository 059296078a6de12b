//! Reading what was said, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    criteria::wire::CriteriaAssessment,
    db::{
        AnyConn, MultiBackend,
        schema::{criteria_assessments as said, org_units},
    },
    error::{Error, Result},
    ids::Id,
    measures::{CriterionEntry, CriterionEntryKind, CriterionStatement, Decimal},
    org_units::{model as units, model::Row as Unit, wire::UnitRef},
    policy::{Action, Site, permits},
    tasks::wire::TaskAction,
};
use chrono::NaiveDate;
use diesel::{dsl::max, prelude::*};
use std::collections::HashMap;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = said, treat_none_as_default_value = false)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub set_id: Id,
    pub unit_id: Id,
    pub criterion: String,
    pub n: i32,
    pub kind: CriterionEntryKind,
    pub stated: Option<CriterionStatement>,
    pub assessed_on: NaiveDate,
    pub reason: Option<String>,
    pub evidence: Option<String>,
    pub links: String,
    pub answers_id: Option<Id>,
    pub by_unit_id: Id,
    pub recorded_by: Option<Id>,
    pub recorded_for: Option<Id>,
    pub created_at: Instant,
    /// The number that was reached, of a criterion that asks for one.
    pub value: Option<Decimal>,
    /// The report it came with.
    pub submission_id: Option<Id>,
}

impl Row {
    /// As figures take it.
    pub const fn entry(&self) -> CriterionEntry {
        CriterionEntry { kind: self.kind, stated: self.stated, on: self.assessed_on }
    }
}

/// A query over what was said, to be narrowed by the caller.
pub type Rows = said::BoxedQuery<'static, MultiBackend>;

/// The only way to start a query: what was said of units of the territory, within the depth that is
/// readable in detail.
pub fn visible(actor: &Actor) -> Rows {
    let all = said::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    all.filter(said::unit_id.eq_any(units::ids_within(&unit.path, actor.detail_depth)))
}

/// One entry, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(said::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// All that was said of a unit and a criterion, in the order in which it was said.
pub fn about(conn: &mut AnyConn, set: Id, unit: Id, criterion: &str) -> Result<Vec<Row>> {
    let rows = said::table
        .filter(said::set_id.eq(set).and(said::unit_id.eq(unit)))
        .filter(said::criterion.eq(criterion.to_owned()))
        .order(said::n);
    Ok(rows.select(Row::as_select()).load(conn)?)
}

/// What a report brought, and nobody has answered: the last word on its criterion.
pub fn unanswered(conn: &mut AnyConn, submission: Id) -> Result<Vec<Row>> {
    let rows: Vec<Row> = said::table
        .filter(said::submission_id.eq(submission).and(said::kind.eq(CriterionEntryKind::SelfAssessed)))
        .order(said::id)
        .select(Row::as_select())
        .load(conn)?;
    let last = last(conn, &rows)?;
    let is_last = |row: &Row| last.get(&(row.set_id, row.unit_id, row.criterion.clone())) == Some(&row.n);
    Ok(rows.into_iter().filter(is_last).collect())
}

/// The last word on each criterion of these units under these sets.
type Last = HashMap<(Id, Id, String), i32>;

fn last(conn: &mut AnyConn, rows: &[Row]) -> Result<Last> {
    let sets: Vec<Id> = rows.iter().map(|row| row.set_id).collect();
    let units: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let found: Vec<(Id, Id, String, Option<i32>)> = said::table
        .filter(said::set_id.eq_any(sets).and(said::unit_id.eq_any(units)))
        .group_by((said::set_id, said::unit_id, said::criterion))
        .select((said::set_id, said::unit_id, said::criterion, max(said::n)))
        .load(conn)?;
    let one = |(set, unit, criterion, n): (Id, Id, String, Option<i32>)| Some(((set, unit, criterion), n?));
    Ok(found.into_iter().filter_map(one).collect())
}

fn about_units(conn: &mut AnyConn, rows: &[Row]) -> Result<HashMap<Id, Unit>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let found: Vec<Unit> =
        org_units::table.filter(org_units::id.eq_any(ids)).select(Unit::as_select()).load(conn)?;
    Ok(found.into_iter().map(|unit| (unit.id, unit)).collect())
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, actor: &Actor, rows: Vec<Row>) -> Result<Vec<CriteriaAssessment>> {
    let last = last(conn, &rows)?;
    let places = about_units(conn, &rows)?;
    let names: Vec<Id> = rows.iter().map(|row| row.by_unit_id).collect();
    let names = units::references(conn, &names)?;
    let one = |row: Row| {
        let n = last.get(&(row.set_id, row.unit_id, row.criterion.clone()));
        let unit = places.get(&row.unit_id);
        let by = names.get(&row.by_unit_id).cloned();
        match (unit, by) {
            (Some(unit), Some(by)) => shown(actor, row.clone(), unit, by, n == Some(&row.n)),
            _ => Err(Error::internal("an assessment without its units")),
        }
    };
    rows.into_iter().map(one).collect()
}

fn shown(
    actor: &Actor,
    row: Row,
    unit: &Unit,
    by_unit: UnitRef,
    is_last: bool,
) -> Result<CriteriaAssessment> {
    let awaits_answer = is_last && row.kind == CriterionEntryKind::SelfAssessed && unit.closed_on.is_none();
    Ok(CriteriaAssessment {
        links: serde_json::from_str(&row.links).map_err(Error::internal)?,
        actions: actions(actor, &row, unit, awaits_answer),
        awaits_answer,
        unit: unit.reference(),
        by_unit,
        id: row.id,
        set_id: row.set_id,
        unit_id: row.unit_id,
        criterion: row.criterion,
        kind: row.kind,
        status: row.stated,
        assessed_on: row.assessed_on,
        reason: row.reason,
        evidence: row.evidence,
        answers_id: row.answers_id,
        value: row.value,
        submission_id: row.submission_id,
        created_at: row.created_at,
    })
}

/// What can be done with an entry, and what keeps this actor from it.
fn actions(actor: &Actor, row: &Row, unit: &Unit, awaits_answer: bool) -> Vec<TaskAction> {
    let because = if !permits(actor.seat(), Action::CriteriaVerify, Site::of(&unit.place())) {
        Some("role")
    } else if !awaits_answer {
        Some("state")
    } else {
        actor.is_same_hand(row.recorded_by, row.recorded_for).then_some("own_work")
    };
    let one =
        |name, reason_required| TaskAction { name, allowed: because.is_none(), because, reason_required };
    vec![one("verify", false), one("return", true)]
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, actor: &Actor, row: Row) -> Result<CriteriaAssessment> {
    wire(conn, actor, vec![row])?.pop().ok_or_else(Error::not_found)
}
