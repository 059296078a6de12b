//! The gate's way in for requests that read.

use crate::{
    auth::{
        actor::Actor,
        actors::{self, Seen},
        checked::Verified,
        gate::{Acted, Gate, gate, verify},
        reads::{self, Shown},
    },
    clock::Clock,
    db::AnyConn,
    error::{Error, Result},
    http::{request::RequestId, version},
    ids::Id,
    policy::Action,
};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, dev::Payload, http::header, web};
use chrono::NaiveDate;
use serde::Serialize;
use std::future::{Ready, ready};

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
        self.read_along(action, alone, |conn, actor, ()| f(conn, actor)).await
    }

    /// The same where something is read in one query with the standing of the session ([`actors::standing`]),
    /// before it is known who asks: `first` answers nothing and refuses nothing.
    pub async fn read_along<R: Send + 'static, T: Send + 'static>(
        &self,
        action: Action,
        first: impl FnOnce(&mut AnyConn, Id) -> Result<(Option<i64>, R)> + Send + 'static,
        f: impl FnOnce(&mut AnyConn, &Actor, R) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let job = self.job(action, first, f);
        self.gate.db.read(job).await.map(|done| self.note(done))
    }

    /// Runs a short read of personal data. `f` gives the answer and whose data it shows; who reads about
    /// somebody else stands in the read log before anything is answered, or nothing is (503).
    ///
    /// It costs one more small write for each such request, and a row for each person shown.
    pub async fn read_personal<T: Send + 'static>(
        &self,
        action: Action,
        what: Shown,
        f: impl FnOnce(&mut AnyConn, &Actor) -> Result<(T, Vec<Id>)> + Send + 'static,
    ) -> Result<T> {
        let job = |conn: &mut AnyConn, actor: &Actor| {
            let (answer, mut people) = f(conn, actor)?;
            people.retain(|person| Some(*person) != actor.user);
            Ok((answer, people, actor.clone()))
        };
        let (answer, people, reader) = self.read(action, job).await?;
        if !people.is_empty() {
            let (request_id, at) = (RequestId::of(&self.req), self.gate.clock.system());
            let noted =
                self.gate.db.write(move |conn| reads::note(conn, &reader, &people, what, &request_id, at));
            noted.await.map_err(|e| Error::unavailable(format!("the reading cannot be noted: {e}")))?;
        }
        Ok(answer)
    }

    /// Runs a long read in one snapshot, on threads of its own.
    pub async fn report<T: Send + 'static>(
        &self,
        action: Action,
        f: impl FnOnce(&mut AnyConn, &Actor) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let job = self.job(action, alone, |conn, actor, ()| f(conn, actor));
        self.gate.db.report(job).await.map(|done| self.note(done))
    }

    fn job<R, T>(
        &self,
        action: Action,
        first: impl FnOnce(&mut AnyConn, Id) -> Result<(Option<i64>, R)> + Send + 'static,
        f: impl FnOnce(&mut AnyConn, &Actor, R) -> Result<T> + Send + 'static,
    ) -> impl FnOnce(&mut AnyConn) -> Result<(T, Acted)> + Send + 'static {
        let (who, today, gate) = (self.who, self.today(), self.gate.clone());
        move |conn| {
            let (standing, read) = first(conn, who.session)?;
            let actor = gate.actors.find(conn, who, today, standing, Seen::Committed)?;
            actor.may(action)?;
            let acted = Acted { user: actor.user, unit: actor.unit.as_ref().map(|unit| unit.id) };
            Ok((f(conn, &actor, read)?, acted))
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

/// Nothing but the standing.
fn alone(conn: &mut AnyConn, session: Id) -> Result<(Option<i64>, ())> {
    Ok((actors::standing(conn, session)?, ()))
}
