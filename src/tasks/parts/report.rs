//! Reports on parts: the same records as the reports on tasks.

use crate::{
    auth::Actor,
    db::AnyConn,
    error::{Code, Error, Result},
    events::{Changes, Tx},
    http::{Answer, Cursor, Page, version::IfMatch},
    ids::Id,
    policy::{Action, Site},
    tasks::{
        create::address,
        model as tasks,
        parts::{
            model::{self, Open, PartRow},
            workflow::{moves_in, takes_reports},
        },
        progress::{self, About},
        wire::{PartStatus, ProgressReport, ProgressReportCreate},
    },
};
use serde_json::Value;

/// Reports progress on a part; the first report starts it. The task's own progress stays as it is.
pub fn report(
    tx: &mut Tx,
    actor: &Actor,
    (task, id): (Id, Id),
    expected: Option<&IfMatch>,
    new: &ProgressReportCreate,
) -> Result<Answer> {
    let about = About { task, part: Some(id) };
    if let Some(known) = progress::already_there(tx.conn, actor, about, new)? {
        let version = model::find(tx.conn, task, id)?.version;
        return Answer::ok(&known.wire(Some(version))?);
    }
    let Open { placed, part: before, unit } = model::open(tx, actor, (task, id))?;
    actor.may_at(Action::PartReport, Site::of(&unit))?;
    expected.map_or(Ok(()), |expected| expected.check(before.version))?;
    if !moves_in(placed.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.status));
    }
    if !takes_reports(before.status) {
        return Err(Error::new(Code::InvalidState).with("status", before.status));
    }
    let report = progress::keep(tx, actor, placed.row.root_id, about, new)?;
    let row = PartRow { status: PartStatus::InProgress, progress: report.progress, ..before.clone() };
    let more = Changes::none().and("report_id", Value::Null, report.id.to_string());
    let part = model::update(tx, "task.part_reported", &placed, before, row, more, None)?;
    progress::answer(report, format!("{}/parts/{id}", address(task)), part.version)
}

/// A page of the reports on a part, latest first.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    (task, id): (Id, Id),
    limit: i64,
    cursor: Option<&Cursor>,
) -> Result<Page<ProgressReport>> {
    tasks::find(conn, actor, task)?;
    model::find(conn, task, id)?;
    progress::page(conn, About { task, part: Some(id) }, limit, cursor)
}
