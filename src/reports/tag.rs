//! Tags of reports: as long as nothing changed under the root, an answer is known without computing.

use crate::{
    auth::{Actor, Reading},
    db::AnyConn,
    error::Result,
    events::log,
    http::{fields::Day, request::Language, version::KnownTags},
    ids::Id,
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

    /// Computes, unless the caller holds the answer already. `settings`: what else decides the figures.
    pub fn answer<T>(
        &self,
        conn: &mut AnyConn,
        actor: &Actor,
        root: Id,
        settings: &str,
        compute: impl FnOnce(&mut AnyConn) -> Result<T>,
    ) -> Result<Answered<T>> {
        let tag = self.tag(&log::state_of_root(conn, root)?, actor, settings);
        if self.known.hold(&tag) {
            Ok(Answered::Known(tag))
        } else {
            Ok(Answered::Fresh(tag, compute(conn)?))
        }
    }

    /// A strong tag: it differs whenever the answer may. The day is in it because work gets overdue at
    /// midnight without an event, the version because a release may word or compute otherwise.
    fn tag(&self, state: &str, actor: &Actor, settings: &str) -> String {
        let basis = format!(
            "{}|{}|{state}|{}|{:?}|{}|{}|{settings}",
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
