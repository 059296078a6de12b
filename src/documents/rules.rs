//! What a document must keep to, whether it is new or changed.

use crate::{
    auth::Actor,
    db::schema::terms,
    documents::{
        catalogue,
        model::Row,
        relations,
        wire::{AttachmentCreate, DocumentParent},
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    ids::Id,
    org_units::model as units,
};
use chrono::NaiveDate;
use diesel::prelude::*;

pub use crate::text::refuse_classified;

/// What a new or changed document says; what is absent does not change.
pub struct Said<'a> {
    /// The document itself, once it exists.
    pub id: Option<Id>,
    pub issuer: &'a units::Row,
    pub issued_on: Option<NaiveDate>,
    pub term_id: Option<Id>,
    pub parents: &'a [DocumentParent],
}

/// All that is wrong with it.
pub fn faults(tx: &mut Tx, actor: &Actor, said: &Said) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    if said.issued_on.is_some_and(|day| day > tx.at.day()) {
        faults.push(Fault::at("/issued_on", Code::InFuture));
    }
    if let Some(term) = said.term_id {
        faults.extend(term_fault(tx, actor, term, said.issuer)?);
    }
    faults.extend(relations::faults(tx.conn, actor, said.id, said.parents)?);
    Ok(faults)
}

/// All that keeps a document from standing in the register as issued; drafts are not asked.
pub fn faults_of_issued(tx: &mut Tx, row: &Row, issuer: &units::Row) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    if !row.issued() {
        return Ok(faults);
    }
    for (pointer, day) in [("/effective_on", row.effective_on), ("/expired_on", row.expired_on)] {
        let Some(day) = day else { continue };
        if day > tx.at.day() {
            faults.push(Fault::at(pointer, Code::InFuture));
        } else if row.issued_on.is_some_and(|issued| day < issued) {
            faults.push(Fault::at(pointer, Code::NotPermittedHere).with("why", Phrase::BeforeIssue));
        }
    }
    // An undated paper is an old one: no rule is known to have held for it.
    if let Some(on) = row.issued_on {
        let organ = (&*issuer.level, &*issuer.kind);
        let rule = catalogue::forbidden(tx.conn, organ, row.issuing_body, &row.doc_type, on)?;
        faults.extend(rule.map(|rule| {
            let why = crate::error::Said::from(Phrase::TypeNotIssued).and(rule.legal_basis);
            Fault::at("/type", Code::NotPermittedHere).with("why", why)
        }));
    }
    Ok(faults)
}

/// Attachments lie elsewhere, where a browser may fetch them.
pub fn attachment_faults(attachments: &[AttachmentCreate]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (i, file) in attachments.iter().enumerate() {
        if !file.url.starts_with("https://") {
            let fault = Fault::at(format!("/attachments/{i}/url"), Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::Https));
        }
        if file.sha256.as_ref().is_some_and(|hash| !hash.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')))
        {
            let fault = Fault::at(format!("/attachments/{i}/sha256"), Code::Malformed);
            faults.push(fault.with("expected", Phrase::Sha256));
        }
    }
    faults
}

/// The term must be one of the issuer or of a unit above it, and the actor must see that unit.
fn term_fault(tx: &mut Tx, actor: &Actor, term: Id, issuer: &units::Row) -> Result<Option<Fault>> {
    let unit: Option<Id> = terms::table
        .filter(terms::id.eq(term).and(terms::deleted_at.is_null()))
        .select(terms::unit_id)
        .first(tx.conn)
        .optional()?;
    let Some(unit) = unit else { return Ok(Some(Fault::at("/term_id", Code::UnknownReference))) };
    let unit = match units::find(tx.conn, actor, unit) {
        Ok(unit) => unit,
        Err(e) if e.code == Code::NotFound => {
            return Ok(Some(Fault::at("/term_id", Code::UnknownReference)));
        }
        Err(e) => return Err(e),
    };
    let fits = unit.place().contains(&issuer.place());
    Ok((!fits).then(|| Fault::at("/term_id", Code::NotPermittedHere).with("why", Phrase::AnotherUnit)))
}

/// Refuses a list of faults, unless it is empty.
pub fn refuse(faults: Vec<Fault>) -> Result<()> {
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}
