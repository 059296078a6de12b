//! Renaming and moving units.

use crate::{
    auth::Actor,
    db::{
        lock_row,
        schema::{levels, org_unit_versions as versions, org_units},
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Event, Tx},
    http::{
        Answer,
        version::{self, IfMatch},
    },
    ids::Id,
    org_units::{
        create::{
            below_fault, ever, kind_exists, put_external_ids, rank_of, scheme_faults, search_text,
            unknown_kind, unknown_level,
        },
        lineage::{ever_above, first_day},
        model::{self, Row},
        wire::{ExternalIdCreate, OrgUnit, OrgUnitPatch},
    },
    place::{self, Place},
    policy::{Action, Site},
    text,
};
use chrono::NaiveDate;
use diesel::{prelude::*, sql_types};

/// Changes a unit; a new name or place counts from `effective_on`. What changes nothing leaves nothing.
pub fn change(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch, patch: OrgUnitPatch) -> Result<Answer> {
    let seen = model::find(tx.conn, actor, id)?;
    actor.may_at(Action::OrgUnitManage, Site::of(&seen.place()))?;
    lock_row(tx.conn, "org_units", &seen.root_id.to_string())?;
    let row = model::find(tx.conn, actor, id)?;
    expected.check(row.version)?;
    let on = patch.effective_on.0.map_or(tx.at.day(), |day| day.0);
    let parent = match patch.parent_id.0 {
        Some(to) if Some(to) != row.parent_id => Some(model::referenced(tx.conn, actor, to, "/parent_id")?),
        _ => None,
    };
    if let Some(parent) = &parent {
        actor.may_at(Action::OrgUnitManage, Site::of(&parent.place()))?;
    }
    check(tx, &row, parent.as_ref(), &patch, on)?;
    let before = model::wire_one(tx.conn, row.clone())?;
    let changed = changed(&row, &patch)?;
    let codes = patch.external_ids.0.as_ref().map(|codes| &codes.0);
    if changed == row && parent.is_none() && codes.is_none_or(|codes| same_codes(codes, &before)) {
        return Answer::changed(before.version, &before);
    }
    update(tx, &row, &changed)?;
    if let Some(parent) = &parent {
        rehang(tx, &row, &parent.place())?;
    }
    if let Some(codes) = codes {
        put_external_ids(tx.conn, id, row.root_id, codes)?;
    }
    let after = model::load(tx.conn, id)?;
    record_version(tx, &row, &after, on)?;
    let (place, unit) = (after.place(), model::wire_one(tx.conn, after)?);
    tx.append(Event {
        kind: if parent.is_some() { "org_unit.moved" } else { "org_unit.changed" },
        subject_type: "org_unit",
        subject_id: id,
        subject_version: unit.version,
        place: Some(&place),
        changes: Changes::between(&before, &unit)?.and(
            "effective_on",
            serde_json::Value::Null,
            on.to_string(),
        ),
        reason: None,
    })?;
    Answer::changed(unit.version, &unit)
}

