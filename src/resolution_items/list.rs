//! Pages of a document's items, in the order in which they are read.

use crate::{
    auth::Actor,
    clock::Instant,
    db::AnyConn,
    documents::model as papers,
    error::Result,
    http::{Cursor, Page},
    ids::Id,
    org_units::model as units,
    resolution_items::{
        model,
        outline::Spot,
        wire::{ResolutionItem, ResolutionItemQuery},
    },
};
use chrono::NaiveDate;

/// What stands between the ranks of a cursor: no figure of theirs.
const SEPARATOR: char = '/';

/// A page of items. The tree is read whole, which it is small enough for, the texts of the page alone.
pub fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    document: Id,
    query: &ResolutionItemQuery,
    today: NaiveDate,
) -> Result<Page<ResolutionItem>> {
    let document = papers::find(conn, actor, document)?.id;
    let unit = query.relevant_to.map(|unit| units::find(conn, actor, unit)).transpose()?;
    let day = query.as_of.map(|day| day.0).filter(|day| *day < today);
    let outline = match day {
        Some(day) => model::outline_before(conn, document, Instant::end_of(day))?,
        None => model::outline(conn, document)?,
    };
    let mut spots = outline.in_order(unit.as_ref().map(|unit| (&*unit.level, &*unit.kind)));
    spots.retain(|spot| {
        spot.relevant && query.kind.as_ref().is_none_or(|kinds| kinds.0.contains(&spot.node.kind))
    });
    let asked = (&query.kind, query.relevant_to, day);
    let scope = format!("resolution_items|{document}|{asked:?}|{}", actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [after] = cursor.open(&scope)?;
        let after: Vec<&str> = after.split(SEPARATOR).collect();
        spots.retain(|spot| spot.ranks > after);
    }
    let page = Page::cut(spots, query.limit.0, |spot: &Spot| {
        Cursor::seal(&[spot.ranks.join(&SEPARATOR.to_string())], &scope)
    });
    Ok(Page { items: model::wire(conn, &page.items)?, next_cursor: page.next_cursor })
}
