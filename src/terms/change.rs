//! Correcting terms.

use crate::{
    auth::Actor,
    error::Result,
    events::{Changes, Tx},
    http::{
        Answer,
        fields::{Day, Whole},
        version::IfMatch,
    },
    ids::Id,
    terms::{
        model::{self, Row, append},
        wire::TermPatch,
    },
};

/// Changes a term; what changes nothing leaves nothing.
pub fn change(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch, patch: TermPatch) -> Result<Answer> {
    let (row, place) = model::open(tx, actor, id)?;
    expected.check(row.version)?;
    let before = model::wire_one(tx.conn, row.clone())?;
    let read = row.clone();
    let mut row = Row {
        ordinal: patch.ordinal.map(|ordinal| ordinal.0).over(row.ordinal),
        name: patch.name.0.map_or(row.name, |name| name.0),
        from_year: patch.from_year.map(Whole::small).over(row.from_year),
        to_year: patch.to_year.map(Whole::small).over(row.to_year),
        starts_on: patch.starts_on.map(|Day(day)| day).over(row.starts_on),
        ends_on: patch.ends_on.map(|Day(day)| day).over(row.ends_on),
        ..row
    };
    row.check()?;
    if row == read {
        return Answer::changed(before.version, &before);
    }
    model::update(tx, &mut row)?;
    let term = model::wire_one(tx.conn, row.clone())?;
    append(tx, "term.changed", &row, &place, Changes::between(&before, &term)?)?;
    Answer::changed(term.version, &term)
}
