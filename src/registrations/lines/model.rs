//! Reading lines: who sees a registration sees its lines.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn,
        schema::{
            registration_comments as comments, registration_line_versions as versions,
            registration_lines as lines, registration_moves as moves,
        },
    },
    error::{Error, Result},
    http::{body, fields::Few},
    ids::Id,
    registrations::{
        model::{self as registration, Placed},
        wire::{LineSource, LineVerdict, RegistrationLine, RegistrationLineComment},
        workflow::RegistrationCommand,
    },
    tasks::{
        of_source,
        weight::Weight,
        wire::{Class, RoadmapStep, SourceKind},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Value, json};
use std::collections::HashMap;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = lines, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Line {
    pub id: Id,
    pub root_id: Id,
    pub registration_id: Id,
    pub title: String,
    pub description: Option<String>,
    pub class: Class,
    pub field: Option<String>,
    pub weight_milli: i64,
    pub start_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub expected_product: Option<String>,
    pub lead_individual: Option<String>,
    pub lead_unit_id: Id,
    /// Lists, as JSON.
    pub resolution_item_ids: String,
    pub roadmap: String,
    pub source: LineSource,
    pub reason: Option<String>,
    pub accepted_at: Option<Instant>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl Line {
    /// The items it serves.
    pub fn items(&self) -> Result<Vec<Id>> {
        let words: Vec<String> = serde_json::from_str(&self.resolution_item_ids).map_err(Error::internal)?;
        words.iter().map(|word| word.parse().map_err(|()| Error::internal("not an id"))).collect()
    }

    /// The steps on its way.
    pub fn roadmap(&self) -> Result<Vec<RoadmapStep>> {
        let json = serde_json::from_str(&self.roadmap).map_err(Error::internal)?;
        Ok(body::read::<Few<RoadmapStep, 50>>(json).map_err(Error::internal)?.0)
    }

    /// What it says: what is compared when it is sent again, and told in the log.
    pub fn content(&self) -> Result<Value> {
        Ok(json!({
            "title": self.title,
            "description": self.description,
            "class": self.class,
            "field": self.field,
            "weight": Weight(self.weight_milli),
            "start_on": self.start_on,
            "due_on": self.due_on,
            "expected_product": self.expected_product,
            "lead_individual": self.lead_individual,
            "lead_unit_id": self.lead_unit_id,
            "resolution_item_ids": self.items()?,
            "roadmap": self.roadmap()?,
            "source": self.source,
            "reason": self.reason,
        }))
    }

    fn wire(self, said: &[Said], answered: Option<i32>, task_id: Option<Id>) -> Result<RegistrationLine> {
        let verdict = if self.accepted_at.is_some() {
            LineVerdict::Accepted
        } else if said.iter().any(|one| Some(one.n) == answered) {
            LineVerdict::Returned
        } else {
            LineVerdict::Open
        };
        let comment = |one: &Said| RegistrationLineComment { at: one.at, comment: one.comment.clone() };
        Ok(RegistrationLine {
            resolution_item_ids: self.items()?,
            roadmap: self.roadmap()?,
            comments: said.iter().map(comment).collect(),
            id: self.id,
            registration_id: self.registration_id,
            title: self.title,
            description: self.description,
            class: self.class,
            field: self.field,
            weight: Weight(self.weight_milli),
            start_on: self.start_on,
            due_on: self.due_on,
            expected_product: self.expected_product,
            lead_individual: self.lead_individual,
            lead_unit_id: self.lead_unit_id,
            source: self.source,
            reason: self.reason,
            verdict,
            task_id,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

/// A comment with the move it came with.
struct Said {
    n: i32,
    at: Instant,
    comment: String,
}

/// The lines of a registration that the caller has found, in the order of their ids, which is that of
/// their coming.
pub fn of(conn: &mut AnyConn, registration: Id) -> Result<Vec<Line>> {
    let there = lines::table
        .filter(lines::registration_id.eq(registration).and(lines::deleted_at.is_null()))
        .order(lines::id);
    Ok(there.select(Line::as_select()).load(conn)?)
}

/// One line with its registration, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<(Line, Placed)> {
    let there = lines::table.find(id).filter(lines::deleted_at.is_null());
    let line: Line = there.select(Line::as_select()).first(conn)?;
    let placed = registration::find(conn, actor, line.registration_id)?;
    Ok((line, placed))
}

/// The tasks that lines became, by line.
pub fn made(conn: &mut AnyConn, rows: &[Line]) -> Result<HashMap<Id, Id>> {
    let ids: Vec<Id> = rows.iter().map(|line| line.id).collect();
    of_source::made(conn, SourceKind::RegistrationLine, &ids)
}

/// The wire form of lines of one registration.
pub fn wire(conn: &mut AnyConn, registration: Id, rows: Vec<Line>) -> Result<Vec<RegistrationLine>> {
    let made = made(conn, &rows)?;
    let said = said(conn, registration)?;
    let answered = registration::last_of(conn, registration, &[RegistrationCommand::Return])?;
    let answered = answered.map(|last| last.n);
    let one = |line: Line| {
        let (said, task) = (said.get(&line.id).map_or(&[][..], |said| said), made.get(&line.id).copied());
        line.wire(said, answered, task)
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one line.
pub fn wire_one(conn: &mut AnyConn, line: Line) -> Result<RegistrationLine> {
    wire(conn, line.registration_id, vec![line])?.pop().ok_or_else(Error::not_found)
}

fn said(conn: &mut AnyConn, registration: Id) -> Result<HashMap<Id, Vec<Said>>> {
    let with =
        moves::table.on(moves::registration_id.eq(comments::registration_id).and(moves::n.eq(comments::n)));
    let rows: Vec<(Id, i32, Instant, String)> = comments::table
        .inner_join(with)
        .filter(comments::registration_id.eq(registration))
        .order((comments::line_id, comments::n))
        .select((comments::line_id, comments::n, moves::took_effect_at, comments::comment))
        .load(conn)?;
    let mut found: HashMap<Id, Vec<Said>> = HashMap::new();
    for (line, n, at, comment) in rows {
        found.entry(line).or_default().push(Said { n, at, comment });
    }
    Ok(found)
}

/// What versions of lines said: as the diff reads it.
pub fn said_then(conn: &mut AnyConn, registration: Id) -> Result<HashMap<(Id, i32), Value>> {
    let rows: Vec<(Id, i32, String)> = versions::table
        .filter(versions::registration_id.eq(registration))
        .select((versions::line_id, versions::version, versions::content))
        .load(conn)?;
    let one = |(line, version, content): (Id, i32, String)| {
        Ok(((line, version), serde_json::from_str(&content).map_err(Error::internal)?))
    };
    rows.into_iter().map(one).collect()
}
