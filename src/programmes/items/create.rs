//! Adding items to a programme: many at once, done whole or not at all.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::programme_items as items},
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, answer::same_content, version::IfMatch},
    ids::Id,
    programmes::{
        items::{
            model::{self, Row},
            order::Order,
            rules::{self, Said, pointed},
            save,
        },
        model::Placed,
        save as programme,
        wire::{ProgrammeItem, ProgrammeItemCreate, ProgrammeItems, ProgrammeItemsCreate},
    },
    tasks::wire::Class,
};
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Most items of a programme.
const MOST: usize = 500;

/// Adds items. Those that are there already, with the same content, are given as they are.
pub fn create(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    new: &ProgrammeItemsCreate,
) -> Result<Answer> {
    let new = &new.items.0;
    let placed = programme::open_draft(tx, actor, id, expected)?;
    if new.is_empty() {
        return Err(Error::field("/items", Code::MayNotBeEmpty));
    }
    refuse_stamps(new)?;
    let known = known(tx.conn, actor, id, new)?;
    let (rows, ids) = draft(tx, actor, &placed, &known, new)?;
    for (row, serves) in &rows {
        save::insert(tx, row, serves)?;
    }
    let order = model::order(tx.conn, id)?;
    let all: Vec<Row> =
        model::visible(actor).filter(items::id.eq_any(ids.clone())).select(Row::as_select()).load(tx.conn)?;
    let wired = model::wire(tx.conn, Some(actor), all, &order)?;
    let wired: HashMap<Id, ProgrammeItem> = wired.into_iter().map(|item| (item.id, item)).collect();
    for item in rows.iter().filter_map(|(row, _)| wired.get(&row.id)) {
        let changes = Changes::new_record(item)?;
        save::append(tx, "programme_item.created", &placed.place, item, changes, None)?;
    }
    let answer = ProgrammeItems { items: ids.iter().filter_map(|id| wired.get(id)).cloned().collect() };
    if rows.is_empty() {
        return Answer::ok(&answer);
    }
    Answer::added(format!("/api/v1/programmes/{id}/items"), &answer)
}

fn refuse_stamps(new: &[ProgrammeItemCreate]) -> Result<()> {
    let texts: Vec<(String, Option<&str>)> = new
        .iter()
        .enumerate()
        .flat_map(|(i, one)| {
            let of = [
                ("text", Some(&*one.text)),
                ("pressing_issue", one.pressing_issue.as_deref()),
                ("lead_collective", one.lead_collective.as_deref()),
                ("lead_individual", one.lead_individual.as_deref()),
                ("resources/source", one.resources.as_ref().and_then(|all| all.source.as_deref())),
            ];
            let steps = one.roadmap.iter().flat_map(|few| &few.0).enumerate();
            let steps =
                steps.map(move |(n, step)| (format!("/items/{i}/roadmap/{n}/title"), Some(&*step.title)));
            pointed(&format!("/items/{i}"), of).into_iter().chain(steps)
        })
        .collect();
    let texts: Vec<(&str, Option<&str>)> = texts.iter().map(|(at, text)| (&**at, *text)).collect();
    refuse_classified(None, &texts)
}

type New = (Row, Vec<Id>);

