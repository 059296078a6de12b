//! Texts, and words of closed lists.

use super::{Faults, string};
use crate::{error::Code, text};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::Serialize;
use std::{borrow::Cow, str::FromStr};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

fn clean<const MIN: usize, const MAX: usize>(
    raw: &str,
    multiline: bool,
    at: ValuePointerRef,
) -> Result<String, Faults> {
    let text = text::clean(raw, multiline).map_err(|_| Faults::one(at, Code::BadCharacter, vec![]))?;
    match text.chars().count() {
        0 if MIN > 0 => Err(Faults::one(at, Code::MayNotBeEmpty, vec![])),
        n if n < MIN => Err(Faults::one(at, Code::TooShort, vec![("min", MIN.into())])),
        n if n > MAX => Err(Faults::one(at, Code::TooLong, vec![("max", MAX.into())])),
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

/// Why something is done, where it must be said: 1 to `MAX` characters. None at all, null and blanks
/// alike are a rule broken (422 `reason_required`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason<const MAX: usize>(pub String);

impl<const MAX: usize> Deserr<Faults> for Reason<MAX> {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        let text = match value {
            Value::Null => String::new(),
            value => clean::<0, MAX>(&string(value, at)?, false, at)?,
        };
        if text.is_empty() { Err(Faults::one(at, Code::ReasonRequired, vec![])) } else { Ok(Self(text)) }
    }
}
impl<const MAX: usize> PartialSchema for Reason<MAX> {
    fn schema() -> RefOr<Schema> {
        Words::<MAX>::schema()
    }
}
impl<const MAX: usize> ToSchema for Reason<MAX> {
    fn name() -> Cow<'static, str> {
        format!("Reason_{MAX}").into()
    }
}
impl<const MAX: usize> std::ops::Deref for Reason<MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

/// A line that may be left empty nowhere: 1 to `MAX` characters.
pub type Words<const MAX: usize> = Line<1, MAX>;

/// Reads a word of a closed list (see `vocabulary!`).
pub fn word<T: FromStr, V: IntoValue>(
    value: Value<V>,
    at: ValuePointerRef,
    words: &[&str],
) -> Result<T, Faults> {
    string(value, at)?
        .parse()
        .map_err(|_| Faults::one(at, Code::UnknownValue, vec![("accepted", words.join(", ").into())]))
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
