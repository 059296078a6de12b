//! Failed log-ins slow down whoever goes on guessing: per account *and address together*, so that a
//! stranger cannot lock a leader out, and per address over all accounts, against spraying.
//!
//! Kept in memory by each node.

use crate::{
    clock::Instant,
    error::{Code, Error, Result},
};
use moka::{Entry, sync::Cache};
use std::time::Duration;

#[derive(Debug, Clone, Copy, Default)]
struct Failures {
    count: u32,
    last: i64,
}

/// Counts of failures.
pub struct Throttle {
    pairs: Cache<(String, String), Failures>,
    addresses: Cache<String, Failures>,
}

/// Failures of one account from one address before waiting begins.
const FREE_FOR_PAIR: u32 = 5;
/// Failures from one address over all accounts before waiting begins.
const FREE_FOR_ADDRESS: u32 = 50;
const MEMORY: Duration = Duration::from_secs(15 * 60);
const LONGEST_WAIT: i64 = 15 * 60;

impl Default for Throttle {
    fn default() -> Self {
        let pairs = Cache::builder().max_capacity(100_000).time_to_live(MEMORY).build();
        let addresses = Cache::builder().max_capacity(100_000).time_to_live(MEMORY).build();
        Self { pairs, addresses }
    }
}

/// Seconds to wait after the failures beyond the free ones: 2, 4, 8 … up to 15 minutes.
fn wait(failures: Failures, free: u32, now: Instant) -> i64 {
    if failures.count < free {
        return 0;
    }
    let pause = 2_i64.checked_pow(failures.count - free + 1).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
    (failures.last + pause - now.seconds()).max(0)
}

/// One failure more than there were.
fn more<K>(old: Option<Entry<K, Failures>>, now: Instant) -> Failures {
    let before = old.map_or(0, |old| old.into_value().count);
    Failures { count: before.saturating_add(1), last: now.seconds() }
}

impl Throttle {
    /// Refuses (429) while a wait is on.
    pub fn check(&self, account: &str, address: &str, now: Instant) -> Result<()> {
        let pair = self.pairs.get(&(account.into(), address.into())).unwrap_or_default();
        let all = self.addresses.get(address).unwrap_or_default();
        let seconds = wait(pair, FREE_FOR_PAIR, now).max(wait(all, FREE_FOR_ADDRESS, now));
        match u64::try_from(seconds) {
            Ok(seconds) if seconds > 0 => {
                Err(Error::new(Code::TooManyRequests).with("seconds", seconds).retry_after(seconds))
            }
            _ => Ok(()),
        }
    }

    /// Counts a failure.
    pub fn failed(&self, account: &str, address: &str, now: Instant) {
        self.pairs.entry((account.into(), address.into())).and_upsert_with(|old| more(old, now));
        self.addresses.entry(address.into()).and_upsert_with(|old| more(old, now));
    }

    /// A success clears the account's count at this address.
    pub fn succeeded(&self, account: &str, address: &str) {
        self.pairs.invalidate(&(account.into(), address.into()));
    }
}
