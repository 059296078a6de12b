//! The coverage matrix: documents and the units they were sent to, with what became of each pair.
//!
//! Every figure is drawn from the facts that the other reports use: receipts, studies, issued
//! programmes and tasks as they stood at the end of the day.

pub mod cells;
pub mod explain;
pub mod wire;
mod work;

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn,
        schema::{documents, receipts},
    },
    documents::{
        lineage,
        model::{self as papers, Row as Document},
    },
    error::{Error, Result},
    http::Cursor,
    ids::Id,
    measures::{CoverageMeasures, CoverageTally},
    org_units::{
        model::{self as units, Row},
        tree::Tree,
    },
    reports::{
        coverage::{
            cells::Cell,
            wire::{Coverage, CoverageOfDocument, CoverageOfUnit, CoverageQuery, CoverageRow},
        },
        tag::Asked,
    },
    tasks::kept::Keeper,
};
use chrono::NaiveDate;
use diesel::{dsl::count_star, prelude::*};
use std::{cmp::Reverse, collections::HashMap};

/// Most rows that one answer is to hold: with one document more than that, fewer documents are shown.
const MOST_ROWS: i64 = 30_000;

/// The matrix of a unit that the caller has found inside its territory.
pub fn answer(
    conn: &mut AnyConn,
    actor: &Actor,
    unit: &Row,
    query: &CoverageQuery,
    (asked, keeper): (&Asked, &Keeper),
) -> Result<Coverage> {
    let tree = Tree::on(conn, unit.root_id, asked.day)?;
    let (shown, next_cursor) = page(conn, actor, unit, query, asked)?;
    let ids: Vec<Id> = shown.iter().map(|document| document.id).collect();
    let below = tree.below(unit.id).into_iter().map(|unit| unit.id);
    let scope = Vec::from_iter([unit.id].into_iter().chain(below));
    let mut cells = cells::on(conn, &tree, &scope, &shown, asked.day)?;
    let at = work::Where { root: unit.root_id, tree: &tree, scope: &scope, documents: &ids, day: asked.day };
    let sums = work::count(conn, keeper, &at, &mut cells)?;
    let work::Sums { total, by_document, by_unit } = tallies(&cells, sums);
    let explained = query.explain.0.then(|| {
        let reads = actor.detail_depth.is_none_or(|deepest| unit.depth <= deepest);
        let address = query.address(unit.id, asked.day);
        let place = explain::Place {
            unit: reads.then_some(unit.id),
            documents: &ids,
            day: asked.day,
            address: &address,
        };
        explain::explain(&cells, &total, &place, asked.language)
    });
    let wanted =
        |cell: &Cell| query.programme.as_ref().is_none_or(|any| any.0.contains(&cell.programme.state));
    let figures = |tally: Option<&CoverageTally>| CoverageMeasures::from(&tally.copied().unwrap_or_default());
    Ok(Coverage {
        as_of: asked.day,
        unit: tree.get(unit.id).map_or_else(|| unit.reference(), |then| then.reference()),
        total: CoverageMeasures::from(&total),
        by_document: lineage::nodes(conn, shown)?
            .into_iter()
            .map(|document| CoverageOfDocument { figures: figures(by_document.get(&document.id)), document })
            .collect(),
        by_unit: of_units(&tree, by_unit),
        rows: cells.into_iter().filter(wanted).map(CoverageRow::from).collect(),
        next_cursor,
        explain: explained,
    })
}

/// The sums of everything, of each document and of each unit.
fn tallies(cells: &[Cell], tasks: work::Sums) -> work::Sums {
    let mut sums = tasks;
    for cell in cells {
        let fact = cell.fact();
        sums.total.add(&fact);
        sums.by_document.entry(cell.document_id).or_default().add(&fact);
        sums.by_unit.entry(cell.unit.id).or_default().add(&fact);
    }
    sums
}

/// The sums of units with their names, in the order of their codes.
fn of_units(tree: &Tree, sums: HashMap<Id, CoverageTally>) -> Vec<CoverageOfUnit> {
    let named = sums.into_iter().filter_map(|(id, tally)| {
        let unit = tree.get(id)?.reference();
        Some(CoverageOfUnit { unit, figures: CoverageMeasures::from(&tally) })
    });
    let mut all: Vec<CoverageOfUnit> = named.collect();
    all.sort_by(|a, b| (&a.unit.code, a.unit.id).cmp(&(&b.unit.code, b.unit.id)));
    all
}

/// A document with the day that orders it.
type Dated = (Id, Option<NaiveDate>);

/// What documents are ordered by, from the greatest down: the latest first, those without a day last.
fn order((id, issued_on): &Dated) -> [String; 2] {
    [issued_on.map_or_else(String::new, |on| on.to_string()), id.to_string()]
}

/// The documents asked for, as many as fit into one answer, and the way to the next ones.
fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    unit: &Row,
    query: &CoverageQuery,
    asked: &Asked,
) -> Result<(Vec<Document>, Option<String>)> {
    let named = query.document_id.as_ref().map(|any| &any.0);
    let scope = format!("coverage|{}|{named:?}|{}|{}", unit.id, asked.day, actor.scope_key());
    let mut rows = papers::visible(actor);
    rows = match named {
        Some(ids) => rows.filter(documents::id.eq_any(ids.clone())),
        None => {
            let sent = receipts::table
                .filter(receipts::unit_id.eq_any(units::ids_under(&unit.path)))
                .filter(receipts::created_at.lt(Instant::end_of(asked.day).millis()));
            rows.filter(documents::id.eq_any(sent.select(receipts::document_id)))
        }
    };
    let mut found: Vec<Dated> = rows.select((documents::id, documents::issued_on)).load(conn)?;
    if named.is_some_and(|ids| ids.iter().any(|id| found.iter().all(|one| one.0 != *id))) {
        return Err(Error::not_found());
    }
    found.sort_by_cached_key(|one| Reverse(order(one)));
    if let Some(cursor) = &query.cursor {
        let last: [String; 2] = cursor.open(&scope)?;
        found.retain(|one| order(one) < last);
    }
    let most = usize::try_from(query.limit.0).unwrap_or(usize::MAX);
    let fit = fit(conn, unit, found.get(..most).unwrap_or(&found))?;
    let more = found.len() > fit;
    found.truncate(fit);
    let next = found.last().filter(|_| more).map(|last| Cursor::seal(&order(last), &scope));
    let ids = found.into_iter().map(|one| one.0);
    let these = papers::visible(actor).filter(documents::id.eq_any(Vec::from_iter(ids)));
    let mut shown: Vec<Document> = these.select(Document::as_select()).load(conn)?;
    shown.sort_by_cached_key(|document| Reverse(order(&(document.id, document.issued_on))));
    Ok((shown, next))
}

/// How many of the documents fit into one answer: one at least.
fn fit(conn: &mut AnyConn, unit: &Row, all: &[Dated]) -> Result<usize> {
    let ids: Vec<Id> = all.iter().map(|document| document.0).collect();
    let sent: Vec<(Id, i64)> = receipts::table
        .filter(receipts::document_id.eq_any(ids))
        .filter(receipts::unit_id.eq_any(units::ids_under(&unit.path)))
        .group_by(receipts::document_id)
        .select((receipts::document_id, count_star()))
        .load(conn)?;
    let sent: HashMap<Id, i64> = sent.into_iter().collect();
    let mut rows = 0;
    let fitting = all.iter().take_while(|document| {
        rows += sent.get(&document.0).copied().unwrap_or(0);
        rows <= MOST_ROWS
    });
    Ok(fitting.count().max(1).min(all.len()))
}