fn check(tx: &mut Tx, row: &Row, parent: Option<&Row>, patch: &OrgUnitPatch, on: NaiveDate) -> Result<()> {
    let mut faults = Vec::new();
    let level = patch.level.0.as_ref().map_or(row.level.as_str(), |level| &level.0);
    let rank = rank_of(tx.conn, level)?;
    if rank.is_none() {
        faults.push(unknown_level(tx.conn, "/level")?);
    }
    if let Some(kind) = &patch.kind.0
        && !kind_exists(tx.conn, kind)?
    {
        faults.push(unknown_kind(tx.conn, "/kind")?);
    }
    match parent {
        // Its children of today and those of every day since it is to count.
        Some(parent) if parent.path.starts_with(&row.path) || ever_above(tx.conn, row.id, parent.id, on)? => {
            faults.push(Fault::at("/parent_id", Code::ParentCycle))
        }
        // Every row of a tree carries its root; moving between trees is a merge, not a rename.
        Some(parent) if parent.root_id != row.root_id || row.parent_id.is_none() => {
            faults.push(Fault::at("/parent_id", Code::NotPermittedHere).with("why", Phrase::AnotherTree));
        }
        Some(parent) => {
            let height = height(tx, row)?;
            faults.extend(below_fault(tx, parent, rank, height)?);
            if first_day(tx.conn, parent.id)?.is_some_and(|first| on < first) {
                faults.push(Fault::at("/parent_id", Code::NotPermittedHere).with("why", Phrase::NotYetOpen));
            }
        }
        None => {}
    }
    if level != row.level && !fits_between(tx, row, parent.is_none(), rank)? {
        faults.push(Fault::at("/level", Code::NotPermittedHere).with("why", Phrase::Level));
    }
    faults.extend(patch.external_ids.0.iter().flat_map(|codes| scheme_faults(&codes.0)));
    let since = current_since(tx, row.id)?;
    if on > tx.at.day() {
        faults.push(Fault::at("/effective_on", Code::InFuture));
    } else if on < since {
        faults.push(Fault::at("/effective_on", Code::OutOfOrder).with("last", since));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// How many levels of units lie below a unit.
fn height(tx: &mut Tx, row: &Row) -> Result<i32> {
    let below = org_units::path.ge(&row.path).and(org_units::path.lt(place::after(&row.path)));
    let deepest: Option<i32> =
        org_units::table.filter(below).select(diesel::dsl::max(org_units::depth)).first(tx.conn)?;
    Ok(deepest.map_or(0, |deepest| deepest - row.depth))
}

/// True when a unit of this rank fits above its open children and, if it stays there, below its parent.
fn fits_between(tx: &mut Tx, row: &Row, stays: bool, rank: Option<i32>) -> Result<bool> {
    let Some(rank) = rank else { return Ok(true) };
    let ranks = org_units::table.inner_join(levels::table.on(levels::id.eq(org_units::level)));
    let children = org_units::parent_id.eq(row.id).and(org_units::closed_on.is_null());
    let too_high: i64 = ranks.filter(children).filter(levels::rank.lt(rank)).count().get_result(tx.conn)?;
    let above: Option<i32> = match row.parent_id.filter(|_| stays) {
        Some(parent) => Some(ranks.filter(org_units::id.eq(parent)).select(levels::rank).first(tx.conn)?),
        None => None,
    };
    Ok(too_high == 0 && above.is_none_or(|above| above <= rank))
}

/// The day since when the present name and place count.
fn current_since(tx: &mut Tx, unit: Id) -> Result<NaiveDate> {
    let last = versions::table.filter(versions::unit_id.eq(unit)).order(versions::n.desc());
    Ok(last.select(versions::valid_from).first(tx.conn).optional()?.unwrap_or_else(ever))
}

/// The row with what a patch says of it, but for its place in the tree.
fn changed(row: &Row, patch: &OrgUnitPatch) -> Result<Row> {
    let mut row = row.clone();
    let set = |old: &mut String, new: Option<&str>| {
        if let Some(new) = new {
            new.clone_into(old);
        }
    };
    set(&mut row.code, patch.code.0.as_deref());
    set(&mut row.name, patch.name.0.as_deref());
    set(&mut row.level, patch.level.0.as_deref());
    set(&mut row.kind, patch.kind.0.as_deref());
    row.short_name = patch.short_name.clone().map(|name| name.0).over(row.short_name);
    row.issuer_code = patch.issuer_code.clone().map(|code| code.0).over(row.issuer_code);
    if let Some(traits) = &patch.traits.0 {
        row.traits = serde_json::to_string(&traits.0).map_err(Error::internal)?;
    }
    Ok(row)
}

fn same_codes(new: &[ExternalIdCreate], before: &OrgUnit) -> bool {
    let mut new: Vec<_> = new.iter().map(|one| (&*one.scheme, &*one.code)).collect();
    let mut old: Vec<_> =
        before.external_ids.iter().map(|one| (one.scheme.as_str(), one.code.as_str())).collect();
    new.sort_unstable();
    old.sort_unstable();
    new == old
}

fn update(tx: &mut Tx, row: &Row, to: &Row) -> Result<()> {
    let changed = diesel::update(org_units::table.find(row.id).filter(org_units::version.eq(row.version)))
        .set((
            org_units::search_text.eq(search_text(&to.code, &to.name, to.short_name.as_deref())),
            org_units::name_key.eq(text::collation_key(&to.name)),
            org_units::code.eq(&to.code),
            org_units::name.eq(&to.name),
            org_units::short_name.eq(&to.short_name),
            org_units::issuer_code.eq(&to.issuer_code),
            org_units::traits.eq(&to.traits),
            org_units::level.eq(&to.level),
            org_units::kind.eq(&to.kind),
            org_units::version.eq(row.version + 1),
            org_units::updated_at.eq(tx.at.millis()),
        ))
        .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(version::stale(row.version + 1, row.version)) }
}

/// Hangs a unit with everything below it under another parent.
fn rehang(tx: &mut Tx, row: &Row, parent: &Place) -> Result<()> {
    let path = format!("{}{}/", parent.path, row.id);
    diesel::update(org_units::table.find(row.id)).set(org_units::parent_id.eq(parent.id)).execute(tx.conn)?;
    let from = i32::try_from(row.path.len()).map_err(Error::internal)? + 1;
    diesel::sql_query(
        "UPDATE org_units SET path = $1 || substr(path, $2), depth = depth + $3 WHERE path >= $4 AND path < $5",
    )
    .bind::<sql_types::Text, _>(path)
    .bind::<sql_types::Integer, _>(from)
    .bind::<sql_types::Integer, _>(parent.depth + 1 - row.depth)
    .bind::<sql_types::Text, _>(row.path.clone())
    .bind::<sql_types::Text, _>(place::after(&row.path))
    .execute(tx.conn)?;
    Ok(())
}

/// Dates the change, unless nothing that is dated changed.
fn record_version(tx: &mut Tx, before: &Row, after: &Row, on: NaiveDate) -> Result<()> {
    let dated = |row: &Row| {
        (
            row.code.clone(),
            row.name.clone(),
            row.short_name.clone(),
            row.level.clone(),
            row.kind.clone(),
            row.parent_id,
        )
    };
    if dated(before) == dated(after) {
        return Ok(());
    }
    // What a unit was called may still be put right, but not after its end.
    if after.closed_on.is_some_and(|end| on >= end) {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::ClosedUnit));
    }
    let since = current_since(tx, after.id)?;
    let last: i32 = versions::table
        .filter(versions::unit_id.eq(after.id))
        .order(versions::n.desc())
        .select(versions::n)
        .first(tx.conn)?;
    // A second change on the same day replaces the first: a day has one name.
    let n = if since == on {
        diesel::delete(versions::table.find((after.id, last))).execute(tx.conn)?;
        last
    } else {
        diesel::update(versions::table.find((after.id, last)))
            .set(versions::valid_to.eq(on))
            .execute(tx.conn)?;
        last + 1
    };
    diesel::insert_into(versions::table)
        .values((
            versions::unit_id.eq(after.id),
            versions::n.eq(n),
            versions::root_id.eq(after.root_id),
            versions::valid_from.eq(on),
            versions::valid_to.eq(after.closed_on),
            versions::code.eq(&after.code),
            versions::name.eq(&after.name),
            versions::short_name.eq(&after.short_name),
            versions::level.eq(&after.level),
            versions::kind.eq(&after.kind),
            versions::parent_id.eq(after.parent_id),
        ))
        .execute(tx.conn)?;
    Ok(())
}
