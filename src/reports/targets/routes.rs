//! Targets and their figures over HTTP.

use crate::{
    auth::Reading,
    error::Result,
    http::Query,
    org_units::model as units,
    reports::{
        routes::of_unit,
        tag::{Asked, figures},
        targets::{
            self as standing, balance,
            query::{TargetBalanceQuery, TargetBoardQuery, TargetProgressQuery},
            wire::{TargetBalance, TargetBoard, TargetProgress},
        },
    },
    targets::model as targets,
};
use actix_web::{HttpResponse, get};

/// Show how targets stand
///
/// The targets of a unit, each over its own time with its figure, verdict, attainment and pace, counted in the
/// words of reviews. A target is judged by the version that was in force on its last day, or on `as_of` when
/// that is earlier. With `children` the units directly below, each by its own targets.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "reports", params(TargetBoardQuery), responses(
    (status = 200, body = TargetBoard, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/target-scoreboard")]
pub async fn target_scoreboard(cx: Reading, query: Query<TargetBoardQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, Some(query.unit_id), query.as_of, move |conn, actor, unit, asked| {
        standing::scoreboard(conn, actor, unit, &query, asked)
    })
    .await
}

/// Show how one target stands
///
/// Its figure, its verdict, the pace it needs from now on and where it ends at the present one.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "reports", params(TargetProgressQuery), responses(
    (status = 200, body = TargetProgress, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/target-progress")]
pub async fn target_progress(cx: Reading, query: Query<TargetProgressQuery>) -> Result<HttpResponse> {
    let (id, asked) = (query.0.target_id, Asked::of(&cx, query.0.as_of));
    figures(&cx, asked, move |conn, actor, asked| {
        let row = targets::find(conn, actor, id)?;
        let unit = units::load(conn, row.unit_id)?;
        asked.answer(conn, actor, unit.root_id, |conn| standing::progress(conn, &unit, row, asked))
    })
    .await
}

/// Show whether targets add up
///
/// For a period: the target of a unit beside those of the units directly below it, also while they are only
/// proposed or registered, put together by the rule of the indicator; what lacks, and who has none.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "reports", params(TargetBalanceQuery), responses(
    (status = 200, body = TargetBalance, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/target-balance")]
pub async fn target_balance(cx: Reading, query: Query<TargetBalanceQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, Some(query.unit_id), query.as_of, move |conn, actor, unit, asked| {
        balance::balance(conn, actor, unit, &query, asked)
    })
    .await
}
