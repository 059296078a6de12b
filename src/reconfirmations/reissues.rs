//! A programme that was amended and issued again: its new paper amends the one before. It touches the
//! tasks of the items that changed, from whichever issue, and leaves those of the others alone.

use crate::{
    db::{
        AnyConn,
        schema::{programme_items as items, programme_versions as versions},
    },
    error::{Error, Result},
    ids::Id,
    programmes::{wire::AffectedTask, workflow::ProgrammeCommand},
    tasks::{of_source, serving, wire::SourceKind},
};
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// What one issue of a programme did to the tasks of the issues before.
#[derive(Debug, Default)]
pub struct Reissue {
    /// The tasks of items that changed, and what serves these.
    pub touched: HashSet<Id>,
    /// The tasks of the other items, and what serves these alone.
    pub left: HashSet<Id>,
}

/// The papers among these under which a programme was issued, each with what the issue touched.
pub fn of(conn: &mut AnyConn, papers: &[Id]) -> Result<BTreeMap<Id, Reissue>> {
    let issues = issues(conn, papers)?;
    let programmes: Vec<Id> = issues.iter().map(|(_, programme, _)| *programme).collect();
    let made = made(conn, &programmes)?;
    let all: HashSet<Id> = made.values().flatten().copied().collect();
    let steps = serving::steps(conn, Vec::from_iter(all))?;
    let reissue = |(paper, programme, affected): (Id, Id, HashSet<Id>)| {
        let others = made.get(&programme).into_iter().flatten().copied();
        let others = others.filter(|task| !affected.contains(task)).collect();
        let touched = serving::reach(affected, &steps);
        let left = serving::reach(others, &steps).difference(&touched).copied().collect();
        (paper, Reissue { touched, left })
    };
    Ok(issues.into_iter().map(reissue).collect())
}

/// Each paper with its programme and the tasks whose items were changed by its issue.
fn issues(conn: &mut AnyConn, papers: &[Id]) -> Result<Vec<(Id, Id, HashSet<Id>)>> {
    let mut found = Vec::new();
    for chunk in papers.chunks(CHUNK) {
        let rows: Vec<(Option<Id>, Id, String)> = versions::table
            .filter(versions::document_id.eq_any(chunk).and(versions::step.eq(ProgrammeCommand::Issue)))
            .select((versions::document_id, versions::programme_id, versions::affected))
            .load(conn)?;
        for (paper, programme, affected) in rows {
            let affected: Vec<AffectedTask> = serde_json::from_str(&affected).map_err(Error::internal)?;
            let tasks = affected.into_iter().map(|one| one.task_id).collect();
            found.extend(paper.map(|paper| (paper, programme, tasks)));
        }
    }
    Ok(found)
}

/// The tasks of all items there ever were, by programme.
fn made(conn: &mut AnyConn, programmes: &[Id]) -> Result<HashMap<Id, Vec<Id>>> {
    let mut found: HashMap<Id, Vec<Id>> = HashMap::new();
    for chunk in programmes.chunks(CHUNK) {
        let rows: Vec<(Id, Id)> = items::table
            .filter(items::programme_id.eq_any(chunk))
            .select((items::id, items::programme_id))
            .load(conn)?;
        for rows in rows.chunks(CHUNK) {
            let ids: Vec<Id> = rows.iter().map(|(item, _)| *item).collect();
            let tasks = of_source::made(conn, SourceKind::ProgrammeItem, &ids)?;
            for (item, programme) in rows {
                found.entry(*programme).or_default().extend(tasks.get(item));
            }
        }
    }
    Ok(found)
}
