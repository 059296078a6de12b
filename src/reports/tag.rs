//! Tags of reports: as long as nothing changed under the root, an answer is known without computing.

use crate::{
    auth::{Actor, Reading},
    db::AnyConn,
    error::{Error, Result},
    events::log::{self, State},
    http::{fields::Day, request::Language, version::KnownTags},
    ids::Id,
    policy::Action,
    reports::answers::Answers,
};
use actix_web::{
    HttpResponse,
    http::header::{self, ContentType},
    web::{self, Bytes},
};
use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What a request for figures carries beside its filters.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The day of the figures; today when none was asked for.
    pub day: NaiveDate,
    /// The business day.
    pub today: NaiveDate,
    pub language: Language,
    known: KnownTags,
    address: String,
}

impl Asked {
    /// Takes from the request what the database job needs.
    pub fn of(cx: &Reading, as_of: Option<Day>) -> Self {
        let (request, today) = (cx.request(), cx.today());
        Self {
            day: as_of.map_or(today, |day| day.0),
            today,
            language: Language::of(request),
            known: KnownTags::of(request),
            address: request.uri().to_string(),
        }
    }

    /// Computes, unless the caller holds the answer already.
    pub fn answer<T>(
        &self,
        conn: &mut AnyConn,
        actor: &Actor,
        root: Id,
        compute: impl FnOnce(&mut AnyConn) -> Result<T>,
    ) -> Result<Answered<T>> {
        let tag = self.tag(&log::state_of_root(conn, root)?, actor);
        if self.known.hold(&tag) {
            Ok(Answered::Known(tag))
        } else {
            Ok(Answered::Fresh(tag, compute(conn)?))
        }
    }

    /// The answer under a tag, when the caller named it or it is kept: then it was answered before, and to
    /// somebody who sees the same.
    fn met<T>(&self, tag: String, answers: &Answers) -> Option<Answered<T>> {
        if self.known.names(&tag) {
            return Some(Answered::Known(tag));
        }
        let text = answers.find(&tag)?;
        Some(if self.known.hold(&tag) { Answered::Known(tag) } else { Answered::Kept(tag, text) })
    }

    /// A strong tag: it differs whenever the answer may. The day is in it because work gets overdue at
    /// midnight without an event, the version because a release may word or compute otherwise.
    fn tag(&self, state: &State, actor: &Actor) -> String {
        let basis = format!(
            "{}|{}|{state}|{}|{:?}|{}|{}",
            env!("CARGO_PKG_VERSION"),
            self.address,
            self.day,
            self.day.cmp(&self.today),
            self.language.tag(),
            actor.scope_key(),
        );
        let digest = Sha256::digest(basis);
        let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("\"r{hex}\"")
    }
}

/// Answers with figures of the tree in which the actor acts, read in one snapshot. As long as nothing
/// changed there, one short query says so, however dear they are: a caller who has them is told that, any
/// other gets the text that was made for the first.
pub async fn figures<T: Serialize + Send + 'static>(
    cx: &Reading,
    asked: Asked,
    compute: impl Fn(&mut AnyConn, &Actor, &Asked) -> Result<Answered<T>> + Send + Sync + 'static,
) -> Result<HttpResponse> {
    let soon = |_: &mut AnyConn, _: &Actor, _: &Asked| Ok(None);
    figures_soon(cx, asked, soon, compute).await
}

/// The same where it can be told at once, most of the time, what they are after a change: `soon` gives
/// nothing when it would take long.
pub async fn figures_soon<T: Serialize + Send + 'static>(
    cx: &Reading,
    asked: Asked,
    soon: impl Fn(&mut AnyConn, &Actor, &Asked) -> Result<Option<Answered<T>>> + Send + Sync + 'static,
    compute: impl Fn(&mut AnyConn, &Actor, &Asked) -> Result<Answered<T>> + Send + Sync + 'static,
) -> Result<HttpResponse> {
    let answers =
        cx.request().app_data::<web::Data<Answers>>().ok_or_else(|| Error::internal("no answers"))?;
    let (kept, at_hand, relieved) = (answers.clone(), asked.clone(), cx.is_relieved());
    let first = |conn: &mut AnyConn, session| {
        let (standing, unchanged) = log::state_along(conn, session)?
            .map_or((None, None), |(standing, root, state)| (Some(standing), root.zip(Some(state))));
        Ok((standing, unchanged))
    };
    let short = move |conn: &mut AnyConn, actor: &Actor, unchanged: Option<(Id, State)>| {
        let mine = actor.unit.as_ref().map(|unit| unit.root_id);
        // Who may see everything asks about any root; what is kept is about the own one.
        let tag =
            unchanged.filter(|(root, _)| mine == Some(*root)).map(|(_, state)| at_hand.tag(&state, actor));
        match tag.map(|tag| at_hand.met(tag, &kept)) {
            Some(Some(answered)) => Ok(Some(answered)),
            // Where there is a replica, the primary computes nothing that the replica may.
            _ if relieved => Ok(None),
            _ => soon(conn, actor, &at_hand),
        }
    };
    let answered = match cx.read_along(Action::ReportRead, first, short).await? {
        Some(answered) => answered,
        None => cx.report(Action::ReportRead, move |conn, actor| compute(conn, actor, &asked)).await?,
    };
    answered.respond(answers)
}

/// Figures, or that the caller has them.
#[derive(Debug)]
pub enum Answered<T> {
    Known(String),
    /// As they were told before.
    Kept(String, Bytes),
    Fresh(String, T),
}

impl<T> Answered<Option<T>> {
    /// None when there are no figures.
    pub fn transpose(self) -> Option<Answered<T>> {
        Some(match self {
            Self::Known(tag) => Answered::Known(tag),
            Self::Kept(tag, text) => Answered::Kept(tag, text),
            Self::Fresh(tag, body) => Answered::Fresh(tag, body?),
        })
    }
}

impl<T: Serialize> Answered<T> {
    /// 304 or 200, both with the tag. What is fresh is kept for who asks next.
    fn respond(self, answers: &Answers) -> Result<HttpResponse> {
        let (tag, text) = match self {
            Self::Known(tag) => {
                return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
            }
            Self::Kept(tag, text) => (tag, text),
            Self::Fresh(tag, body) => {
                let text = Bytes::from(serde_json::to_vec(&body).map_err(Error::internal)?);
                answers.keep(&tag, &text);
                (tag, text)
            }
        };
        Ok(HttpResponse::Ok().insert_header((header::ETAG, tag)).content_type(ContentType::json()).body(text))
    }
}
