//! Where a task comes from.

use crate::{
    auth::Actor,
    db::AnyConn,
    documents::lineage::{self, Way},
    error::Result,
    ids::Id,
    resolution_items::model as items,
    tasks::{
        cascade::reach,
        model,
        wire::{Hidden, TaskOrigins},
    },
};
use chrono::NaiveDate;

/// The tasks above a task, the items and documents that it or they serve, the documents of those items,
/// and what all of these go back to.
pub fn origins(conn: &mut AnyConn, actor: &Actor, id: Id, today: NaiveDate) -> Result<TaskOrigins> {
    model::find(conn, actor, id)?;
    let (reached, mut papers, named) = reach::up(conn, id)?;
    let (tasks, hidden_tasks) = reach::shown(conn, actor, &reached.tasks, today)?;
    let named = Vec::from_iter(named);
    papers.extend(items::documents_of(conn, &named)?);
    let shown = items::by_ids(conn, actor, &named)?;
    let followed = lineage::follow(conn, &Vec::from_iter(papers), Way::Up)?;
    let documents = lineage::among(conn, actor, &followed)?;
    Ok(TaskOrigins {
        hidden: Hidden {
            documents: reach::unseen(followed.ids.len(), documents.nodes.len())?,
            items: reach::unseen(named.len(), shown.len())?,
            tasks: hidden_tasks,
        },
        truncated: reached.truncated || documents.truncated,
        tasks,
        items: shown,
        documents,
    })
}
