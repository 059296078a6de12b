//! How events are chained, written down so that a stranger can check it with other tools.
//!
//! Events are sealed in the order in which they are read, (tx, seq). The event at position `n`, dense
//! from 1, has a row in `event_seals` whose `hash` is the SHA-256, in lower-case hexadecimal, of these
//! fields one after the other, as the columns hold them:
//!
//! ```text
//! "tiendo-event-1", n, prev_hash, tx, seq, id, occurred_at, recorded_at, imported_by, actor_user,
//! acting_as, on_behalf_of, request_id, root_unit, unit_id, unit_path, kind, subject_type, subject_id,
//! subject_version, changes, reason
//! ```
//!
//! Each is a netstring: the number of its bytes in UTF-8, `:`, the bytes, `,`. Numbers are decimal; an
//! absent value (NULL) is `~,`. `prev_hash` is the hash at `n - 1`, and 64 zeros at the first. In Python:
//!
//! ```python
//! def net(v): b = str(v).encode(); return b"~," if v is None else b"%d:%s," % (len(b), b)
//! hash = hashlib.sha256(b"".join(map(net, ["tiendo-event-1", n, prev_hash, *columns]))).hexdigest()
//! ```
//!
//! A personal value stands in `changes` as `{"ref": id, "hash": h}`: `h` is the SHA-256 of `salt` and
//! `value` of the row `id` in `personal_values`, one text after the other. The row may be erased.
//!
//! A head ([`Head`]) is signed as a compact JWS (RFC 7515): EdDSA with the service's key, which
//! `/.well-known/jwks.json` publishes; `typ` is `tiendo-audit-head`, so that it is no token.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Name of the format, hashed with every event.
const FORMAT: &str = "tiendo-event-1";

/// What stands in the place of a hash before the first event.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An event just as its columns hold it: what is sealed must not depend on how it is understood.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct Stored {
    pub seq: i64,
    pub tx: i64,
    pub id: String,
    pub occurred_at: i64,
    pub recorded_at: i64,
    pub imported_by: Option<String>,
    pub actor_user: Option<String>,
    pub acting_as: Option<String>,
    pub on_behalf_of: Option<String>,
    pub request_id: String,
    pub root_unit: Option<String>,
    pub unit_id: Option<String>,
    pub unit_path: String,
    pub kind: String,
    pub subject_type: String,
    pub subject_id: String,
    pub subject_version: i32,
    pub changes: String,
    pub reason: Option<String>,
}

/// The seal of one event.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct Seal {
    /// Position in the chain, from 1.
    pub n: i64,
    pub event_id: String,
    pub prev_hash: String,
    pub hash: String,
}

/// An end of the chain, as it is signed: kept elsewhere, it proves later what the log held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Position of the last sealed event.
    pub n: i64,
    /// Its id.
    pub event_id: String,
    /// Its hash.
    pub hash: String,
    /// Events since the head before this one.
    pub count: i64,
    /// When it was signed, in RFC 3339.
    pub sealed_at: String,
}

/// The hash of an event at a position of the chain.
pub fn hash(n: i64, prev_hash: &str, event: &Stored) -> String {
    let texts = |sink: Netstrings, texts: &[Option<&String>]| {
        texts.iter().fold(sink, |sink, text| sink.maybe(text.map(String::as_str)))
    };
    let sink = Netstrings(Sha256::new()).text(FORMAT).number(n).text(prev_hash);
    let sink = sink.number(event.tx).number(event.seq).text(&event.id);
    let sink = sink.number(event.occurred_at).number(event.recorded_at);
    let who = [&event.imported_by, &event.actor_user, &event.acting_as, &event.on_behalf_of];
    let sink = texts(sink, &who.map(Option::as_ref)).text(&event.request_id);
    let sink = texts(sink, &[event.root_unit.as_ref(), event.unit_id.as_ref()]).text(&event.unit_path);
    let sink = sink.text(&event.kind).text(&event.subject_type).text(&event.subject_id);
    let sink = sink.number(event.subject_version.into()).text(&event.changes);
    hex(sink.maybe(event.reason.as_deref()).0)
}

/// The hash under which the log knows a personal value.
pub fn salted(salt: &str, value: &str) -> String {
    hex(Sha256::new().chain_update(salt).chain_update(value))
}

fn hex(done: Sha256) -> String {
    format!("{:x}", done.finalize())
}

/// Fields that cannot run into each other.
struct Netstrings(Sha256);

impl Netstrings {
    fn text(mut self, text: &str) -> Self {
        self.0.update(text.len().to_string());
        self.0.update(":");
        self.0.update(text);
        self.0.update(",");
        self
    }

    fn number(self, number: i64) -> Self {
        self.text(&number.to_string())
    }

    fn maybe(mut self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(text),
            None => {
                self.0.update("~,");
                self
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figure comes from the Python above.
    #[test]
    fn another_tool_comes_to_the_same_hash() {
        let event = Stored {
            tx: 7,
            seq: 5,
            id: "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d".into(),
            occurred_at: 1_697_346_000_000,
            recorded_at: 1_697_346_000_001,
            imported_by: None,
            actor_user: Some("0199a0b2-0000-7000-8000-000000000001".into()),
            acting_as: None,
            on_behalf_of: None,
            request_id: "yêu-cầu-1".into(),
            root_unit: None,
            unit_id: None,
            unit_path: String::new(),
            kind: "task.changed".into(),
            subject_type: "task".into(),
            subject_id: "0199a0b2-0000-7000-8000-000000000002".into(),
            subject_version: 3,
            changes: r#"{"progress":[20,45]}"#.into(),
            reason: Some("Đúng, hạn: 7~,".into()),
        };
        let expected = "74dc0710370c5f9fa048a87453bc857c4d749e273c605c4dedbe0c6a959cf69c";
        assert_eq!(hash(1, BEGINNING, &event), expected);
        let empty = Stored { unit_id: Some(String::new()), ..event };
        assert_ne!(hash(1, BEGINNING, &empty), expected, "empty is not absent");
    }
}
