//! Progress reports: records of their own, of which the last states the progress of a task, or of a part
//! of it.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::progress_reports, together},
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{
        Answer, Cursor, Page,
        answer::same_content,
        version::{IfMatch, etag},
    },
    ids::Id,
    measures::Status,
    policy::Action,
    tasks::{
        create::address,
        model::{self, Placed, Row},
        save::{self, Account},
        wire::{Evidence, ProgressReport, ProgressReportCreate},
        workflow::takes_reports,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// What a report is about: a task, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    pub task: Id,
    pub part: Option<Id>,
}

/// A row of the table.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = progress_reports)]
pub struct ReportRow {
    pub id: Id,
    root_id: Id,
    task_id: Id,
    part_id: Option<Id>,
    pub progress: i32,
    note: Option<String>,
    reported_on: NaiveDate,
    reported_by: Option<String>,
    entered_by: Option<Id>,
    evidence: String,
    took_effect_at: Instant,
    imported: bool,
    created_at: Instant,
    entered_for: Option<Id>,
}

impl ReportRow {
    /// The wire form, with the version of what it is about where that is known.
    pub fn wire(self, version: Option<i32>) -> Result<ProgressReport> {
        Ok(ProgressReport {
            id: self.id,
            task_id: self.task_id,
            part_id: self.part_id,
            progress: self.progress,
            note: self.note,
            reported_on: self.reported_on,
            reported_by: self.reported_by,
            entered_by: self.entered_by,
            entered_for: self.entered_for,
            evidence: serde_json::from_str(&self.evidence).map_err(Error::internal)?,
            imported: self.imported,
            created_at: self.created_at,
            version,
        })
    }
}

/// Reports progress; the first report starts an accepted task.
pub fn report(
    tx: &mut Tx,
    actor: &Actor,
    (task, found): (Id, Option<Placed>),
    expected: Option<IfMatch>,
    new: &ProgressReportCreate,
) -> Result<Answer> {
    let about = About { task, part: None };
    if let Some(known) = already_there(tx.conn, actor, about, new)? {
        let version = model::find(tx.conn, actor, task)?.row.version;
        return Answer::ok(&known.wire(Some(version))?);
    }
    let before = save::opened(tx, actor, found, expected)?;
    actor.may_at(Action::TaskReport, before.site())?;
    if !takes_reports(before.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", before.row.status));
    }
    let row = draft(tx, actor, before.row.root_id, about, new)?;
    let after = Row {
        status: Status::InProgress,
        progress: row.progress,
        last_reported_on: before.row.last_reported_on.max(Some(row.reported_on)),
        ..before.row.clone()
    };
    let changes = Changes::none().and("progress", before.row.progress, row.progress).and(
        "report_id",
        serde_json::Value::Null,
        row.id.to_string(),
    );
    let account = Account { changes, report: Some(&row), ..Account::new("task.progress_reported") };
    let task = save::update(tx, actor, &before, after, account)?.row;
    answer(row, address(task.id), task.version)
}

/// The answer to a report on a record with this address, which now has this version.
pub fn answer(report: ReportRow, address: String, version: i32) -> Result<Answer> {
    let added = Answer::added(address + "/progress-reports", &report.wire(Some(version))?)?;
    Ok(Answer { etag: Some(etag(version)), ..added })
}

/// Records a report with its own rules checked.
pub fn keep(
    tx: &mut Tx,
    actor: &Actor,
    root: Id,
    about: About,
    new: &ProgressReportCreate,
) -> Result<ReportRow> {
    let row = draft(tx, actor, root, about, new)?;
    together(tx.conn, &[], &diesel::insert_into(progress_reports::table).values(&row))?;
    Ok(row)
}

