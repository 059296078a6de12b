//! Field types that carry their own rules: a value of one of these is clean, and the OpenAPI
//! document shows the limits, because both come from the type.

use crate::{
    error::{Code, Fault, Params, Place},
    ids::Id,
    text,
};
use chrono::NaiveDate;
use deserr::{
    DeserializeError, Deserr, ErrorKind, IntoValue, MergeWithError, Value, ValueKind, ValuePointerRef,
};
use serde::Serialize;
use std::{borrow::Cow, ops::ControlFlow, str::FromStr};
use utoipa::{
    __dev::ComposeSchema,
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, Ref, RefOr, Schema, SchemaFormat, schema::Type},
};

/// All faults of a body or query, gathered in one pass.
#[derive(Debug, Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// One fault at a place in the value.
    pub fn one(location: ValuePointerRef, code: Code, params: Params) -> Self {
        Self(vec![Fault { place: Place::Pointer(pointer(location)), code, params }])
    }
}

/// JSON pointer of a place, with RFC 6901 escapes.
fn pointer(location: ValuePointerRef) -> String {
    match location {
        ValuePointerRef::Origin => String::new(),
        ValuePointerRef::Key { key, prev } => {
            format!("{}/{}", pointer(*prev), key.replace('~', "~0").replace('/', "~1"))
        }
        ValuePointerRef::Index { index, prev } => format!("{}/{index}", pointer(*prev)),
    }
}

fn kind_name(kind: &ValueKind) -> &'static str {
    match kind {
        ValueKind::Null => "null",
        ValueKind::Boolean => "boolean",
        ValueKind::Integer | ValueKind::NegativeInteger => "integer",
        ValueKind::Float => "number",
        ValueKind::String => "string",
        ValueKind::Sequence => "array",
        ValueKind::Map => "object",
    }
}

impl DeserializeError for Faults {
    fn error<V: IntoValue>(
        so_far: Option<Self>,
        kind: ErrorKind<V>,
        at: ValuePointerRef,
    ) -> ControlFlow<Self, Self> {
        let found = match kind {
            ErrorKind::IncorrectValueKind { accepted, .. } => {
                let mut names: Vec<_> = accepted.iter().map(kind_name).collect();
                names.dedup();
                Self::one(at, Code::WrongType, vec![("expected", names.join(" | "))])
            }
            ErrorKind::MissingField { field } => Self::one(at.push_key(field), Code::Required, vec![]),
            ErrorKind::UnknownKey { key, .. } => Self::one(at.push_key(key), Code::UnknownField, vec![]),
            ErrorKind::UnknownValue { accepted, .. } => {
                Self::one(at, Code::UnknownValue, vec![("accepted", accepted.join(", "))])
            }
            ErrorKind::BadSequenceLen { expected, .. } => {
                Self::one(at, Code::WrongType, vec![("expected", format!("array[{expected}]"))])
            }
            ErrorKind::Unexpected { msg } => Self::one(at, Code::Malformed, vec![("expected", msg)]),
        };
        Self::merge(so_far, found, at)
    }
}

impl MergeWithError<Faults> for Faults {
    fn merge(so_far: Option<Self>, other: Self, _: ValuePointerRef) -> ControlFlow<Self, Self> {
        let mut all = so_far.unwrap_or_default();
        all.0.extend(other.0);
        ControlFlow::Continue(all)
    }
}

/// Reads a JSON string, or says that one was expected.
fn string<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<String, Faults> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(Faults::one(at, Code::WrongType, vec![("expected", "string".into())])),
    }
}

fn clean<const MIN: usize, const MAX: usize>(
    raw: &str,
    multiline: bool,
    at: ValuePointerRef,
) -> Result<String, Faults> {
    let text = text::clean(raw, multiline).map_err(|_| Faults::one(at, Code::BadCharacter, vec![]))?;
    match text.chars().count() {
        0 if MIN > 0 => Err(Faults::one(at, Code::MayNotBeEmpty, vec![])),
        n if n < MIN => Err(Faults::one(at, Code::TooShort, vec![("min", MIN.to_string())])),
        n if n > MAX => Err(Faults::one(at, Code::TooLong, vec![("max", MAX.to_string())])),
        _ => Ok(text),
    }
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $multiline:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        pub struct $name<const MIN: usize, const MAX: usize>(pub String);

        impl<const MIN: usize, const MAX: usize> Deserr<Faults> for $name<MIN, MAX> {
            fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
                clean::<MIN, MAX>(&string(value, at)?, $multiline, at).map(Self)
            }
        }
        impl<const MIN: usize, const MAX: usize> PartialSchema for $name<MIN, MAX> {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .min_length(Some(MIN))
                    .max_length(Some(MAX))
                    .build()
                    .into()
            }
        }
        impl<const MIN: usize, const MAX: usize> ToSchema for $name<MIN, MAX> {
            fn name() -> Cow<'static, str> {
                format!("{}_{MIN}_{MAX}", stringify!($name)).into()
            }
        }
        impl<const MIN: usize, const MAX: usize> std::ops::Deref for $name<MIN, MAX> {
            type Target = str;
            fn deref(&self) -> &str { &self.0 }
        }
    };
}

