//! Names of periods as they come over the wire.

use crate::{
    error::{Code, Said},
    http::fields::{Faults, string},
    measures::{Month, Period},
};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::{Serialize, Serializer};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

fn malformed(at: ValuePointerRef, expected: &'static str) -> Faults {
    Faults::one(at, Code::Malformed, vec![("expected", Said::alike(expected))])
}

/// A calendar month by its name, `2023-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthName(pub Month);

impl Deserr<Faults> for MonthName {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        match string(value, at)?.parse() {
            Ok(Period::Month(year, month)) => Ok(Self(Month::new(year, month))),
            _ => Err(malformed(at, "2023-10")),
        }
    }
}

impl Serialize for MonthName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.period())
    }
}

impl PartialSchema for MonthName {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^[0-9]{4}-[0-9]{2}$"))
            .max_length(Some(7))
            .examples(["2023-10"])
            .build()
            .into()
    }
}
impl ToSchema for MonthName {}
