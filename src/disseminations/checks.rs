//! Checks of what was understood: attendance is not understanding.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::study_checks as checks},
    disseminations::{
        model::{self, Placed},
        rules, save,
        wire::{DisseminationPageQuery, StudyCheck, StudyCheckCreate, StudyCheckKind},
        workflow::Step,
    },
    documents::rules::{refuse, refuse_classified},
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, Cursor, Page, answer::same_content, version::IfMatch},
    ids::Id,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = checks)]
struct CheckRow {
    id: Id,
    root_id: Id,
    dissemination_id: Id,
    kind: StudyCheckKind,
    checked_on: NaiveDate,
    group_text: Option<String>,
    examined: i32,
    passed: i32,
    average_hundredths: Option<i32>,
    scale: Option<i32>,
    recorded_by: Option<Id>,
    created_at: Instant,
}

impl CheckRow {
    fn wire(self) -> StudyCheck {
        StudyCheck {
            id: self.id,
            dissemination_id: self.dissemination_id,
            kind: self.kind,
            checked_on: self.checked_on,
            group: self.group_text,
            examined: self.examined,
            passed: self.passed,
            average_hundredths: self.average_hundredths,
            scale: self.scale,
            created_at: self.created_at,
        }
    }
}

/// Records a check, also once the study is complete: marks come later.
pub fn create(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    new: &StudyCheckCreate,
) -> Result<Answer> {
    model::find(tx.conn, actor, id)?;
    if let Some(answer) = already_there(tx.conn, actor, id, new)? {
        return Ok(answer);
    }
    let before = save::open(tx, actor, id, expected, Step::Check)?;
    refuse_classified(None, &[("/group", new.group.as_deref())])?;
    refuse(faults(tx, &before, new))?;
    let row = CheckRow {
        id: new.id.unwrap_or_else(Id::new),
        root_id: before.row.root_id,
        dissemination_id: id,
        kind: new.kind,
        checked_on: new.checked_on.0,
        group_text: new.group.as_deref().map(str::to_owned),
        examined: new.examined.small(),
        passed: new.passed.small(),
        average_hundredths: new.average_hundredths.map(|number| number.small()),
        scale: new.scale.map(|number| number.small()),
        recorded_by: actor.user,
        created_at: tx.at,
    };
    diesel::insert_into(checks::table).values(&row).execute(tx.conn)?;
    let check = row.wire();
    save::record(tx, actor, "dissemination.checked", &before, ("study_check", None, Some(&check)))?;
    Answer::added(format!("/api/v1/disseminations/{id}/study-checks"), &check)
}

fn faults(tx: &Tx, placed: &Placed, new: &StudyCheckCreate) -> Vec<Fault> {
    let on = new.checked_on.0;
    let mut faults = Vec::new();
    if on > tx.at.day() {
        faults.push(Fault::at("/checked_on", Code::InFuture));
    } else if let Some(first) = placed.row.started_on.filter(|first| on < *first) {
        faults.push(Fault::at("/checked_on", Code::OutOfOrder).with("last", first));
    }
    faults.extend(rules::part_fault("/passed", new.passed.0, new.examined.0));
    match (new.average_hundredths, new.scale) {
        (Some(average), Some(scale)) => {
            faults.extend(rules::part_fault("/average_hundredths", average.0, scale.0.saturating_mul(100)));
        }
        (None, None) => {}
        (Some(_), None) | (None, Some(_)) => {
            let missing = if new.scale.is_some() { "/average_hundredths" } else { "/scale" };
            let fault = Fault::at(missing, Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::AverageWithScale));
        }
    }
    faults
}

/// A page of the checks of a dissemination, in the order in which they were recorded.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    id: Id,
    query: &DisseminationPageQuery,
) -> Result<Page<StudyCheck>> {
    model::find(conn, actor, id)?;
    let mut rows = checks::table.filter(checks::dissemination_id.eq(id)).into_boxed();
    let scope = format!("study-checks|{id}|{}", actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [after] = cursor.open(&scope)?;
        rows = rows.filter(checks::id.gt(after));
    }
    let rows = rows.order(checks::id).limit(query.limit.0 + 1).select(CheckRow::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &CheckRow| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(page.map(CheckRow::wire))
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    dissemination: Id,
    new: &StudyCheckCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let row: Option<CheckRow> =
        checks::table.find(id).select(CheckRow::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let conflict = || Error::new(Code::IdConflict);
    model::find(conn, actor, row.dissemination_id).map_err(|_| conflict())?;
    let check = row.wire();
    if check.dissemination_id != dissemination || !same_content(new, &check)? {
        return Err(conflict());
    }
    Answer::ok(&check).map(Some)
}
