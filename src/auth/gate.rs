//! The gate: every handler of a person's request goes through [`Reading`] or [`Writing`].
//!
//! They verify the token, look the actor up in the same database job as the work itself, refuse what
//! the role allows nowhere, and, for writes, open the transaction with author, clock, `dry_run` and
//! `Idempotency-Key`. Without one of them a handler has no way to the database.

use crate::{
    auth::{
        actor::Actor,
        actors::{self, Actors},
        checked::Verified,
        keys::Keys,
        throttle::Throttle,
    },
    clock::Clock,
    db::{AnyConn, Db},
    error::{Code, Error, Result},
    ids::Id,
};
use actix_web::{HttpRequest, http::header, web};

pub use crate::auth::{
    reading::Reading,
    writing::{WriteQuery, Writing},
};

/// What every request needs, made once at start.
pub struct Gate {
    pub db: Db,
    pub keys: Keys,
    pub actors: Actors,
    pub clock: Clock,
    pub throttle: Throttle,
    /// Take the caller's address from `X-Forwarded-For` (behind a proxy of our own only).
    pub trust_proxy: bool,
}

impl Gate {
    /// Ends a write of a session: from its commit on, a replica that lacks it does not answer that session.
    pub(super) fn mark(&self, conn: &mut AnyConn, who: Verified) -> Result<()> {
        if self.db.has_replica() { actors::mark(conn, who.session) } else { Ok(()) }
    }

    /// The address a request comes from.
    pub fn address(&self, req: &HttpRequest) -> String {
        if self.trust_proxy {
            return req.connection_info().realip_remote_addr().unwrap_or_default().to_owned();
        }
        req.peer_addr().map(|addr| addr.ip().to_string()).unwrap_or_default()
    }
}

/// Who acted, laid down for the request's log line.
#[derive(Debug, Clone, Copy)]
pub struct Acted {
    pub user: Option<Id>,
    pub unit: Option<Id>,
}

impl Acted {
    pub(super) fn by(actor: &Actor) -> Self {
        Self { user: actor.user, unit: actor.unit.as_ref().map(|unit| unit.id) }
    }
}

pub(super) fn gate(req: &HttpRequest) -> Result<web::Data<Gate>> {
    req.app_data::<web::Data<Gate>>().cloned().ok_or_else(|| Error::internal("the gate is not set up"))
}

pub(super) fn verify(req: &HttpRequest, gate: &Gate) -> Result<Verified> {
    let header = req.headers().get(header::AUTHORIZATION).and_then(|h| h.to_str().ok());
    let token =
        header.and_then(|h| h.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
    let (_, token) = token.ok_or_else(|| Error::new(Code::Unauthenticated))?;
    gate.keys.verify(token.trim(), gate.clock.system())
}
