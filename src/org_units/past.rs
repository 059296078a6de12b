//! Units as they were on a day.

use crate::{
    auth::Actor,
    db::AnyConn,
    error::{Error, Result},
    http::{Cursor, Page},
    org_units::{
        create::search_text,
        model,
        tree::{Tree, UnitOn},
        wire::{OrgUnit, OrgUnitQuery},
    },
};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// A unit with the name and parent it had on a day; 404 when it did not exist.
pub fn show(conn: &mut AnyConn, unit: OrgUnit, day: NaiveDate) -> Result<OrgUnit> {
    let tree = Tree::on(conn, unit.root_id, day)?;
    let then = tree.get(unit.id).filter(|_| tree.in_force(unit.id, day)).ok_or_else(Error::not_found)?;
    let depth = tree.depth(unit.id);
    Ok(dress(unit, then, depth))
}

fn dress(unit: OrgUnit, then: &UnitOn, depth: i32) -> OrgUnit {
    OrgUnit {
        depth,
        code: then.code.clone(),
        name: then.name.clone(),
        short_name: then.short_name.clone(),
        level: then.level.clone(),
        kind: then.kind.clone(),
        parent_id: then.parent_id,
        ..unit
    }
}

/// A page of the units in force on a day, in the order of the codes they had.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &OrgUnitQuery,
    day: NaiveDate,
) -> Result<Page<OrgUnit>> {
    let top = match query.under {
        Some(under) => Some(model::find_in_territory(conn, actor, under)?),
        None => None,
    };
    let mine = model::visible_ids(conn, actor)?;
    let roots: HashSet<_> = mine.values().copied().collect();
    let mut found: Vec<(UnitOn, i32)> = Vec::new();
    let q = query.q.as_ref().map_or("", |q| &q.0);
    for root in roots {
        let tree = Tree::on(conn, root, day)?;
        let inside: Option<HashSet<_>> = top
            .as_ref()
            .map(|top| tree.below(top.id).into_iter().map(|unit| unit.id).chain([top.id]).collect());
        found.extend(
            tree.units()
                .filter(|unit| mine.contains_key(&unit.id) && tree.in_force(unit.id, day))
                .filter(|unit| inside.as_ref().is_none_or(|inside| inside.contains(&unit.id)))
                .filter(|unit| wanted(unit, query, q))
                .map(|unit| (unit.clone(), tree.depth(unit.id))),
        );
    }
    found.sort_by(|(a, _), (b, _)| a.code.cmp(&b.code));
    let scope = query.scope(actor);
    if let Some(cursor) = &query.cursor {
        let [code] = cursor.open(&scope)?;
        found.retain(|(unit, _)| unit.code > code);
    }
    found.truncate(usize::try_from(query.limit.0).unwrap_or_default() + 1);
    let page =
        Page::cut(found, query.limit.0, |(unit, _)| Cursor::seal(std::slice::from_ref(&unit.code), &scope));
    let ids: Vec<_> = page.items.iter().map(|(unit, _)| unit.id).collect();
    let mut now: HashMap<_, _> = model::by_ids(conn, &ids)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let dressed = |(then, depth): &(UnitOn, i32)| now.remove(&then.id).map(|unit| dress(unit, then, *depth));
    let items = page.items.iter().filter_map(dressed).collect();
    Ok(Page { items, next_cursor: page.next_cursor })
}

fn wanted(unit: &UnitOn, query: &OrgUnitQuery, q: &str) -> bool {
    query.parent_id.is_none_or(|parent| unit.parent_id == Some(parent))
        && query.level.as_ref().is_none_or(|levels| levels.0.contains(&unit.level))
        && query.kind.as_ref().is_none_or(|kinds| kinds.0.contains(&unit.kind))
        && (q.is_empty() || search_text(&unit.code, &unit.name, unit.short_name.as_deref()).contains(q))
}
