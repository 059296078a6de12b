//! Creating units.

use crate::{
    auth::Actor,
    db::{
        AnyConn, lock_row,
        schema::{
            levels, org_unit_external_ids as external, org_unit_versions as versions, org_units, unit_kinds,
        },
    },
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Event, Tx},
    http::{Answer, answer::same_content},
    ids::Id,
    org_units::{
        model::{self, Row},
        wire::{ExternalIdCreate, OrgUnit, OrgUnitCreate},
    },
    place::Place,
    policy::{Action, Site},
    text,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Deepest tree: far more than central, province, district, commune, branch and their groups.
const MAX_DEPTH: i32 = 12;

/// Creates a unit below one of the actor's territory; a root only for who administers the instance.
pub fn create(tx: &mut Tx, actor: &Actor, new: &OrgUnitCreate) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    let parent = match new.parent_id {
        Some(id) => {
            let root = model::referenced(tx.conn, actor, id, "/parent_id")?.root_id;
            lock_row(tx.conn, "org_units", &root.to_string())?;
            // Read again: it may just have been moved or closed.
            Some(model::referenced(tx.conn, actor, id, "/parent_id")?)
        }
        None => None,
    };
    let above = parent.as_ref().map(Row::place);
    actor.may_at(Action::OrgUnitManage, Site { unit: above.as_ref(), assigner: None })?;
    check(tx, parent.as_ref(), new)?;
    let id = insert(tx, above.as_ref(), new)?;
    let row = model::load(tx.conn, id)?;
    let (place, unit) = (row.place(), model::wire_one(tx.conn, row)?);
    tx.append(Event {
        kind: "org_unit.created",
        subject_type: "org_unit",
        subject_id: id,
        subject_version: 1,
        place: Some(&place),
        changes: Changes::new_record(&unit)?,
        reason: None,
    })?;
    Answer::created(address(&unit), unit.version, &unit)
}

/// Where a unit is found.
pub fn address(unit: &OrgUnit) -> String {
    format!("/api/v1/org-units/{}", unit.id)
}

fn already_there(conn: &mut AnyConn, actor: &Actor, id: Id, new: &OrgUnitCreate) -> Result<Option<Answer>> {
    let taken: i64 = org_units::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let unit = model::wire_one(conn, row)?;
    let mut new = new.clone();
    if let Some(codes) = &mut new.external_ids {
        codes.0.sort_by(|a, b| a.scheme.0.cmp(&b.scheme.0));
    }
    if !same_content(&new, &unit)? {
        return Err(conflict());
    }
    Answer::changed(unit.version, &unit).map(Some)
}

fn check(tx: &mut Tx, parent: Option<&Row>, new: &OrgUnitCreate) -> Result<()> {
    let mut faults = Vec::new();
    let rank = rank_of(tx.conn, &new.level)?;
    if rank.is_none() {
        faults.push(unknown_level(tx.conn, "/level")?);
    }
    if !kind_exists(tx.conn, &new.kind)? {
        faults.push(unknown_kind(tx.conn, "/kind")?);
    }
    if let Some(parent) = parent {
        faults.extend(below_fault(tx, parent, rank, 0)?);
    }
    faults.extend(new.external_ids.iter().flat_map(|codes| scheme_faults(&codes.0)));
    if new.valid_from.is_some_and(|day| day.0 > tx.at.day()) {
        faults.push(Fault::at("/valid_from", Code::InFuture));
    }
    let taken: i64 = org_units::table.filter(org_units::code.eq(&new.code.0)).count().get_result(tx.conn)?;
    if taken > 0 && faults.is_empty() {
        return Err(Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::Code).and(&new.code.0)));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// What is wrong with lying below a unit, if anything, for a unit of this rank that has `height`
/// levels of units below it. A level that is not known is another fault.
pub fn below_fault(tx: &mut Tx, parent: &Row, rank: Option<i32>, height: i32) -> Result<Option<Fault>> {
    let above = rank_of(tx.conn, &parent.level)?;
    let why = if rank.is_some() && rank < above {
        Phrase::Level
    } else if parent.depth + height >= MAX_DEPTH {
        Phrase::Depth
    } else if !parent.is_open(tx.at.day()) {
        Phrase::ClosedUnit
    } else {
        return Ok(None);
    };
    Ok(Some(Fault::at("/parent_id", Code::NotPermittedHere).with("why", why)))
}

/// A unit has one code in each other list.
pub fn scheme_faults(codes: &[ExternalIdCreate]) -> Vec<Fault> {
    let twice = |(i, code): (usize, &ExternalIdCreate)| {
        let before = codes.iter().take(i).any(|other| other.scheme == code.scheme);
        let at = format!("/external_ids/{i}/scheme");
        before.then(|| Fault::at(at, Code::NotPermittedHere).with("why", Phrase::Twice))
    };
    codes.iter().enumerate().filter_map(twice).collect()
}

