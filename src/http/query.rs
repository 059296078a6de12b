//! Query parameters, read strictly: unknown and repeated ones are refused, faults come all at once.

pub use crate::http::narrow::{narrow, narrow_lines, narrow_page};

use crate::{
    error::{Code, Error, Fault, Phrase, Place, Result, Said},
    http::fields::{Faults, Line},
    text,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde_json::Map;
use std::{
    future::{Ready, ready},
    str::FromStr,
};

/// The query of a request as type `T`. Every value is text; types of numbers and flags read it.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: Deserr<Faults>> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(req.query_string()).map(Self))
    }
}

/// Parses a query string.
pub fn parse<T: Deserr<Faults>>(query: &str) -> Result<T> {
    let pairs = actix_web::web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|e| Error { cause: Some(e.to_string()), ..Error::new(Code::InvalidRequest) })?
        .into_inner();
    let mut map = Map::new();
    let mut faults = Vec::new();
    for (name, value) in pairs {
        // No parameter needs control characters, and PostgreSQL cannot even compare with NUL.
        if text::clean(&value, false).is_err() {
            faults.push(Fault::parameter(name.clone(), Code::BadCharacter));
        }
        if map.insert(name.clone(), value.into()).is_some() {
            faults.push(Fault::parameter(name, Code::Repeated));
        }
    }
    match deserr::deserialize::<T, _, Faults>(serde_json::Value::Object(map)) {
        Ok(query) if faults.is_empty() => Ok(query),
        Ok(_) => Err(Error::faults(faults)),
        Err(more) => {
            for fault in more.0.into_iter().map(as_parameter) {
                if !faults.contains(&fault) {
                    faults.push(fault);
                }
            }
            Err(Error::faults(faults))
        }
    }
}

fn as_parameter(mut fault: Fault) -> Fault {
    if let Place::Pointer(pointer) = &fault.place {
        fault.place = Place::Parameter(pointer.trim_start_matches('/').to_owned());
    }
    if fault.code == Code::UnknownField {
        fault.code = Code::UnknownParameter;
    }
    fault
}

/// A whole number as a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plain<T>(pub T);

impl<T: FromStr> Deserr<Faults> for Plain<T> {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        at: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        match value {
            Value::String(text) => text
                .parse()
                .map(Self)
                .map_err(|_| Faults::one(at, Code::Malformed, vec![("expected", Phrase::Integer.into())])),
            _ => Err(Faults::one(at, Code::WrongType, vec![("expected", Phrase::Integer.into())])),
        }
    }
}

/// Most values in one parameter.
const MAX_VALUES: usize = 50;

/// `a,b,c`: any of these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnyOf<T>(pub Vec<T>);

impl<T: Deserr<Faults>> Deserr<Faults> for AnyOf<T> {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        at: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        let Value::String(text) = value else {
            return Err(Faults::one(at, Code::WrongType, vec![("expected", Phrase::Text.into())]));
        };
        if text.split(',').count() > MAX_VALUES {
            return Err(Faults::one(at, Code::TooMany, vec![("max", MAX_VALUES.into())]));
        }
        text.split(',')
            .map(|part| T::deserialize_from_value(Value::<serde_json::Value>::String(part.trim().into()), at))
            .collect::<std::result::Result<_, _>>()
            .map(Self)
    }
}

/// `q=`: words to look for, folded as the texts they are looked for in. Blank asks for nothing in
/// particular; signs without a letter or a digit are refused, since folding leaves nothing of them and
/// the answer would be everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search(pub String);

impl Search {
    /// A `LIKE` pattern that finds the words anywhere; `%`, `_` and `\` are harmless because folding
    /// leaves letters, digits and blanks only.
    pub fn like(&self) -> String {
        format!("%{}%", self.0)
    }
}

impl Deserr<Faults> for Search {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        at: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        let text = Line::<0, 200>::deserialize_from_value(value, at)?;
        let folded = text::fold(&text);
        if folded.is_empty() && !text.is_empty() {
            return Err(Faults::one(
                at,
                Code::Malformed,
                vec![("expected", Phrase::LettersOrFigures.into())],
            ));
        }
        Ok(Self(folded))
    }
}

/// `true` or `false`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flag(pub bool);

impl Deserr<Faults> for Flag {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        at: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        match value {
            Value::String(text) if text == "true" => Ok(Self(true)),
            Value::String(text) if text == "false" => Ok(Self(false)),
            _ => Err(Faults::one(at, Code::Malformed, vec![("expected", Said::alike("true | false"))])),
        }
    }
}

/// How many items a page holds: 1 to 200, default 50; more is refused, not cut down in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(pub i64);

/// Largest page.
pub const MAX_LIMIT: i64 = 200;

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl Deserr<Faults> for Limit {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        at: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        let range = || vec![("min", 1.into()), ("max", MAX_LIMIT.into())];
        let number = match value {
            Value::String(text) => text.parse::<i64>().ok(),
            _ => None,
        };
        match number {
            Some(n) if (1..=MAX_LIMIT).contains(&n) => Ok(Self(n)),
            _ => Err(Faults::one(at, Code::LimitOutOfRange, range())),
        }
    }
}

/// For addresses that take no parameters.
#[derive(Debug, Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct NoQuery {}

/// `fields=id,title`: only these members of the record.
#[derive(Debug, Deserr, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct FieldsQuery {
    /// Members to answer with, separated by commas; all without it.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,title")]
    pub fields: Option<Fields>,
}

/// Names of members of a record.
pub type Fields = AnyOf<String>;
