//! Figures as people report them, and the periods they are of.

use super::{Day, Faults, string};
use crate::{
    error::{Code, Phrase, Said},
    measures::{Decimal, Period, Regime},
};
use chrono::NaiveDate;
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// A reported figure: a JSON number of up to 15 figures, six of them after the point. More than that a
/// JSON number does not carry unharmed through every client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Amount(pub Decimal);

/// Figures of an amount in all.
const FIGURES: usize = 15;
/// Figures after the point.
const DECIMALS: u32 = 6;
/// Sizes are below this.
const END: i64 = 1_000_000_000_000_000;

impl Amount {
    fn read(text: &str) -> Result<Self, Code> {
        let decimal: Decimal = text.parse().map_err(|()| match text.split_once('.') {
            Some((whole, _)) if whole.len() <= FIGURES => Code::TooManyDecimals,
            _ => Code::OutOfRange,
        })?;
        let figures = decimal.to_string().bytes().filter(u8::is_ascii_digit).count();
        if decimal.parts().0.unsigned_abs() / 10_u128.pow(decimal.decimals())
            >= u128::from(END.unsigned_abs())
        {
            Err(Code::OutOfRange)
        } else if decimal.decimals() > DECIMALS || figures > FIGURES + 1 {
            Err(Code::TooManyDecimals)
        } else {
            Ok(Self(decimal))
        }
    }
}

impl Deserr<Faults> for Amount {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        let text = match value {
            Value::Integer(n) => n.to_string(),
            Value::NegativeInteger(n) => n.to_string(),
            // Rust prints the shortest decimal that reads back as the same number, without exponent.
            Value::Float(n) => n.to_string(),
            _ => return Err(Faults::one(at, Code::WrongType, vec![("expected", Phrase::Number.into())])),
        };
        Self::read(&text).map_err(|code| {
            let params = match code {
                Code::TooManyDecimals => vec![("max", DECIMALS.into())],
                _ => vec![("min", (1 - END).into()), ("max", (END - 1).into())],
            };
            Faults::one(at, code, params)
        })
    }
}

impl PartialSchema for Amount {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .minimum(Some(1 - END))
            .maximum(Some(END - 1))
            .examples([98.62])
            .build()
            .into()
    }
}
impl ToSchema for Amount {}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Deserr<Faults> for Period {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        string(value, at)?.parse().map_err(|()| {
            let forms = Said::alike("2023-10, 2023-Q4, 2023-H2, 2023-9M, 2023, 2023-W42, 2021-2025");
            Faults::one(at, Code::Malformed, vec![("expected", forms)])
        })
    }
}

impl PartialSchema for Period {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^[0-9]{4}(-([0-9]{2}|Q[1-4]|H[12]|9M|W[0-9]{2}|[0-9]{4}))?$"))
            .max_length(Some(9))
            .examples(["2023-10"])
            .build()
            .into()
    }
}
impl ToSchema for Period {}

/// A period by its name, or a day: where a stretch of time begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Period(Period),
    Day(NaiveDate),
}

impl Bound {
    /// The first and the last day of it under a regime.
    pub fn window(self, regime: &Regime) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Period(period) => regime.window(period),
            Self::Day(day) => Some((day, day)),
        }
    }
}

impl Deserr<Faults> for Bound {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        let text = string(value, at)?;
        if let Ok(period) = text.parse() {
            return Ok(Self::Period(period));
        }
        text.parse::<Day>().map(|day| Self::Day(day.0)).map_err(|_| {
            let forms =
                Said::alike("2023-10, 2023-Q4, 2023-H2, 2023-9M, 2023, 2023-W42, 2021-2025, 2023-10-15");
            Faults::one(at, Code::Malformed, vec![("expected", forms)])
        })
    }
}

impl PartialSchema for Bound {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^[0-9]{4}(-([0-9]{2}(-[0-9]{2})?|Q[1-4]|H[12]|9M|W[0-9]{2}|[0-9]{4}))?$"))
            .max_length(Some(10))
            .examples(["2023-10"])
            .build()
            .into()
    }
}
impl ToSchema for Bound {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_that_a_json_number_carries() {
        for text in ["0", "-12.5", "999999999999999", "123456789.123456", "0.000001"] {
            assert_eq!(Amount::read(text).map(|amount| amount.0.to_string()), Ok(text.to_owned()));
        }
        for text in ["1000000000000000", "-1000000000000000", "100000000000000000000000"] {
            assert_eq!(Amount::read(text), Err(Code::OutOfRange), "{text}");
        }
        for text in ["0.0000001", "0.30000000000000004", "123456789012.123456"] {
            assert_eq!(Amount::read(text), Err(Code::TooManyDecimals), "{text}");
        }
    }
}
