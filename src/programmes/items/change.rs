//! Changing, moving and dropping items while the programme is drafted.

use crate::{
    auth::Actor,
    documents::rules::refuse_classified,
    error::{Error, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    programmes::{
        items::{
            create::once,
            model::{self, Row},
            rules::{self, Said, pointed},
            save,
        },
        model::Placed,
        save as programme,
        wire::{ProgrammeItem, ProgrammeItemPatch, ResourceForecast},
    },
};

/// An item found for writing.
struct Open {
    placed: Placed,
    row: Row,
    item: ProgrammeItem,
}

fn open(tx: &mut Tx, actor: &Actor, id: Id, expected: &IfMatch) -> Result<Open> {
    let of = model::find(tx.conn, actor, id)?.programme_id;
    let placed = programme::open_draft(tx, actor, of, None)?;
    // Again, now that nobody else writes.
    let row = model::find(tx.conn, actor, id)?;
    expected.check(row.version)?;
    let item = model::wire_one(tx.conn, Some(actor), row.clone())?;
    Ok(Open { placed, row, item })
}

/// Changes an item; what changes nothing leaves nothing.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &ProgrammeItemPatch,
) -> Result<Answer> {
    let before = open(tx, actor, id, expected)?;
    refuse_stamps(patch)?;
    let row = patched(tx, &before, patch.clone())?;
    check(tx, actor, &before, &row, patch)?;
    let serves = patch.resolution_item_ids.0.as_ref().map(|few| once(&few.0));
    let other = serves.as_ref().filter(|serves| **serves != before.item.resolution_item_ids);
    if row == before.row && other.is_none() {
        return Answer::changed(row.version, &before.item);
    }
    // The log tells all, also what the writer does not see.
    let old = model::wire_one(tx.conn, None, before.row.clone())?;
    if let Some(serves) = other {
        save::serve(tx.conn, &row, &before.item.resolution_item_ids, serves)?;
    }
    save::update(tx, "programme_item.changed", &before.placed.place, &old, row, None)?;
    let item = model::show(tx.conn, actor, id)?;
    Answer::changed(item.version, &item)
}

fn refuse_stamps(patch: &ProgrammeItemPatch) -> Result<()> {
    let of = [
        ("text", patch.text.0.as_deref()),
        ("pressing_issue", patch.pressing_issue.value().map(|text| &*text.0)),
        ("lead_collective", patch.lead_collective.value().map(|text| &*text.0)),
        ("lead_individual", patch.lead_individual.value().map(|text| &*text.0)),
        ("resources/source", patch.resources.0.as_ref().and_then(|all| all.source.as_deref())),
    ];
    let mut texts = pointed("", of);
    let steps = patch.roadmap.0.iter().flat_map(|few| &few.0).enumerate();
    texts.extend(steps.map(|(n, step)| (format!("/roadmap/{n}/title"), Some(&*step.title))));
    let texts: Vec<(&str, Option<&str>)> = texts.iter().map(|(at, text)| (&**at, *text)).collect();
    refuse_classified(None, &texts)
}

fn check(tx: &mut Tx, actor: &Actor, before: &Open, row: &Row, patch: &ProgrammeItemPatch) -> Result<()> {
    let roadmap: Vec<_> = serde_json::from_str(&row.roadmap).map_err(Error::internal)?;
    let said = Said {
        at: "",
        start_on: row.start_on,
        due_on: row.due_on,
        roadmap: &roadmap,
        lead: row.lead_unit_id,
        lead_is_new: row.lead_unit_id != before.row.lead_unit_id,
        coordinating: patch.coordinating_unit_ids.0.as_ref(),
        serves: patch.resolution_item_ids.0.as_ref(),
    };
    let today = tx.at.day();
    let faults = rules::faults(tx.conn, actor, &before.placed.place, today, &said)?;
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

fn patched(tx: &mut Tx, before: &Open, patch: ProgrammeItemPatch) -> Result<Row> {
    let row = before.row.clone();
    let order = model::order(tx.conn, row.programme_id)?;
    let wanted = patch.ordinal.0.and_then(|ordinal| usize::try_from(ordinal.0).ok());
    let lead = patch.lead_unit_id.0.unwrap_or(row.lead_unit_id);
    // Who leads now no longer takes part.
    let mut coordinating =
        patch.coordinating_unit_ids.0.map_or_else(|| row.coordinating(), |few| Ok(few.0))?;
    if lead != row.lead_unit_id {
        coordinating.retain(|unit| *unit != lead);
    }
    let resources = patch.resources.0.unwrap_or_else(|| before.item.resources.clone());
    let ResourceForecast { amount, source, people } = resources;
    Ok(Row {
        rank: order.moved(row.id, wanted).unwrap_or(row.rank),
        text: patch.text.0.map_or(row.text, |text| text.0),
        class: patch.class.0.unwrap_or(row.class),
        priority: patch.priority.map(|priority| priority.small()).over(row.priority),
        pressing_issue: patch.pressing_issue.map(|text| text.0).over(row.pressing_issue),
        field: patch.field.map(|text| text.0).over(row.field),
        start_on: patch.start_on.map(|day| day.0).over(row.start_on),
        due_on: patch.due_on.map(|day| day.0).over(row.due_on),
        roadmap: patch.roadmap.0.map_or(Ok(row.roadmap), |few| save::listed(&few.0))?,
        amount: amount.map(|amount| amount.0),
        source: source.map(|source| source.0),
        people: people.map(|people| people.small()),
        lead_collective: patch.lead_collective.map(|text| text.0).over(row.lead_collective),
        lead_unit_id: lead,
        lead_individual: patch.lead_individual.map(|text| text.0).over(row.lead_individual),
        coordinating_unit_ids: save::listed(&once(&coordinating))?,
        ..row
    })
}

/// Drops an item; comments on it, its history and the versions that hold it stay.
pub fn delete(tx: &mut Tx, actor: &Actor, id: Id, expected: &IfMatch) -> Result<Answer> {
    let before = open(tx, actor, id, expected)?;
    let row = Row { deleted_at: Some(tx.at), ..before.row };
    save::update(tx, "programme_item.deleted", &before.placed.place, &before.item, row, None)?;
    Ok(Answer::nothing())
}
