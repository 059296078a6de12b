//! What other rooms ask of calendars.

use crate::{
    auth::Actor,
    calendars::{days, regimes},
    db::AnyConn,
    error::Result,
    ids::Id,
    measures::{Regime, WorkingDays},
};

/// The working days of the country, all that are declared.
pub fn working_days(conn: &mut AnyConn) -> Result<WorkingDays> {
    days::model::calendar(conn)
}

/// A regime by its id or its code, or 404.
pub fn regime(conn: &mut AnyConn, actor: &Actor, key: &str) -> Result<Regime> {
    let row = match key.parse::<Id>() {
        Ok(id) => regimes::model::find(conn, actor, id)?,
        Err(()) => regimes::model::find_by_code(conn, actor, key)?,
    };
    row.regime()
}
