//! Correcting congresses.

use crate::{
    auth::Actor,
    congresses::{
        model::{self, Row, append},
        term,
        wire::{CongressPatch, Ordinal},
    },
    error::Result,
    events::{Changes, Tx},
    http::{
        Answer,
        fields::{Day, Whole},
        version::IfMatch,
    },
    ids::Id,
};

/// Changes a congress; what changes nothing leaves nothing.
pub fn change(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch, patch: CongressPatch) -> Result<Answer> {
    let (row, place) = model::open(tx, actor, id)?;
    expected.check(row.version)?;
    let before = model::wire_one(tx.conn, row.clone())?;
    let read = row.clone();
    let mut row = Row {
        term_id: patch.term_id.over(row.term_id),
        ordinal: patch.ordinal.map(|Ordinal(number)| number).over(row.ordinal),
        kind: patch.kind.0.unwrap_or(row.kind),
        opened_on: patch.opened_on.map(|Day(day)| day).over(row.opened_on),
        closed_on: patch.closed_on.map(|Day(day)| day).over(row.closed_on),
        delegates_called: patch.delegates_called.map(Whole::small).over(row.delegates_called),
        delegates_present: patch.delegates_present.map(Whole::small).over(row.delegates_present),
        ..row
    };
    row.check()?;
    row.check_number(tx.conn)?;
    if row == read {
        return Answer::changed(before.version, &before);
    }
    model::update(tx, &mut row)?;
    let congress = model::wire_one(tx.conn, row.clone())?;
    append(tx, "congress.changed", &row, &place, Changes::between(&before, &congress)?)?;
    term::begin(tx, actor, Some(&read), &row)?;
    Answer::changed(congress.version, &congress)
}

/// Marks a congress as deleted; the term it began stays as it is.
pub fn remove(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch) -> Result<Answer> {
    let (mut row, place) = model::open(tx, actor, id)?;
    expected.check(row.version)?;
    row.deleted_at = Some(tx.at);
    model::update(tx, &mut row)?;
    append(tx, "congress.deleted", &row, &place, Changes::none())?;
    Ok(Answer::nothing())
}
