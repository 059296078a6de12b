//! What each problem means: the list behind the `type` of every problem document, for programs as JSON
//! and for people as a page.

use crate::http::Routes;
use crate::{
    app::meta::Items,
    error::{Code, Error, Result},
    http::{Query, query::NoQuery, request},
};
use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use serde::Serialize;
use utoipa::ToSchema;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(errors).service(error);
}

/// A code the service answers with.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorCode {
    #[schema(value_type = String, example = "stale_version")]
    pub code: &'static str,
    #[schema(example = 412)]
    pub status: u16,
    /// What it is called, the same in every case.
    #[schema(value_type = String, example = "Phiên bản đã cũ")]
    pub title_vi: &'static str,
    #[schema(value_type = String, example = "Stale version")]
    pub title_en: &'static str,
    /// What is said of a case, with `{name}` places.
    #[schema(value_type = String)]
    pub text_vi: &'static str,
    #[schema(value_type = String)]
    pub text_en: &'static str,
    /// When it comes.
    #[schema(value_type = String, example = "`If-Match` mang phiên bản cũ; `current` và `yours` nêu hai phiên bản.")]
    pub when_vi: &'static str,
    #[schema(value_type = String, example = "`If-Match` carries an old version; `current` and `yours` name both.")]
    pub when_en: &'static str,
    /// What a client does about it.
    #[schema(value_type = String, example = "Đọc lại bản ghi, xem thay đổi có còn cần không, rồi gửi với `ETag` mới.")]
    pub remedy_vi: &'static str,
    #[schema(value_type = String, example = "Read the record again, see whether the change is still wanted, and send it with the new `ETag`.")]
    pub remedy_en: &'static str,
}

impl From<Code> for ErrorCode {
    fn from(code: Code) -> Self {
        Self {
            code: code.slug(),
            status: code.status(),
            title_vi: code.title_vi(),
            title_en: code.title_en(),
            text_vi: code.vi(),
            text_en: code.en(),
            when_vi: code.when_vi(),
            when_en: code.when_en(),
            remedy_vi: code.remedy().vi(),
            remedy_en: code.remedy().en(),
        }
    }
}

/// Error codes
///
/// Every code: its status, its texts, when it comes and what a client does about it. Codes are stable;
/// texts may change. A browser (`Accept: text/html`) gets a page with an anchor for each code, to which
/// the `type` of a problem leads.
///
/// Who: anybody.
#[utoipa::path(tag = "meta", security(()), responses((status = 200, content(
    (Items<ErrorCode> = "application/json"), (String = "text/html", example = "<!doctype html>")))))]
#[get("/errors")]
async fn errors(req: HttpRequest, _: Query<NoQuery>) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer.append_header((header::VARY, "Accept"));
    let codes = Code::ALL.iter().copied().map(ErrorCode::from);
    if request::prefers_page(&req) {
        return answer.content_type("text/html; charset=utf-8").body(page(codes));
    }
    answer.json(Items { items: codes.collect() })
}

/// One error code
///
/// Its status, its texts, when it comes and what a client does about it.
///
/// Who: anybody.
#[utoipa::path(tag = "meta", operation_id = "error", security(()),
    params(("code" = String, Path, description = "The code", example = "stale_version")),
    responses((status = 200, body = ErrorCode)))]
#[get("/errors/{code}")]
async fn error(code: web::Path<String>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let known = Code::ALL.iter().find(|known| known.slug() == code.as_str());
    let code = known.copied().ok_or_else(Error::not_found)?;
    Ok(HttpResponse::Ok().json(ErrorCode::from(code)))
}

const HEAD: &str = r#"<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Mã lỗi – tiendo</title>
<h1>Mã lỗi <span lang="en">(error codes)</span></h1>
<p>Chương trình chỉ nên dựa vào <code>code</code>; lời văn có thể đổi.
<p lang="en">Programs branch on <code>code</code> alone; the texts may change.
"#;

/// The page: no script, no style, nothing to load, so that the service's strict content policy holds.
fn page(codes: impl Iterator<Item = ErrorCode>) -> String {
    codes.fold(HEAD.to_owned(), |page, code| page + &section(&code))
}

fn section(code: &ErrorCode) -> String {
    let ErrorCode { code: slug, status, .. } = code;
    let [title_vi, text_vi, when_vi, remedy_vi] =
        [code.title_vi, code.text_vi, code.when_vi, code.remedy_vi].map(marked);
    let [title_en, text_en, when_en, remedy_en] =
        [code.title_en, code.text_en, code.when_en, code.remedy_en].map(marked);
    format!(
        "<hr>
<h2 id=\"{slug}\"><a href=\"#{slug}\">{slug}</a> · {status}</h2>
<h3>{title_vi}</h3>
<p><q>{text_vi}</q>
<p><b>Khi nào:</b> {when_vi}
<p><b>Cần làm:</b> {remedy_vi}
<div lang=\"en\">
<h3>{title_en}</h3>
<p><q>{text_en}</q>
<p><b>When:</b> {when_en}
<p><b>What to do:</b> {remedy_en}
</div>
"
    )
}

/// A text as HTML; what stands between backticks as code.
fn marked(text: &str) -> String {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut parts = safe.split('`');
    let mut html = parts.next().unwrap_or_default().to_owned();
    for (n, part) in parts.enumerate() {
        html.push_str(if n % 2 == 0 { "<code>" } else { "</code>" });
        html.push_str(part);
    }
    html
}
