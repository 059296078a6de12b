//! Listing accounts.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{assignments, org_units, users},
    },
    error::Result,
    http::{Cursor, Page, query::Flag},
    org_units::model as units,
    people::{
        model::{Row, visible, wire},
        wire::{User, UserQuery},
    },
    place,
    policy::Role,
};
use diesel::prelude::*;

/// A page of accounts in the order of their user names.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &UserQuery) -> Result<Page<User>> {
    let mut rows = visible(actor);
    let top = query.under.map(|id| units::find_in_territory(conn, actor, id)).transpose()?;
    let roles = query.role.as_ref().map_or_else(|| Role::ALL.to_vec(), |roles| roles.0.clone());
    let of_role = assignments::table.filter(assignments::role.eq_any(roles));
    rows = match (top.as_ref().map(|top| &top.path), &query.role, &actor.unit) {
        (None, None, _) => rows,
        // Only who administers the instance sees assignments that lie in no unit.
        (None, Some(_), None) => rows.filter(users::id.eq_any(of_role.select(assignments::user_id))),
        (top, _, unit) => {
            let path = top.or(unit.as_ref().map(|unit| &unit.path)).cloned().unwrap_or_default();
            rows.filter(
                users::id.eq_any(
                    of_role
                        .inner_join(org_units::table)
                        .filter(org_units::path.lt(place::after(&path)).and(org_units::path.ge(path)))
                        .select(assignments::user_id),
                ),
            )
        }
    };
    if let Some(q) = &query.q {
        rows = rows.filter(users::search_text.like(q.like()));
    }
    rows = match query.disabled {
        Some(Flag(true)) => rows.filter(users::disabled_at.is_not_null()),
        Some(Flag(false)) => rows.filter(users::disabled_at.is_null()),
        None => rows,
    };
    let scope = format!(
        "users|{:?}|{:?}|{:?}|{:?}|{}",
        query.under,
        query.q,
        query.role,
        query.disabled,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [key] = cursor.open(&scope)?;
        rows = rows.filter(users::username_key.gt(key));
    }
    let rows =
        rows.order(users::username_key).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| {
        Cursor::seal(std::slice::from_ref(&row.username_key), &scope)
    });
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, actor, page.items)? })
}
