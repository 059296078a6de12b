//! Issuing drafts.

use crate::{
    auth::Actor,
    documents::{
        model, rules, save,
        wire::{DocumentIssue, DocumentStatus},
    },
    error::{Code, Error, Fault, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
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
    if row.status != DocumentStatus::Draft {
        return Err(Error::new(Code::InvalidState).with("status", row.status));
    }
    let today = tx.at.day();
    let on = issue.issued_on.map(|day| day.0).or(row.issued_on).unwrap_or(today);
    if on > today {
        rules::refuse(vec![Fault::at("/issued_on", Code::InFuture)])?;
    }
    let before = model::wire_one(tx.conn, actor, row.clone())?;
    row.status = DocumentStatus::Issued;
    row.issued_on = Some(on);
    if let Some(number) = &issue.number_text {
        row.number_text = Some(number.0.clone());
    }
    save::update(tx, &mut row)?;
    let document = model::wire_one(tx.conn, actor, row)?;
    save::append(tx, "document.issued", &document, &issuer, Changes::between(&before, &document)?)?;
    Answer::changed(document.version, &document)
}
