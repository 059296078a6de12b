//! The tasks that put documents into practice, counted where they are led.

use crate::{
    db::AnyConn,
    error::Result,
    ids::Id,
    measures::CoverageTally,
    org_units::tree::Tree,
    reports::coverage::cells::Cell,
    tasks::kept::{self, Keeper},
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

/// Where tasks are counted.
pub struct Where<'a> {
    pub root: Id,
    pub tree: &'a Tree,
    pub scope: &'a [Id],
    pub documents: &'a [Id],
    pub day: NaiveDate,
}

/// Counts the tasks of the units asked for: in the row of every unit that leads one or stands above who
/// does, and in the sums. The work grows with the rows, and with the sets of documents that are served
/// together and the units that do so, whatever tasks there are.
pub fn count(conn: &mut AnyConn, keeper: &Keeper, at: &Where, cells: &mut [Cell]) -> Result<Sums> {
    let scope: HashSet<Id> = at.scope.iter().copied().collect();
    let mut rows: HashMap<(Id, Id), &mut Cell> =
        cells.iter_mut().map(|cell| ((cell.document_id, cell.unit.id), cell)).collect();
    let mut sums = Sums::default();
    for share in kept::on(conn, keeper, at.root, at.documents, &scope, at.day)? {
        for (leading, count) in share.units {
            sums.total.add_tasks(count.tasks, count.overdue);
            for paper in &share.papers {
                sums.by_document.entry(*paper).or_default().add_tasks(count.tasks, count.overdue);
            }
            let mut above = Some(leading);
            while let Some(unit) = above.filter(|unit| scope.contains(unit)) {
                let mut here = false;
                for paper in &share.papers {
                    if let Some(cell) = rows.get_mut(&(*paper, unit)) {
                        cell.tasks += count.tasks;
                        cell.overdue += count.overdue;
                        here = true;
                    }
                }
                if here {
                    sums.by_unit.entry(unit).or_default().add_tasks(count.tasks, count.overdue);
                }
                above = at.tree.parent(unit);
            }
        }
    }
    Ok(sums)
}
