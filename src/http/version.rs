//! Versions of records: `ETag` out, `If-Match` and `If-None-Match` in (RFC 9110).

use crate::error::{Code, Error, Fault, Phrase, Result, Said};
use crate::http::fields::{Faults, string};
use actix_web::{HttpRequest, http::header};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// The strong tag of a version: `"v17"`.
pub fn etag(version: i32) -> String {
    format!("\"v{version}\"")
}

/// What a caller says it read last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: whatever is there.
    Any,
    /// Any of these tags, without their quotes.
    Tags(Vec<String>),
}

impl IfMatch {
    /// Reads the header; `None` when it is absent. A weak tag counts as its strong one, because
    /// compressing hops weaken tags on their way. A tag that no version of ours has matches none.
    pub fn of(req: &HttpRequest) -> Result<Option<Self>> {
        let mut given = req.headers().get_all(header::IF_MATCH).peekable();
        if given.peek().is_none() {
            return Ok(None);
        }
        let lines: Option<Vec<&str>> = given.map(|line| line.to_str().ok()).collect();
        let text = lines.unwrap_or_default().join(",");
        if text.trim() == "*" {
            return Ok(Some(Self::Any));
        }
        match tags(&text) {
            Some(tags) if !tags.is_empty() => {
                Ok(Some(Self::Tags(tags.into_iter().map(str::to_owned).collect())))
            }
            _ => {
                let fault = Fault::header("If-Match", Code::Malformed);
                Err(fault.with("expected", Phrase::VersionTag).into())
            }
        }
    }

    /// Compares with the version in the database.
    pub fn check(&self, current: i32) -> Result<()> {
        let here = format!("v{current}");
        match self {
            Self::Tags(yours) if !yours.contains(&here) => Err(stale_tags(here, yours.join(", "))),
            _ => Ok(()),
        }
    }
}

/// In a body it is one tag without its quotes, `v17`, or `*`.
impl Deserr<Faults> for IfMatch {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        at: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        let text = string(value, at)?;
        let figures = text.strip_prefix('v').filter(|n| (1..=10).contains(&n.len()));
        match figures {
            _ if text == "*" => Ok(Self::Any),
            Some(n) if n.bytes().all(|b| b.is_ascii_digit()) => Ok(Self::Tags(vec![text])),
            _ => Err(Faults::one(at, Code::Malformed, vec![("expected", Said::alike("v17"))])),
        }
    }
}

impl PartialSchema for IfMatch {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^(\*|v[0-9]{1,10})$"))
            .max_length(Some(11))
            .examples(["v3"])
            .build()
            .into()
    }
}
impl ToSchema for IfMatch {}

/// 412 with both versions.
pub fn stale(current: i32, yours: i32) -> Error {
    stale_tags(format!("v{current}"), format!("v{yours}"))
}

fn stale_tags(current: String, yours: String) -> Error {
    Error::new(Code::StaleVersion)
        .with("current", current.clone())
        .with("yours", yours.clone())
        .extra("current", current)
        .extra("yours", yours)
}

/// The tags of a list (RFC 9110, 8.8.3 and 5.6.1) without their quotes; empty items do not count.
/// `None` when something else stands in it.
fn tags(list: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = list;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return Some(found);
        }
        let (tag, after) = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?.split_once('"')?;
        if !tag.chars().all(|c| c.is_ascii_graphic()) {
            return None;
        }
        found.push(tag);
        rest = after.trim_start_matches([' ', '\t']);
        if !rest.is_empty() && !rest.starts_with(',') {
            return None;
        }
    }
}

/// What a caller says it has already: `If-None-Match`, to be compared where the request is not at hand.
#[derive(Debug, Clone, Default)]
pub struct KnownTags(String);

impl KnownTags {
    /// Reads the header; an absent one names no tag.
    pub fn of(req: &HttpRequest) -> Self {
        let given = req.headers().get(header::IF_NONE_MATCH).and_then(|h| h.to_str().ok());
        Self(given.unwrap_or_default().trim().to_owned())
    }

    /// True when there are any, and not just any would do.
    pub fn names_any(&self) -> bool {
        !self.0.is_empty() && self.0 != "*"
    }

    /// True when this tag is among them.
    pub fn names(&self, tag: &str) -> bool {
        self.names_any() && self.hold(tag)
    }

    /// True when this tag is among them, or any would do.
    pub fn hold(&self, tag: &str) -> bool {
        let known = tags(&self.0).unwrap_or_default();
        self.0 == "*" || tags(tag).unwrap_or_default().iter().any(|tag| known.contains(tag))
    }
}

/// True when `If-None-Match` names this tag: the caller has it already (304).
pub fn caller_has(req: &HttpRequest, tag: &str) -> bool {
    KnownTags::of(req).hold(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_tags_are_read() {
        for (text, expected) in [
            ("\"v1\"", Some(vec!["v1"])),
            ("\"v1\", W/\"v2\",,\"a,b\"", Some(vec!["v1", "v2", "a,b"])),
            ("\"\"", Some(vec![""])),
            (" , ", Some(vec![])),
            ("v1", None),
            ("\"v1", None),
            ("\"v1\" \"v2\"", None),
            ("\"v1\", *", None),
            ("w/\"v1\"", None),
            ("\"v 1\"", None),
        ] {
            assert_eq!(tags(text), expected, "{text}");
        }
    }
}
