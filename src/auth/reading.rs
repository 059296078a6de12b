//! The gate's way in for requests that read.

use crate::{
    auth::{
        actor::Actor,
        actors,
        checked::Verified,
        gate::{Acted, Gate, gate, verify},
        reads::{self, Shown},
    },
    clock::Clock,
    db::{AnyConn, Length},
    error::{Error, Result},
    http::{request::RequestId, version},
    ids::Id,
    policy::Action,
};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, dev::Payload, http::header, web};
use chrono::NaiveDate;
use serde::Serialize;
use std::{
    future::{Ready, ready},
    sync::Arc,
};

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
        self.read_along(action, actors::alone, |conn, actor, ()| f(conn, actor)).await
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

    /// Runs a short read whose answer may be some seconds old, except for what its session wrote: on the
    /// replica where there is one, else as [`Self::read`].
    ///
    /// For lists and figures. Never for a record that is read to be edited, for what must miss nothing (the
    /// change feed), nor for what a write asks first. `f` runs a second time, on the primary, when the replica
    /// does not serve.
    pub async fn read_stale<T: Send + 'static>(
        &self,
        action: Action,
        f: impl Fn(&mut AnyConn, &Actor) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        let f = Arc::new(f);
        if let Some(answer) = self.on_replica(Length::Short, action, &f).await? {
            return Ok(answer);
        }
        self.read(action, move |conn, actor| f(conn, actor)).await
    }

    /// The same with what is read along, as [`Self::read_along`].
    pub async fn read_stale_along<R: Send + 'static, T: Send + 'static>(
        &self,
        action: Action,
        first: impl Fn(&mut AnyConn, Id) -> Result<(Option<i64>, R)> + Copy + Send + Sync + 'static,
        f: impl Fn(&mut AnyConn, &Actor, R) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        if !self.gate.db.has_replica() {
            return self.read_along(action, first, f).await;
        }
        let session = self.who.session;
        let both = move |conn: &mut AnyConn, actor: &Actor| {
            let (_, read) = first(conn, session)?;
            f(conn, actor, read)
        };
        self.read_stale(action, both).await
    }

    /// Runs a long read in one snapshot, on threads of its own. As old, and as often, as [`Self::read_stale`].
    pub async fn report<T: Send + 'static>(
        &self,
        action: Action,
        f: impl Fn(&mut AnyConn, &Actor) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        let f = Arc::new(f);
        if let Some(answer) = self.on_replica(Length::Long, action, &f).await? {
            return Ok(answer);
        }
        let job = self.job(action, actors::alone, move |conn, actor, ()| f(conn, actor));
        self.gate.db.report(job).await.map(|done| self.note(done))
    }

    /// The answer of the replica, if it serves this caller. Who asks and whether they may is read on the
    /// primary, so that a right that ended has ended everywhere.
    ///
    /// Read your writes: every write of a session ends by giving the session another mark. The mark is read
    /// here after all that was answered to the caller was committed, and the replica must show that same
    /// mark on the connection that answers: so it has replayed the last write of the session, on whichever
    /// node that was done, and with it all that was committed before. No clock and no margin is in this.
    async fn on_replica<T: Send + 'static>(
        &self,
        length: Length,
        action: Action,
        f: &Arc<impl Fn(&mut AnyConn, &Actor) -> Result<T> + Send + Sync + 'static>,
    ) -> Result<Option<T>> {
        if !self.gate.db.has_replica() {
            return Ok(None);
        }
        let (who, today, gate) = (self.who, self.today(), self.gate.clone());
        let asks = move |conn: &mut AnyConn| {
            let (standing, mark) = actors::standing_and_mark(conn, who.session)?;
            let actor = gate.actors.find(conn, who, today, standing)?;
            actor.may(action)?;
            Ok((actor, mark))
        };
        let (actor, mark) = self.gate.db.read(asks).await?;
        let Some(mark) = mark else { return Ok(None) };
        let (f, acting) = (Arc::clone(f), Arc::clone(&actor));
        let job = move |conn: &mut AnyConn| match actors::shows(conn, who.session, mark)? {
            true => f(conn, &acting).map(Some),
            false => Ok(None),
        };
        let answer = self.gate.db.ask_replica(length, job).await;
        Ok(answer.map(|answer| self.note((answer, Acted::by(&actor)))))
    }

    /// True when a replica is configured, to relieve the primary of [`Self::read_stale`] and [`Self::report`].
    pub fn is_relieved(&self) -> bool {
        self.gate.db.has_replica()
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
            let actor = gate.actors.find(conn, who, today, standing)?;
            actor.may(action)?;
            let acted = Acted::by(&actor);
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
