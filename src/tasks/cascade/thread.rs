//! What came of an item.

use crate::{
    auth::Actor,
    db::AnyConn,
    documents::lineage::{self, Way},
    error::Result,
    ids::Id,
    resolution_items::model as items,
    tasks::{
        cascade::reach,
        wire::{Hidden, ResolutionItemThread},
    },
};
use chrono::NaiveDate;

/// The documents that put an item's document into practice and the tasks that serve it or an item
/// below it.
pub fn thread(conn: &mut AnyConn, actor: &Actor, id: Id, today: NaiveDate) -> Result<ResolutionItemThread> {
    let item = items::show(conn, actor, id, None)?;
    let below = items::outline(conn, item.document_id)?.below(id);
    let reached = reach::down(conn, &below)?;
    let (tasks, hidden_tasks) = reach::shown(conn, actor, &reached.tasks, today)?;
    let followed = lineage::follow(conn, &[item.document_id], Way::Down)?;
    let documents = lineage::among(conn, actor, &followed)?;
    Ok(ResolutionItemThread {
        hidden: Hidden {
            documents: reach::unseen(followed.ids.len(), documents.nodes.len())?,
            items: 0,
            tasks: hidden_tasks,
        },
        truncated: reached.truncated || documents.truncated,
        item,
        documents,
        tasks,
    })
}
