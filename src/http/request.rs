//! What every request carries: an id, a trace it belongs to, and a language to answer in.

use crate::ids::{self, Id};
use actix_web::{
    HttpMessage, HttpRequest,
    http::header::{self, Header},
};

/// Language of texts for people. Vietnamese unless English is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    Vi,
    En,
}

impl Language {
    /// Reads `Accept-Language`: the highest quality of `vi` and `en` wins, Vietnamese on a tie.
    pub fn of(req: &HttpRequest) -> Self {
        let Some(accepted) = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok()) else {
            return Self::Vi;
        };
        let quality = |want: &str| {
            accepted
                .split(',')
                .filter_map(|part| {
                    let mut pieces = part.split(';');
                    let tag = pieces.next()?.trim().to_ascii_lowercase();
                    let primary = tag.split('-').next()?;
                    let q =
                        pieces.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
                    (primary == want).then_some(q)
                })
                .fold(0.0, f32::max)
        };
        if quality("en") > quality("vi") { Self::En } else { Self::Vi }
    }

    /// The text of this language.
    pub fn pick(self, vi: &str, en: &str) -> String {
        match self {
            Self::Vi => vi.into(),
            Self::En => en.into(),
        }
    }

    /// The language tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

/// True when the caller would rather read a page than JSON, as browsers do.
pub fn prefers_page(req: &HttpRequest) -> bool {
    header::Accept::parse(req).is_ok_and(|accept| accept.preference().essence_str() == "text/html")
}

/// The request's id: the caller's `X-Request-Id` when it is a short plain word, else one of ours.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl RequestId {
    /// The id laid down by the outer layer.
    pub fn of(req: &HttpRequest) -> String {
        req.extensions().get::<Self>().map_or_else(String::new, |id| id.0.clone())
    }

    /// Takes the caller's id, or makes one.
    pub fn choose(req: &HttpRequest) -> Self {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let given = req.headers().get("x-request-id").and_then(|h| h.to_str().ok());
        match given {
            Some(id) if (1..=64).contains(&id.len()) && id.chars().all(plain) => Self(id.into()),
            _ => Self(Id::new().to_string()),
        }
    }
}

/// The trace a request belongs to (W3C Trace Context): the caller's when it names one, else a new one.
/// What happens here is a span of its own in it.
#[derive(Debug, Clone)]
pub struct Trace {
    id: String,
    span: String,
    sampled: bool,
}

impl Trace {
    /// Reads `traceparent`. One that is malformed begins a new trace; it is never an error.
    pub fn choose(req: &HttpRequest) -> Self {
        let (trace, span) = drawn();
        let (id, sampled) = continued(req).unwrap_or_else(|| (format!("{trace:032x}"), true));
        Self { id, span: format!("{span:016x}"), sampled }
    }

    /// 32 hexadecimal digits.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The header's value: the trace with our span.
    pub fn parent(&self) -> String {
        format!("00-{}-{}-0{}", self.id, self.span, u8::from(self.sampled))
    }
}

/// A trace and a span at random, never zero. A generator that fails gives a poor trace, but refuses nobody.
fn drawn() -> (u128, u64) {
    let bytes: [u8; 24] = ids::random().unwrap_or([1; 24]);
    let trace = bytes.first_chunk().map_or(1, |part| u128::from_be_bytes(*part));
    let span = bytes.last_chunk().map_or(1, |part| u64::from_be_bytes(*part));
    (trace.max(1), span.max(1))
}

/// Trace and flag of a caller who names them as the standard says. A later version may say more behind
/// the four parts, version 00 may not; several headers name nothing.
fn continued(req: &HttpRequest) -> Option<(String, bool)> {
    let mut lines = req.headers().get_all("traceparent");
    let (line, None) = (lines.next()?.to_str().ok()?, lines.next()) else { return None };
    let mut parts = line.split('-');
    let mut hex = |length: usize| {
        let digit = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        parts.next().filter(|part| part.len() == length && part.bytes().all(digit))
    };
    let (version, trace, span, flags) = (hex(2)?, hex(32)?, hex(16)?, hex(2)?);
    let zero = |part: &str| part.bytes().all(|c| c == b'0');
    if version == "ff" || zero(trace) || zero(span) || (version == "00" && parts.next().is_some()) {
        return None;
    }
    Some((trace.to_owned(), u8::from_str_radix(flags, 16).ok()? & 1 == 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const SPAN: &str = "00f067aa0ba902b7";

    fn chosen(lines: &[&str]) -> Trace {
        let request = TestRequest::default();
        let request =
            lines.iter().fold(request, |request, line| request.append_header(("traceparent", *line)));
        Trace::choose(&request.to_http_request())
    }

    #[test]
    fn a_good_trace_goes_on_in_a_span_of_its_own() {
        for (line, flags) in [
            (format!("00-{TRACE}-{SPAN}-01"), "01"),
            (format!("00-{TRACE}-{SPAN}-00"), "00"),
            (format!("00-{TRACE}-{SPAN}-ff"), "01"),
            (format!("cc-{TRACE}-{SPAN}-01"), "01"),
            (format!("cc-{TRACE}-{SPAN}-01-what-will-be"), "01"),
        ] {
            let parent = chosen(&[&line]).parent();
            let parts: Vec<&str> = parent.split('-').collect();
            assert_eq!(
                (parts.first(), parts.get(1), parts.get(3)),
                (Some(&"00"), Some(&TRACE), Some(&flags))
            );
            assert_ne!(parts.get(2), Some(&SPAN), "{line}");
        }
    }

    #[test]
    fn a_bad_one_begins_a_new_trace() {
        let good = format!("00-{TRACE}-{SPAN}-01");
        let zeros = |n: usize| "0".repeat(n);
        for line in [
            String::new(),
            good.to_uppercase(),
            format!("ff-{TRACE}-{SPAN}-01"),
            format!("00-{}-{SPAN}-01", zeros(32)),
            format!("00-{TRACE}-{}-01", zeros(16)),
            format!("{good}-more"),
            format!("cc-{TRACE}-{SPAN}-01.more"),
            format!("00-{TRACE}-{SPAN}"),
            format!("00-{TRACE}{SPAN}-01"),
            format!("0-{TRACE}-{SPAN}-01"),
            format!("00-{TRACE}-{SPAN}-1"),
            format!(" {good}"),
            good.replace("4bf9", "4bfx"),
            "đ".into(),
        ] {
            let (first, second) = (chosen(&[&line]), chosen(&[&line]));
            assert_ne!(first.id(), TRACE, "{line}");
            assert_ne!(first.id(), second.id(), "{line}");
            assert_eq!((first.id().len(), first.parent().len()), (32, 55), "{line}");
        }
        assert_ne!(chosen(&[&good, &good]).id(), TRACE);
    }
}
