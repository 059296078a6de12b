//! Reading programmes, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{programme_parents as parents, programmes},
    },
    error::Result,
    ids::Id,
    org_units::{
        model::{self as units},
        wire::UnitRef,
    },
    place::Place,
    policy::Site,
    programmes::{
        actions::{self, Facts},
        adoption::{self, origin},
        parents as sources,
        wire::{AdoptionOrigin, Programme, ProgrammeType, ProgrammeVote},
        workflow::ProgrammeStatus,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = programmes, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub unit_id: Id,
    pub title: String,
    pub doc_type: ProgrammeType,
    pub term_id: Option<Id>,
    pub year: Option<i32>,
    pub drafting_body: Option<String>,
    pub status: ProgrammeStatus,
    pub revision: i32,
    pub round: i32,
    /// Who handed in the draft that is under review.
    pub submitted_by: Option<Id>,
    /// As whose deputy.
    pub submitted_for: Option<Id>,
    pub document_id: Option<Id>,
    pub first_issued_on: Option<NaiveDate>,
    pub created_by: Option<Id>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

/// A programme with its unit.
#[derive(Debug, Clone)]
pub struct Placed {
    pub row: Row,
    pub place: Place,
    pub unit: UnitRef,
}

impl Placed {
    /// Where the policy looks.
    pub const fn site(&self) -> Site<'_> {
        Site::of(&self.place)
    }
}

/// The only way to start a query on programmes: those of units of the territory, within the depth that
/// is readable in detail.
pub fn visible(actor: &Actor) -> programmes::BoxedQuery<'static, MultiBackend> {
    let all = programmes::table.filter(programmes::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    all.filter(programmes::unit_id.eq_any(units::ids_within(&unit.path, actor.detail_depth)))
}

/// The ids of what [`visible`] shows in a unit, to narrow other records by.
#[diesel::dsl::auto_type]
pub fn ids_within(path: &str, deepest: Option<i32>) -> _ {
    let mine: units::ids_within = units::ids_within(path, deepest);
    programmes::table
        .filter(programmes::deleted_at.is_null())
        .filter(programmes::unit_id.eq_any(mine))
        .select(programmes::id)
}

/// One programme with its place, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Placed> {
    let row: Row = visible(actor).filter(programmes::id.eq(id)).select(Row::as_select()).first(conn)?;
    placed(conn, row)
}

/// A programme with the unit it names.
pub fn placed(conn: &mut AnyConn, row: Row) -> Result<Placed> {
    let unit = units::load(conn, row.unit_id)?;
    Ok(Placed { row, place: unit.place(), unit: unit.reference() })
}

/// One programme as the actor sees it.
pub fn show(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Programme> {
    let placed = find(conn, actor, id)?;
    wire_one(conn, actor, &placed)
}

/// The wire form of one programme.
pub fn wire_one(conn: &mut AnyConn, actor: &Actor, placed: &Placed) -> Result<Programme> {
    let all = wire(conn, actor, std::slice::from_ref(placed))?;
    all.into_iter().next().ok_or_else(crate::error::Error::not_found)
}

/// The wire form of programmes, with what they go back to and what the actor may do.
pub fn wire(conn: &mut AnyConn, actor: &Actor, all: &[Placed]) -> Result<Vec<Programme>> {
    let ids: Vec<Id> = all.iter().map(|placed| placed.row.id).collect();
    let mut seen = sources::seen(conn, actor, &ids)?;
    let origins = origin::of(conn, all)?;
    let mut votes = adoption::model::last(conn, &ids)?;
    let facts = actions::facts(conn, &ids)?;
    let one = |placed: &Placed| {
        let id = placed.row.id;
        let facts = facts.get(&id).copied().unwrap_or_default();
        Programme {
            parents: seen.remove(&id).unwrap_or_default(),
            origin: origins.get(&id).copied().unwrap_or(AdoptionOrigin::Party),
            adoption: votes.remove(&id),
            actions: actions::all(actor, &placed.row, &placed.place, facts),
            ..bare(placed, facts)
        }
    };
    Ok(all.iter().map(one).collect())
}

/// What the row itself says.
fn bare(placed: &Placed, facts: Facts) -> Programme {
    let (row, adoption): (Row, Option<ProgrammeVote>) = (placed.row.clone(), None);
    Programme {
        id: row.id,
        title: row.title,
        unit: placed.unit.clone(),
        unit_id: row.unit_id,
        doc_type: row.doc_type,
        parents: Vec::new(),
        origin: AdoptionOrigin::Party,
        term_id: row.term_id,
        year: row.year,
        drafting_body: row.drafting_body,
        status: row.status,
        revision: row.revision,
        round: row.round,
        adoption,
        document_id: row.document_id,
        first_issued_on: row.first_issued_on,
        items: facts.items,
        incomplete_items: facts.incomplete,
        open_comments: facts.unanswered,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
        actions: Vec::new(),
    }
}

/// A first issue: which document a programme of a unit put into practice, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Queryable)]
pub struct FirstIssue {
    pub document_id: Id,
    pub unit_id: Id,
    pub issued_on: NaiveDate,
    pub programme_id: Id,
}

/// The first issues, up to a day, of programmes that put any of these documents into practice, by
/// document, unit and day. One query; no territory: the caller narrows documents and units.
pub fn issued_for(conn: &mut AnyConn, documents: &[Id], until: NaiveDate) -> Result<Vec<FirstIssue>> {
    let issued = programmes::first_issued_on.le(until).assume_not_null();
    Ok(parents::table
        .inner_join(programmes::table.on(programmes::id.eq(parents::programme_id)))
        .filter(parents::document_id.eq_any(documents.to_vec()))
        .filter(programmes::deleted_at.is_null().and(issued))
        .order((parents::document_id, programmes::unit_id, programmes::first_issued_on, programmes::id))
        .distinct()
        .select((
            parents::document_id,
            programmes::unit_id,
            programmes::first_issued_on.assume_not_null(),
            programmes::id,
        ))
        .load(conn)?)
}
