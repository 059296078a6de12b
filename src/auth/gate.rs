//! The gate: every handler of a person's request goes through [`Reading`] or [`Writing`].
//!
//! They verify the token, look the actor up in the same database job as the work itself, refuse what
//! the role allows nowhere, and, for writes, open the transaction with author, clock, `dry_run` and
//! `Idempotency-Key`. Without one of them a handler has no way to the database.

use crate::{
    auth::{
        actor::Actor,
        keys::{Keys, Verified},
        once::Once,
        throttle::Throttle,
    },
    clock::Clock,
    db::{AnyConn, Db},
    error::{Code, Error, Result},
    events::Tx,
    http::{
        Answer,
        fields::Faults,
        query::{self, Flag},
        request::RequestId,
        version::{self, IfMatch},
    },
    ids::Id,
    policy::Action,
};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, dev::Payload, http::header, web};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use std::future::{Ready, ready};

/// What every request needs, made once at start.
pub struct Gate {
    pub db: Db,
    pub keys: Keys,
    pub clock: Clock,
    pub throttle: Throttle,
    /// Take the caller's address from `X-Forwarded-For` (behind a proxy of our own only).
    pub trust_proxy: bool,
}

impl Gate {
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

fn gate(req: &HttpRequest) -> Result<web::Data<Gate>> {
    req.app_data::<web::Data<Gate>>().cloned().ok_or_else(|| Error::internal("the gate is not set up"))
}

fn verify(req: &HttpRequest, gate: &Gate) -> Result<Verified> {
    let header = req.headers().get(header::AUTHORIZATION).and_then(|h| h.to_str().ok());
    let token =
        header.and_then(|h| h.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
    let (_, token) = token.ok_or_else(|| Error::new(Code::Unauthenticated))?;
    gate.keys.verify(token.trim(), gate.clock.system())
}

/// A request that reads.
pub struct Reading {
    gate: web::Data<Gate>,
    who: Verified,
    req: HttpRequest,
}

impl FromRequest for Reading {
    type Error = Error;
    type Future = Ready<Result<Self>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(gate(req).and_then(|gate| Ok(Self { who: verify(req, &gate)?, gate, req: req.clone() })))
    }
}

impl Reading {
    /// Runs a short read as the actor, who must have the right to `action` somewhere.
    pub async fn read<T: Send + 'static>(
        &self,
        action: Action,
        f: impl FnOnce(&mut AnyConn, &Actor) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let job = self.job(action, f);
        self.gate.db.read(job).await.map(|done| self.note(done))
    }

    /// Runs a long read in one snapshot, on threads of its own.
    pub async fn report<T: Send + 'static>(
        &self,
        action: Action,
        f: impl FnOnce(&mut AnyConn, &Actor) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let job = self.job(action, f);
        self.gate.db.report(job).await.map(|done| self.note(done))
    }

    fn job<T>(
        &self,
        action: Action,
        f: impl FnOnce(&mut AnyConn, &Actor) -> Result<T> + Send + 'static,
    ) -> impl FnOnce(&mut AnyConn) -> Result<(T, Acted)> + Send + 'static {
        let (who, today) = (self.who, self.today());
        move |conn| {
            let actor = Actor::find(conn, who, today)?;
            actor.may(action)?;
            let acted = Acted { user: actor.user, unit: actor.unit.as_ref().map(|unit| unit.id) };
            Ok((f(conn, &actor)?, acted))
        }
    }

    fn note<T>(&self, (value, acted): (T, Acted)) -> T {
        self.req.extensions_mut().insert(acted);
        value
    }

    /// Today's business day.
    pub fn today(&self) -> NaiveDate {
        self.gate.clock.today()
    }

    /// The service's clocks.
    pub fn clock(&self) -> Clock {
        self.gate.clock.clone()
    }

    /// Whom the token stands for.
    pub const fn who(&self) -> Verified {
        self.who
    }

    /// The request itself.
    pub const fn request(&self) -> &HttpRequest {
        &self.req
    }

    /// 200 with a version, or 304 when the caller has it already.
    pub fn versioned(&self, version: i32, body: &impl Serialize) -> HttpResponse {
        self.tagged(&version::etag(version), body)
    }

    /// 200 with any tag, or 304.
    pub fn tagged(&self, tag: &str, body: &impl Serialize) -> HttpResponse {
        if version::caller_has(&self.req, tag) {
            return HttpResponse::NotModified().insert_header((header::ETAG, tag.to_owned())).finish();
        }
        HttpResponse::Ok().insert_header((header::ETAG, tag.to_owned())).json(body)
    }
}

/// The parameter every write takes.
#[derive(Debug, Deserr, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct WriteQuery {
    /// Do everything but keep it: the answer is what a real run would give.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub dry_run: Flag,
}

