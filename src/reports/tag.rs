//! Tags of reports: as long as nothing changed under the root, an answer is known without computing.

use crate::{
    auth::{Actor, Reading},
    db::AnyConn,
    error::Result,
    events::log::{self, State},
    http::{fields::Day, request::Language, version::KnownTags},
    ids::Id,
    policy::Action,
};
use actix_web::{HttpResponse, http::header};
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
        self.answer_beside(conn, actor, root, "", compute)
    }

    /// The same where something decides the figures that is told by no event of the root, nor a setting.
    pub fn answer_beside<T>(
        &self,
        conn: &mut AnyConn,
        actor: &Actor,
        root: Id,
        beside: &str,
        compute: impl FnOnce(&mut AnyConn) -> Result<T>,
    ) -> Result<Answered<T>> {
        let tag = self.tag(&log::state_of_root(conn, root)?, actor, beside);
        if self.known.hold(&tag) {
            Ok(Answered::Known(tag))
        } else {
            Ok(Answered::Fresh(tag, compute(conn)?))
        }
    }

    /// A strong tag: it differs whenever the answer may. The day is in it because work gets overdue at
    /// midnight without an event, the version because a release may word or compute otherwise.
    fn tag(&self, state: &State, actor: &Actor, beside: &str) -> String {
        let basis = format!(
            "{}|{}|{state}|{}|{:?}|{}|{}|{beside}",
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
/// changed there, a caller who has them is told so by one short query, however dear they are.
pub async fn figures<T: Serialize + Send + 'static>(
    cx: &Reading,
    asked: Asked,
    compute: impl Fn(&mut AnyConn, &Actor, &Asked) -> Result<Answered<T>> + Send + Sync + 'static,
) -> Result<HttpResponse> {
    if asked.known.names_any()
        && let Some(tag) = still_known(cx, asked.clone()).await?
    {
        return Ok(Answered::<T>::Known(tag).respond());
    }
    let answered = cx.report(Action::ReportRead, move |conn, actor| compute(conn, actor, &asked)).await?;
    Ok(answered.respond())
}

/// The tag of the answer, when the caller named it: what was answered under it is there and is the same.
async fn still_known(cx: &Reading, asked: Asked) -> Result<Option<String>> {
    let first = |conn: &mut AnyConn, session| {
        let (standing, root, state) = log::state_along(conn, session)?;
        Ok((standing, (root, state)))
    };
    cx.read_along(Action::ReportRead, first, move |_, actor, (root, state)| {
        let mine = actor.unit.as_ref().map(|unit| unit.root_id);
        let tag = mine.filter(|_| mine == root).map(|_| asked.tag(&state, actor, ""));
        Ok(tag.filter(|tag| asked.known.names(tag)))
    })
    .await
}

/// Figures, or that the caller has them.
#[derive(Debug)]
pub enum Answered<T> {
    Known(String),
    Fresh(String, T),
}

impl<T: Serialize> Answered<T> {
    /// 304 or 200, both with the tag.
    pub fn respond(self) -> HttpResponse {
        match self {
            Self::Known(tag) => HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish(),
            Self::Fresh(tag, body) => HttpResponse::Ok().insert_header((header::ETAG, tag)).json(body),
        }
    }
}
