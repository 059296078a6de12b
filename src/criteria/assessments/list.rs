//! Pages of what was said.

use crate::{
    auth::Actor,
    criteria::{
        assessments::model::{self, Row},
        wire::{CriteriaAssessment, CriteriaAssessmentQuery},
    },
    db::{AnyConn, schema::criteria_assessments as said},
    error::Result,
    http::{Cursor, Page},
    org_units::model as units,
};
use diesel::prelude::*;

/// A page in the order of ids, which is that of recording.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &CriteriaAssessmentQuery,
) -> Result<Page<CriteriaAssessment>> {
    let mut rows = model::visible(actor);
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(said::unit_id.eq_any(below));
    }
    if let Some(set) = query.set_id {
        rows = rows.filter(said::set_id.eq(set));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(said::unit_id.eq(unit));
    }
    if let Some(criterion) = &query.criterion {
        rows = rows.filter(said::criterion.eq(criterion.0.clone()));
    }
    if let Some(kinds) = &query.kind {
        rows = rows.filter(said::kind.eq_any(kinds.0.clone()));
    }
    if let Some(day) = query.as_of {
        rows = rows.filter(said::assessed_on.le(day.0));
    }
    let scope = format!(
        "criteria_assessments|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
        query.set_id,
        query.unit_id,
        query.under,
        query.criterion,
        query.kind,
        query.as_of,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(said::id.gt(id));
    }
    let rows = rows.order(said::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: model::wire(conn, actor, page.items)? })
}
