//! Merge patch (RFC 7396): a field is absent (keep), null (clear) or has a value (set).

use crate::http::fields::Faults;
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use std::borrow::Cow;
use utoipa::{
    __dev::ComposeSchema,
    ToSchema,
    openapi::{ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema, schema::Type},
};

/// One field of a patch that may be cleared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Field<T> {
    #[default]
    Absent,
    Null,
    Value(T),
}

impl<T> Field<T> {
    /// `None` = keep, `Some(None)` = clear, `Some(Some(v))` = set: as diesel's change sets want it.
    pub fn change(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }

    /// The value, when there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// What stands after the patch where `old` stood.
    pub fn over(self, old: Option<T>) -> Option<T> {
        self.change().unwrap_or(old)
    }

    /// Maps the value, keeping absent and null.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(value) => Field::Value(f(value)),
        }
    }
}

impl<T: Deserr<Faults>> Deserr<Faults> for Field<T> {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        match value {
            Value::Null => Ok(Self::Null),
            value => T::deserialize_from_value(value, at).map(Self::Value),
        }
    }
}

impl<T: ToSchema> ComposeSchema for Field<T> {
    fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
        RefOr::T(Schema::OneOf(
            OneOfBuilder::new()
                .item(ObjectBuilder::new().schema_type(Type::Null))
                .item(Ref::from_schema_name(T::name()))
                .build(),
        ))
    }
}
impl<T: ToSchema> ToSchema for Field<T> {
    fn name() -> Cow<'static, str> {
        format!("{}_or_null", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into(), T::schema()));
        T::schemas(schemas);
    }
}

/// One field of a patch that may be set but not cleared: null is of the wrong type, not "keep".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set<T>(pub Option<T>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Deserr<Faults>> Deserr<Faults> for Set<T> {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        T::deserialize_from_value(value, at).map(|value| Self(Some(value)))
    }
}

impl<T: ToSchema> ComposeSchema for Set<T> {
    fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
        T::schema()
    }
}
impl<T: ToSchema> ToSchema for Set<T> {
    fn name() -> Cow<'static, str> {
        format!("Set_{}", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}
