//! Figures over HTTP.

use crate::{
    auth::{Actor, Reading},
    criteria::sets::model as criteria_sets,
    db::AnyConn,
    documents::model as documents,
    error::{Error, Result},
    forms::model as forms,
    http::{Query, fields::Day},
    ids::Id,
    org_units::model::{Row as Unit, find_in_territory},
    registrations::rounds::model as rounds,
    reports::{
        burden as asked_for,
        burden::{Burden, BurdenQuery},
        concurrency as posts_at_once,
        concurrency::wire::{Concurrency, ConcurrencyQuery},
        coverage as matrix,
        coverage::wire::{Coverage, CoverageQuery},
        criteria as standards,
        criteria::wire::{CriteriaBoard, CriteriaBoardQuery},
        disseminations as studies,
        disseminations::wire::{DisseminationReport, DisseminationReportQuery},
        indicators as values,
        indicators::wire::{
            IndicatorBoard, IndicatorBoardQuery, IndicatorRollup, IndicatorRollupQuery, IndicatorTrend,
            IndicatorTrendQuery,
        },
        overdue as delays, ranking as places, receipts as papers,
        receipts::wire::{ReceiptReport, ReceiptReportQuery},
        registrations as registered,
        registrations::{RegistrationReport, RegistrationReportQuery},
        reporting_status as handed_in,
        reporting_status::{ReportingStatus, ReportingStatusQuery},
        tag::{Asked, figures, figures_soon},
        tallied::Tallies,
        task_rollup as rollup,
        wire::{Overdue, OverdueQuery, Ranking, RankingQuery, TaskRollup, TaskRollupQuery},
    },
    settings,
    tasks::kept::Keeper,
};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;

/// Figures of a unit of the territory, of the own one when none is named; 304 while nothing changed.
pub async fn of_unit<T: Serialize + Send + 'static>(
    cx: &Reading,
    unit: Option<Id>,
    as_of: Option<Day>,
    compute: impl Fn(&mut AnyConn, &Actor, &Unit, &Asked) -> Result<T> + Send + Sync + 'static,
) -> Result<HttpResponse> {
    figures(cx, Asked::of(cx, as_of), move |conn, actor, asked| {
        let own = actor.unit.as_ref().map(|unit| unit.id);
        let unit = find_in_territory(conn, actor, unit.or(own).ok_or_else(Error::not_found)?)?;
        asked.answer(conn, actor, unit.root_id, |conn| compute(conn, actor, &unit, asked))
    })
    .await
}

