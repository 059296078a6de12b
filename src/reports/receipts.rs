//! What units did with a document sent to them: each unit, and all together.

pub mod explain;
pub mod wire;

use crate::{
    auth::Actor,
    db::AnyConn,
    dispatches::{
        model as sending,
        receipts::model::{self as receipts, Row as Receipt},
    },
    documents::model::Row as Document,
    error::Result,
    http::{Cursor, Page},
    ids::Id,
    measures::{ReceiptFact, ReceiptMeasures, ReceiptTally},
    org_units::{model::Row, tree::Tree, wire::UnitRef},
    reports::{
        receipts::wire::{ReceiptReport, ReceiptReportQuery, ReceiptReportRow},
        tag::Asked,
    },
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashSet};

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// A unit with the last receipt of the document that was sent to it by the day.
struct Got {
    unit: UnitRef,
    receipt: Receipt,
    due_on: Option<NaiveDate>,
    fact: ReceiptFact,
}

/// The figures of a unit and of a document that the caller has found inside its territory.
pub fn answer(
    conn: &mut AnyConn,
    actor: &Actor,
    (unit, document): (&Row, &Document),
    query: &ReceiptReportQuery,
    asked: &Asked,
) -> Result<ReceiptReport> {
    let tree = Tree::on(conn, unit.root_id, asked.day)?;
    let got = got(conn, &tree, unit.id, document.id, asked.day)?;
    let mut tally = ReceiptTally::default();
    got.iter().for_each(|one| tally.add(&one.fact));
    let facts: Vec<ReceiptFact> = got.iter().map(|one| one.fact).collect();
    let reads = actor.detail_depth.is_none_or(|deepest| unit.depth <= deepest);
    let place = explain::Place { document: document.id, unit: reads.then_some(unit.id), day: asked.day };
    let explained = query.explain.0.then(|| explain::explain(&facts, &tally, &place, asked.language));
    let scope = format!("receipt-report|{}|{}|{}|{}", document.id, unit.id, asked.day, actor.scope_key());
    let page = cut(got, query, &scope)?.map(|one| row(one, asked.day));
    Ok(ReceiptReport {
        as_of: asked.day,
        document_id: document.id,
        unit: tree.get(unit.id).map_or_else(|| unit.reference(), |then| then.reference()),
        total: ReceiptMeasures::from(&tally),
        rows: page.items,
        next_cursor: page.next_cursor,
        explain: explained,
    })
}

/// The units that had got the document by the day, in the order of their codes.
fn got(conn: &mut AnyConn, tree: &Tree, top: Id, document: Id, day: NaiveDate) -> Result<Vec<Got>> {
    let below = tree.below(top).into_iter().map(|unit| unit.id);
    let units: HashSet<Id> = [top].into_iter().chain(below).collect();
    let mut rows = receipts::of_document(conn, document)?;
    rows.retain(|row| units.contains(&row.unit_id));
    let dispatches: Vec<Id> =
        rows.iter().map(|row| row.dispatch_id).collect::<HashSet<_>>().into_iter().collect();
    let mut deadlines = std::collections::HashMap::new();
    for chunk in dispatches.chunks(CHUNK) {
        deadlines.extend(sending::deadlines(conn, chunk)?);
    }
    // What was sent to a unit again stands after what it replaces.
    rows.sort_by_key(|row| (row.created_at, row.id));
    let mut found: BTreeMap<(String, Id), Got> = BTreeMap::new();
    for receipt in rows {
        let set = deadlines.get(&receipt.dispatch_id).map_or(&[][..], |set| set);
        let (Some(unit), Some(fact)) = (tree.get(receipt.unit_id), receipt.on(set, day)) else { continue };
        let due_on = set.iter().rfind(|one| one.set_at.day() <= day).and_then(|one| one.receipt_due_on);
        let unit = unit.reference();
        found.insert((unit.code.clone(), unit.id), Got { unit, receipt, due_on, fact });
    }
    Ok(found.into_values().collect())
}

fn cut(mut rows: Vec<Got>, query: &ReceiptReportQuery, scope: &str) -> Result<Page<Got>> {
    if let Some(cursor) = &query.cursor {
        let [code, id] = cursor.open(scope)?;
        let after = (code, id);
        rows.retain(|one| (one.unit.code.clone(), one.unit.id.to_string()) > after);
    }
    Ok(Page::cut(rows, query.limit.0, |one| {
        Cursor::seal(&[one.unit.code.clone(), one.unit.id.to_string()], scope)
    }))
}

fn row(one: Got, day: NaiveDate) -> ReceiptReportRow {
    let Got { unit, receipt, due_on, fact } = one;
    ReceiptReportRow {
        unit,
        state: fact.state,
        standing: fact.standing,
        timeliness: fact.timeliness,
        days_late: fact.days_late,
        receipt_due_on: due_on,
        sent_at: receipt.created_at,
        seen_at: receipt.seen_at.filter(|at| at.day() <= day),
        received_at: receipt.received_at.filter(|at| at.day() <= day),
        assigned_at: receipt.assigned_at.filter(|at| at.day() <= day),
    }
}
