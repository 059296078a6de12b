//! One task, read at once with all that most answers need of it.

use crate::{
    auth::{Actor, actors},
    db::{
        AnyConn,
        schema::{org_units, tasks},
    },
    error::{Error, Result},
    ids::Id,
    on, settings,
    tasks::{
        beside::{self, Beside},
        model::{self, Lens, Placed, Row, UnitColumns, actions, clarify},
        wire::Task,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A task as it was found, before it is known who asks.
pub struct Found {
    placed: Placed,
    due_soon_days: Option<String>,
    beside: Beside,
}

/// A task by its id, whoever asks, along with the standing of the session that does.
pub fn find_along(conn: &mut AnyConn, id: Id, session: Id) -> Result<(Option<i64>, Option<Found>)> {
    let found =
        tasks::table.inner_join(org_units::table).filter(tasks::id.eq(id).and(tasks::deleted_at.is_null()));
    type Read = (Row, UnitColumns, Option<String>, Beside, Option<i64>);
    let found: Option<Read> = on!(conn, c => found
        .select((
            Row::as_select(),
            UnitColumns::as_select(),
            settings::model::due_soon_column(),
            beside::columns(),
            actors::standing_of(Some(session)),
        ))
        .first(c)
        .optional())?;
    match found {
        Some((row, unit, due_soon_days, beside, standing)) => {
            Ok((standing, Some(Found { placed: unit.place(row), due_soon_days, beside })))
        }
        None => Ok((actors::standing(conn, session)?, None)),
    }
}

/// What was found, as the actor sees it today, with what it leaves unsaid where that is asked for; 404 when
/// the actor does not see it.
pub fn show(
    conn: &mut AnyConn,
    actor: &Actor,
    found: Option<Found>,
    today: NaiveDate,
    clarity: bool,
) -> Result<Task> {
    let Found { placed, due_soon_days, beside } = found.ok_or_else(Error::not_found)?;
    model::check_sight(conn, actor, &placed, beside.parts)?;
    let lens = Lens::of(actor, today, due_soon_days)?;
    let actions = actions(actor, &placed.row, &placed.place, beside.pending);
    let task = beside::fill(conn, actor, lens.one(placed.row, placed.unit, actions), beside)?;
    let mut task = [task];
    if clarity {
        clarify(conn, &mut task)?;
    }
    let [task] = task;
    Ok(task)
}
