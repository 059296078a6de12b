//! Answers kept in memory as they were told: the most dear figures cost no more than the cheapest while
//! nothing changes.
//!
//! Each is kept under its tag, which differs whenever the answer may (`tag`): so none is ever taken out for
//! being wrong, and nothing has to be told to other nodes. What nobody asks for any more falls out.

use actix_web::web::Bytes;
use moka::{policy::EvictionPolicy, sync::Cache};

/// How much text is kept, in bytes.
const MOST: u64 = 2 * 1024 * 1024;
/// A longer answer would put out too many others.
const LONGEST: usize = 128 * 1024;

/// What is kept.
#[derive(Debug, Clone)]
pub struct Answers(Cache<String, Bytes>);

impl Default for Answers {
    fn default() -> Self {
        let weigh = |tag: &String, text: &Bytes| u32::try_from(tag.len() + text.len()).unwrap_or(u32::MAX);
        // What came last is asked for next: after a change no older answer is ever asked for again.
        let cache = Cache::builder().max_capacity(MOST).weigher(weigh).eviction_policy(EvictionPolicy::lru());
        Self(cache.build())
    }
}

impl Answers {
    /// The answer under a tag.
    pub fn find(&self, tag: &str) -> Option<Bytes> {
        self.0.get(tag)
    }

    /// Keeps an answer, unless it is very long.
    pub fn keep(&self, tag: &str, text: &Bytes) {
        if text.len() <= LONGEST {
            self.0.insert(tag.to_owned(), text.clone());
        }
    }
}
