//! Time: two clocks behind one value.
//!
//! The **system** clock serves tokens and time-outs. The **business** clock serves deadlines,
//! `as_of` and the moments facts take effect; demo and tests may move it by whole days, because
//! the demo lives in October 2023, when its districts did.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, TimeDelta, Utc};
use diesel::{deserialize::FromSqlRow, expression::AsExpression};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

const MS_PER_DAY: i64 = 86_400_000;
/// Vietnam keeps UTC+7 the whole year.
const VIETNAM_MS: i64 = 7 * 3_600_000;

/// A moment: milliseconds since 1970 in UTC; RFC 3339 with `Z` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::BigInt)]
pub struct Instant(i64);

impl Instant {
    /// A moment from its milliseconds since 1970 in UTC.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970 in UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The stored form, borrowed: what a column of 64 bits takes.
    pub const fn as_millis(&self) -> &i64 {
        &self.0
    }

    /// Whole seconds since 1970, as tokens want them.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This moment moved by some milliseconds.
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The calendar day this moment has in Vietnam: `2026-01-05T17:10:00Z` is 6 January.
    pub fn day(self) -> NaiveDate {
        let days = self.0.saturating_add(VIETNAM_MS).div_euclid(MS_PER_DAY);
        epoch().checked_add_signed(TimeDelta::days(days)).unwrap_or(NaiveDate::MAX)
    }

    /// The first moment of a day in Vietnam.
    pub fn start_of(day: NaiveDate) -> Self {
        Self(day.signed_duration_since(epoch()).num_days().saturating_mul(MS_PER_DAY) - VIETNAM_MS)
    }

    /// The first moment after a day in Vietnam: facts before it count on that day.
    pub fn end_of(day: NaiveDate) -> Self {
        Self(Self::start_of(day).0.saturating_add(MS_PER_DAY))
    }

    /// Reads RFC 3339 with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::<FixedOffset>::parse_from_rfc3339(text).ok().map(|at| Self(at.timestamp_millis()))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        f.write_str(&at.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl serde::Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn epoch() -> NaiveDate {
    DateTime::<Utc>::UNIX_EPOCH.date_naive()
}

/// The service's clocks. Clones share their state.
#[derive(Debug, Clone)]
pub struct Clock(Arc<State>);

#[derive(Debug)]
struct State {
    /// Milliseconds since 1970 that a test holds the clock at; `i64::MIN` = the real clock.
    held: AtomicI64,
    /// Milliseconds the business clock is ahead of the system clock.
    offset: AtomicI64,
}

const NOT_HELD: i64 = i64::MIN;

impl Clock {
    /// The real time on both clocks.
    pub fn real() -> Self {
        Self(Arc::new(State { held: AtomicI64::new(NOT_HELD), offset: AtomicI64::new(0) }))
    }

    /// A clock that stands still until a test moves it.
    pub fn held_at(at: Instant) -> Self {
        Self(Arc::new(State { held: AtomicI64::new(at.millis()), offset: AtomicI64::new(0) }))
    }

    /// Moves a held clock (tests).
    pub fn hold_at(&self, at: Instant) {
        self.0.held.store(at.millis(), Ordering::SeqCst);
    }

    /// Sets today's business day; the time of the day goes on as it is.
    pub fn set_today(&self, day: NaiveDate) {
        let days = day.signed_duration_since(self.system().day()).num_days();
        self.0.offset.store(days.saturating_mul(MS_PER_DAY), Ordering::SeqCst);
    }

    /// Now, for tokens, time-outs and records of when something was written.
    pub fn system(&self) -> Instant {
        match self.0.held.load(Ordering::SeqCst) {
            NOT_HELD => Instant(Utc::now().timestamp_millis()),
            held => Instant(held),
        }
    }

    /// Now, for the moment facts take effect.
    pub fn business(&self) -> Instant {
        self.system().plus_millis(self.0.offset.load(Ordering::SeqCst))
    }

    /// Today's business day in Vietnam.
    pub fn today(&self) -> NaiveDate {
        self.business().day()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_counts_on_the_day_it_has_in_vietnam() {
        assert_eq!(Instant::parse("2026-01-05T17:10:00Z").unwrap().day(), day("2026-01-06"));
        assert_eq!(Instant::parse("2026-01-05T16:59:59.999Z").unwrap().day(), day("2026-01-05"));
        assert_eq!(Instant::parse("2023-09-05T16:59:00+07:00").unwrap().day(), day("2023-09-05"));
    }

    #[test]
    fn a_day_starts_at_five_in_the_afternoon_utc() {
        assert_eq!(Instant::start_of(day("2023-10-15")).to_string(), "2023-10-14T17:00:00.000Z");
        assert_eq!(Instant::end_of(day("2023-10-15")), Instant::start_of(day("2023-10-16")));
    }

    #[test]
    fn the_business_day_moves_apart_from_the_system_clock() {
        let clock = Clock::held_at(Instant::parse("2026-11-21T03:00:00Z").unwrap());
        clock.set_today(day("2023-10-15"));
        assert_eq!(clock.today(), day("2023-10-15"));
        assert_eq!(clock.system().day(), day("2026-11-21"));
        assert_eq!(clock.business().to_string(), "2023-10-15T03:00:00.000Z");
    }
}
