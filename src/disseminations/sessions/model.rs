//! Reading sessions, always inside the actor's territory, and keeping what figures know of them.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{dissemination_session_versions as versions, dissemination_sessions as sessions},
    },
    disseminations::{
        model::{self as disseminations, Placed},
        wire::{AttendanceNumber, DisseminationPageQuery, DisseminationSession, SessionForm},
    },
    documents::rules::refuse_classified,
    error::{Error, Result},
    events::Tx,
    http::{Cursor, Page},
    ids::Id,
    measures::Audience,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sessions, treat_none_as_null = true)]
pub struct SessionRow {
    pub id: Id,
    pub root_id: Id,
    pub dissemination_id: Id,
    pub audience: Audience,
    pub form: SessionForm,
    pub held_on: NaiveDate,
    pub place: Option<String>,
    /// A list of [`Rapporteur`](crate::disseminations::wire::Rapporteur), as JSON.
    pub rapporteurs: String,
    pub key_points: Option<String>,
    pub local_link: Option<String>,
    pub public_concerns: Option<String>,
    /// A list of [`AttendanceNumber`], as JSON.
    pub attendance: String,
    pub recorded_by: Option<Id>,
    pub recorded_for: Option<Id>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl SessionRow {
    /// The numbers by class.
    pub fn numbers(&self) -> Result<Vec<AttendanceNumber>> {
        serde_json::from_str(&self.attendance).map_err(Error::internal)
    }

    /// The wire form.
    pub fn wire(&self) -> Result<DisseminationSession> {
        let row = self.clone();
        Ok(DisseminationSession {
            rapporteurs: serde_json::from_str(&self.rapporteurs).map_err(Error::internal)?,
            attendance: self.numbers()?,
            id: row.id,
            dissemination_id: row.dissemination_id,
            audience: row.audience,
            form: row.form,
            held_on: row.held_on,
            place: row.place,
            key_points: row.key_points,
            local_link: row.local_link,
            public_concerns: row.public_concerns,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }

    /// Refuses texts that bear a stamp of secrecy.
    pub fn refuse_classified(&self) -> Result<()> {
        refuse_classified(
            None,
            &[
                ("/place", self.place.as_deref()),
                ("/key_points", self.key_points.as_deref()),
                ("/local_link", self.local_link.as_deref()),
                ("/public_concerns", self.public_concerns.as_deref()),
                ("/rapporteurs", Some(&self.rapporteurs)),
            ],
        )
    }
}

/// The only way to start a query on sessions: those of the units of the territory, without deleted ones.
pub fn visible(actor: &Actor) -> sessions::BoxedQuery<'static, MultiBackend> {
    let all = sessions::table.filter(sessions::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let theirs = disseminations::ids_within(&unit.path, actor.detail_depth);
    all.filter(sessions::dissemination_id.eq_any(theirs))
}

/// One session, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<SessionRow> {
    Ok(visible(actor).filter(sessions::id.eq(id)).select(SessionRow::as_select()).first(conn)?)
}

/// A page of the sessions of a dissemination, in the order of their days.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    id: Id,
    query: &DisseminationPageQuery,
) -> Result<Page<DisseminationSession>> {
    disseminations::find(conn, actor, id)?;
    let mut rows = visible(actor).filter(sessions::dissemination_id.eq(id));
    let scope = format!("dissemination-sessions|{id}|{}", actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [held_on, after] = cursor.open(&scope)?;
        let held_on: NaiveDate = held_on.parse().map_err(Error::internal)?;
        let later = sessions::held_on.gt(held_on);
        rows = rows.filter(later.or(sessions::held_on.eq(held_on).and(sessions::id.gt(after))));
    }
    let rows = rows.order((sessions::held_on, sessions::id)).limit(query.limit.0 + 1);
    let rows: Vec<SessionRow> = rows.select(SessionRow::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row| {
        Cursor::seal(&[row.held_on.to_string(), row.id.to_string()], &scope)
    });
    let items = page.items.iter().map(SessionRow::wire).collect::<Result<_>>()?;
    Ok(Page { next_cursor: page.next_cursor, items })
}

/// Notes for figures how a session stands on record from now on: the first time from the day it was
/// held, after that from today; `None`: not at all any more.
pub fn note(tx: &mut Tx, placed: &Placed, id: Id, row: Option<&SessionRow>) -> Result<()> {
    let today = tx.at.day();
    let last: Option<i32> = versions::table
        .filter(versions::session_id.eq(id))
        .select(diesel::dsl::max(versions::n))
        .first(tx.conn)?;
    if let Some(n) = last {
        diesel::update(versions::table.find((id, n))).set(versions::until_on.eq(today)).execute(tx.conn)?;
    }
    let Some(row) = row else { return Ok(()) };
    diesel::insert_into(versions::table)
        .values((
            versions::session_id.eq(id),
            versions::n.eq(last.unwrap_or(0) + 1),
            versions::root_id.eq(placed.row.root_id),
            versions::dissemination_id.eq(placed.row.id),
            versions::from_on.eq(last.map_or(row.held_on, |_| today)),
            versions::audience.eq(row.audience),
            versions::held_on.eq(row.held_on),
            versions::attendance.eq(&row.attendance),
        ))
        .execute(tx.conn)?;
    Ok(())
}