fn draft(tx: &Tx, actor: &Actor, root_id: Id, about: About, new: &ProgressReportCreate) -> Result<ReportRow> {
    refuse_classified(None, &[("/note", new.note.as_deref())])?;
    let reported_on = new.reported_on.map_or(tx.at.day(), |day| day.0);
    let mut faults = Vec::new();
    if reported_on > tx.at.day() {
        faults.push(Fault::at("/reported_on", Code::InFuture));
    }
    let proofs = new.evidence.iter().flat_map(|few| &few.0);
    for (i, proof) in proofs.clone().enumerate() {
        if !proof.url.starts_with("https://") && !proof.url.starts_with("http://") {
            faults.push(
                Fault::at(format!("/evidence/{i}/url"), Code::NotPermittedHere).with("why", Phrase::Https),
            );
        }
    }
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    let evidence: Vec<Evidence> =
        proofs.map(|proof| Evidence { title: proof.title.0.clone(), url: proof.url.0.clone() }).collect();
    Ok(ReportRow {
        id: new.id.unwrap_or_else(Id::new),
        root_id,
        task_id: about.task,
        part_id: about.part,
        progress: new.progress.small(),
        note: new.note.as_deref().filter(|note| !note.is_empty()).map(str::to_owned),
        reported_on,
        reported_by: new.reported_by.as_deref().map(str::to_owned),
        entered_by: actor.user,
        evidence: serde_json::to_string(&evidence).map_err(Error::internal)?,
        took_effect_at: tx.at,
        imported: tx.is_import(),
        created_at: tx.at,
        entered_for: actor.on_behalf_of,
    })
}

/// The report whose id is taken, when it is this one sent again; else a conflict that says nothing.
pub fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    about: About,
    new: &ProgressReportCreate,
) -> Result<Option<ReportRow>> {
    let Some(id) = new.id else { return Ok(None) };
    let row: Option<ReportRow> =
        progress_reports::table.find(id).select(ReportRow::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let conflict = || Error::new(Code::IdConflict);
    model::find(conn, actor, row.task_id).map_err(|_| conflict())?;
    let told = About { task: row.task_id, part: row.part_id };
    if told != about || !same_content(new, &row.clone().wire(None)?)? {
        return Err(conflict());
    }
    Ok(Some(row))
}

/// A page of the reports on a task itself, latest first.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    task: Id,
    limit: i64,
    cursor: Option<&Cursor>,
) -> Result<Page<ProgressReport>> {
    model::find(conn, actor, task)?;
    page(conn, About { task, part: None }, limit, cursor)
}

/// A page of the reports on what the actor has been found to see, latest first.
pub fn page(
    conn: &mut AnyConn,
    about: About,
    limit: i64,
    cursor: Option<&Cursor>,
) -> Result<Page<ProgressReport>> {
    let mut rows = progress_reports::table.filter(progress_reports::task_id.eq(about.task)).into_boxed();
    rows = match about.part {
        Some(part) => rows.filter(progress_reports::part_id.eq(part)),
        None => rows.filter(progress_reports::part_id.is_null()),
    };
    let scope = format!("progress_reports|{about:?}");
    if let Some(cursor) = cursor {
        let [at, id] = cursor.open(&scope)?;
        let bad = || Error::from(Fault::parameter("cursor", Code::CursorMismatch));
        let at = Instant::from_millis(at.parse().map_err(|_| bad())?);
        let id: Id = id.parse().map_err(|()| bad())?;
        rows = rows.filter(
            progress_reports::took_effect_at
                .lt(at.millis())
                .or(progress_reports::took_effect_at.eq(at.millis()).and(progress_reports::id.lt(id))),
        );
    }
    let rows: Vec<ReportRow> = rows
        .order((progress_reports::took_effect_at.desc(), progress_reports::id.desc()))
        .limit(limit + 1)
        .select(ReportRow::as_select())
        .load(conn)?;
    let page = Page::cut(rows, limit, |row| {
        Cursor::seal(&[row.took_effect_at.millis().to_string(), row.id.to_string()], &scope)
    });
    let items = page.items.into_iter().map(|row| row.wire(None)).collect::<Result<_>>()?;
    Ok(Page { items, next_cursor: page.next_cursor })
}
