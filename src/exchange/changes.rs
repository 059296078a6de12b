//! The change feed: what a client that keeps copies must read again.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn,
        schema::{documents, events, resolution_items, tasks},
    },
    dispatches::receipts::model::{dispatches_within, documents_within, sent_by},
    documents::wire::DocumentStatus,
    error::{Code, Error, Fault, Place, Result},
    events::{
        Position,
        log::{self, Query},
    },
    http::{
        Cursor,
        fields::Faults,
        query::{AnyOf, Limit},
    },
    ids::Id,
    org_units::model as units,
    place,
    policy::Role,
    registrations::model::{registered_for, rounds_within},
    tasks::{
        model as work,
        parts::model::{tasks_once_within, tasks_within},
    },
};
use deserr::Deserr;
use diesel::{define_sql_function, prelude::*, sql_types};
use serde::Serialize;
use std::collections::HashSet;
use utoipa::{IntoParams, ToSchema};

mod kinds;

pub use kinds::ChangedKind;
use kinds::{CONTENT, STRUCTURE};

use ChangedKind::{
    Congress, Dispatch, Document, Form, Indicator, OrgUnit, Receipt, Registration, RegistrationRound,
    ReportRegime, Task, Term, WorkingDay,
};

/// Most events looked at for one page, visible or not: so that a page costs the same wherever the
/// reader stands.
const LOOK_AHEAD: i64 = 5_000;

/// After it the unit that had the part is told of the task no longer.
const PART_REMOVED: &str = "task.part_removed";

/// What a unit above does with its sets of criteria that is told below: drafts are its own business.
const SETS_IN_FORCE: [&str; 2] = ["criteria_set.issued", "criteria_set.replaced"];

/// What the cursors are bound to: the feed and nothing else, since clients keep them for months and
/// may change what they ask for.
const FEED: &str = "changes";

/// Which changes to read.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ChangesQuery {
    /// `next_cursor` of the last page, or the `cursor` of any change; absent: from the beginning.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub since: Option<Cursor>,
    /// Only what happened in this unit and below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Any of these kinds, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "task,document")]
    pub kinds: Option<AnyOf<ChangedKind>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
}

/// A page of changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Changes {
    pub items: Vec<Change>,
    /// Where to go on, now or later.
    pub next_cursor: String,
    /// More is there already.
    pub has_more: bool,
}

/// One change.
#[derive(Debug, Serialize, ToSchema)]
pub struct Change {
    /// The place of this change in the feed.
    pub cursor: String,
    /// What changed.
    #[schema(value_type = ChangedKind, example = "task")]
    pub kind: String,
    /// What happened to it.
    #[schema(example = "task.progress_reported")]
    pub event: String,
    /// Id of what changed.
    pub id: Id,
    /// Its version after the change.
    #[schema(example = 3, minimum = 0)]
    pub version: i32,
    /// It is gone from the list of those that the caller sees.
    pub deleted: bool,
    /// When the change took effect; loaded history lies in the past.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
}

#[derive(Queryable)]
struct Row {
    tx: i64,
    seq: i64,
    subject_type: String,
    kind: String,
    subject_id: Id,
    subject_version: i32,
    occurred_at: Instant,
}

/// Reads a page.
pub fn page(conn: &mut AnyConn, actor: &Actor, query: &ChangesQuery) -> Result<Changes> {
    let since = query.since.as_ref().map_or(Ok(Position::default()), open)?;
    let (until, more_behind) = log::look_ahead(conn, since, LOOK_AHEAD)?;
    let mut rows: Vec<Row> = wanted(conn, actor, query, log::settled_between(conn, since, until))?
        .limit(query.limit.0 + 1)
        .select((
            events::tx,
            events::seq,
            events::subject_type,
            events::kind,
            events::subject_id,
            events::subject_version,
            events::occurred_at,
        ))
        .load(conn)?;
    let limit = usize::try_from(query.limit.0).map_err(Error::internal)?;
    let cut = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| cut).map_or(until, Row::position);
    let left = left(conn, actor, &rows)?;
    Ok(Changes {
        items: rows.into_iter().map(|row| row.wire(&left)).collect(),
        next_cursor: seal(last),
        has_more: cut || more_behind,
    })
}

impl Row {
    const fn position(&self) -> Position {
        Position { tx: self.tx, seq: self.seq }
    }

    fn wire(self, left: &HashSet<Id>) -> Change {
        let gone = self.kind == PART_REMOVED && left.contains(&self.subject_id);
        Change {
            cursor: seal(self.position()),
            deleted: gone || self.kind.ends_with(".deleted"),
            kind: self.subject_type,
            event: self.kind,
            id: self.subject_id,
            version: self.subject_version,
            at: self.occurred_at,
        }
    }
}