text_type!(
    /// One line of text of `MIN` to `MAX` characters, NFC, trimmed, no control characters.
    Line, false
);
text_type!(
    /// Text that may have several lines.
    Prose, true
);

/// A line that may be left empty nowhere: 1 to `MAX` characters.
pub type Words<const MAX: usize> = Line<1, MAX>;

impl Deserr<Faults> for Id {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        string(value, at)?
            .parse()
            .map_err(|()| Faults::one(at, Code::Malformed, vec![("expected", "UUID".into())]))
    }
}

impl PartialSchema for Id {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::Custom("uuid".into())))
            .pattern(Some("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"))
            .max_length(Some(36))
            .examples(["0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"])
            .build()
            .into()
    }
}
impl ToSchema for Id {}

/// A calendar day `YYYY-MM-DD` between 1900 and 2199, in Vietnam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Day(pub NaiveDate);

impl FromStr for Day {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        use chrono::Datelike;
        let shape = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        let day: NaiveDate = text.parse().map_err(|_| ())?;
        if shape && (1900..=2199).contains(&day.year()) { Ok(Self(day)) } else { Err(()) }
    }
}

impl Deserr<Faults> for Day {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        string(value, at)?
            .parse()
            .map_err(|()| Faults::one(at, Code::Malformed, vec![("expected", "YYYY-MM-DD".into())]))
    }
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .examples(["2023-10-15"])
            .max_length(Some(10))
            .build()
            .into()
    }
}
impl ToSchema for Day {}

/// A whole number from `MIN` to `MAX`; outside it is a rule broken (422), not a syntax error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Whole<const MIN: i64, const MAX: i64>(pub i64);

impl<const MIN: i64, const MAX: i64> Whole<MIN, MAX> {
    fn checked(number: Option<i64>, at: ValuePointerRef) -> Result<Self, Faults> {
        match number {
            Some(n) if (MIN..=MAX).contains(&n) => Ok(Self(n)),
            _ => Err(Faults::one(
                at,
                Code::OutOfRange,
                vec![("min", MIN.to_string()), ("max", MAX.to_string())],
            )),
        }
    }

    /// The number for a column of 32 bits.
    pub fn small(self) -> i32 {
        i32::try_from(self.0).unwrap_or(i32::MAX)
    }
}

impl<const MIN: i64, const MAX: i64> Deserr<Faults> for Whole<MIN, MAX> {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        match value {
            Value::Integer(n) => Self::checked(i64::try_from(n).ok(), at),
            Value::NegativeInteger(n) => Self::checked(Some(n), at),
            _ => Err(Faults::one(at, Code::WrongType, vec![("expected", "integer".into())])),
        }
    }
}

impl<const MIN: i64, const MAX: i64> PartialSchema for Whole<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(MIN)).maximum(Some(MAX)).build().into()
    }
}
impl<const MIN: i64, const MAX: i64> ToSchema for Whole<MIN, MAX> {
    fn name() -> Cow<'static, str> {
        format!("Whole_{MIN}_{MAX}").replace('-', "minus_").into()
    }
}

/// A list of at most `MAX` items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Few<T, const MAX: usize>(pub Vec<T>);

impl<T, const MAX: usize> Default for Few<T, MAX> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Deserr<Faults>, const MAX: usize> Deserr<Faults> for Few<T, MAX> {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        if let Value::Sequence(items) = &value {
            use deserr::Sequence;
            if items.len() > MAX {
                return Err(Faults::one(at, Code::TooMany, vec![("max", MAX.to_string())]));
            }
        }
        Vec::deserialize_from_value(value, at).map(Self)
    }
}

impl<T: ToSchema, const MAX: usize> ComposeSchema for Few<T, MAX> {
    fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
        let items = Ref::from_schema_name(T::name());
        utoipa::openapi::ArrayBuilder::new().items(items).max_items(Some(MAX)).build().into()
    }
}
impl<T: ToSchema, const MAX: usize> ToSchema for Few<T, MAX> {
    fn name() -> Cow<'static, str> {
        format!("Few_{MAX}_{}", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into(), T::schema()));
        T::schemas(schemas);
    }
}

/// Reads a word of a closed list (see `vocabulary!`).
pub fn word<T: FromStr, V: IntoValue>(
    value: Value<V>,
    at: ValuePointerRef,
    words: &[&str],
) -> Result<T, Faults> {
    string(value, at)?
        .parse()
        .map_err(|_| Faults::one(at, Code::UnknownValue, vec![("accepted", words.join(", "))]))
}

/// The schema of a closed list.
pub fn word_schema(words: &[&'static str]) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(words.iter().copied()))
        .max_length(words.iter().map(|word| word.len()).max())
        .build()
        .into()
}
