//! Pages of receipts, as they stood on a day.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn,
        schema::{dispatch_deadlines as deadlines, receipts},
    },
    dispatches::{
        receipts::model::{self, Row, Rows},
        wire::{Receipt, ReceiptQuery},
    },
    error::{Code, Error, Fault, Result},
    http::{Cursor, Page, query::Flag},
    ids::Id,
    measures::{ReceiptStanding, ReceiptState},
    org_units::model as units,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A page of receipts: in the order of their sending, or most days late first when those are asked for.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &ReceiptQuery,
    today: NaiveDate,
) -> Result<Page<Receipt>> {
    let day = query.as_of.map_or(today, |day| day.0);
    let late_first = query.late == Some(Flag(true));
    let mut rows = narrowed(conn, actor, query, day)?;
    let scope = scope(actor, query, day);
    if let Some(cursor) = &query.cursor {
        rows = go_on(rows, late_first, cursor.open(&scope)?)?;
    }
    rows = if late_first {
        rows.order((deadlines::receipt_due_on, receipts::id))
    } else {
        rows.order(receipts::id)
    };
    let found: Vec<(Row, Option<NaiveDate>)> =
        rows.limit(query.limit.0 + 1).select((Row::as_select(), deadlines::receipt_due_on)).load(conn)?;
    let page = Page::cut(found, query.limit.0, |(row, due)| {
        let due = due.map(|due| due.to_string()).unwrap_or_default();
        Cursor::seal(&[due, row.id.to_string()], &scope)
    });
    let rows = page.items.into_iter().map(|(row, _)| row).collect();
    Ok(Page { next_cursor: page.next_cursor, items: model::wire(conn, rows, day)? })
}

fn scope(actor: &Actor, query: &ReceiptQuery, day: NaiveDate) -> String {
    format!(
        "receipts|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{day}|{}",
        query.document_id,
        query.dispatch_id,
        query.unit_id,
        query.under,
        query.state,
        query.standing,
        query.late,
        actor.scope_key()
    )
}

fn narrowed(conn: &mut AnyConn, actor: &Actor, query: &ReceiptQuery, day: NaiveDate) -> Result<Rows> {
    let end = Instant::end_of(day);
    let mut rows = model::visible(actor)
        .filter(receipts::created_at.lt(end))
        .filter(deadlines::set_at.lt(end))
        .filter(deadlines::until_at.is_null().or(deadlines::until_at.ge(end)));
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(receipts::unit_id.eq_any(below));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(receipts::unit_id.eq(unit));
    }
    if let Some(document) = query.document_id {
        rows = rows.filter(receipts::document_id.eq(document));
    }
    if let Some(dispatch) = query.dispatch_id {
        rows = rows.filter(receipts::dispatch_id.eq(dispatch));
    }
    if let Some(wanted) = &query.state {
        let unwanted = ReceiptState::ALL.iter().filter(|state| !wanted.0.contains(state));
        rows = unwanted.fold(rows, |rows, state| not_in_state(rows, *state, end));
    }
    if let Some(wanted) = &query.standing {
        let unwanted = ReceiptStanding::ALL.iter().filter(|standing| !wanted.0.contains(standing));
        rows = unwanted.fold(rows, |rows, standing| not_standing(rows, *standing, end));
    }
    Ok(match query.late {
        Some(Flag(late)) => by_lateness(rows, late, day, end),
        None => rows,
    })
}

/// Leaves out what was in a state at a moment. A step implies those before it.
fn not_in_state(rows: Rows, state: ReceiptState, end: Instant) -> Rows {
    match state {
        ReceiptState::Sent => rows.filter(receipts::seen_at.lt(end)),
        ReceiptState::Seen => rows.filter(
            receipts::seen_at.is_null().or(receipts::seen_at.ge(end)).or(receipts::received_at.lt(end)),
        ),
        ReceiptState::Received => rows.filter(
            receipts::received_at
                .is_null()
                .or(receipts::received_at.ge(end))
                .or(receipts::assigned_at.lt(end)),
        ),
        ReceiptState::Assigned => {
            rows.filter(receipts::assigned_at.is_null().or(receipts::assigned_at.ge(end)))
        }
    }
}

/// Leaves out what stood so at a moment: recalled goes before exempt.
fn not_standing(rows: Rows, standing: ReceiptStanding, end: Instant) -> Rows {
    match standing {
        ReceiptStanding::Live => rows.filter(receipts::recalled_at.lt(end).or(receipts::exempt_at.lt(end))),
        ReceiptStanding::Exempt => rows.filter(
            receipts::exempt_at.is_null().or(receipts::exempt_at.ge(end)).or(receipts::recalled_at.lt(end)),
        ),
        ReceiptStanding::Recalled => {
            rows.filter(receipts::recalled_at.is_null().or(receipts::recalled_at.ge(end)))
        }
    }
}

/// Only what is overdue on a day, or only what is not.
fn by_lateness(rows: Rows, late: bool, day: NaiveDate, end: Instant) -> Rows {
    if late {
        let rows = not_standing(rows, ReceiptStanding::Exempt, end);
        return not_standing(rows, ReceiptStanding::Recalled, end)
            .filter(deadlines::receipt_due_on.lt(day))
            .filter(receipts::received_at.is_null().or(receipts::received_at.ge(end)));
    }
    rows.filter(
        deadlines::receipt_due_on
            .is_null()
            .or(deadlines::receipt_due_on.ge(day))
            .or(receipts::received_at.lt(end))
            .or(receipts::exempt_at.lt(end))
            .or(receipts::recalled_at.lt(end)),
    )
}

/// Only what comes after the row with this deadline (empty: none) and id.
fn go_on(rows: Rows, late_first: bool, [due, id]: [String; 2]) -> Result<Rows> {
    let stranger = || Error::from(Fault::parameter("cursor", Code::CursorMismatch));
    let id: Id = id.parse().map_err(|()| stranger())?;
    if !late_first {
        return Ok(rows.filter(receipts::id.gt(id)));
    }
    let due: NaiveDate = due.parse().map_err(|_| stranger())?;
    Ok(rows.filter(
        deadlines::receipt_due_on.gt(due).or(deadlines::receipt_due_on.eq(due).and(receipts::id.gt(id))),
    ))
}
