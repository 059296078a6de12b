//! Reading submissions, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{submission_moves as moves, submissions, users},
    },
    error::{Error, Result},
    forms::lives::Lives,
    http::{Cursor, Page, body, fields::Few},
    ids::Id,
    measures::Period,
    org_units::model as units,
    submissions::{
        lines,
        wire::{
            Submission, SubmissionComment, SubmissionHolder, SubmissionLine, SubmissionQuery,
            SubmissionReviewer, SubmissionShown,
        },
        workflow::{SubmissionChannel, SubmissionCommand, SubmissionState},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{HashMap, hash_map::Entry};

pub use crate::submissions::placed::{Placed, consolidated_in, placed, placed_in};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = submissions, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub form_id: Id,
    pub form_version: i32,
    pub unit_id: Id,
    pub reporter_id: Id,
    pub period: Period,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub state: SubmissionState,
    pub approvals: i32,
    pub nil: bool,
    pub lines: String,
    pub channel: SubmissionChannel,
    pub holder_id: Option<Id>,
    pub held_since: Option<Instant>,
    pub first_submitted_at: Option<Instant>,
    pub submitted_at: Option<Instant>,
    pub submitted_by: Option<Id>,
    pub submitted_for: Option<Id>,
    pub asked: String,
    pub content_hash: Option<String>,
    pub moves: i32,
    pub version: i32,
    pub changed_at: Instant,
    pub created_at: Instant,
}

impl Row {
    /// What was typed.
    pub fn lines(&self) -> Result<Vec<SubmissionLine>> {
        read_lines(&self.lines)
    }

    /// The comments that want an answer.
    pub fn asked(&self) -> Result<Vec<SubmissionComment>> {
        read_comments(&self.asked)
    }

    /// How many units approved it.
    pub fn approved_by(&self) -> usize {
        usize::try_from(self.approvals).unwrap_or(0)
    }
}

/// Lines out of a column.
pub fn read_lines(text: &str) -> Result<Vec<SubmissionLine>> {
    let json = serde_json::from_str(text).map_err(Error::internal)?;
    Ok(body::read::<Few<SubmissionLine, 300>>(json).map_err(Error::internal)?.0)
}

/// Comments out of a column.
pub fn read_comments(text: &str) -> Result<Vec<SubmissionComment>> {
    let json = serde_json::from_str(text).map_err(Error::internal)?;
    Ok(body::read::<Few<SubmissionComment, 300>>(json).map_err(Error::internal)?.0)
}

/// A step it took, with the lines as they were then.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = moves)]
pub struct MoveRow {
    pub submission_id: Id,
    pub n: i32,
    pub root_id: Id,
    pub command: SubmissionCommand,
    pub took_effect_at: Instant,
    pub unit_id: Option<Id>,
    pub done_by: Option<Id>,
    pub state: SubmissionState,
    pub approvals: i32,
    pub nil: bool,
    pub lines: String,
    pub comments: String,
    pub reason: Option<String>,
}

/// The only way to start a query on submissions: of units of the territory, or handed in by one.
pub fn visible(actor: &Actor) -> submissions::BoxedQuery<'static, MultiBackend> {
    let all = submissions::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = units::ids_within(&unit.path, actor.detail_depth);
    let handed = units::ids_within(&unit.path, actor.detail_depth);
    all.filter(submissions::unit_id.eq_any(mine).or(submissions::reporter_id.eq_any(handed)))
}

/// One submission, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(submissions::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// A submission, whoever asks.
pub fn load(conn: &mut AnyConn, id: Id) -> Result<Option<Row>> {
    Ok(submissions::table.find(id).select(Row::as_select()).first(conn).optional()?)
}

