//! How far units got with studying a document: each unit, the missing ones first, and all together.

pub mod explain;
pub mod owed;
pub mod wire;

use crate::{
    auth::Actor,
    db::AnyConn,
    disseminations::facts,
    documents::model::Row as Document,
    error::Result,
    http::{Cursor, Page},
    ids::Id,
    measures::{Ratio, StudyFact, StudyMeasures, StudyState, StudyTally, StudyTimeliness},
    org_units::{model::Row, tree::Tree, wire::UnitRef},
    reports::{
        disseminations::{
            owed::Owed,
            wire::{ClassRow, DisseminationReport, DisseminationReportQuery, DisseminationReportRow},
        },
        tag::Asked,
    },
};
use chrono::NaiveDate;

/// A unit and how it stands.
struct Stands {
    unit: UnitRef,
    due_on: Option<NaiveDate>,
    fact: StudyFact,
}

/// The figures of a unit and of a document that the caller has found inside its territory.
pub fn answer(
    conn: &mut AnyConn,
    actor: &Actor,
    (unit, document): (&Row, &Document),
    query: &DisseminationReportQuery,
    asked: &Asked,
) -> Result<DisseminationReport> {
    let tree = Tree::on(conn, unit.root_id, asked.day)?;
    let stand = stand(conn, &tree, unit.id, document.id, asked.day)?;
    let mut tally = StudyTally::default();
    stand.iter().for_each(|one| tally.add(&one.fact));
    let facts: Vec<&StudyFact> = stand.iter().map(|one| &one.fact).collect();
    let reads = actor.detail_depth.is_none_or(|deepest| unit.depth <= deepest);
    let at = explain::Place {
        document: document.id,
        // Lists tell of today alone.
        unit: (reads && asked.day == asked.today).then_some(unit.id),
    };
    let explained = query.explain.0.then(|| explain::explain(&facts, &tally, &at, asked.language));
    let scope =
        format!("dissemination-report|{}|{}|{}|{}", document.id, unit.id, asked.day, actor.scope_key());
    let page = cut(stand, query, &scope)?.map(row);
    Ok(DisseminationReport {
        as_of: asked.day,
        document_id: document.id,
        unit: tree.get(unit.id).map_or_else(|| unit.reference(), |then| then.reference()),
        total: StudyMeasures::from(&tally),
        rows: page.items,
        next_cursor: page.next_cursor,
        explain: explained,
    })
}

/// The units the document was sent to and those that study it without that, the missing ones first.
fn stand(conn: &mut AnyConn, tree: &Tree, top: Id, document: Id, day: NaiveDate) -> Result<Vec<Stands>> {
    let below = tree.below(top).into_iter().map(|unit| unit.id);
    let units: Vec<Id> = [top].into_iter().chain(below).collect();
    let studies = facts::studies(conn, &[document], &units)?;
    let owed = owed::owed(conn, &[document], day)?;
    let one = |id: &Id| {
        let (study, owed) = (studies.get(&(document, *id)), owed.get(&(document, *id)));
        let fact = StudyFact::on(study, owed.map_or(Owed::FREE, Owed::duty), day)?;
        let due_on = owed.and_then(|owed| owed.due_on(day));
        Some(Stands { unit: tree.get(*id)?.reference(), due_on, fact })
    };
    let mut found: Vec<Stands> = units.iter().filter_map(one).collect();
    found.sort_by_key(Stands::order);
    Ok(found)
}

impl Stands {
    /// The missing ones first, the latest of them at the head; exempt units last.
    fn order(&self) -> [String; 4] {
        let missing = StudyState::ALL.iter().position(|state| *state == self.fact.state);
        let group = match self.fact.timeliness {
            StudyTimeliness::Exempt => StudyState::ALL.len(),
            _ => missing.unwrap_or_default(),
        };
        let punctual = 9_999_999 - self.fact.days_late.unwrap_or(0);
        [group.to_string(), format!("{punctual:07}"), self.unit.code.clone(), self.unit.id.to_string()]
    }
}

fn cut(mut rows: Vec<Stands>, query: &DisseminationReportQuery, scope: &str) -> Result<Page<Stands>> {
    if let Some(cursor) = &query.cursor {
        let after: [String; 4] = cursor.open(scope)?;
        rows.retain(|one| one.order() > after);
    }
    Ok(Page::cut(rows, query.limit.0, |one| Cursor::seal(&one.order(), scope)))
}

fn row(one: Stands) -> DisseminationReportRow {
    let Stands { unit, due_on, fact } = one;
    let (attended, planned) = fact.attended();
    DisseminationReportRow {
        unit,
        state: fact.state,
        timeliness: fact.timeliness,
        days_late: fact.days_late,
        study_due_on: due_on,
        started_on: fact.started_on,
        completed_on: fact.completed_on,
        verified_on: fact.verified_on,
        sessions: fact.sessions,
        attended: Ratio::of_counts(attended, planned),
        classes: fact.attendance.into_iter().map(ClassRow::from).collect(),
        understood: Ratio::of_counts(fact.understood, fact.examined),
    }
}
