//! Closing units: nothing is deleted, and no open work is left without a live unit.

use crate::{
    auth::Actor,
    db::{
        lock_row,
        schema::{org_unit_relations as relations, org_unit_versions as versions, org_units},
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Event, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    org_units::{
        model::{self, Row},
        wire::OrgUnitClose,
    },
    place::Place,
    policy::{Action, Site},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// What a room above does when the work of a closing unit passes on: from, to, reason.
pub type Inherit = fn(&mut Tx, &Actor, &Place, &Place, &str) -> Result<()>;

/// The rooms that have something to pass on. The roof fills it, since rooms above are not known here.
#[derive(Clone, Default)]
pub struct Heirs(pub Vec<Inherit>);

/// Closes a unit on a day; its open work passes to the first successor, else to the parent.
pub fn close(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<IfMatch>,
    end: &OrgUnitClose,
    heirs: &Heirs,
) -> Result<Answer> {
    let seen = model::find(tx.conn, actor, id)?;
    actor.may_at(Action::OrgUnitManage, Site::of(&seen.place()))?;
    lock_row(tx.conn, "org_units", &seen.root_id.to_string())?;
    let row = model::find(tx.conn, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    if row.closed_on.is_some() {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::ClosedUnit));
    }
    let on = end.on.0;
    check_day(tx, &row, on)?;
    let children: i64 = org_units::table
        .filter(org_units::parent_id.eq(id))
        .filter(org_units::closed_on.is_null().or(org_units::closed_on.gt(on)))
        .count()
        .get_result(tx.conn)?;
    if children > 0 {
        return Err(Error::new(Code::HasOpenChildren).with("count", children));
    }
    let successors = successors(tx, actor, &row, end)?;
    let before = model::wire_one(tx.conn, row.clone())?;
    mark_closed(tx, &row, on)?;
    for successor in &successors {
        relate(tx, &row, successor, successors.len(), on)?;
    }
    let after = model::load(tx.conn, id)?;
    let (place, unit) = (after.place(), model::wire_one(tx.conn, after)?);
    let names: Vec<String> = successors.iter().map(|row| row.id.to_string()).collect();
    tx.append(Event {
        kind: "org_unit.closed",
        subject_type: "org_unit",
        subject_id: id,
        subject_version: unit.version,
        place: Some(&place),
        changes: Changes::between(&before, &unit)?.and("successor_ids", serde_json::Value::Null, names),
        reason: Some(&end.reason),
    })?;
    let heir = match (successors.first(), row.parent_id) {
        (Some(first), _) => Some(first.place()),
        (None, Some(parent)) => Some(model::load(tx.conn, parent)?.place()),
        (None, None) => None,
    };
    if let Some(heir) = heir {
        for pass_on in &heirs.0 {
            pass_on(tx, actor, &place, &heir, &end.reason)?;
        }
    }
    Answer::changed(unit.version, &unit)
}

fn check_day(tx: &mut Tx, row: &Row, on: NaiveDate) -> Result<()> {
    if on > tx.at.day() {
        return Err(Error::field("/on", Code::InFuture));
    }
    let since: NaiveDate = versions::table
        .filter(versions::unit_id.eq(row.id))
        .order(versions::n.desc())
        .select(versions::valid_from)
        .first(tx.conn)?;
    if on < since {
        return Err(Fault::at("/on", Code::OutOfOrder).with("last", since).into());
    }
    Ok(())
}

fn successors(tx: &mut Tx, actor: &Actor, row: &Row, end: &OrgUnitClose) -> Result<Vec<Row>> {
    let mut found = Vec::new();
    for (i, id) in end.successor_ids.iter().flat_map(|ids| &ids.0).enumerate() {
        let pointer = format!("/successor_ids/{i}");
        let successor = model::referenced(tx.conn, actor, *id, &pointer)?;
        let why = if successor.id == row.id {
            Some(Phrase::Itself)
        } else if successor.root_id != row.root_id {
            Some(Phrase::AnotherTree)
        } else if !successor.is_open(tx.at.day()) {
            Some(Phrase::ClosedUnit)
        } else if found.iter().any(|other: &Row| other.id == successor.id) {
            Some(Phrase::Twice)
        } else {
            None
        };
        if let Some(why) = why {
            return Err(Fault::at(pointer, Code::NotPermittedHere).with("why", why).into());
        }
        found.push(successor);
    }
    Ok(found)
}

fn mark_closed(tx: &mut Tx, row: &Row, on: NaiveDate) -> Result<()> {
    diesel::update(org_units::table.find(row.id))
        .set((
            org_units::closed_on.eq(on),
            org_units::version.eq(row.version + 1),
            org_units::updated_at.eq(tx.at.millis()),
        ))
        .execute(tx.conn)?;
    diesel::update(versions::table.filter(versions::unit_id.eq(row.id).and(versions::valid_to.is_null())))
        .set(versions::valid_to.eq(on))
        .execute(tx.conn)?;
    Ok(())
}

fn relate(tx: &mut Tx, row: &Row, successor: &Row, of: usize, on: NaiveDate) -> Result<()> {
    diesel::insert_into(relations::table)
        .values((
            relations::predecessor_id.eq(row.id),
            relations::successor_id.eq(successor.id),
            relations::kind.eq(if of > 1 { "split" } else { "merge" }),
            relations::root_id.eq(row.root_id),
            relations::is_partial.eq(of > 1),
            relations::took_effect_on.eq(on),
        ))
        .execute(tx.conn)?;
    Ok(())
}
