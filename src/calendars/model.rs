//! What other rooms ask of calendars.

use crate::{
    auth::Actor,
    calendars::{days, regimes},
    db::AnyConn,
    db::schema::report_regimes as table,
    error::{Error, Result},
    ids::Id,
    measures::{Period, Regime, WorkingDays},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

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

/// Every calendar there is, for figures over many records.
#[derive(Debug, Default)]
pub struct Calendars {
    working: WorkingDays,
    regimes: HashMap<String, Regime>,
}

impl Calendars {
    /// Reads them: two queries.
    pub fn load(conn: &mut AnyConn) -> Result<Self> {
        let rows: Vec<regimes::model::Row> =
            table::table.select(regimes::model::Row::as_select()).load(conn)?;
        let one = |row: regimes::model::Row| Ok((row.code.clone(), row.regime()?));
        Ok(Self { working: working_days(conn)?, regimes: rows.into_iter().map(one).collect::<Result<_>>()? })
    }

    /// The days of a period under the regime with this code.
    pub fn window(&self, regime: &str, period: Period) -> Result<(NaiveDate, NaiveDate)> {
        let window = self.regimes.get(regime).and_then(|regime| regime.window(period));
        window.ok_or_else(|| Error::internal(format!("no {period} under {regime}")))
    }

    /// The working days of the country.
    pub const fn working(&self) -> &WorkingDays {
        &self.working
    }
}
