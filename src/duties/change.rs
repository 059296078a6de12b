//! Editing and deleting recurring duties.

use crate::{
    auth::Actor,
    documents::{self, rules::refuse_classified},
    duties::{
        create::day_faults,
        model::{self, Row},
        save,
        wire::RecurringDutyPatch,
        workflow::DutyStatus,
    },
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
};

/// Changes a duty for the tasks made from then on; what changes nothing leaves nothing. Other days
/// count from today: nothing is made up for by them.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &RecurringDutyPatch,
) -> Result<Answer> {
    let before = save::open(tx, actor, id, Some(expected))?;
    if before.row.status == DutyStatus::Closed {
        return Err(Error::new(Code::InvalidState).with("status", before.row.status));
    }
    let mut row = patched(before.row.clone(), patch.clone());
    check(tx, actor, &row, patch)?;
    if row == before.row {
        return Answer::changed(row.version, &before.wire());
    }
    if row.schedule() != before.row.schedule() {
        row.active_since = tx.at.day();
    }
    let duty = save::update(tx, "duty.changed", &before, row, None)?;
    Answer::changed(duty.version, &duty)
}

fn patched(row: Row, patch: RecurringDutyPatch) -> Row {
    Row {
        title: patch.title.0.map_or(row.title, |title| title.0),
        description: patch.description.map(|text| text.0).over(row.description),
        class: patch.class.0.unwrap_or(row.class),
        field: patch.field.map(|text| text.0).over(row.field),
        weight_milli: patch.weight.0.map_or(row.weight_milli, |weight| weight.0),
        document_id: patch.document_id.over(row.document_id),
        lead_individual: patch.lead_individual.map(|text| text.0).over(row.lead_individual),
        expected_product: patch.expected_product.map(|text| text.0).over(row.expected_product),
        every: patch.every.0.unwrap_or(row.every),
        due_from: patch.due_from.0.unwrap_or(row.due_from),
        due_day: patch.due_day.0.map_or(row.due_day, |day| day.small()),
        lead_days: patch.lead_days.map(|days| days.small()).over(row.lead_days),
        starts_on: patch.starts_on.0.map_or(row.starts_on, |day| day.0),
        ends_on: patch.ends_on.map(|day| day.0).over(row.ends_on),
        ..row
    }
}

fn check(tx: &mut Tx, actor: &Actor, row: &Row, patch: &RecurringDutyPatch) -> Result<()> {
    refuse_classified(
        None,
        &[
            ("/title", patch.title.0.as_deref()),
            ("/description", patch.description.value().map(|text| &*text.0)),
            ("/expected_product", patch.expected_product.value().map(|text| &*text.0)),
        ],
    )?;
    let mut faults = day_faults(row);
    if let Some(document) = patch.document_id.value()
        && documents::model::seen(tx.conn, actor, vec![*document])?.is_empty()
    {
        faults.push(Fault::at("/document_id", Code::UnknownReference));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// Deletes a duty of which nothing was made; else it is closed instead.
pub fn delete(tx: &mut Tx, actor: &Actor, id: Id, expected: &IfMatch) -> Result<Answer> {
    let before = save::open(tx, actor, id, Some(expected))?;
    let made = model::made(tx.conn, id)?.len();
    if made > 0 {
        return Err(Error::new(Code::InUse).with("what", Said::from(Phrase::Tasks).and(made)));
    }
    let row = Row { deleted_at: Some(tx.at), ..before.row.clone() };
    save::update(tx, "duty.deleted", &before, row, None)?;
    Ok(Answer::nothing())
}
