//! One row for each pair of a document and a unit that has to do with it.

use crate::{
    clock::Instant,
    db::AnyConn,
    dispatches::{
        model::{self as sending, DeadlineRow},
        receipts::model::{self as receipts, Sent},
    },
    disseminations::facts::{Studies, studies},
    documents::model::Row as Document,
    error::Result,
    ids::Id,
    measures::{
        CoverageFact, Deadline, ProgrammeDays, ProgrammeFact, Ratio, StudyDuty, StudyFact, StudyState,
        deadlines::in_force,
    },
    org_units::{tree::Tree, wire::UnitRef},
    programmes::model as programmes,
    reports::coverage::wire::{CoverageProgramme, CoverageRow, CoverageStudy},
};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// What one unit made of one document by the day.
pub struct Cell {
    pub document_id: Id,
    pub unit: UnitRef,
    pub sent_at: Option<Instant>,
    pub received_at: Option<Instant>,
    pub study: Option<StudyFact>,
    pub study_due_on: Option<NaiveDate>,
    pub programme: ProgrammeFact,
    pub programme_due_on: Option<NaiveDate>,
    /// The first one issued.
    pub issued: Option<(NaiveDate, Id)>,
    /// Why nothing is asked of the unit.
    pub reason: Option<String>,
    pub tasks: i64,
    pub overdue: i64,
}

impl Cell {
    /// What counts of it.
    pub fn fact(&self) -> CoverageFact {
        let state = self.study.as_ref().map(|study| study.state);
        CoverageFact {
            received: self.received_at.is_some(),
            studied: matches!(state, Some(StudyState::Completed | StudyState::Verified)),
            programme: self.programme,
        }
    }
}

impl From<Cell> for CoverageRow {
    fn from(cell: Cell) -> Self {
        let (attended, planned) = cell.study.as_ref().map_or((0, 0), StudyFact::attended);
        let study = cell.study.as_ref();
        Self {
            document_id: cell.document_id,
            unit: cell.unit,
            sent_at: cell.sent_at,
            received_at: cell.received_at,
            dissemination: Ratio::of_counts(attended, planned),
            study: CoverageStudy {
                state: study.map_or(StudyState::NotStarted, |study| study.state),
                completed_on: study.and_then(|study| study.completed_on),
                due_on: cell.study_due_on,
                days_late: study.and_then(|study| study.days_late),
            },
            programme: CoverageProgramme {
                state: cell.programme.state,
                issued_on: cell.issued.map(|(on, _)| on),
                lag_days: cell.programme.lag_days,
                days_late: cell.programme.days_late,
                due_on: cell.programme_due_on,
                reason: cell.reason,
                programme_id: cell.issued.map(|(_, id)| id),
            },
            tasks: cell.tasks,
            overdue: cell.overdue,
        }
    }
}

/// The pairs of these documents and units by the day, in the order of the documents, then what is missing
/// first, then by the units' codes. The tasks are still to be counted.
pub fn on(
    conn: &mut AnyConn,
    tree: &Tree,
    scope: &[Id],
    documents: &[Document],
    day: NaiveDate,
) -> Result<Vec<Cell>> {
    let ids: Vec<Id> = documents.iter().map(|document| document.id).collect();
    let known = Known::load(conn, scope, &ids, day)?;
    let mut pairs: HashMap<Id, BTreeSet<Id>> = HashMap::new();
    let all = known.receipts.keys().chain(known.studies.keys()).chain(known.issued.keys());
    for (document, unit) in all {
        pairs.entry(*document).or_default().insert(*unit);
    }
    let mut cells = Vec::new();
    for document in documents {
        let units = pairs.remove(&document.id).unwrap_or_default();
        let start = cells.len();
        cells.extend(
            units.into_iter().filter_map(|unit| known.cell(document, tree.get(unit)?.reference(), day)),
        );
        if let Some(new) = cells.get_mut(start..) {
            new.sort_by(|a: &Cell, b: &Cell| {
                (a.programme.state, &a.unit.code, a.unit.id).cmp(&(
                    b.programme.state,
                    &b.unit.code,
                    b.unit.id,
                ))
            });
        }
    }
    Ok(cells)
}

