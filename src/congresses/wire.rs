//! What goes over the wire about congresses.

use crate::{
    clock::Instant,
    error::{Code, Said},
    http::{
        Cursor, Field, Set,
        fields::{Day, Faults, Line, Whole},
        query::{Fields, Limit},
    },
    ids::Id,
    org_units::wire::UnitRef,
    roman, vocabulary,
};
use chrono::NaiveDate;
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::{Serialize, Serializer};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

vocabulary! {
    /// Who sits in a congress.
    CongressKind {
        /// Delegates (đại hội đại biểu).
        Delegate = "delegate",
        /// All members (đại hội đảng viên, toàn thể).
        AllMembers = "all_members",
    }
}

/// The number of a congress, written in Roman letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordinal(pub i32);

impl Deserr<Faults> for Ordinal {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        let text = Line::<0, 40>::deserialize_from_value(value, at)?;
        let number = roman::parse(&text);
        number
            .map(Self)
            .ok_or_else(|| Faults::one(at, Code::Malformed, vec![("expected", Said::alike("I, II, … XII"))]))
    }
}

impl Serialize for Ordinal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&roman::format(self.0).unwrap_or_default())
    }
}

impl PartialSchema for Ordinal {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(15))
            .examples(["XII"])
            .build()
            .into()
    }
}
impl ToSchema for Ordinal {}

/// How many delegates there are at most.
pub type Delegates = Whole<0, 100_000>;

/// A congress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Congress {
    pub id: Id,
    pub unit_id: Id,
    pub unit: UnitRef,
    /// The term it begins, on the day after it closed.
    pub term_id: Option<Id>,
    pub ordinal: Option<Ordinal>,
    pub kind: CongressKind,
    #[schema(value_type = Option<Day>, example = "2020-07-28")]
    pub opened_on: Option<NaiveDate>,
    /// Its last day.
    #[schema(value_type = Option<Day>, example = "2020-07-30")]
    pub closed_on: Option<NaiveDate>,
    /// Delegates or members who were called.
    #[schema(example = 200, minimum = 0)]
    pub delegates_called: Option<i32>,
    /// Those who were there.
    #[schema(example = 196, minimum = 0)]
    pub delegates_present: Option<i32>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A new congress.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "ordinal": "XX",
    "kind": "delegate", "opened_on": "2020-07-28", "closed_on": "2020-07-30"}))]
pub struct CongressCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub unit_id: Id,
    /// A term of the same unit, of no other congress.
    #[deserr(default)]
    pub term_id: Option<Id>,
    #[deserr(default)]
    pub ordinal: Option<Ordinal>,
    pub kind: CongressKind,
    #[deserr(default)]
    pub opened_on: Option<Day>,
    #[deserr(default)]
    pub closed_on: Option<Day>,
    #[deserr(default)]
    pub delegates_called: Option<Delegates>,
    #[deserr(default)]
    pub delegates_present: Option<Delegates>,
}

/// Changes of a congress: absent fields stay, null clears.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"closed_on": "2020-07-30", "delegates_called": 200, "delegates_present": 196}))]
pub struct CongressPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub term_id: Field<Id>,
    #[deserr(default)]
    #[schema(required = false)]
    pub ordinal: Field<Ordinal>,
    #[deserr(default)]
    #[schema(required = false)]
    pub kind: Set<CongressKind>,
    #[deserr(default)]
    #[schema(required = false)]
    pub opened_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub closed_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub delegates_called: Field<Delegates>,
    #[deserr(default)]
    #[schema(required = false)]
    pub delegates_present: Field<Delegates>,
}

/// Which congresses to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CongressQuery {
    /// Of this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Of this unit and all below it.
    #[deserr(default)]
    pub under: Option<Id>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,ordinal")]
    pub fields: Option<Fields>,
}
