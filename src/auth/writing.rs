//! The gate's way in for requests that change something.

use crate::{
    auth::{
        actor::Actor,
        actors,
        checked::Verified,
        gate::{Acted, Gate, gate, verify},
        once::{Key, Once},
    },
    db::AnyConn,
    error::{Code, Error, Result},
    events::Tx,
    http::{
        Answer,
        answer::Return,
        fields::Faults,
        query::{self, Flag},
        request::RequestId,
        version::IfMatch,
    },
    ids::Id,
    policy::Action,
};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, dev::Payload, web};
use chrono::NaiveDate;
use deserr::Deserr;
use std::future::{Ready, ready};

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
    key: Option<Key>,
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
        // The key is looked at in a rehearsal too, or the real run would be the first to refuse it.
        let (if_match, key) = (IfMatch::of(req)?, Key::of(req)?);
        Ok(Self { who, gate, req: req.clone(), dry_run: query.dry_run.0, if_match, key })
    }

    /// What the caller read last, where sending it is optional.
    pub fn if_match(&self) -> Option<IfMatch> {
        self.if_match.clone()
    }

    /// What the caller read last; 428 when it does not say.
    pub fn expected(&self) -> Result<IfMatch> {
        self.if_match().ok_or_else(|| Error::new(Code::PreconditionRequired))
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
        let (who, today, gate) = (self.who, self.today(), self.gate.clone());
        let job = move |conn: &mut AnyConn| {
            let standing = actors::standing(conn, who.session)?;
            let actor = gate.actors.find(conn, who, today, standing)?;
            actor.may(action)?;
            f(conn, &actor)
        };
        self.gate.db.read(job).await
    }

    /// Whether nothing is to be kept.
    pub const fn is_rehearsal(&self) -> bool {
        self.dry_run
    }

    /// Runs one of several writes of a request, each in a transaction of its own. `f` may run again, as in
    /// [`crate::db::Db::write_again`].
    pub async fn step<T: Send + 'static>(
        &self,
        action: Action,
        f: impl Fn(&mut Tx, &Actor) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        let (who, gate) = (self.who, self.gate.clone());
        let request_id = RequestId::of(&self.req);
        let job = move |conn: &mut AnyConn| {
            let clock = &gate.clock;
            let standing = actors::standing(conn, who.session)?;
            let actor = gate.actors.find(conn, who, clock.today(), standing)?;
            actor.may(action)?;
            let acted = Acted::by(&actor);
            let (author, recorded_at) = (actor.author(), clock.system());
            let request_id = request_id.clone();
            let done = f(&mut Tx { conn, author, request_id, at: clock.business(), recorded_at }, &actor)?;
            gate.mark(conn, who)?;
            Ok((done, acted))
        };
        let (done, acted) = if self.dry_run {
            self.gate.db.rehearse(job).await?
        } else {
            self.gate.db.write_again(job).await?
        };
        self.req.extensions_mut().insert(acted);
        Ok(done)
    }

    /// Runs a write as the actor, in one transaction, once per `Idempotency-Key`. `f` may run again, as in
    /// [`crate::db::Db::write_again`].
    pub async fn write(
        self,
        action: Action,
        f: impl Fn(&mut Tx, &Actor) -> Result<Answer> + Send + Sync + 'static,
    ) -> Result<HttpResponse> {
        self.write_along(action, actors::alone, move |tx, actor, ()| f(tx, actor)).await
    }

    /// The same where something is read, or locked, in one query with the standing of the session
    /// ([`actors::standing`]), before it is known who asks: `first` answers nothing and refuses nothing.
    pub async fn write_along<R>(
        self,
        action: Action,
        first: impl Fn(&mut AnyConn, Id) -> Result<(Option<i64>, R)> + Send + Sync + 'static,
        f: impl Fn(&mut Tx, &Actor, R) -> Result<Answer> + Send + Sync + 'static,
    ) -> Result<HttpResponse> {
        let once = self.key.filter(|_| !self.dry_run).map(|key| Once::of(&self.req, key));
        let (who, gate) = (self.who, self.gate.clone());
        let request_id = RequestId::of(&self.req);
        let names_record = self.req.match_info().iter().next().is_some();
        let job = move |conn: &mut AnyConn| {
            let clock = &gate.clock;
            let (standing, read) = first(conn, who.session)?;
            let actor = gate.actors.find(conn, who, clock.today(), standing)?;
            let acted = Acted::by(&actor);
            let root = actor.unit.as_ref().map(|unit| unit.root_id);
            let recorded_at = clock.system();
            if let Some(once) = &once
                && let Some(answer) = once.claim(conn, who.user, root, recorded_at.millis())?
            {
                gate.mark(conn, who)?;
                return Ok((answer, acted));
            }
            // A record named in the address has to be found first: outside the territory it is absent
            // (404), whatever the role. What a role that may nowhere did until then is undone.
            if !names_record {
                actor.may(action)?;
            }
            let author = actor.author();
            let request_id = request_id.clone();
            let mut tx = Tx { conn, author, request_id, at: clock.business(), recorded_at };
            let answer = f(&mut tx, &actor, read)?;
            actor.may(action)?;
            if let Some(once) = &once {
                once.settle(conn, who.user, &answer)?;
            }
            gate.mark(conn, who)?;
            Ok((answer, acted))
        };
        let (answer, acted) = if self.dry_run {
            self.gate.db.rehearse(job).await?
        } else {
            self.gate.db.write_again(job).await?
        };
        self.req.extensions_mut().insert(acted);
        Ok(answer.respond(Return::of(&self.req)))
    }
}
