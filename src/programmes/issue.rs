//! Issuing programmes: a paper with its number, and a task for every item.

use crate::{
    auth::Actor,
    db::lock_row,
    documents::{
        create as papers, issue as issuing, model as documents,
        wire::{DocumentCreate, DocumentIssue, DocumentParent, DocumentRelation, DocumentStatus},
    },
    error::{Code, Error, Fault, Place, Result},
    events::{Changes, Tx},
    http::{
        Answer,
        fields::{Day, Few, Line, Prose},
        version::IfMatch,
    },
    ids::Id,
    programmes::{
        adoption::model as adoptions,
        affected, command,
        items::model as items,
        make,
        model::{self, Placed, Row},
        paper, parents, save,
        versions::model as versions,
        wire::{ProgrammeIssue, ProgrammeIssued},
        workflow::{ProgrammeCommand, ProgrammeStatus},
    },
};
use chrono::NaiveDate;

/// Most characters of a document.
const LONGEST: usize = 1_000_000;

/// Issues an adopted programme. What is issued already is answered as it was issued, and nothing is made
/// a second time.
pub fn issue(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    said: &ProgrammeIssue,
) -> Result<Answer> {
    let step = ProgrammeCommand::Issue;
    // First the tree, then the programme, as those who close a unit do: none of the leads closes meanwhile.
    let root = model::find(tx.conn, actor, id)?.row.root_id;
    lock_row(tx.conn, "org_units", &root.to_string())?;
    let before = save::open(tx, actor, id, step.action(), expected)?;
    if is_issued(before.row.status) {
        return answer(tx, actor, &before);
    }
    let status = command::next(&before, step)?;
    let on = day(tx, id, said)?;
    make::check(tx, &before)?;
    let old = model::wire_one(tx.conn, actor, &before)?;
    let last = versions::last_issue(tx.conn, id)?;
    let document = paper(tx, actor, &before, said, on)?;
    let first_issued_on = before.row.first_issued_on.or(Some(on));
    let row = Row { status, document_id: Some(document), first_issued_on, ..before.row.clone() };
    let tasks = make::tasks(tx, actor, &before, document)?;
    let touched = match last {
        Some(last) => {
            affected::between(&last.items()?, &versions::now(tx.conn, id)?, &make::made_ever(tx.conn, id)?)
        }
        None => Vec::new(),
    };
    let kept = versions::keep_with(tx, &row, step, &touched)?;
    let after = save::put(tx, &before, row)?;
    let new = model::wire_one(tx.conn, actor, &after)?;
    let changes = Changes::between(&old, &new)?.and("kept_version", serde_json::Value::Null, kept.n).and(
        "tasks",
        serde_json::Value::Null,
        tasks.len(),
    );
    save::append(tx, step.event(), &after, changes, None)?;
    answer(tx, actor, &after)
}

/// True once the present revision is out.
const fn is_issued(status: ProgrammeStatus) -> bool {
    use ProgrammeStatus::{Closed, Executing, Issued, Reviewed};
    matches!(status, Issued | Executing | Reviewed | Closed)
}

/// The day of issue: not before the adoption, never in the future.
fn day(tx: &mut Tx, id: Id, said: &ProgrammeIssue) -> Result<NaiveDate> {
    let today = tx.at.day();
    let on = said.issued_on.map_or(today, |day| day.0);
    if on > today {
        return Err(Error::field("/issued_on", Code::InFuture));
    }
    let adopted = adoptions::last(tx.conn, &[id])?.remove(&id).map(|vote| vote.adopted_on);
    match adopted {
        Some(adopted) if on < adopted => {
            Err(Fault::at("/issued_on", Code::OutOfRange).with("min", adopted).with("max", today).into())
        }
        _ => Ok(on),
    }
}

/// The paper it is issued as: in the register, with its number, the documents it goes back to, and the one
/// of the issue before, which it amends.
fn paper(tx: &mut Tx, actor: &Actor, before: &Placed, said: &ProgrammeIssue, on: NaiveDate) -> Result<Id> {
    let (row, id) = (&before.row, Id::new());
    let mut list = parents::seen(tx.conn, actor, &[row.id])?.remove(&row.id).unwrap_or_default();
    let amends = |document_id| DocumentParent { document_id, relation: DocumentRelation::Amends };
    list.extend(row.document_id.map(amends));
    let all = items::of(tx.conn, row.id)?;
    let all = all.into_iter().map(|item| {
        let roadmap = serde_json::from_str(&item.roadmap).map_err(Error::internal)?;
        Ok((item, roadmap))
    });
    let text = paper::text(&row.title, &all.collect::<Result<Vec<_>>>()?);
    let new = DocumentCreate {
        id: Some(id),
        doc_type: Line(row.doc_type.as_str().to_owned()),
        number_text: None,
        issuer_unit_id: row.unit_id,
        issued_on: None,
        title: Line(row.title.clone()),
        abstract_text: None,
        content: Some(Prose(text.chars().take(LONGEST).collect())),
        confidentiality: None,
        term_id: row.term_id,
        status: Some(DocumentStatus::Draft),
        issuing_body: None,
        effective_on: None,
        place: None,
        signer: None,
        signing_capacity: None,
        recipients: None,
        urgency: None,
        attachments: None,
        parents: Some(Few(list)),
    };
    papers::create(tx, actor, &new)?;
    let number_text = said.number_text.clone();
    let take_next_number = number_text.is_none();
    let issue = DocumentIssue { issued_on: Some(Day(on)), number_text, take_next_number };
    issuing::issue(tx, actor, id, None, &issue).map_err(placed)?;
    Ok(id)
}

/// The register asks for `take_next_number`; here a number left out asks for it.
fn placed(mut error: Error) -> Error {
    for fault in &mut error.faults {
        if fault.place == Place::Pointer("/take_next_number".into()) {
            fault.place = Place::Pointer("/number_text".into());
        }
    }
    error
}

/// What it was issued as, and what became of it: the same whenever it is asked.
fn answer(tx: &mut Tx, actor: &Actor, placed: &Placed) -> Result<Answer> {
    let programme = model::wire_one(tx.conn, actor, placed)?;
    let document = placed.row.document_id.ok_or_else(|| Error::internal("issued as no document"))?;
    let document = documents::find(tx.conn, actor, document)?;
    let issued = ProgrammeIssued {
        document: documents::wire_one(tx.conn, actor, document)?,
        tasks: make::made(tx.conn, placed.row.id)?,
        affected_tasks: versions::affected(tx.conn, placed.row.id)?,
        programme,
    };
    Answer::ok(&issued)
}
