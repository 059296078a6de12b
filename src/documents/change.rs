//! Changing documents.

use crate::{
    auth::Actor,
    db::lock_row,
    documents::{
        effects,
        model::{self, Row},
        relations, rules, save,
        wire::{Content, DocumentPatch},
    },
    error::Result,
    events::{Changes, Tx},
    http::{Answer, Field, version::IfMatch},
    ids::Id,
};

/// Changes what is recorded of a document; what changes nothing leaves nothing.
pub fn change(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch, patch: DocumentPatch) -> Result<Answer> {
    rules::refuse_classified(None, &texts(&patch))?;
    if let Some(parents) = &patch.parents.0 {
        let root = model::find(tx.conn, actor, id)?.root_id;
        // Two new parents that together close a circle: one after the other.
        lock_row(tx.conn, "org_units", &root.to_string())?;
        relations::lock(tx.conn, Some(id), &parents.0)?;
    }
    let (row, issuer) = save::open(tx, actor, id)?;
    expected.check(row.version)?;
    let parents = patch.parents.0.as_ref().map_or(&[][..], |parents| &parents.0);
    let issued_on = patch.issued_on.value().map(|day| day.0);
    let term_id = patch.term_id.value().copied();
    let said = rules::Said { id: Some(id), issuer: &issuer, issued_on, term_id, parents };
    let mut faults = rules::faults(tx, actor, &said)?;
    faults.extend(rules::attachment_faults(patch.attachments.0.as_ref().map_or(&[][..], |few| &few.0)));
    let before = model::wire_one(tx.conn, actor, row.clone())?;
    // What it already said of others may stand, whoever wrote it.
    let fresh: Vec<_> = parents.iter().filter(|parent| !before.parents.contains(parent)).copied().collect();
    faults.extend(effects::faults(tx.conn, actor, &issuer, &fresh)?);
    rules::refuse(faults)?;
    let mut after = changed(row.clone(), &patch)?;
    save::settle(tx, &mut after, &issuer)?;
    let same_parents = patch.parents.0.is_none() || relations::in_order(parents) == before.parents;
    if after == row && same_parents && !changes_content(tx, id, &patch.content)? {
        return Answer::changed(before.version, &before);
    }
    save::update(tx, &mut after)?;
    let mut targets = effects::targets(tx.conn, id)?;
    if patch.parents.0.is_some() {
        relations::put(tx.conn, id, after.root_id, &before.parents, parents)?;
    }
    let contents = change_content(tx, &after, patch.content)?;
    let document = model::wire_one(tx.conn, actor, after)?;
    let mut changes = Changes::between(&before, &document)?;
    if let Some((old, new)) = contents {
        changes = changes.and("content", old, new);
    }
    save::append(tx, "document.changed", &document, &issuer, changes)?;
    targets.extend(effects::targets(tx.conn, id)?);
    targets.sort();
    targets.dedup();
    effects::refresh(tx, actor, &targets)?;
    Answer::changed(document.version, &document)
}

/// Every text a stamp of secrecy could stand in.
fn texts(patch: &DocumentPatch) -> Vec<(&'static str, Option<&str>)> {
    let recipients = patch.recipients.0.iter().flat_map(|few| &few.0).map(|to| ("/recipients", Some(&*to.0)));
    let files =
        patch.attachments.0.iter().flat_map(|few| &few.0).map(|file| ("/attachments", Some(&*file.title.0)));
    let one = [
        ("/number_text", patch.number_text.value().map(|text| &*text.0)),
        ("/title", patch.title.0.as_deref()),
        ("/abstract", patch.abstract_text.value().map(|text| &*text.0)),
        ("/content", patch.content.value().map(|text| &*text.0)),
        ("/place", patch.place.value().map(|text| &*text.0)),
        ("/signer", patch.signer.value().map(|text| &*text.0)),
        ("/signing_capacity", patch.signing_capacity.value().map(|text| &*text.0)),
    ];
    one.into_iter().chain(recipients).chain(files).collect()
}

fn changed(row: Row, patch: &DocumentPatch) -> Result<Row> {
    Ok(Row {
        title: patch.title.0.as_ref().map_or(row.title, |title| title.0.clone()),
        abstract_text: patch.abstract_text.clone().map(|text| text.0).over(row.abstract_text),
        number_text: patch.number_text.clone().map(|text| text.0).over(row.number_text),
        issued_on: patch.issued_on.clone().map(|day| day.0).over(row.issued_on),
        term_id: patch.term_id.clone().over(row.term_id),
        issuing_body: patch.issuing_body.clone().over(row.issuing_body),
        place: patch.place.clone().map(|text| text.0).over(row.place),
        signer: patch.signer.clone().map(|text| text.0).over(row.signer),
        signing_capacity: patch.signing_capacity.clone().map(|text| text.0).over(row.signing_capacity),
        recipients: patch.recipients.0.as_ref().map_or(Ok(row.recipients), |few| save::listed(&few.0))?,
        urgency: patch.urgency.0.unwrap_or(row.urgency),
        attachments: patch.attachments.0.as_ref().map_or(Ok(row.attachments), |few| save::listed(&few.0))?,
        ..row
    })
}

fn changes_content(tx: &mut Tx, id: Id, content: &Field<Content>) -> Result<bool> {
    Ok(match content.clone().change() {
        None => false,
        Some(new) => new.map(|text| text.0) != model::content(tx.conn, id)?,
    })
}

/// Changes the content; gives both fingerprints when it differs.
fn change_content(
    tx: &mut Tx,
    row: &Row,
    content: Field<Content>,
) -> Result<Option<(Option<String>, Option<String>)>> {
    let Some(new) = content.change() else { return Ok(None) };
    let old = save::fingerprint(model::content(tx.conn, row.id)?.as_deref());
    let new = new.map(|text| text.0);
    save::put_content(tx.conn, row, new.as_deref())?;
    let new = save::fingerprint(new.as_deref());
    Ok((old != new).then_some((old, new)))
}