/// A request that changes something.
pub struct Writing {
    gate: web::Data<Gate>,
    who: Verified,
    req: HttpRequest,
    dry_run: bool,
    if_match: Option<IfMatch>,
}

impl FromRequest for Writing {
    type Error = Error;
    type Future = Ready<Result<Self>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::open(req))
    }
}

impl Writing {
    fn open(req: &HttpRequest) -> Result<Self> {
        let gate = gate(req)?;
        let who = verify(req, &gate)?;
        let query: WriteQuery = query::parse(req.query_string())?;
        Ok(Self { who, gate, req: req.clone(), dry_run: query.dry_run.0, if_match: IfMatch::of(req)? })
    }

    /// What the caller read last, where sending it is optional.
    pub const fn if_match(&self) -> Option<IfMatch> {
        self.if_match
    }

    /// What the caller read last; 428 when it does not say.
    pub fn expected(&self) -> Result<IfMatch> {
        self.if_match.ok_or_else(|| Error::new(Code::PreconditionRequired))
    }

    /// Today's business day.
    pub fn today(&self) -> NaiveDate {
        self.gate.clock.today()
    }

    /// The session of the request, for ending all others.
    pub const fn who(&self) -> Verified {
        self.who
    }

    /// The address the request comes from.
    pub fn address(&self) -> String {
        self.gate.address(&self.req)
    }

    /// What every request needs.
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Looks something up as the actor before the write: for what a slow step between the two needs, and
    /// so that nobody without the right makes the service take it.
    pub async fn ask<T: Send + 'static>(
        &self,
        action: Action,
        f: impl FnOnce(&mut AnyConn, &Actor) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (who, today) = (self.who, self.today());
        let job = move |conn: &mut AnyConn| {
            let actor = Actor::find(conn, who, today)?;
            actor.may(action)?;
            f(conn, &actor)
        };
        self.gate.db.read(job).await
    }

    /// Whether nothing is to be kept.
    pub const fn is_rehearsal(&self) -> bool {
        self.dry_run
    }

    /// Runs one of several writes of a request, each in a transaction of its own.
    pub async fn step<T: Send + 'static>(
        &self,
        action: Action,
        f: impl FnOnce(&mut Tx, &Actor) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (who, clock) = (self.who, self.gate.clock.clone());
        let request_id = RequestId::of(&self.req);
        let job = move |conn: &mut AnyConn| {
            let actor = Actor::find(conn, who, clock.today())?;
            actor.may(action)?;
            let acted = Acted { user: actor.user, unit: actor.unit.as_ref().map(|unit| unit.id) };
            let (author, recorded_at) = (actor.author(), clock.system());
            let done = f(&mut Tx { conn, author, request_id, at: clock.business(), recorded_at }, &actor)?;
            Ok((done, acted))
        };
        let (done, acted) =
            if self.dry_run { self.gate.db.rehearse(job).await? } else { self.gate.db.write(job).await? };
        self.req.extensions_mut().insert(acted);
        Ok(done)
    }

    /// Runs a write as the actor, in one transaction, once per `Idempotency-Key`.
    pub async fn write(
        self,
        action: Action,
        f: impl FnOnce(&mut Tx, &Actor) -> Result<Answer> + Send + 'static,
    ) -> Result<HttpResponse> {
        let once = if self.dry_run { None } else { Once::of(&self.req)? };
        let (who, clock) = (self.who, self.gate.clock.clone());
        let request_id = RequestId::of(&self.req);
        let names_record = self.req.match_info().iter().next().is_some();
        let job = move |conn: &mut AnyConn| {
            let actor = Actor::find(conn, who, clock.today())?;
            let acted = Acted { user: actor.user, unit: actor.unit.as_ref().map(|unit| unit.id) };
            let root = actor.unit.as_ref().map(|unit| unit.root_id);
            let recorded_at = clock.system();
            if let Some(once) = &once
                && let Some(answer) = once.claim(conn, who.user, root, recorded_at.millis())?
            {
                return Ok((answer, acted));
            }
            // A record named in the address has to be found first: outside the territory it is absent
            // (404), whatever the role. What a role that may nowhere did until then is undone.
            if !names_record {
                actor.may(action)?;
            }
            let author = actor.author();
            let answer = f(&mut Tx { conn, author, request_id, at: clock.business(), recorded_at }, &actor)?;
            actor.may(action)?;
            if let Some(once) = &once {
                once.settle(conn, who.user, &answer)?;
            }
            Ok((answer, acted))
        };
        let (answer, acted) =
            if self.dry_run { self.gate.db.rehearse(job).await? } else { self.gate.db.write(job).await? };
        self.req.extensions_mut().insert(acted);
        Ok(answer.respond())
    }
}
