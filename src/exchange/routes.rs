//! The exchange over HTTP.

use crate::{
    auth::Reading,
    error::Result,
    exchange::changes::{self as feed, Changes, ChangesQuery},
    http::Query,
    policy::Action,
};
use actix_web::{HttpResponse, get};

/// Change feed
///
/// What changed since a cursor, in the order in which it became visible: every change once, none left
/// out. `next_cursor` is always there; keep it and ask again from it, also after an empty page and
/// with other filters. A page may be short, even empty, while `has_more` is true. With a
/// document that was issued its items come into sight: they are read with it, not told anew.
///
/// Who: everybody, in their territory and above it; admin: units, accounts and settings.
#[utoipa::path(tag = "exchange", params(ChangesQuery), responses((status = 200, body = Changes)))]
#[get("/changes")]
pub async fn changes(cx: Reading, query: Query<ChangesQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::ChangesRead, move |conn, actor| feed::page(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(page))
}