type Pair = (Id, Id);

/// What is stored of the pairs.
struct Known {
    /// The last one sent by the day.
    receipts: HashMap<Pair, Sent>,
    deadlines: HashMap<Id, Vec<DeadlineRow>>,
    studies: Studies,
    issued: HashMap<Pair, (NaiveDate, Id)>,
}

impl Known {
    fn load(conn: &mut AnyConn, scope: &[Id], documents: &[Id], day: NaiveDate) -> Result<Self> {
        let inside: HashSet<Id> = scope.iter().copied().collect();
        let mut sent = receipts::of_units(conn, documents, scope)?;
        sent.retain(|row| row.created_at.day() <= day);
        // What was sent to a unit again takes the place of what was before.
        sent.sort_by_key(|row| (row.created_at, row.id));
        let dispatches: BTreeSet<Id> = sent.iter().map(|row| row.dispatch_id).collect();
        let mut deadlines = HashMap::new();
        for chunk in Vec::from_iter(dispatches).chunks(CHUNK) {
            deadlines.extend(sending::deadlines(conn, chunk)?);
        }
        let mut issued: HashMap<Pair, (NaiveDate, Id)> = HashMap::new();
        for one in programmes::issued_for(conn, documents, day)? {
            if inside.contains(&one.unit_id) {
                let first =
                    issued.entry((one.document_id, one.unit_id)).or_insert((one.issued_on, one.programme_id));
                *first = (*first).min((one.issued_on, one.programme_id));
            }
        }
        Ok(Self {
            receipts: sent.into_iter().map(|row| ((row.document_id, row.unit_id), row)).collect(),
            deadlines,
            studies: studies(conn, documents, scope)?,
            issued,
        })
    }

    /// `None` when the unit had nothing to do with the document yet.
    fn cell(&self, document: &Document, unit: UnitRef, day: NaiveDate) -> Option<Cell> {
        let pair = (document.id, unit.id);
        let receipt = self.receipts.get(&pair);
        let by = |at: Option<Instant>| at.filter(|at| at.day() <= day);
        let recalled = receipt.and_then(|row| by(row.recalled_at));
        let exempt = receipt.and_then(|row| by(row.exempt_at));
        let released = [recalled, exempt].into_iter().flatten().min();
        // Who is released has no deadline any more.
        let owing = receipt.filter(|_| released.is_none());
        let set = owing.and_then(|row| self.deadlines.get(&row.dispatch_id)).map_or(&[][..], |set| set);
        let due = |of: fn(&DeadlineRow) -> Option<NaiveDate>| -> Vec<Deadline> {
            set.iter().map(|one| Deadline { set_on: one.set_at.day(), due_on: of(one) }).collect()
        };
        let (study_due, programme_due) = (due(|one| one.study_due_on), due(|one| one.programme_due_on));
        let duty = match (receipt, released) {
            (None, _) => StudyDuty::Free,
            (Some(_), Some(_)) => StudyDuty::Exempt,
            (Some(_), None) => StudyDuty::Owes(&study_due),
        };
        let study = StudyFact::on(self.studies.get(&pair), duty, day);
        let issued = self.issued.get(&pair).copied();
        if receipt.is_none() && study.is_none() && issued.is_none() {
            return None;
        }
        let sent_at = receipt.map(|row| row.created_at);
        let since = document.issued_on.or(sent_at.map(Instant::day)).or(issued.map(|(on, _)| on));
        let days = ProgrammeDays {
            since: since.unwrap_or(day),
            issued: issued.map(|(on, _)| on),
            released: released.map(Instant::day),
        };
        let reason = receipt.filter(|_| released.is_some());
        Some(Cell {
            document_id: document.id,
            unit,
            sent_at,
            received_at: receipt.and_then(|row| by(row.received_at)),
            study,
            study_due_on: in_force(&study_due, day),
            programme: days.on(&programme_due, day),
            programme_due_on: in_force(&programme_due, day),
            issued,
            reason: reason.and_then(|row| {
                recalled.and(row.recall_reason.clone()).or_else(|| exempt.and(row.exempt_reason.clone()))
            }),
            tasks: 0,
            overdue: 0,
        })
    }
}
