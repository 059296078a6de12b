//! JSON bodies, read strictly: one pass that finds every fault.

use crate::{
    error::{Code, Error, Fault, Phrase, Place, Result, Said},
    http::fields::Faults,
};
use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::{Method, header},
    web,
};
use deserr::Deserr;
use futures_util::{StreamExt, future::LocalBoxFuture};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::{
    fmt,
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// Largest body of an ordinary request: `content` of a document may have 1 MB and JSON escapes grow it.
pub const MAX_BODY: usize = 2 * 1024 * 1024;
/// Deepest nesting of a body.
const MAX_DEPTH: usize = 32;

/// SHA-256 of the body as it came, kept with the request for `Idempotency-Key`.
#[derive(Debug, Clone, Copy, Default)]
pub struct BodyHash(pub [u8; 32]);

/// A body of type `T`: `application/json` (or merge patch), every fault reported at once. A POST
/// without a body and its type says `{}`: that is enough for a command that needs no words. `MAX`: most
/// bytes.
#[derive(Debug)]
pub struct Body<T, const MAX: usize = MAX_BODY>(pub T);

impl<T: Deserr<Faults> + 'static, const MAX: usize> FromRequest for Body<T, MAX> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let bare = req.method() == Method::POST && !req.headers().contains_key(header::CONTENT_TYPE);
            if !bare {
                accept_json(&req)?;
            }
            announced(&req, MAX)?;
            let bytes = collect(payload, MAX).await?;
            req.extensions_mut().insert(BodyHash(Sha256::digest(&bytes).into()));
            if bare && !bytes.is_empty() {
                accept_json(&req)?;
            }
            Ok(Self(parse(if bare { b"{}" } else { &bytes })?))
        })
    }
}

/// Refuses a body that says itself it is over `max` bytes, before any of it is read.
fn announced(req: &HttpRequest, max: usize) -> Result<()> {
    let length = req.headers().get(header::CONTENT_LENGTH).and_then(|h| h.to_str().ok());
    match length.and_then(|length| length.parse::<usize>().ok()) {
        Some(length) if length > max => Err(Error::new(Code::PayloadTooLarge).with("max", max)),
        _ => Ok(()),
    }
}

/// What every body may take, however small.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes for which a body may take a second more: the worst network of a village is ten times faster,
/// and who dribbles byte by byte cannot keep a connection.
const SLOWEST: u64 = 1024;

/// Reads a whole body, refusing it as soon as it passes `max` bytes or takes longer than 10 seconds and
/// one more for each KiB that has come.
pub async fn collect(payload: Payload, max: usize) -> Result<web::BytesMut> {
    collect_with(payload, max, PATIENCE).await
}

/// The same with another patience.
pub async fn collect_with(mut payload: Payload, max: usize, patience: Duration) -> Result<web::BytesMut> {
    let mut bytes = web::BytesMut::new();
    let begun = Instant::now();
    let late = |_| Error::new(Code::RequestTimeout);
    let allowed = |come: usize| {
        patience.saturating_add(Duration::from_secs(u64::try_from(come).unwrap_or(u64::MAX) / SLOWEST))
    };
    while let Some(chunk) =
        timeout(allowed(bytes.len()).saturating_sub(begun.elapsed()), payload.next()).await.map_err(late)?
    {
        let chunk =
            chunk.map_err(|e| Error { cause: Some(e.to_string()), ..Error::new(Code::InvalidRequest) })?;
        if bytes.len().saturating_add(chunk.len()) > max {
            return Err(Error::new(Code::PayloadTooLarge).with("max", max));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn accept_json(req: &HttpRequest) -> Result<()> {
    let coding = req.headers().get(header::CONTENT_ENCODING).map(header::HeaderValue::as_bytes);
    if coding.is_some_and(|coding| !coding.eq_ignore_ascii_case(b"identity")) {
        return Err(Error::new(Code::UnsupportedMediaType)
            .with("accepted", Said::alike("Content-Encoding: identity")));
    }
    let merge_patch = req.method() == Method::PATCH;
    let given = req.headers().get(header::CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" => Ok(()),
        "application/merge-patch+json" if merge_patch => Ok(()),
        _ => {
            let accepted = if merge_patch {
                "application/merge-patch+json, application/json"
            } else {
                "application/json"
            };
            Err(Error::new(Code::UnsupportedMediaType).with("accepted", Said::alike(accepted)))
        }
    }
}

/// Parses and checks one JSON text.
pub fn parse<T: Deserr<Faults>>(bytes: &[u8]) -> Result<T> {
    read(parse_value(bytes)?)
}

/// Parses JSON text; refused: double keys, nesting deeper than 32, numbers beyond a double, lone
/// surrogates.
pub fn parse_value(bytes: &[u8]) -> Result<Value> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let malformed = |e: serde_json::Error| {
        let here = format!("dòng {}, cột {}", e.line(), e.column());
        let vi = if e.is_eof() { format!("chưa hết ở {here}") } else { format!("sai ở {here}") };
        let json = Said::both(format!("JSON ({e})"), format!("{} ({vi})", Said::from(Phrase::Json).vi()));
        Error::from(Fault::at("", Code::Malformed).with("expected", json))
    };
    let value = Strict { depth: 0 }.deserialize(&mut json).map_err(malformed)?;
    json.end().map_err(malformed)?;
    Ok(value)
}

/// Checks a JSON value against a type.
pub fn read<T: Deserr<Faults>>(value: Value) -> Result<T> {
    deserr::deserialize::<T, _, Faults>(value).map_err(|faults| Error::faults(faults.0))
}

/// The same for the `data` of an import line: pointers start there.
pub fn read_under<T: Deserr<Faults>>(value: Value, under: &str) -> Result<T> {
    deserr::deserialize::<T, _, Faults>(value)
        .map_err(|faults| Error::faults(faults.0.into_iter().map(|fault| move_under(fault, under)).collect()))
}

fn move_under(mut fault: Fault, under: &str) -> Fault {
    if let Place::Pointer(pointer) = &mut fault.place {
        pointer.insert_str(0, under);
    }
    fault
}

/// Builds a `Value` while watching what `serde_json` lets pass.
struct Strict {
    depth: usize,
}

impl Strict {
    fn deeper<E: de::Error>(&self) -> std::result::Result<Self, E> {
        if self.depth >= MAX_DEPTH {
            Err(E::custom("nested too deep"))
        } else {
            Ok(Self { depth: self.depth + 1 })
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> std::result::Result<Value, D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, v: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(v))
    }
    fn visit_i64<E>(self, v: i64) -> std::result::Result<Value, E> {
        Ok(v.into())
    }
    fn visit_u64<E>(self, v: u64) -> std::result::Result<Value, E> {
        Ok(v.into())
    }
    fn visit_f64<E: de::Error>(self, v: f64) -> std::result::Result<Value, E> {
        serde_json::Number::from_f64(v).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }
    fn visit_str<E>(self, v: &str) -> std::result::Result<Value, E> {
        Ok(v.into())
    }
    fn visit_string<E>(self, v: String) -> std::result::Result<Value, E> {
        Ok(v.into())
    }
    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_none<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, d: D) -> std::result::Result<Value, D::Error> {
        Value::deserialize(d)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self.deeper()?)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(self.deeper()?)?;
            if members.insert(key.clone(), value).is_some() {
                return Err(de::Error::custom(format!("key \"{key}\" appears twice")));
            }
        }
        Ok(Value::Object(members))
    }
}
