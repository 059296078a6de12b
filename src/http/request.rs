//! What every request carries: an id, a language, and the pages to answer in.

use actix_web::{HttpMessage, HttpRequest, http::header};

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
            _ => Self(crate::ids::Id::new().to_string()),
        }
    }
}
