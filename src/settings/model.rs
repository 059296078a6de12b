//! Reading settings: one row each, absent while the default holds.

use crate::{
    clock::Instant,
    db::{AnyConn, schema::settings},
    error::{Error, Result},
    measures::DUE_SOON_DAYS as DUE_SOON,
    settings::wire::InstanceSettings,
};
use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use std::{fmt::Display, str::FromStr};

/// Rows of the table.
pub const DUE_SOON_DAYS: &str = "due_soon_days";
pub const STALE_DAYS: &str = "stale_days";
pub const READS_KEPT_DAYS: &str = "reads_kept_days";
pub const HARD_TO_MEET_BELOW_PCT: &str = "hard_to_meet_below_pct";
/// This row is written at the first start and stays; its version is that of all settings together.
pub const LOADING_WINDOW_ENDS_ON: &str = "loading_window_ends_on";

/// What holds until somebody decides otherwise.
struct Defaults {
    due_soon_days: i64,
    stale_days: i64,
    reads_kept_days: i64,
    /// Half of the pace that is required (`measures.md`).
    hard_to_meet_below_pct: i64,
    /// Days from the first start on which history may be loaded.
    loading_days: u64,
}

const DEFAULTS: Defaults = Defaults {
    due_soon_days: DUE_SOON,
    stale_days: 30,
    reads_kept_days: 730,
    hard_to_meet_below_pct: 50,
    loading_days: 90,
};

/// How many days before the due date count as soon.
pub fn due_soon_days(conn: &mut AnyConn) -> Result<i64> {
    Ok(stored(conn, DUE_SOON_DAYS)?.unwrap_or(DEFAULTS.due_soon_days))
}

/// The stored value as a column, to be read along with something else.
#[diesel::dsl::auto_type]
pub fn due_soon_column() -> _ {
    let key: &'static str = DUE_SOON_DAYS;
    settings::table.find(key).select(settings::value).single_value()
}

/// How many days count as soon by a value that was read along with something else.
pub fn due_soon_days_of(stored: Option<String>) -> Result<i64> {
    let days = stored.map(|text| read(DUE_SOON_DAYS, &text)).transpose()?;
    Ok(days.unwrap_or(DEFAULTS.due_soon_days))
}

/// How many days without a report make a task silent.
pub fn stale_days(conn: &mut AnyConn) -> Result<i64> {
    Ok(stored(conn, STALE_DAYS)?.unwrap_or(DEFAULTS.stale_days))
}

/// How many days it is kept who read about whom.
pub fn reads_kept_days(conn: &mut AnyConn) -> Result<i64> {
    Ok(stored(conn, READS_KEPT_DAYS)?.unwrap_or(DEFAULTS.reads_kept_days))
}

/// Below which share of the required pace, in per cent, a target counts as hard to meet.
pub fn hard_to_meet_below_pct(conn: &mut AnyConn) -> Result<i64> {
    Ok(stored(conn, HARD_TO_MEET_BELOW_PCT)?.unwrap_or(DEFAULTS.hard_to_meet_below_pct))
}

/// The last day on which history may be loaded; before the first start it counts from today.
pub fn loading_window_ends_on(conn: &mut AnyConn, today: NaiveDate) -> Result<NaiveDate> {
    Ok(stored(conn, LOADING_WINDOW_ENDS_ON)?.unwrap_or_else(|| window_from(today)))
}

/// The window of an instance that starts for the first time on a day.
pub fn window_from(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(DEFAULTS.loading_days)).unwrap_or(day)
}

/// All settings.
pub fn load(conn: &mut AnyConn, today: NaiveDate) -> Result<InstanceSettings> {
    let head: Option<(i32, Instant)> = settings::table
        .find(LOADING_WINDOW_ENDS_ON)
        .select((settings::version, settings::updated_at))
        .first(conn)
        .optional()?;
    Ok(InstanceSettings {
        due_soon_days: due_soon_days(conn)?,
        loading_window_ends_on: loading_window_ends_on(conn, today)?,
        stale_days: stale_days(conn)?,
        reads_kept_days: reads_kept_days(conn)?,
        hard_to_meet_below_pct: hard_to_meet_below_pct(conn)?,
        version: head.map_or(1, |(version, _)| version),
        updated_at: head.map(|(_, at)| at),
    })
}

fn stored<T: FromStr<Err: Display>>(conn: &mut AnyConn, key: &str) -> Result<Option<T>> {
    let text: Option<String> = settings::table.find(key).select(settings::value).first(conn).optional()?;
    text.map(|text| read(key, &text)).transpose()
}

fn read<T: FromStr<Err: Display>>(key: &str, text: &str) -> Result<T> {
    text.parse().map_err(|e| Error::internal(format!("the setting {key} is {text}: {e}")))
}
