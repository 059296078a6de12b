//! The records that may answer, found by the index inside the territory, and a page of the best.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, Source, holds, holds_together,
        schema::{documents, org_units, search_synonyms, tasks},
    },
    documents::model as papers,
    error::{Code, Error, Fault, Result},
    http::{Cursor, Page, query::AnyOf},
    ids::Id,
    org_units::model as units,
    policy,
    search::{
        question::{Question, Synonym},
        rank::{Fields, Place, Score},
        snippet::{richness, snippet},
        wire::{SearchHit, SearchKind, SearchQuery},
    },
    tasks::model as work,
};
use chrono::NaiveDate;
use diesel::{dsl::sql, expression::expression_types::Untyped, prelude::*};
use std::{cmp::Reverse, collections::HashSet};

/// Most records of a kind that are weighed against each other.
const MOST: i64 = 500;

/// A record that holds the words.
struct Found {
    kind: SearchKind,
    id: Id,
    unit: Id,
    day: Option<NaiveDate>,
    score: Score,
    number: Option<String>,
    /// The title or name first; of a unit, the code last.
    heads: Vec<Option<String>>,
    gists: Vec<Option<String>>,
}

/// What decides on the order, the best least: the score, then units by their codes, then the latest.
type Key = (Score, bool, String, Reverse<Option<NaiveDate>>, Reverse<Id>);

impl Found {
    fn key(&self) -> Key {
        let code = match self.kind {
            SearchKind::OrgUnit => self.heads.last().cloned().flatten().unwrap_or_default(),
            SearchKind::Document | SearchKind::Task => String::new(),
        };
        (self.score, self.kind != SearchKind::OrgUnit, code, Reverse(self.day), Reverse(self.id))
    }

    /// The score by what was loaded; what only the index knows comes later.
    fn weighed(mut self, asked: &Question) -> Self {
        let fields =
            Fields::of(self.heads.iter().map(Option::as_deref), self.gists.iter().map(Option::as_deref));
        self.score = fields.score(asked).unwrap_or(Score::LEAST);
        self
    }
}

