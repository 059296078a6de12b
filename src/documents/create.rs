//! Registering documents.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::documents},
    documents::{
        catalogue, effects,
        model::{self, Row},
        relations, rules, save,
        wire::{Document, DocumentCreate, DocumentParent, DocumentStatus, Urgency},
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, answer::same_content, fields::Few},
    ids::Id,
    org_units::model as units,
    policy::{Action, Site},
};
use diesel::prelude::*;

/// Registers a document of the actor's unit or of one below it.
pub fn create(tx: &mut Tx, actor: &Actor, new: &DocumentCreate) -> Result<Answer> {
    rules::refuse_classified(new.confidentiality.as_deref(), &texts(new))?;
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    let issuer = units::referenced(tx.conn, actor, new.issuer_unit_id, "/issuer_unit_id")?;
    actor.may_at(Action::DocumentManage, Site::of(&issuer.place()))?;
    let parents = new.parents.as_ref().map_or(&[][..], |parents| &parents.0);
    relations::lock(tx.conn, None, parents)?;
    check(tx, actor, &issuer, parents, new)?;
    let row = insert(tx, &issuer, new)?;
    relations::put(tx.conn, row.id, row.root_id, &[], parents)?;
    let document = model::wire_one(tx.conn, actor, row.clone())?;
    let mut changes = Changes::new_record(&document)?;
    if let Some(content) = save::fingerprint(new.content.as_deref()) {
        changes = changes.and("content", serde_json::Value::Null, content);
    }
    save::append(tx, "document.created", &document, &issuer, changes)?;
    if row.issued() {
        effects::spread(tx, actor, row.id)?;
    }
    Answer::created(format!("/api/v1/documents/{}", document.id), document.version, &document)
}

/// Every text a stamp of secrecy could stand in.
fn texts(new: &DocumentCreate) -> Vec<(&'static str, Option<&str>)> {
    let recipients = new.recipients.iter().flat_map(|few| &few.0).map(|to| ("/recipients", Some(&*to.0)));
    let files =
        new.attachments.iter().flat_map(|few| &few.0).map(|file| ("/attachments", Some(&*file.title.0)));
    let one = [
        ("/number_text", new.number_text.as_deref()),
        ("/title", Some(&*new.title.0)),
        ("/abstract", new.abstract_text.as_deref()),
        ("/content", new.content.as_deref()),
        ("/place", new.place.as_deref()),
        ("/signer", new.signer.as_deref()),
        ("/signing_capacity", new.signing_capacity.as_deref()),
    ];
    one.into_iter().chain(recipients).chain(files).collect()
}

fn already_there(conn: &mut AnyConn, actor: &Actor, id: Id, new: &DocumentCreate) -> Result<Option<Answer>> {
    let taken: i64 = documents::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let document = model::wire_one(conn, actor, row)?;
    let whole = Document { content: Some(model::content(conn, id)?), ..document.clone() };
    let parents = new.parents.as_ref().map(|parents| Few(relations::in_order(&parents.0)));
    if !same_content(&DocumentCreate { parents, ..new.clone() }, &whole)? {
        return Err(conflict());
    }
    Answer::changed(document.version, &document).map(Some)
}

fn check(
    tx: &mut Tx,
    actor: &Actor,
    issuer: &units::Row,
    parents: &[DocumentParent],
    new: &DocumentCreate,
) -> Result<()> {
    let issued_on = new.issued_on.map(|day| day.0);
    let said = rules::Said { id: None, issuer, issued_on, term_id: new.term_id, parents };
    let mut faults = rules::faults(tx, actor, &said)?;
    faults.extend(effects::faults(tx.conn, actor, issuer, parents)?);
    faults.extend(rules::attachment_faults(new.attachments.as_ref().map_or(&[][..], |few| &few.0)));
    let types = catalogue::types(tx.conn)?;
    if !types.contains(&new.doc_type.0) {
        faults.push(Fault::at("/type", Code::UnknownValue).with("accepted", types.join(", ")));
    }
    // Old papers of a unit that has ended may still be registered.
    let why = if !issuer.is_open(issued_on.unwrap_or(tx.at.day())) {
        Some(Phrase::ClosedUnit)
    } else if actor.detail_depth.is_some_and(|deepest| issuer.depth > deepest) {
        Some(Phrase::Depth)
    } else {
        None
    };
    faults.extend(why.map(|why| Fault::at("/issuer_unit_id", Code::NotPermittedHere).with("why", why)));
    rules::refuse(faults)
}

fn insert(tx: &mut Tx, issuer: &units::Row, new: &DocumentCreate) -> Result<Row> {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let (number, gist) = (new.number_text.as_deref(), new.abstract_text.as_deref());
    let mut row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: issuer.root_id,
        doc_type: new.doc_type.0.clone(),
        number_text: text(number),
        issuer_unit_id: issuer.id,
        issued_on: new.issued_on.map(|day| day.0),
        title: new.title.0.clone(),
        abstract_text: text(gist),
        status: new.status.unwrap_or(DocumentStatus::Issued),
        term_id: new.term_id,
        number_value: None,
        number_suffix: String::new(),
        series: None,
        issuing_body: new.issuing_body,
        effective_on: new.effective_on.map(|day| day.0),
        expired_on: None,
        place: text(new.place.as_deref()),
        signer: text(new.signer.as_deref()),
        signing_capacity: text(new.signing_capacity.as_deref()),
        recipients: save::listed(new.recipients.as_ref().map_or(&[][..], |few| &few.0))?,
        urgency: new.urgency.unwrap_or(Urgency::None),
        attachments: save::listed(new.attachments.as_ref().map_or(&[][..], |few| &few.0))?,
        search_text: save::search_text(&new.title, number, gist),
        created_by: tx.author.user,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    };
    save::settle(tx, &mut row, issuer)?;
    diesel::insert_into(documents::table).values(&row).execute(tx.conn)?;
    save::put_content(tx.conn, &row, new.content.as_deref())?;
    Ok(row)
}
