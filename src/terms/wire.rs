//! What goes over the wire about terms.

use crate::{
    clock::Instant,
    http::{
        Cursor, Field, Set,
        fields::{Day, Faults, Whole, Words},
        query::{Fields, Limit},
    },
    ids::Id,
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A year.
pub type Year = Whole<1900, 2199>;

/// A term of a committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Term {
    pub id: Id,
    pub unit_id: Id,
    pub unit: UnitRef,
    /// As it is written, mostly a Roman number.
    #[schema(example = "XII")]
    pub ordinal: Option<String>,
    #[schema(example = "Đảng bộ huyện Mỏ Cày Bắc khóa XII, nhiệm kỳ 2020 - 2025")]
    pub name: String,
    #[schema(example = 2020)]
    pub from_year: Option<i32>,
    #[schema(example = 2025)]
    pub to_year: Option<i32>,
    /// The day after the congress that began it closed.
    #[schema(value_type = Option<Day>)]
    pub starts_on: Option<NaiveDate>,
    /// Its last day.
    #[schema(value_type = Option<Day>)]
    pub ends_on: Option<NaiveDate>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A new term.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "ordinal": "XII",
    "name": "Đảng bộ huyện Mỏ Cày Bắc khóa XII, nhiệm kỳ 2020 - 2025", "from_year": 2020, "to_year": 2025}))]
pub struct TermCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub unit_id: Id,
    #[deserr(default)]
    pub ordinal: Option<Words<20>>,
    pub name: Words<300>,
    #[deserr(default)]
    pub from_year: Option<Year>,
    #[deserr(default)]
    pub to_year: Option<Year>,
    #[deserr(default)]
    pub starts_on: Option<Day>,
    #[deserr(default)]
    pub ends_on: Option<Day>,
}

/// Changes of a term: absent fields stay, null clears.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"starts_on": "2020-08-13", "ends_on": null}))]
pub struct TermPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub ordinal: Field<Words<20>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub name: Set<Words<300>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub from_year: Field<Year>,
    #[deserr(default)]
    #[schema(required = false)]
    pub to_year: Field<Year>,
    #[deserr(default)]
    #[schema(required = false)]
    pub starts_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub ends_on: Field<Day>,
}

/// Which terms to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TermQuery {
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
    #[param(value_type = Option<String>, example = "id,name")]
    pub fields: Option<Fields>,
}
