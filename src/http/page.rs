//! Pages by keyset: a cursor says after which row to go on, so that work grows with the page.

use crate::error::{Code, Error, Fault, Phrase, Result};
use crate::http::fields::Faults;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use hmac::{Hmac, Mac};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// One page of a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Give this as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Cuts `limit + 1` rows to a page; the extra row only says that more follow.
    pub fn cut(mut rows: Vec<T>, limit: i64, cursor: impl FnOnce(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = if more { rows.last().map(cursor) } else { None };
        Self { items: rows, next_cursor }
    }

    /// The same page of other items.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next_cursor: self.next_cursor }
    }
}

/// A cursor as it came; [`Cursor::open`] checks that it is ours and belongs to the same query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

impl Deserr<Faults> for Cursor {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        at: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        match value {
            Value::String(text) if text.len() <= 1000 => Ok(Self(text)),
            _ => Err(Faults::one(at, Code::Malformed, vec![("expected", Phrase::Cursor.into())])),
        }
    }
}

/// As it came, to lead back to the same page.
impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Key of the cursors' signature, derived from the service's key at start so that nodes agree.
static KEY: OnceLock<[u8; 32]> = OnceLock::new();

/// Sets the key once, at start.
pub fn set_cursor_key(key: [u8; 32]) {
    // A second start in one process (tests) keeps the first key.
    let _ = KEY.set(key);
}

fn sign(text: &[u8], query: &str) -> Vec<u8> {
    let key = KEY.get().copied().unwrap_or_default();
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else { return Vec::new() };
    mac.update(&Sha256::digest(query));
    mac.update(text);
    mac.finalize().into_bytes().iter().take(12).copied().collect()
}

impl Cursor {
    /// A cursor after the row with these sort values, for `query` (the list's name, its filters and
    /// the actor's scope: with any other the cursor is refused).
    pub fn seal(keys: &[String], query: &str) -> String {
        let text = serde_json::to_vec(keys).unwrap_or_default();
        let mut bytes = sign(&text, query);
        bytes.extend(text);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The sort values.
    pub fn open<const N: usize>(&self, query: &str) -> Result<[String; N]> {
        let malformed =
            || Error::from(Fault::parameter("cursor", Code::Malformed).with("expected", Phrase::Cursor));
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| malformed())?;
        let (mac, text) = bytes.split_at_checked(12).ok_or_else(malformed)?;
        let keys: Vec<String> = serde_json::from_slice(text).map_err(|_| malformed())?;
        if sign(text, query) != mac {
            return Err(Fault::parameter("cursor", Code::CursorMismatch).into());
        }
        keys.try_into().map_err(|_| malformed())
    }
}
