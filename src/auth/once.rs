//! `Idempotency-Key`: a write that is sent again is answered again, not done again.
//!
//! The key's row stands in the same transaction as the effect. A second request with the same key
//! waits for the first: on SQLite behind it in the one writer's queue, on PostgreSQL on the row's
//! unique key, for at most the lock time-out (then 409). Only successes are kept; a refused request
//! had no effect and may be sent again.

use crate::{
    clock::Instant,
    db::{AnyConn, schema::idempotency_keys},
    error::{Code, Error, Fault, Phrase, Result},
    http::{Answer, body::BodyHash},
    ids::Id,
    on,
};
use actix_web::{HttpMessage, HttpRequest};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

/// How long an answer is kept.
pub const KEPT_MILLIS: i64 = 48 * 3600 * 1000;

/// The header as it was read: 1 to 255 characters.
#[derive(Debug, Clone)]
pub struct Key(String);

impl Key {
    /// Reads the header; `None` when it is absent. Takes the quoted form of the draft standard and
    /// the bare one.
    pub fn of(req: &HttpRequest) -> Result<Option<Self>> {
        let Some(raw) = req.headers().get("idempotency-key") else { return Ok(None) };
        let text = raw.to_str().unwrap_or_default().trim();
        let key = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
        if key.is_empty() || key.len() > 255 || key.contains('"') {
            let fault = Fault::header("Idempotency-Key", Code::Malformed);
            return Err(fault.with("expected", Phrase::KeyText).into());
        }
        Ok(Some(Self(key.into())))
    }
}

/// The key of a request, with what it was used for.
#[derive(Debug, Clone)]
pub struct Once {
    key: String,
    operation: String,
    hash: String,
}

impl Once {
    /// The key with its request, whose body has been read.
    pub fn of(req: &HttpRequest, Key(key): Key) -> Self {
        let body = req.extensions().get::<BodyHash>().copied().unwrap_or_default();
        let hash =
            format!("{:x}", Sha256::new().chain_update(req.query_string()).chain_update(body.0).finalize());
        Self { key, operation: format!("{} {}", req.method(), req.path()), hash }
    }

    /// Takes the key for this transaction, or gives the answer of the request that had it first.
    pub fn claim(&self, conn: &mut AnyConn, user: Id, root: Option<Id>, now: i64) -> Result<Option<Answer>> {
        let row = (
            idempotency_keys::user_id.eq(user),
            idempotency_keys::key.eq(&self.key),
            idempotency_keys::operation.eq(&self.operation),
            idempotency_keys::root_id.eq(root),
            idempotency_keys::request_hash.eq(&self.hash),
            idempotency_keys::created_at.eq(now),
        );
        let mine = idempotency_keys::table.find((user, &self.key, &self.operation));
        diesel::delete(mine.filter(idempotency_keys::created_at.lt(now - KEPT_MILLIS))).execute(conn)?;
        let taken = on!(conn, c => diesel::insert_into(idempotency_keys::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
        if taken == 1 {
            return Ok(None);
        }
        let (hash, answer): (String, Option<String>) = mine
            .select((idempotency_keys::request_hash, idempotency_keys::answer))
            .first(conn)
            .optional()?
            .ok_or_else(|| Error::new(Code::IdempotencyInFlight).retry_after(1))?;
        if hash != self.hash {
            return Err(Error::new(Code::IdempotencyMismatch));
        }
        let answer = answer.ok_or_else(|| Error::new(Code::IdempotencyInFlight).retry_after(1))?;
        serde_json::from_str(&answer).map(Some).map_err(Error::internal)
    }

    /// Keeps the answer, in the transaction of the effect.
    pub fn settle(&self, conn: &mut AnyConn, user: Id, answer: &Answer) -> Result<()> {
        let text = serde_json::to_string(answer).map_err(Error::internal)?;
        let mine = idempotency_keys::table.find((user, &self.key, &self.operation));
        diesel::update(mine).set(idempotency_keys::answer.eq(text)).execute(conn)?;
        Ok(())
    }
}

/// Forgets answers in which a record stands, because they may show what is being erased. Their keys
/// stay, for another request than any (422 when one comes again): nothing is done twice.
pub fn forget(conn: &mut AnyConn, record: Id) -> Result<usize> {
    diesel::update(idempotency_keys::table.filter(idempotency_keys::answer.like(format!("%{record}%"))))
        .set((idempotency_keys::request_hash.eq(""), idempotency_keys::answer.eq(None::<String>)))
        .execute(conn)
        .map_err(Error::from)
}

/// Removes answers older than 48 hours; gives how many.
pub fn sweep(conn: &mut AnyConn, now: Instant) -> Result<usize> {
    let over = now.plus_millis(-KEPT_MILLIS).millis();
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(over)))
        .execute(conn)
        .map_err(Error::from)
}
