//! Pages of questions and answers: what is not answered comes first.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::reconfirmations},
    error::{Code, Error, Fault, Result},
    http::{Cursor, Page},
    org_units::model as units,
    reconfirmations::{
        causes,
        model::{self, Entry, Row, Rows},
        records::{self, Among, Record, Subject},
        touched::{self, Key},
        wire::{Reconfirmation, ReconfirmationQuery},
        workflow::{ReconfirmationOutcome, ReconfirmationState},
    },
};
use diesel::prelude::*;
use std::collections::HashMap;

/// After which entry to go on.
struct After {
    /// Among the answers; else among the questions.
    answers: bool,
    key: Key,
}

/// A page: open questions in the order of documents and records, then answers in the same order.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &ReconfirmationQuery) -> Result<Page<Reconfirmation>> {
    let scope = scope(actor, query);
    let after = query.cursor.as_ref().map(|cursor| open(&cursor.open(&scope)?)).transpose()?;
    let path = match query.under {
        Some(under) => Some(units::find_in_territory(conn, actor, under)?.path),
        None => None,
    };
    let most = usize::try_from(query.limit.0).map_err(Error::internal)? + 1;
    let mut entries = Vec::new();
    if wants(query, ReconfirmationState::Asked) && after.as_ref().is_none_or(|after| !after.answers) {
        let among =
            Among { actor: Some(actor), unit: query.unit_id, under: path.as_deref(), kind: query.kind };
        entries = questions(conn, &among, actor, query, after.as_ref().map(|after| after.key))?;
        entries.truncate(most);
    }
    let missing = most - entries.len();
    if missing > 0 {
        let after = after.filter(|after| after.answers).map(|after| after.key);
        entries.extend(answers(conn, actor, query, path.as_deref(), after, missing)?);
    }
    let page = Page::cut(entries, query.limit.0, |entry| seal(entry, &scope));
    Ok(Page { next_cursor: page.next_cursor, items: model::wire(conn, actor, page.items)? })
}

fn scope(actor: &Actor, query: &ReconfirmationQuery) -> String {
    format!(
        "reconfirmations|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
        query.unit_id,
        query.under,
        query.document_id,
        query.kind,
        query.state,
        actor.scope_key()
    )
}

fn seal(entry: &Entry, scope: &str) -> String {
    let Subject { kind, id } = entry.record.subject;
    let part = if entry.answer.is_some() { "answers" } else { "questions" };
    Cursor::seal(&[part.into(), entry.document_id.to_string(), kind.to_string(), id.to_string()], scope)
}

fn open([part, document, kind, id]: &[String; 4]) -> Result<After> {
    let stranger = || Error::from(Fault::parameter("cursor", Code::CursorMismatch));
    let document = document.parse().map_err(|()| stranger())?;
    let kind = kind.parse().map_err(|()| stranger())?;
    let id = id.parse().map_err(|()| stranger())?;
    Ok(After { answers: part == "answers", key: (document, Subject { kind, id }) })
}

fn wants(query: &ReconfirmationQuery, state: ReconfirmationState) -> bool {
    query.state.as_ref().is_none_or(|states| states.0.contains(&state))
}

/// What is asked and not answered, after an entry.
fn questions(
    conn: &mut AnyConn,
    among: &Among,
    actor: &Actor,
    query: &ReconfirmationQuery,
    after: Option<Key>,
) -> Result<Vec<Entry>> {
    let causes = causes::asking(conn, actor, query.document_id)?;
    let touched = touched::by(conn, &causes, among)?;
    let subjects: Vec<Subject> = touched.records.keys().copied().collect();
    let answered = model::answered_by(conn, &subjects)?;
    let left = touched.through.into_keys().filter(|key| !answered.contains(key));
    let left = left.filter(|key| after.is_none_or(|after| *key > after));
    let entry = |(document_id, subject): Key| {
        let record = touched.records.get(&subject)?.clone();
        Some(Entry { document_id, record, answer: None })
    };
    Ok(left.filter_map(entry).collect())
}

/// What was answered, after an entry.
fn answers(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &ReconfirmationQuery,
    under: Option<&str>,
    after: Option<Key>,
    most: usize,
) -> Result<Vec<Entry>> {
    let outcomes = ReconfirmationState::ALL.iter().filter(|state| wants(query, **state));
    let outcomes: Vec<ReconfirmationOutcome> = outcomes.filter_map(|state| state.outcome()).collect();
    let mut rows = model::visible(actor).filter(reconfirmations::outcome.eq_any(outcomes));
    if let Some(document) = query.document_id {
        rows = rows.filter(reconfirmations::document_id.eq(document));
    }
    if let Some(kind) = query.kind {
        rows = rows.filter(reconfirmations::subject_kind.eq(kind));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(
            reconfirmations::subject_id
                .eq_any(records::tasks_of(unit))
                .or(reconfirmations::subject_id.eq_any(records::programmes_of(unit))),
        );
    }
    if let Some(path) = under {
        rows = rows.filter(
            reconfirmations::subject_id
                .eq_any(records::tasks_under(path))
                .or(reconfirmations::subject_id.eq_any(records::programmes_under(path))),
        );
    }
    if let Some(key) = after {
        rows = go_on(rows, key);
    }
    let rows: Vec<Row> = rows
        .order((reconfirmations::document_id, reconfirmations::subject_kind, reconfirmations::subject_id))
        .limit(i64::try_from(most).map_err(Error::internal)?)
        .select(Row::as_select())
        .load(conn)?;
    let subjects: Vec<Subject> = rows.iter().map(Row::subject).collect();
    let found = records::seen(conn, actor, &subjects)?;
    let found: HashMap<Subject, Record> = found.into_iter().map(|record| (record.subject, record)).collect();
    let entry = |row: Row| {
        let record = found.get(&row.subject())?.clone();
        Some(Entry { document_id: row.document_id, record, answer: Some(row) })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

/// Only what comes after an answer.
fn go_on(rows: Rows, (document, Subject { kind, id }): Key) -> Rows {
    use reconfirmations::{document_id, subject_id, subject_kind};
    let same = document_id.eq(document);
    let same_kind = subject_kind.gt(kind).or(subject_kind.eq(kind).and(subject_id.gt(id)));
    rows.filter(document_id.gt(document).or(same.and(same_kind)))
}
