//! Sealing: settled events enter the chain, in order, and its end is signed now and then.

use crate::{
    clock::Instant,
    db::{
        AnyConn, lock_row,
        schema::{chain_heads, event_chain, event_seals},
    },
    error::{Error, Result},
    events::{
        chain::{self, Head, Stored},
        log::{self, Position},
    },
    on,
};
use diesel::prelude::*;

/// Events in one transaction at most: some milliseconds of the one writer.
pub const BATCH: i64 = 500;
/// While events keep coming, their end is signed once in this time.
const BETWEEN_HEADS_MILLIS: i64 = 60_000;
/// The one row of `event_chain`.
const CHAIN: &str = "events";

/// Where the chain ends.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = event_chain)]
pub struct End {
    /// Events sealed so far.
    pub n: i64,
    /// Hash of the last of them.
    pub hash: String,
    /// Where it stands in the log.
    pub tx: i64,
    pub seq: i64,
}

impl End {
    /// Where the last sealed event stands in the log.
    pub const fn position(&self) -> Position {
        Position { tx: self.tx, seq: self.seq }
    }
}

/// A head with its signature.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = chain_heads)]
pub struct SignedHead {
    pub n: i64,
    pub event_id: String,
    pub hash: String,
    pub count: i64,
    pub sealed_at: Instant,
    pub jws: String,
}

/// Signs a head: gives its compact JWS.
pub type Sign<'a> = &'a dyn Fn(&Head) -> Result<String>;

/// What a batch came to.
pub struct Batch {
    /// More events may wait.
    pub more: bool,
    /// The end, when it was signed.
    pub head: Option<SignedHead>,
}

/// Where the chain ends now.
pub fn end(conn: &mut AnyConn) -> Result<End> {
    Ok(event_chain::table.find(CHAIN).select(End::as_select()).first(conn)?)
}

/// The newest signed head.
pub fn newest_head(conn: &mut AnyConn) -> Result<Option<SignedHead>> {
    let newest = chain_heads::table.order(chain_heads::n.desc()).select(SignedHead::as_select());
    Ok(newest.first(conn).optional()?)
}

/// Seals at most `most` settled events, in a write transaction. The last batch signs the end when the
/// newest head is a minute old; with `closing` whenever there is anything to sign.
pub fn batch(conn: &mut AnyConn, most: i64, now: Instant, closing: bool, sign: Sign) -> Result<Batch> {
    let before = end(conn)?;
    // A look first: an idle service takes no locks.
    let waiting: Vec<i64> = log::settled_after(conn, before.position())
        .limit(1)
        .select(crate::db::schema::events::seq)
        .load(conn)?;
    let unsigned = newest_head(conn)?.map_or(0, |head| head.n) < before.n;
    if waiting.is_empty() && !unsigned {
        return Ok(Batch { more: false, head: None });
    }
    // One sealer at a time over all nodes. What another one did meanwhile is seen only now.
    lock_row(conn, "event_chain", CHAIN)?;
    let before = end(conn)?;
    let events: Vec<Stored> = log::settled_after(conn, before.position()).limit(most).load(conn)?;
    let more = i64::try_from(events.len()).is_ok_and(|found| found >= most);
    let end = append(conn, before, &events)?;
    let head = if more { None } else { sign_end(conn, &end, now, closing, sign)? };
    Ok(Batch { more, head })
}

/// Adds events to the chain.
fn append(conn: &mut AnyConn, mut end: End, events: &[Stored]) -> Result<End> {
    let mut seals = Vec::with_capacity(events.len());
    for event in events {
        let hash = chain::hash(end.n + 1, &end.hash, event);
        seals.push((
            event_seals::n.eq(end.n + 1),
            event_seals::event_id.eq(&event.id),
            event_seals::prev_hash.eq(end.hash),
            event_seals::hash.eq(hash.clone()),
        ));
        end = End { n: end.n + 1, hash, tx: event.tx, seq: event.seq };
    }
    if seals.is_empty() {
        return Ok(end);
    }
    on!(conn, c => diesel::insert_into(event_seals::table).values(seals).execute(c))?;
    diesel::update(event_chain::table.find(CHAIN))
        .set((
            event_chain::n.eq(end.n),
            event_chain::hash.eq(&end.hash),
            event_chain::tx.eq(end.tx),
            event_chain::seq.eq(end.seq),
        ))
        .execute(conn)?;
    Ok(end)
}

/// Signs the end, if that is due.
fn sign_end(
    conn: &mut AnyConn,
    end: &End,
    now: Instant,
    closing: bool,
    sign: Sign,
) -> Result<Option<SignedHead>> {
    let newest = newest_head(conn)?;
    let (signed, at) = newest.map_or((0, None), |head| (head.n, Some(head.sealed_at)));
    // A clock that was set back must not keep the service from signing.
    let fresh = |at: Instant| at <= now && now < at.plus_millis(BETWEEN_HEADS_MILLIS);
    if end.n <= signed || (!closing && at.is_some_and(fresh)) {
        return Ok(None);
    }
    let event_id: String = event_seals::table.find(end.n).select(event_seals::event_id).first(conn)?;
    let head = Head {
        n: end.n,
        event_id: event_id.clone(),
        hash: end.hash.clone(),
        count: end.n - signed,
        sealed_at: now.to_string(),
    };
    let jws = sign(&head)?;
    let row =
        SignedHead { n: end.n, event_id, hash: end.hash.clone(), count: head.count, sealed_at: now, jws };
    diesel::insert_into(chain_heads::table)
        .values((
            chain_heads::n.eq(row.n),
            chain_heads::event_id.eq(&row.event_id),
            chain_heads::hash.eq(&row.hash),
            chain_heads::count.eq(row.count),
            chain_heads::sealed_at.eq(now.millis()),
            chain_heads::jws.eq(&row.jws),
        ))
        .execute(conn)
        .map_err(Error::from)?;
    Ok(Some(row))
}