/// The submission of a unit for a period, whoever asks.
pub fn at(conn: &mut AnyConn, form: Id, unit: Id, period: Period) -> Result<Option<Row>> {
    Ok(submissions::table
        .filter(submissions::form_id.eq(form).and(submissions::unit_id.eq(unit)))
        .filter(submissions::period.eq(period))
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}

/// The steps of a submission, in order.
pub fn moves_of(conn: &mut AnyConn, id: Id) -> Result<Vec<MoveRow>> {
    Ok(moves::table
        .filter(moves::submission_id.eq(id))
        .order(moves::n)
        .select(MoveRow::as_select())
        .load(conn)?)
}

/// The wire form of a submission without its lines.
pub fn wire(conn: &mut AnyConn, placed: &Placed) -> Result<Submission> {
    let row = &placed.row;
    let end = Instant::end_of;
    let ids: Vec<Id> = placed.chain.iter().map(|place| place.id).collect();
    let names = units::references(conn, &ids)?;
    let reviewers = ids.iter().enumerate().filter_map(|(i, id)| {
        Some(SubmissionReviewer { unit: names.get(id)?.clone(), approved: i < row.approved_by() })
    });
    let reviewers = reviewers.collect();
    let waits = row.state == SubmissionState::Submitted;
    let review = placed.review_due_on.filter(|_| waits);
    Ok(Submission {
        id: row.id,
        form_id: row.form_id,
        form_version: row.form_version,
        unit_id: row.unit_id,
        unit: placed.unit.reference(),
        reporter_id: row.reporter_id,
        period: row.period,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        state: row.state,
        nil: row.nil,
        channel: row.channel,
        due_at: end(placed.days.due_on),
        grace_until: placed.days.grace_on.map(end),
        locks_at: placed.open_until().map(end),
        review_due_at: review.map(end),
        first_submitted_at: row.first_submitted_at,
        submitted_at: row.submitted_at,
        submitted_by: row.submitted_by,
        holder: holder(conn, row)?,
        reviewers,
        consolidated_in: consolidated_in(conn, placed)?,
        content_hash: row.content_hash.clone(),
        version: row.version,
        created_at: row.created_at,
        updated_at: row.changed_at,
    })
}

fn holder(conn: &mut AnyConn, row: &Row) -> Result<Option<SubmissionHolder>> {
    let (Some(user_id), Some(since)) = (row.holder_id, row.held_since) else { return Ok(None) };
    let name = users::table.find(user_id).select(users::display_name).first(conn).optional()?;
    Ok(Some(SubmissionHolder { user_id, name, since }))
}

/// One submission with its lines and what the caller may do with it.
pub fn show(conn: &mut AnyConn, actor: &Actor, placed: &Placed, today: NaiveDate) -> Result<SubmissionShown> {
    Ok(SubmissionShown {
        lines: lines::shown(conn, placed, today)?,
        submission: wire(conn, placed)?,
        actions: placed.actions(actor),
    })
}

/// A page of submissions in the order of their ids, which is that of their creation.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &SubmissionQuery,
    today: NaiveDate,
) -> Result<Page<Submission>> {
    let mut rows = visible(actor);
    if let Some(form) = query.form_id {
        rows = rows.filter(submissions::form_id.eq(form));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(submissions::unit_id.eq(unit));
    }
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(submissions::unit_id.eq_any(below));
    }
    if let Some(period) = query.period {
        rows = rows.filter(submissions::period.eq(period));
    }
    if let Some(states) = &query.state {
        rows = rows.filter(submissions::state.eq_any(states.0.clone()));
    }
    let scope = format!(
        "submissions|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
        query.form_id,
        query.unit_id,
        query.under,
        query.period,
        query.state,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(submissions::id.gt(id));
    }
    let rows = rows.order(submissions::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    let mut trees: HashMap<Id, Lives> = HashMap::new();
    let mut items = Vec::new();
    for row in page.items {
        let lives = match trees.entry(row.root_id) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(free) => free.insert(Lives::load(conn, row.root_id)?),
        };
        let placed = placed_in(conn, lives, row, today)?;
        items.push(wire(conn, &placed)?);
    }
    Ok(Page { items, next_cursor: page.next_cursor })
}