/// The tasks that lost a part and that the actor sees no longer.
fn left(conn: &mut AnyConn, actor: &Actor, rows: &[Row]) -> Result<HashSet<Id>> {
    let mut left: HashSet<Id> =
        rows.iter().filter(|row| row.kind == PART_REMOVED).map(|row| row.subject_id).collect();
    if !left.is_empty() {
        let asked = Vec::from_iter(left.iter().copied());
        let seen: Vec<Id> =
            work::visible(actor).filter(tasks::id.eq_any(asked)).select(tasks::id).load(conn)?;
        left.retain(|id| !seen.contains(id));
    }
    Ok(left)
}

fn seal(position: Position) -> String {
    Cursor::seal(&[position.tx.to_string(), position.seq.to_string()], FEED)
}

fn open(cursor: &Cursor) -> Result<Position> {
    let [tx, seq] = cursor.open(FEED).map_err(|mut error| {
        for fault in &mut error.faults {
            fault.place = Place::Parameter("since".into());
        }
        error
    })?;
    let number =
        |text: String| text.parse().map_err(|_| Error::from(Fault::parameter("since", Code::CursorMismatch)));
    Ok(Position { tx: number(tx)?, seq: number(seq)? })
}

define_sql_function! {
    /// Characters of a text.
    fn length(text: sql_types::Text) -> sql_types::Integer;
}

/// Narrows a query to what the actor may see and asks for.
fn wanted(conn: &mut AnyConn, actor: &Actor, query: &ChangesQuery, rows: Query) -> Result<Query> {
    let open: &[ChangedKind] = if actor.role == Role::Admin { &STRUCTURE } else { &CONTENT };
    let asked = |kind: &ChangedKind| query.kinds.as_ref().is_none_or(|kinds| kinds.0.contains(kind));
    let kinds: Vec<&str> = open.iter().filter(|kind| asked(kind)).map(|kind| kind.as_str()).collect();
    let mut rows = within(actor, rows.filter(events::subject_type.eq_any(kinds)));
    if let Some(under) = query.under {
        let top = units::find_in_territory(conn, actor, under)?.path;
        rows = rows.filter(events::unit_path.lt(place::after(&top)).and(events::unit_path.ge(top)));
    }
    Ok(rows)
}

/// Only what happened in the territory, and to calendars that are everybody's; above it, only what a unit
/// below reads: units, terms, congresses, calendars, indicators, forms, issued documents and their items; beside it,
/// the tasks in which it takes part, and that
/// it no longer does; what was sent to it and what the own unit sent, wherever that lies.
fn within(actor: &Actor, rows: Query) -> Query {
    let Some(unit) = &actor.unit else { return rows };
    let structure = STRUCTURE.map(ChangedKind::as_str);
    let below = events::unit_path
        .ge(unit.path.clone())
        .and(events::unit_path.lt(place::after(&unit.path)))
        .and(length(events::unit_path).le(actor.longest_path()).or(events::subject_type.eq_any(structure)));
    let issued = || {
        documents::table
            .filter(documents::issuer_unit_id.eq_any(actor.ancestors()))
            .filter(documents::status.ne(DocumentStatus::Draft))
            .select(documents::id)
    };
    let their_items = resolution_items::table
        .filter(resolution_items::document_id.eq_any(issued()))
        .select(resolution_items::id);
    let plain = [OrgUnit, Term, Congress, Indicator, Form, ReportRegime].map(ChangedKind::as_str);
    let above = events::unit_id.eq_any(actor.ancestors()).assume_not_null().and(
        events::subject_type
            .eq_any(plain)
            .or(events::kind.eq_any(SETS_IN_FORCE))
            .or(events::subject_id.eq_any(issued()))
            .or(events::subject_id.eq_any(their_items)),
    );
    let taken_part = events::subject_id.eq_any(tasks_within(&unit.path, actor.detail_depth));
    let no_longer = events::kind
        .eq(PART_REMOVED)
        .and(events::subject_id.eq_any(tasks_once_within(&unit.path, actor.detail_depth)));
    let beside = events::subject_type.eq(Task.as_str()).and(taken_part.or(no_longer));
    let to_us = events::subject_type
        .eq(Document.as_str())
        .and(events::subject_id.eq_any(documents_within(&unit.path, actor.detail_depth)))
        .or(events::subject_type
            .eq(Dispatch.as_str())
            .and(events::subject_id.eq_any(dispatches_within(&unit.path, actor.detail_depth))))
        .or(events::subject_type
            .eq(RegistrationRound.as_str())
            .and(events::subject_id.eq_any(rounds_within(&unit.path, actor.detail_depth))));
    let by_us = events::subject_type
        .eq(Receipt.as_str())
        .and(events::subject_id.eq_any(sent_by(unit.id)))
        .or(events::subject_type
            .eq(Registration.as_str())
            .and(events::subject_id.eq_any(registered_for(unit.id))));
    let everybodys = events::unit_id
        .is_null()
        .and(events::subject_type.eq_any([WorkingDay, ReportRegime].map(ChangedKind::as_str)));
    rows.filter(below.or(everybodys).or(above).or(beside).or(to_us).or(by_us))
}
