//! Weights: decimals from 0 with up to three places, kept as whole thousandths.

use crate::{
    error::{Code, Phrase},
    http::fields::Faults,
    measures::Decimal,
};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// A weight in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight(pub i64);

/// The weight of a task that says nothing: 1.
pub const ONE: Weight = Weight(1000);
/// Largest weight; far above any use, small enough that sums stay exact.
const MAX: i64 = 1_000_000;

impl Serialize for Weight {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Decimal::scaled(self.0.into(), 3).serialize(serializer)
    }
}

impl Weight {
    /// Reads the shortest decimal text of a number.
    fn parse(text: &str) -> Result<Self, Code> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        if decimals.len() > 3 {
            return Err(Code::TooManyDecimals);
        }
        let thousandths: i64 = format!("{whole}{decimals:0<3}").parse().map_err(|_| Code::OutOfRange)?;
        if text.starts_with('-') || thousandths > MAX * 1000 {
            Err(Code::OutOfRange)
        } else {
            Ok(Self(thousandths))
        }
    }
}

impl Deserr<Faults> for Weight {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        let text = match value {
            Value::Integer(n) => n.to_string(),
            Value::NegativeInteger(n) => n.to_string(),
            // Rust prints the shortest decimal that reads back as the same number, without exponent.
            Value::Float(n) => n.to_string(),
            _ => return Err(Faults::one(at, Code::WrongType, vec![("expected", Phrase::Number.into())])),
        };
        Self::parse(&text).map_err(|code| {
            let params = match code {
                Code::TooManyDecimals => vec![("max", 3.into())],
                _ => vec![("min", 0.into()), ("max", MAX.into())],
            };
            Faults::one(at, code, params)
        })
    }
}

impl PartialSchema for Weight {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .minimum(Some(0))
            .maximum(Some(MAX))
            .multiple_of(Some(0.001))
            .examples([1.5])
            .build()
            .into()
    }
}
impl ToSchema for Weight {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_decimals_and_no_minus() {
        assert_eq!(Weight::parse("0.125"), Ok(Weight(125)));
        assert_eq!(Weight::parse("2"), Ok(Weight(2000)));
        assert_eq!(Weight::parse("1.5"), Ok(Weight(1500)));
        assert_eq!(Weight::parse("0.0001"), Err(Code::TooManyDecimals));
        assert_eq!(Weight::parse("-1"), Err(Code::OutOfRange));
        assert_eq!(Weight::parse("-0.5"), Err(Code::OutOfRange));
        assert_eq!(Weight::parse("1000000.001"), Err(Code::OutOfRange));
    }
}