/// The new rows with what they serve, and the ids of all that were asked for; or all that is wrong.
fn draft(
    tx: &mut Tx,
    actor: &Actor,
    placed: &Placed,
    known: &HashSet<Id>,
    new: &[ProgrammeItemCreate],
) -> Result<(Vec<New>, Vec<Id>)> {
    let mut order = model::order(tx.conn, placed.row.id)?;
    let (mut rows, mut ids, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for (i, one) in new.iter().enumerate() {
        let at = format!("/items/{i}");
        let id = one.id.unwrap_or_else(Id::new);
        if ids.contains(&id) {
            faults.push(Fault::at(format!("{at}/id"), Code::NotPermittedHere).with("why", Phrase::Twice));
        }
        ids.push(id);
        if known.contains(&id) {
            continue;
        }
        let today = tx.at.day();
        faults.extend(rules::faults(tx.conn, actor, &placed.place, today, &said(&at, placed, one))?);
        rows.push((row(tx, placed, one, id, &mut order)?, serves(one)));
    }
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    if order.0.len() > MOST {
        return Err(Fault::at("/items", Code::TooMany).with("max", MOST).into());
    }
    Ok((rows, ids))
}

fn said<'a>(at: &'a str, placed: &Placed, new: &'a ProgrammeItemCreate) -> Said<'a> {
    Said {
        at,
        start_on: new.start_on.map(|day| day.0),
        due_on: new.due_on.map(|day| day.0),
        roadmap: new.roadmap.as_ref().map_or(&[], |few| &few.0),
        lead: new.lead_unit_id.unwrap_or(placed.row.unit_id),
        lead_is_new: new.lead_unit_id.is_some(),
        coordinating: new.coordinating_unit_ids.as_ref(),
        serves: new.resolution_item_ids.as_ref(),
    }
}

fn serves(new: &ProgrammeItemCreate) -> Vec<Id> {
    new.resolution_item_ids.as_ref().map(|few| few.0.clone()).unwrap_or_default()
}

/// Each once, in a fixed order.
pub fn once(ids: &[Id]) -> Vec<Id> {
    ids.iter().copied().collect::<BTreeSet<Id>>().into_iter().collect()
}

fn row(tx: &Tx, placed: &Placed, new: &ProgrammeItemCreate, id: Id, order: &mut Order) -> Result<Row> {
    let own = |text: Option<&str>| text.map(str::to_owned);
    let resources = new.resources.clone().unwrap_or_default();
    let ordinal = new.ordinal.and_then(|ordinal| usize::try_from(ordinal.0).ok());
    Ok(Row {
        id,
        root_id: placed.row.root_id,
        programme_id: placed.row.id,
        rank: order.insert(id, ordinal),
        text: new.text.0.clone(),
        class: new.class.unwrap_or(Class::Routine),
        priority: new.priority.map(|priority| priority.small()),
        pressing_issue: own(new.pressing_issue.as_deref()),
        field: own(new.field.as_deref()),
        start_on: new.start_on.map(|day| day.0),
        due_on: new.due_on.map(|day| day.0),
        roadmap: save::listed(new.roadmap.as_ref().map_or(&[][..], |few| &few.0))?,
        amount: resources.amount.map(|amount| amount.0),
        source: resources.source.map(|source| source.0),
        people: resources.people.map(|people| people.small()),
        lead_collective: own(new.lead_collective.as_deref()),
        lead_unit_id: new.lead_unit_id.unwrap_or(placed.row.unit_id),
        lead_individual: own(new.lead_individual.as_deref()),
        coordinating_unit_ids: save::listed(&once(
            new.coordinating_unit_ids.as_ref().map_or(&[][..], |few| &few.0),
        ))?,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    })
}

/// The items of a list that are there already. Another content, another programme or a deleted one is a
/// conflict, of which nothing more is said.
fn known(
    conn: &mut AnyConn,
    actor: &Actor,
    programme: Id,
    new: &[ProgrammeItemCreate],
) -> Result<HashSet<Id>> {
    let wanted: HashMap<Id, &ProgrammeItemCreate> =
        new.iter().filter_map(|one| Some((one.id?, one))).collect();
    let ids: Vec<Id> = wanted.keys().copied().collect();
    let rows: Vec<Row> = items::table.filter(items::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    let conflict = || Error::new(Code::IdConflict);
    if rows.iter().any(|row| row.programme_id != programme || row.deleted_at.is_some()) {
        return Err(conflict());
    }
    let order = model::order(conn, programme)?;
    let mut found = HashSet::new();
    for item in model::wire(conn, Some(actor), rows, &order)? {
        let Some(one) = wanted.get(&item.id) else { continue };
        let mut asked = (*one).clone();
        for list in [&mut asked.coordinating_unit_ids, &mut asked.resolution_item_ids] {
            if let Some(list) = list {
                list.0 = once(&list.0);
            }
        }
        // Others may have come before it since.
        asked.ordinal = None;
        if !same_content(&asked, &item)? {
            return Err(conflict());
        }
        found.insert(item.id);
    }
    Ok(found)
}
