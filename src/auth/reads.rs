//! The read log of personal data: who was shown what about whom.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::personal_reads},
    error::{Code, Error, Fault, Result},
    events::history::{By, People},
    http::{Cursor, Page, fields::Faults, query::Limit},
    ids::Id,
    on, vocabulary,
};
use deserr::Deserr;
use diesel::prelude::*;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

vocabulary! {
    /// What somebody was shown about a person.
    Shown {
        Record = "record",
        /// As one of a list.
        List = "list",
        History = "history",
        Assignment = "assignment",
        /// Who stands in for whom.
        Deputy = "deputy",
        /// Who had read about the person.
        Reads = "reads",
    }
}

/// One reading of personal data.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalRead {
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    pub by: By,
    pub what: Shown,
    /// Id of the request.
    #[schema(example = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d")]
    pub request_id: String,
}

/// Paging through readings.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReadsQuery {
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}

/// Notes that an actor is about to be shown something of these people; of oneself nothing is noted.
pub fn note(
    conn: &mut AnyConn,
    reader: &Actor,
    people: &[Id],
    what: Shown,
    request_id: &str,
    at: Instant,
) -> Result<()> {
    let Some(user) = reader.user else { return Ok(()) };
    let row = |person: &Id| {
        (
            personal_reads::id.eq(Id::new()),
            personal_reads::root_id.eq(reader.unit.as_ref().map(|unit| unit.root_id)),
            personal_reads::at.eq(at.millis()),
            personal_reads::user_id.eq(user),
            personal_reads::acting_as.eq(reader.assignment),
            personal_reads::subject_id.eq(*person),
            personal_reads::what.eq(what),
            personal_reads::request_id.eq(request_id),
        )
    };
    let rows: Vec<_> = people.iter().map(row).collect();
    on!(conn, c => diesel::insert_into(personal_reads::table).values(rows).execute(c))?;
    Ok(())
}

/// Removes readings of days before this one; gives how many.
pub fn sweep(conn: &mut AnyConn, kept_since: Instant) -> Result<usize> {
    Ok(diesel::delete(personal_reads::table.filter(personal_reads::at.lt(kept_since.millis())))
        .execute(conn)?)
}

/// A page of the readings about a person, latest first.
pub fn page(conn: &mut AnyConn, person: Id, query: &ReadsQuery) -> Result<Page<PersonalRead>> {
    type Row = (Id, Instant, Id, Option<Id>, Shown, String);
    let scope = format!("reads|{person}");
    let mut rows = personal_reads::table.filter(personal_reads::subject_id.eq(person)).into_boxed();
    if let Some(cursor) = &query.cursor {
        let [at, id] = cursor.open(&scope)?;
        let at: i64 =
            at.parse().map_err(|_| Error::from(Fault::parameter("cursor", Code::CursorMismatch)))?;
        let same = personal_reads::at.eq(at).and(personal_reads::id.lt(id));
        rows = rows.filter(personal_reads::at.lt(at).or(same));
    }
    let rows: Vec<Row> = rows
        .order((personal_reads::at.desc(), personal_reads::id.desc()))
        .limit(query.limit.0 + 1)
        .select((
            personal_reads::id,
            personal_reads::at,
            personal_reads::user_id,
            personal_reads::acting_as,
            personal_reads::what,
            personal_reads::request_id,
        ))
        .load(conn)?;
    let page = Page::cut(rows, query.limit.0, |(id, at, ..)| {
        Cursor::seal(&[at.millis().to_string(), id.to_string()], &scope)
    });
    let readers = page.items.iter().map(|(_, _, user, ..)| *user).collect();
    let acting = page.items.iter().filter_map(|(_, _, _, acting, ..)| *acting).collect();
    let people = People::of(conn, readers, acting)?;
    Ok(page.map(|(_, at, user, acting_as, what, request_id)| PersonalRead {
        at,
        by: people.by(Some(user), acting_as),
        what,
        request_id,
    }))
}
