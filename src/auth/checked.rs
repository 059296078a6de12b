//! Access tokens whose signature was checked already: checking one costs more than most answers do.
//!
//! Only what never changes is kept: whom a token names, and its times, which are compared at every use.
//! Whether that person may act still is asked of the database each time (see `actors`).

use crate::{
    auth::keys::ACCESS_SECONDS,
    clock::Instant,
    error::{Code, Error, Result},
    ids::Id,
};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How far clocks of nodes may be apart.
const LEEWAY_SECONDS: i64 = 30;
/// How many tokens are kept, about 150 bytes each.
const MOST: u64 = 20_000;

/// The ids in verified claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Verified {
    pub user: Id,
    pub session: Id,
    pub assignment: Id,
}

/// A token that is ours, in force between two times (seconds since 1970).
#[derive(Debug, Clone, Copy)]
pub struct Checked {
    pub who: Verified,
    pub nbf: i64,
    pub exp: i64,
}

impl Checked {
    /// Whom it stands for now; 401 outside its times.
    pub fn at(&self, now: Instant) -> Result<Verified> {
        let seconds = now.seconds();
        if self.exp < seconds - LEEWAY_SECONDS || self.nbf > seconds + LEEWAY_SECONDS {
            return Err(Error::new(Code::Unauthenticated));
        }
        Ok(self.who)
    }
}

/// Tokens that were found to be ours, by their digests: the tokens themselves are not kept.
pub struct CheckedTokens(Cache<[u8; 32], Checked>);

impl Default for CheckedTokens {
    fn default() -> Self {
        let life = u64::try_from(ACCESS_SECONDS + 2 * LEEWAY_SECONDS).unwrap_or(u64::MAX);
        Self(Cache::builder().max_capacity(MOST).time_to_live(Duration::from_secs(life)).build())
    }
}

impl CheckedTokens {
    /// What is known of a token, or what checking it says. A refusal is not kept: whoever sends nonsense
    /// must not push out others.
    pub fn get_or_check(&self, token: &str, check: impl FnOnce() -> Result<Checked>) -> Result<Checked> {
        let digest = Sha256::digest(token).into();
        if let Some(checked) = self.0.get(&digest) {
            return Ok(checked);
        }
        let checked = check()?;
        self.0.insert(digest, checked);
        Ok(checked)
    }
}