/// Roll up the tasks of a unit
///
/// Counts and shares of the unit's own tasks and of those of every unit below it, pooled, at the end
/// of any day. Each share carries its parts; `value` is null when there is nothing to divide by.
/// Answers 304 to `If-None-Match` while nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory.
#[utoipa::path(tag = "reports", params(TaskRollupQuery), responses(
    (status = 200, body = TaskRollup, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/task-rollup")]
pub async fn task_rollup(
    cx: Reading,
    query: Query<TaskRollupQuery>,
    tallies: web::Data<Tallies>,
) -> Result<HttpResponse> {
    let query = query.0;
    let (first, kept, asked) = (query.clone(), tallies.clone(), Asked::of(&cx, query.as_of));
    figures_soon(
        &cx,
        asked,
        move |conn, actor, asked| rollup::answer_soon(conn, actor, &first, (asked, &kept)),
        move |conn, actor, asked| rollup::answer(conn, actor, &query, (asked, &tallies)),
    )
    .await
}

/// Show who is late, who waits and who is silent
///
/// Totals, and each unit that has anything to show: tasks past their due date, tasks handed in and not
/// answered (the clock then runs against the assigner), tasks under way that nobody reports on.
/// Answers 304 to `If-None-Match` while nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory.
#[utoipa::path(tag = "reports", params(OverdueQuery), responses(
    (status = 200, body = Overdue, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/overdue")]
pub async fn overdue(cx: Reading, query: Query<OverdueQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, Some(query.unit_id), query.as_of, move |conn, actor, unit, asked| {
        let stale_days = settings::stale_days(conn)?;
        delays::answer(conn, actor, unit, &query, asked, stale_days)
    })
    .await
}

/// Rank the units of a level
///
/// By their rolled-up figures, best first, with what would lift each to the next better score and with
/// whom it is tied; units without a score stand apart with the reason. Only units that exist on the day.
/// Answers 304 to `If-None-Match` while nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory.
#[utoipa::path(tag = "reports", params(RankingQuery), responses(
    (status = 200, body = Ranking, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/ranking")]
pub async fn ranking(cx: Reading, query: Query<RankingQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, Some(query.unit_id), query.as_of, move |conn, actor, unit, asked| {
        places::answer(conn, actor, unit, &query, asked)
    })
    .await
}

/// Count concurrent posts
///
/// Cases by model, and people, each once, in the scope asked for: the answer names the scope, since
/// figures of different scopes are all right and all different. Answers 304 to `If-None-Match` while
/// nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory.
#[utoipa::path(tag = "reports", params(ConcurrencyQuery), responses(
    (status = 200, body = Concurrency, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/concurrency")]
pub async fn concurrency(cx: Reading, query: Query<ConcurrencyQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, Some(query.unit_id), query.as_of, move |conn, _, unit, asked| {
        posts_at_once::answer(conn, unit, &query, asked)
    })
    .await
}

/// Show what units did with a document sent to them
///
/// Every unit it was sent to, in the order of codes, as it stood at the end of any day: how far it got,
/// when, and how many days late. A unit it was sent to more than once counts once, by the last time. A
/// unit that is exempt, or from which it was recalled, counts as that and nowhere else. Answers 304 to
/// `If-None-Match` while nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory, of documents they read.
#[utoipa::path(tag = "reports", params(ReceiptReportQuery), responses(
    (status = 200, body = ReceiptReport, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/receipts")]
pub async fn receipts(cx: Reading, query: Query<ReceiptReportQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, query.unit_id, query.as_of, move |conn, actor, unit, asked| {
        let document = documents::find(conn, actor, query.document_id)?;
        papers::answer(conn, actor, (unit, &document), &query, asked)
    })
    .await
}

/// Show how far units got with studying a document
///
/// Every unit it was sent to and every unit that studies it without that, as it stood at the end of any
/// day: the missing ones first, the latest of them at the head, exempt ones last. Lateness goes by the
/// deadline of study of the dispatch. Attendance and understanding are two figures; where nothing was
/// planned, or nobody was examined, there is no number. Answers 304 to `If-None-Match` while nothing
/// changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory, of documents they read.
#[utoipa::path(tag = "reports", params(DisseminationReportQuery), responses(
    (status = 200, body = DisseminationReport, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/disseminations")]
pub async fn disseminations(cx: Reading, query: Query<DisseminationReportQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, query.unit_id, query.as_of, move |conn, actor, unit, asked| {
        let document = documents::find(conn, actor, query.document_id)?;
        studies::answer(conn, actor, (unit, &document), &query, asked)
    })
    .await
}

/// Show what units registered in a round
///
/// Every unit called upon, who is missing first, as it stood at the end of any day: how far it got, its
/// lines by class, how many they are against the quota, how late, and the tasks made of them. A unit
/// without a key or breakthrough task is warned of. Answers 304 to `If-None-Match` while nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory, of rounds they see.
#[utoipa::path(tag = "reports", params(RegistrationReportQuery), responses(
    (status = 200, body = RegistrationReport, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/registrations")]
pub async fn registrations(cx: Reading, query: Query<RegistrationReportQuery>) -> Result<HttpResponse> {
    let query = query.0;
    let asked = Asked::of(&cx, query.as_of);
    figures(&cx, asked, move |conn, actor, asked| {
        let round = rounds::find(conn, actor, query.round_id)?;
        asked
            .answer(conn, actor, round.root_id, |conn| registered::answer(conn, actor, &round, &query, asked))
    })
    .await
}

/// Show what units made of documents
///
/// The matrix of documents and the units they were sent to, or that work on them, as it stood at the end
/// of any day: receipt, study, the unit's own programme with its lag, tasks. What is missing comes first.
/// One document or many; `next_cursor` leads to the next documents. Answers 304 to `If-None-Match` while
/// nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory, of documents they read.
#[utoipa::path(tag = "reports", params(CoverageQuery), responses(
    (status = 200, body = Coverage, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/coverage")]
pub async fn coverage(
    cx: Reading,
    query: Query<CoverageQuery>,
    keeper: web::Data<Keeper>,
) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, query.unit_id, query.as_of, move |conn, actor, unit, asked| {
        matrix::answer(conn, actor, unit, &query, (asked, &keeper))
    })
    .await
}

/// Roll up an indicator
///
/// The values of a unit with all below it, first over the periods, then over the units, by the rules of the
/// indicator; missing ones are left out, never 0, and the answer says who is missing. Only approved values
/// count unless asked otherwise. Exact inside, rounded once. Answers 304 to `If-None-Match` while nothing
/// changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory.
#[utoipa::path(tag = "reports", params(IndicatorRollupQuery), responses(
    (status = 200, body = IndicatorRollup, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/indicator-rollup")]
pub async fn indicator_rollup(cx: Reading, query: Query<IndicatorRollupQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, Some(query.unit_id), query.as_of, move |conn, actor, unit, asked| {
        values::rollup(conn, actor, unit, &query, asked)
    })
    .await
}

/// Show an indicator over time
///
/// One figure for each period, of that period alone or, with `cumulative`, of all from the first one on.
/// Answers 304 to `If-None-Match` while nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory.
#[utoipa::path(tag = "reports", params(IndicatorTrendQuery), responses(
    (status = 200, body = IndicatorTrend, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/indicator-trend")]
pub async fn indicator_trend(cx: Reading, query: Query<IndicatorTrendQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, Some(query.unit_id), query.as_of, move |conn, actor, unit, asked| {
        values::trend(conn, actor, unit, &query, asked)
    })
    .await
}

/// Show the indicators of a unit
///
/// Each indicator with its figure, of the unit with all below it. Answers 304 to `If-None-Match` while
/// nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory.
#[utoipa::path(tag = "reports", params(IndicatorBoardQuery), responses(
    (status = 200, body = IndicatorBoard, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/indicator-board")]
pub async fn indicator_board(cx: Reading, query: Query<IndicatorBoardQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, Some(query.unit_id), query.as_of, move |conn, actor, unit, asked| {
        values::board(conn, actor, unit, &query, asked)
    })
    .await
}

/// Show how units stand to criteria
///
/// Every unit that the set judges, as it stood at the end of any day: what it meets, what is missing, what it
/// lost and does not hold, what it is recognised as, and how far it is from the next level; and each criterion
/// over all units. Only what a unit above verified counts. Answers 304 to `If-None-Match` while nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory.
#[utoipa::path(tag = "reports", params(CriteriaBoardQuery), responses(
    (status = 200, body = CriteriaBoard, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/criteria-board")]
pub async fn criteria_board(cx: Reading, query: Query<CriteriaBoardQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, query.unit_id, query.as_of, move |conn, actor, unit, asked| {
        let set = criteria_sets::find(conn, actor, query.set_id)?;
        standards::answer(conn, actor, (unit, set), &query, asked)
    })
    .await
}

/// Show who handed in which periodic report
///
/// Each unit and period, the missing ones first, as it stood at the end of any day: on time, late, missing,
/// pending, exempt or not required, and why. A draft or a returned report is missing; nothing to report is a
/// report; the first submission decides. Answers 304 to `If-None-Match` while nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory, of forms they see.
#[utoipa::path(tag = "reports", params(ReportingStatusQuery), responses(
    (status = 200, body = ReportingStatus, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/reporting-status")]
pub async fn reporting_status(cx: Reading, query: Query<ReportingStatusQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, query.unit_id, query.as_of, move |conn, actor, unit, asked| {
        let form = forms::find(conn, actor, query.form_id)?;
        handed_in::answer(conn, (unit, form), &query, asked)
    })
    .await
}

/// Show what units are asked to report
///
/// Figures and texts that each unit types in an average month, and which of them several forms ask for.
/// Answers 304 to `If-None-Match` while nothing changed.
///
/// Who: leader, officer, inspector, viewer, service; in their territory.
#[utoipa::path(tag = "reports", params(BurdenQuery), responses(
    (status = 200, body = Burden, headers(("ETag" = String, description = "Holds while nothing changed")))))]
#[get("/reports/burden")]
pub async fn burden(cx: Reading, query: Query<BurdenQuery>) -> Result<HttpResponse> {
    let query = query.0;
    of_unit(&cx, query.unit_id, query.as_of, move |conn, _, unit, asked| asked_for::answer(conn, unit, asked))
        .await
}
