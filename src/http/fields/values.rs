//! Ids, days, numbers and lists.

use super::{Faults, string};
use crate::{
    error::{Code, Phrase, Said},
    ids::Id,
};
use chrono::NaiveDate;
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::Serialize;
use std::{borrow::Cow, str::FromStr};
use utoipa::{
    __dev::ComposeSchema,
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, Ref, RefOr, Schema, SchemaFormat, schema::Type},
};

impl Deserr<Faults> for Id {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        string(value, at)?
            .parse()
            .map_err(|()| Faults::one(at, Code::Malformed, vec![("expected", Said::alike("UUID"))]))
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

/// Why a text is no [`Day`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDay {
    /// Not written `YYYY-MM-DD`, or not in the calendar.
    Malformed,
    /// Before 1900 or after 2199.
    OutOfRange,
}

impl Day {
    /// The first and the last, as they are written.
    const RANGE: (&str, &str) = ("1900-01-01", "2199-12-31");
}

impl FromStr for Day {
    type Err = NoDay;
    fn from_str(text: &str) -> Result<Self, NoDay> {
        let shape = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        let day: NaiveDate = text.parse().map_err(|_| NoDay::Malformed)?;
        let (first, last) = Self::RANGE;
        match shape {
            false => Err(NoDay::Malformed),
            // Texts of one shape stand in the order of their days.
            true if text < first || text > last => Err(NoDay::OutOfRange),
            true => Ok(Self(day)),
        }
    }
}

impl Deserr<Faults> for Day {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        string(value, at)?.parse().map_err(|no| match no {
            NoDay::Malformed => Faults::one(at, Code::Malformed, vec![("expected", Phrase::Day.into())]),
            NoDay::OutOfRange => {
                let (first, last) = Self::RANGE;
                let range = vec![("min", Said::alike(first)), ("max", Said::alike(last))];
                Faults::one(at, Code::OutOfRange, range)
            }
        })
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
            _ => Err(Faults::one(at, Code::OutOfRange, vec![("min", MIN.into()), ("max", MAX.into())])),
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
            _ => Err(Faults::one(at, Code::WrongType, vec![("expected", Phrase::Integer.into())])),
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
                return Err(Faults::one(at, Code::TooMany, vec![("max", MAX.into())]));
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
