//! Loading history over HTTP.

use crate::{
    auth::{Writing, gate::WriteQuery},
    error::{Code, Error, Result, Said},
    exchange::imports::read::{self, CHUNK, Imported, Lines, Loading, MAX_BYTES},
    http::{
        body::collect,
        request::{Language, RequestId},
    },
    policy::Action,
    settings,
};
use actix_web::{HttpRequest, HttpResponse, http::header, post, web::Payload};

/// Load history
///
/// Lines of NDJSON, up to 20 MB: `{"op":"task.load","at":"2023-09-05T16:59:00+07:00","data":{…}}`. Each
/// line is done whole or not at all, by the same rules as a request, at the time it states; nothing
/// may be stated in the future. Operations: `org_unit.create`, `term.create`, `document.create`,
/// `indicator.create` (the body of the POST), `indicator_value.load` (the body of `POST /indicator-values`,
/// perhaps with `status`, else approved; a later line for the same figure corrects it), `target.load` (the body
/// of `POST /targets`, perhaps with `status`, else agreed; a later line for the same time is another version
/// from its `at` on), `task.load` (that body with `status`, `progress`, `completed_on`), and
/// `task.accept|start|progress|submit|return|confirm|close|cancel|reopen|resubmit|extend` with `task_id`,
/// `acting_unit_id`, `acting_role`, perhaps `acting_person`, and the body of the request. `form.create`: the
/// body of the POST. `submission.submit`: `form_id`, `unit_id`, `period`, who acts, `lines` (each with `key` or
/// `indicator_id`, `value` or `numerator` and `denominator`, `assessment` of a criterion, `text`, `note` …), perhaps `nil`: a report made and
/// handed in at that time, or handed in again. `submission.return` (`reason`, perhaps `lines` with `key` and
/// `comment`) and `submission.approve`: by `submission_id`, or by `form_id`, `unit_id` and `period`. Figures show
/// which share of their facts was loaded.
///
/// Who: admin, while the loading window is open.
#[utoipa::path(tag = "exchange", params(WriteQuery),
    request_body(content = Lines, content_type = "application/x-ndjson",
        example = "{\"op\":\"task.start\",\"at\":\"2023-09-05T16:59:00+07:00\",\"data\":{\"task_id\":\"0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d\",\"acting_unit_id\":\"0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e\",\"acting_role\":\"officer\"}}\n"),
    responses((status = 200, body = Imported)))]
#[post("/imports")]
pub async fn import(cx: Writing, req: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    accept_ndjson(&req)?;
    let bytes = collect(payload.into_inner(), MAX_BYTES).await?;
    let lines = read::lines(&bytes);
    let (language, request_id, clock) = (Language::of(&req), RequestId::of(&req), cx.gate().clock.clone());
    let mut imported = Imported::default();
    // A rehearsal is one transaction: its later lines may need what its earlier ones would have made.
    let chunk = if cx.is_rehearsal() { lines.len().max(1) } else { CHUNK };
    for some in lines.chunks(chunk) {
        let (some, clock, request_id) = (some.to_vec(), clock.clone(), request_id.clone());
        let answers = cx
            .step(Action::HistoryLoad, move |tx, loader| {
                let ends_on = settings::loading_window_ends_on(tx.conn, clock.today())?;
                if clock.today() > ends_on {
                    return Err(Error::new(Code::WindowClosed).with("on", ends_on));
                }
                let (now, recorded_at) = (tx.at, tx.recorded_at);
                Loading { loader: loader.clone(), request_id: request_id.clone(), now, recorded_at, language }
                    .run(tx.conn, &some)
            })
            .await?;
        imported.add(answers);
    }
    if lines.is_empty() {
        cx.step(Action::HistoryLoad, |_, _| Ok(())).await?;
    }
    Ok(HttpResponse::Ok().json(imported))
}

fn accept_ndjson(req: &HttpRequest) -> Result<()> {
    let given = req.headers().get(header::CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/x-ndjson" | "application/ndjson" => Ok(()),
        _ => {
            Err(Error::new(Code::UnsupportedMediaType).with("accepted", Said::alike("application/x-ndjson")))
        }
    }
}