/// The rank of a level, if there is such a level.
pub fn rank_of(conn: &mut AnyConn, level: &str) -> Result<Option<i32>> {
    levels::table.find(level.to_owned()).select(levels::rank).first(conn).optional().map_err(Error::from)
}

/// True when there is such a kind.
pub fn kind_exists(conn: &mut AnyConn, kind: &str) -> Result<bool> {
    let n: i64 = unit_kinds::table.find(kind.to_owned()).count().get_result(conn)?;
    Ok(n > 0)
}

/// The fault of a level that is not in the list.
pub fn unknown_level(conn: &mut AnyConn, pointer: &str) -> Result<Fault> {
    let known: Vec<String> = levels::table.order(levels::rank).select(levels::id).load(conn)?;
    Ok(Fault::at(pointer, Code::UnknownValue).with("accepted", known.join(", ")))
}

/// The fault of a kind that is not in the list.
pub fn unknown_kind(conn: &mut AnyConn, pointer: &str) -> Result<Fault> {
    let known: Vec<String> = unit_kinds::table.order(unit_kinds::rank).select(unit_kinds::id).load(conn)?;
    Ok(Fault::at(pointer, Code::UnknownValue).with("accepted", known.join(", ")))
}

fn insert(tx: &mut Tx, above: Option<&Place>, new: &OrgUnitCreate) -> Result<Id> {
    let id = new.id.unwrap_or_else(Id::new);
    let root = above.map_or(id, |place| place.root_id);
    let path = format!("{}{id}/", above.map_or("/", |place| &place.path));
    let traits: Vec<&str> =
        new.traits.iter().flat_map(|traits| &traits.0).map(|word| word.0.as_str()).collect();
    let short = new.short_name.as_ref().map(|name| name.0.as_str());
    diesel::insert_into(org_units::table)
        .values((
            (
                org_units::id.eq(id),
                org_units::root_id.eq(root),
                org_units::code.eq(&new.code.0),
                org_units::name.eq(&new.name.0),
                org_units::short_name.eq(short),
                org_units::name_key.eq(text::collation_key(&new.name)),
                org_units::search_text.eq(search_text(&new.code, &new.name, short)),
                org_units::level.eq(&new.level.0),
                org_units::kind.eq(&new.kind.0),
            ),
            (
                org_units::parent_id.eq(new.parent_id),
                org_units::path.eq(path),
                org_units::depth.eq(above.map_or(0, |place| place.depth + 1)),
                org_units::issuer_code.eq(new.issuer_code.as_ref().map(|code| code.0.as_str())),
                org_units::traits.eq(serde_json::to_string(&traits).map_err(Error::internal)?),
                org_units::valid_from.eq(new.valid_from.map(|day| day.0)),
                org_units::version.eq(1),
                org_units::created_at.eq(tx.at.millis()),
                org_units::updated_at.eq(tx.at.millis()),
            ),
        ))
        .execute(tx.conn)?;
    diesel::insert_into(versions::table)
        .values((
            versions::unit_id.eq(id),
            versions::n.eq(1),
            versions::root_id.eq(root),
            versions::valid_from.eq(new.valid_from.map_or(ever(), |day| day.0)),
            versions::code.eq(&new.code.0),
            versions::name.eq(&new.name.0),
            versions::short_name.eq(short),
            versions::level.eq(&new.level.0),
            versions::kind.eq(&new.kind.0),
            versions::parent_id.eq(new.parent_id),
        ))
        .execute(tx.conn)?;
    put_external_ids(tx.conn, id, root, new.external_ids.as_ref().map_or(&[], |ids| &ids.0))?;
    Ok(id)
}

/// The day before all others: both databases can store it and sort it first.
pub fn ever() -> NaiveDate {
    NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default()
}

/// The folded words a unit is found by.
pub fn search_text(code: &str, name: &str, short_name: Option<&str>) -> String {
    text::fold(&format!("{name} {code} {}", short_name.unwrap_or_default()))
}

/// Replaces the unit's codes in other lists.
pub fn put_external_ids(conn: &mut AnyConn, id: Id, root: Id, codes: &[ExternalIdCreate]) -> Result<()> {
    diesel::delete(external::table.filter(external::unit_id.eq(id))).execute(conn)?;
    for code in codes {
        diesel::insert_into(external::table)
            .values((
                external::unit_id.eq(id),
                external::scheme.eq(&code.scheme.0),
                external::code.eq(&code.code.0),
                external::root_id.eq(root),
            ))
            .execute(conn)?;
    }
    Ok(())
}
