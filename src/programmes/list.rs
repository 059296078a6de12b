//! Pages of programmes.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{org_units, programmes},
    },
    error::{Error, Result},
    http::{Cursor, Page},
    ids::Id,
    org_units::model as units,
    programmes::{
        model::{self, Placed, Row},
        parents,
        wire::{Programme, ProgrammeQuery},
    },
};
use diesel::prelude::*;
use std::collections::HashMap;

/// A page of programmes in the order of their ids, which is that of their creation.
pub fn page(conn: &mut AnyConn, actor: &Actor, query: &ProgrammeQuery) -> Result<Page<Programme>> {
    let mut rows = model::visible(actor);
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(programmes::unit_id.eq_any(below));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(programmes::unit_id.eq(unit));
    }
    if let Some(document) = query.document_id {
        rows = parents::only(conn, actor, rows, document)?;
    }
    if let Some(status) = &query.status {
        rows = rows.filter(programmes::status.eq_any(status.0.clone()));
    }
    if let Some(year) = query.year {
        rows = rows.filter(programmes::year.eq(year.0));
    }
    let asked = (query.under, query.unit_id, query.document_id, &query.status, query.year);
    let scope = format!("programmes|{asked:?}|{}", actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(programmes::id.gt(id));
    }
    let found = rows.order(programmes::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(found, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    let all = with_units(conn, page.items)?;
    Ok(Page { items: model::wire(conn, actor, &all)?, next_cursor: page.next_cursor })
}

fn with_units(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<Placed>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let found: Vec<units::Row> =
        org_units::table.filter(org_units::id.eq_any(ids)).select(units::Row::as_select()).load(conn)?;
    let found: HashMap<Id, units::Row> = found.into_iter().map(|unit| (unit.id, unit)).collect();
    let placed = |row: Row| {
        let unit = found.get(&row.unit_id).ok_or_else(|| Error::internal("a programme without its unit"))?;
        Ok(Placed { row, place: unit.place(), unit: unit.reference() })
    };
    rows.into_iter().map(placed).collect()
}
