//! What units owe by the documents that were sent to them: for many documents at once.

use crate::{
    db::AnyConn,
    dispatches::{model as sending, receipts::model as receipts},
    error::Result,
    ids::Id,
    measures::{Deadline, ReceiptStanding, StudyDuty, deadlines},
};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// What one unit owes of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owed {
    /// The document was recalled from it.
    Nothing,
    Exempt,
    /// To study it by these deadlines, in the order in which they were set.
    Study(Vec<Deadline>),
}

impl Owed {
    /// Of a unit that nothing was sent to.
    pub const FREE: StudyDuty<'static> = StudyDuty::Free;

    /// As figures take it.
    pub fn duty(&self) -> StudyDuty<'_> {
        match self {
            Self::Nothing => StudyDuty::Free,
            Self::Exempt => StudyDuty::Exempt,
            Self::Study(deadlines) => StudyDuty::Owes(deadlines),
        }
    }

    /// The deadline in force on a day.
    pub fn due_on(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Study(set) => deadlines::in_force(set, day),
            Self::Nothing | Self::Exempt => None,
        }
    }
}

/// What units owed at the end of a day, by document and unit: by the last receipt sent to each by then.
pub fn owed(conn: &mut AnyConn, documents: &[Id], day: NaiveDate) -> Result<HashMap<(Id, Id), Owed>> {
    let mut rows = Vec::new();
    for chunk in documents.chunks(CHUNK) {
        rows.extend(receipts::of_documents(conn, chunk)?);
    }
    let dispatches: HashSet<Id> = rows.iter().map(|row| row.dispatch_id).collect();
    let mut set = HashMap::new();
    for chunk in Vec::from_iter(dispatches).chunks(CHUNK) {
        set.extend(sending::deadlines(conn, chunk)?);
    }
    // What was sent to a unit again stands after what it replaces.
    rows.sort_by_key(|row| (row.created_at, row.id));
    let mut found = HashMap::new();
    for row in rows {
        let set = set.get(&row.dispatch_id).map_or(&[][..], |set| set);
        let Some(fact) = row.on(set, day) else { continue };
        let owed = match fact.standing {
            ReceiptStanding::Recalled => Owed::Nothing,
            ReceiptStanding::Exempt => Owed::Exempt,
            ReceiptStanding::Live => Owed::Study(
                set.iter()
                    .map(|one| Deadline { set_on: one.set_at.day(), due_on: one.study_due_on })
                    .collect(),
            ),
        };
        found.insert((row.document_id, row.unit_id), owed);
    }
    Ok(found)
}
