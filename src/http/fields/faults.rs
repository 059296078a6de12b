//! Faults of values, gathered in one pass, each with its JSON pointer.

use crate::error::{Code, Fault, Params, Phrase, Place, Said};
use deserr::{DeserializeError, ErrorKind, IntoValue, MergeWithError, Value, ValueKind, ValuePointerRef};
use std::ops::ControlFlow;

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

fn kind_name(kind: &ValueKind) -> Said {
    match kind {
        ValueKind::Null => Phrase::Null,
        ValueKind::Boolean => Phrase::Boolean,
        ValueKind::Integer | ValueKind::NegativeInteger => Phrase::Integer,
        ValueKind::Float => Phrase::Number,
        ValueKind::String => Phrase::Text,
        ValueKind::Sequence => Phrase::List,
        ValueKind::Map => Phrase::Object,
    }
    .into()
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
                Self::one(at, Code::WrongType, vec![("expected", Said::joined(&names, " | "))])
            }
            // A command without its reason is whole and breaks a rule, wherever the reason is asked for.
            ErrorKind::MissingField { field: "reason" } => {
                Self::one(at.push_key("reason"), Code::ReasonRequired, vec![])
            }
            ErrorKind::MissingField { field } => Self::one(at.push_key(field), Code::Required, vec![]),
            ErrorKind::UnknownKey { key, .. } => Self::one(at.push_key(key), Code::UnknownField, vec![]),
            ErrorKind::UnknownValue { accepted, .. } => {
                Self::one(at, Code::UnknownValue, vec![("accepted", accepted.join(", ").into())])
            }
            ErrorKind::BadSequenceLen { expected, .. } => Self::one(
                at,
                Code::WrongType,
                vec![("expected", Said::from(Phrase::List).and(format!("[{expected}]")))],
            ),
            ErrorKind::Unexpected { msg } => Self::one(at, Code::Malformed, vec![("expected", msg.into())]),
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
pub fn string<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<String, Faults> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(Faults::one(at, Code::WrongType, vec![("expected", Phrase::Text.into())])),
    }
}
