//! Issuing drafts.

use crate::{
    auth::Actor,
    documents::{
        effects,
        model::{self, Row},
        rules, save, series,
        wire::{DocumentIssue, DocumentStatus},
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    org_units::model as units,
};

/// Issues a draft: from now on the units below the issuer read it.
pub fn issue(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<IfMatch>,
    issue: &DocumentIssue,
) -> Result<Answer> {
    let (mut row, issuer) = save::open(tx, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    if row.issued() {
        return Err(Error::new(Code::InvalidState).with("status", row.status));
    }
    let today = tx.at.day();
    let on = issue.issued_on.map(|day| day.0).or(row.issued_on).unwrap_or(today);
    if on > today {
        rules::refuse(vec![Fault::at("/issued_on", Code::InFuture)])?;
    }
    let before = model::wire_one(tx.conn, actor, row.clone())?;
    rules::refuse(effects::faults(tx.conn, actor, &issuer, &before.parents)?)?;
    row.status = DocumentStatus::Issued;
    row.issued_on = Some(on);
    if let Some(number) = number(tx, &row, &issuer, issue)? {
        row.number_text = Some(number);
    }
    save::settle(tx, &mut row, &issuer)?;
    save::update(tx, &mut row)?;
    let document = model::wire_one(tx.conn, actor, row)?;
    save::append(tx, "document.issued", &document, &issuer, Changes::between(&before, &document)?)?;
    effects::spread(tx, actor, id)?;
    Answer::changed(document.version, &document)
}

/// The number it is given with its issue, if any.
fn number(tx: &mut Tx, row: &Row, issuer: &units::Row, issue: &DocumentIssue) -> Result<Option<String>> {
    match (&issue.number_text, issue.take_next_number) {
        (Some(_), true) => {
            let fault = Fault::at("/take_next_number", Code::NotPermittedHere);
            Err(fault.with("why", Phrase::NotBoth).into())
        }
        (Some(number), false) => Ok(Some(number.0.clone())),
        (None, true) => series::next(tx.conn, row, issuer).map(Some),
        (None, false) => Ok(None),
    }
}
