//! The tasks that put documents into practice, counted where they are led.

use crate::{
    db::AnyConn, error::Result, ids::Id, measures::CoverageTally, org_units::tree::Tree,
    reports::coverage::cells::Cell, tasks::serving,
};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// Sums over tasks, each task once in each of them.
#[derive(Debug, Default)]
pub struct Sums {
    pub total: CoverageTally,
    pub by_document: HashMap<Id, CoverageTally>,
    pub by_unit: HashMap<Id, CoverageTally>,
}

/// Counts the tasks of the units asked for: in the row of every unit that leads one or stands above who
/// does, and in the sums. The work grows with these tasks and the rows, whatever other tasks there are.
pub fn count(
    conn: &mut AnyConn,
    tree: &Tree,
    scope: &[Id],
    documents: &[Id],
    cells: &mut [Cell],
    day: NaiveDate,
) -> Result<Sums> {
    let served = serving::on(conn, documents, scope, day)?;
    let mut serves: HashMap<Id, Vec<Id>> = HashMap::new();
    for (document, tasks) in &served.by_document {
        for task in tasks {
            serves.entry(*task).or_default().push(*document);
        }
    }
    let scope: HashSet<Id> = scope.iter().copied().collect();
    let mut rows: HashMap<(Id, Id), &mut Cell> =
        cells.iter_mut().map(|cell| ((cell.document_id, cell.unit.id), cell)).collect();
    let mut sums = Sums::default();
    for task in served.facts.iter().filter(|task| !task.fact.cancelled()) {
        let Some(papers) = serves.get(&task.task_id) else { continue };
        let overdue = task.fact.overdue(day);
        sums.total.add_task(overdue);
        for paper in papers {
            sums.by_document.entry(*paper).or_default().add_task(overdue);
        }
        let mut at = Some(task.fact.unit);
        while let Some(unit) = at.filter(|unit| scope.contains(unit)) {
            let mut here = false;
            for paper in papers {
                if let Some(cell) = rows.get_mut(&(*paper, unit)) {
                    cell.tasks += 1;
                    cell.overdue += i64::from(overdue);
                    here = true;
                }
            }
            if here {
                sums.by_unit.entry(unit).or_default().add_task(overdue);
            }
            at = tree.parent(unit);
        }
    }
    Ok(sums)
}