/// A page of the best answers.
pub fn page(conn: &mut AnyConn, actor: &Actor, query: &SearchQuery) -> Result<Page<SearchHit>> {
    let kinds = kinds(actor, query)?;
    let scope = format!("search|{}|{kinds:?}|{}", query.q.0, actor.scope_key());
    let after = query.cursor.as_ref().map(|cursor| opened(cursor, &scope)).transpose()?;
    let asked = Question::read(&query.q.0, &synonyms(conn)?);
    let mut found = Vec::new();
    for kind in kinds {
        found.extend(match kind {
            SearchKind::Document => find_documents(conn, actor, &asked)?,
            SearchKind::Task => find_tasks(conn, actor, &asked)?,
            SearchKind::OrgUnit => find_units(conn, actor, &asked)?,
        });
    }
    found.retain(|found| after.as_ref().is_none_or(|after| *after < found.key()));
    found.sort_by_cached_key(Found::key);
    let page = Page::cut(found, query.limit.0, |last| sealed(last, &scope));
    let units = units::references(conn, &page.items.iter().map(|found| found.unit).collect::<Vec<_>>())?;
    let mut items = Vec::new();
    for found in page.items {
        if let Some(unit) = units.get(&found.unit) {
            let snippet = shown(conn, &found, &asked)?;
            let title = found.heads.into_iter().next().flatten().unwrap_or_default();
            let (kind, id, number_text) = (found.kind, found.id, found.number);
            items.push(SearchHit { kind, id, title, unit: unit.clone(), number_text, snippet });
        }
    }
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// The kinds asked for, all of which the role must be allowed; else all it is.
fn kinds(actor: &Actor, query: &SearchQuery) -> Result<Vec<SearchKind>> {
    let Some(AnyOf(wanted)) = &query.kinds else {
        let all = SearchKind::ALL.iter().copied();
        return Ok(all.filter(|kind| policy::allows(actor.role, kind.action())).collect());
    };
    wanted.iter().try_for_each(|kind| actor.may(kind.action()))?;
    Ok(SearchKind::ALL.iter().copied().filter(|kind| wanted.contains(kind)).collect())
}

fn sealed(last: &Found, scope: &str) -> String {
    let (score, is_record, code, Reverse(day), Reverse(id)) = last.key();
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    Cursor::seal(&[score.digit().into(), is_record.to_string(), code, day, id.to_string()], scope)
}

fn opened(cursor: &Cursor, scope: &str) -> Result<Key> {
    let bad = || Error::from(Fault::parameter("cursor", Code::CursorMismatch));
    let [score, is_record, code, day, id] = cursor.open(scope)?;
    let score = score.chars().next().and_then(Score::from_digit).ok_or_else(bad)?;
    let day = if day.is_empty() { None } else { Some(day.parse().map_err(|_| bad())?) };
    let id: Id = id.parse().map_err(|()| bad())?;
    Ok((score, is_record.parse().map_err(|_| bad())?, code, Reverse(day), Reverse(id)))
}

fn synonyms(conn: &mut AnyConn) -> Result<Vec<Synonym>> {
    let rows: Vec<(String, String, bool)> = search_synonyms::table
        .order((search_synonyms::short, search_synonyms::long))
        .select((search_synonyms::short, search_synonyms::long, search_synonyms::is_syllable))
        .load(conn)?;
    let split = |long: String| long.split(' ').map(Into::into).collect();
    Ok(rows
        .into_iter()
        .map(|(short, long, is_syllable)| Synonym { short, long: split(long), is_syllable })
        .collect())
}

/// The words as they were typed, for the records to weigh first when there are too many.
fn preferred(asked: &Question) -> String {
    format!("%{}%", asked.typed)
}

type DocumentRow = (Id, Id, Option<NaiveDate>, String, Option<String>, Option<String>);

/// Documents that hold the words in title, number and abstract, then those that do with their contents.
fn find_documents(conn: &mut AnyConn, actor: &Actor, asked: &Question) -> Result<Vec<Found>> {
    let (backend, words) = (conn.backend(), asked.words(false));
    let load = |conn: &mut AnyConn, rows: papers::Rows, most: i64| -> Result<Vec<DocumentRow>> {
        Ok(rows
            .order(documents::search_text.like(preferred(asked)).desc())
            .then_order_by(sql::<Untyped>("documents.issued_on DESC NULLS LAST"))
            .then_order_by(documents::id.desc())
            .limit(most)
            .select((
                documents::id,
                documents::issuer_unit_id,
                documents::issued_on,
                documents::title,
                documents::number_text,
                documents::abstract_text,
            ))
            .load(conn)?)
    };
    let short = papers::visible(actor).filter(holds(backend, "documents.id", Source::Document, &words));
    let mut rows = load(conn, short, MOST)?;
    let left = MOST - i64::try_from(rows.len()).unwrap_or(MOST);
    if left > 0 {
        let known: Vec<Id> = rows.iter().map(|row| row.0).collect();
        let both = holds_together(backend, "documents.id", &[Source::Document, Source::Content], &words);
        rows.extend(load(
            conn,
            papers::visible(actor).filter(both).filter(documents::id.ne_all(known)),
            left,
        )?);
    }
    let found = rows.into_iter().map(|(id, unit, day, title, number, gist)| {
        let (heads, gists) = (vec![Some(title), number.clone()], vec![gist]);
        Found { kind: SearchKind::Document, id, unit, day, score: Score::LEAST, number, heads, gists }
            .weighed(asked)
    });
    weigh_contents(conn, actor, asked, found.collect())
}

/// Lifts documents whose contents answer better than their titles and abstracts.
fn weigh_contents(
    conn: &mut AnyConn,
    actor: &Actor,
    asked: &Question,
    mut found: Vec<Found>,
) -> Result<Vec<Found>> {
    let contents: &[Source] = &[Source::Content];
    let both: &[Source] = &[Source::Document, Source::Content];
    for (scattered, beginning, sources, formula) in [
        (false, false, contents, asked.phrase(true)),
        (false, true, contents, asked.phrase(false)),
        (true, false, both, asked.words(true)),
    ] {
        let score = Score { scattered, place: Place::Content, beginning };
        let below: Vec<Id> = found.iter().filter(|found| score < found.score).map(|found| found.id).collect();
        if below.is_empty() {
            continue;
        }
        let held = papers::visible(actor).filter(documents::id.eq_any(below)).filter(holds_together(
            conn.backend(),
            "documents.id",
            sources,
            &formula,
        ));
        let held: Vec<Id> = held.select(documents::id).load(conn)?;
        let held: HashSet<Id> = held.into_iter().collect();
        // Those below it only: a better score stays.
        for found in found.iter_mut().filter(|found| score < found.score && held.contains(&found.id)) {
            found.score = score;
        }
    }
    Ok(found)
}

type TaskRow = (Id, Id, Instant, String, Option<String>, Option<String>, Option<String>);

fn find_tasks(conn: &mut AnyConn, actor: &Actor, asked: &Question) -> Result<Vec<Found>> {
    let held = holds(conn.backend(), "tasks.id", Source::Task, &asked.words(false));
    let rows: Vec<TaskRow> = work::visible(actor)
        .filter(held)
        .order((tasks::search_text.like(preferred(asked)).desc(), tasks::created_at.desc(), tasks::id.desc()))
        .limit(MOST)
        .select((
            tasks::id,
            tasks::unit_id,
            tasks::created_at,
            tasks::title,
            tasks::code,
            tasks::description,
            tasks::expected_product,
        ))
        .load(conn)?;
    let found = rows.into_iter().map(|(id, unit, at, title, code, description, product)| {
        let (heads, gists) = (vec![Some(title), code], vec![description, product]);
        let (kind, day) = (SearchKind::Task, Some(at.day()));
        Found { kind, id, unit, day, score: Score::LEAST, number: None, heads, gists }.weighed(asked)
    });
    Ok(found.collect())
}

fn find_units(conn: &mut AnyConn, actor: &Actor, asked: &Question) -> Result<Vec<Found>> {
    let held = holds(conn.backend(), "org_units.id", Source::OrgUnit, &asked.words(false));
    let rows: Vec<(Id, String, Option<String>, String)> = units::visible(actor)
        .filter(held)
        .order((org_units::search_text.like(preferred(asked)).desc(), org_units::code.asc()))
        .limit(MOST)
        .select((org_units::id, org_units::name, org_units::short_name, org_units::code))
        .load(conn)?;
    let found = rows.into_iter().map(|(id, name, short_name, code)| {
        let (heads, gists) = (vec![Some(name), short_name, Some(code)], Vec::new());
        let kind = SearchKind::OrgUnit;
        Found { kind, id, unit: id, day: None, score: Score::LEAST, number: None, heads, gists }
            .weighed(asked)
    });
    Ok(found.collect())
}

/// The best place of the field that decided on the score.
fn shown(conn: &mut AnyConn, found: &Found, asked: &Question) -> Result<String> {
    if found.score.place == Place::Content
        && let Some(content) = papers::content(conn, found.id)?
    {
        return Ok(snippet(asked, &content));
    }
    let fields: Vec<&str> = match found.score.place {
        Place::Head => found.heads.iter().flatten().map(String::as_str).collect(),
        _ => found.gists.iter().chain(&found.heads).flatten().map(String::as_str).collect(),
    };
    // Of equals the first.
    let best = fields.into_iter().rev().max_by_key(|text| richness(asked, text));
    Ok(snippet(asked, best.unwrap_or_default()))
}
