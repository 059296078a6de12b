//! What goes over the wire about posts that are held.

use crate::{
    clock::Instant,
    http::{
        Cursor, Field, Set,
        fields::{Day, Faults, Line, Reason, Words},
        query::{Fields, Limit},
    },
    ids::Id,
    org_units::wire::UnitRef,
    persons::wire::PersonRef,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A post held by a person in a unit, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Holding {
    pub id: Id,
    pub unit_id: Id,
    pub unit: UnitRef,
    /// One of `GET /meta/posts`.
    #[schema(example = "secretary")]
    pub post: String,
    #[schema(example = "Bí thư")]
    pub post_name: String,
    /// Null where persons are not read by name: there the post says who is responsible.
    pub person_id: Option<Id>,
    pub person: Option<PersonRef>,
    /// The person's first post, of several held at once.
    pub is_primary: bool,
    #[schema(value_type = Day, example = "2020-03-02")]
    pub starts_on: NaiveDate,
    /// The last day; null: until further notice.
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub ends_on: Option<NaiveDate>,
    /// The decision by which it was given.
    pub document_id: Option<Id>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A post given to a person.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "post": "secretary",
    "person_id": "0199a0b2-8d2f-7e4b-8a66-1e7a2d3c4b5e", "is_primary": true, "starts_on": "2020-03-02"}))]
pub struct HoldingCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub unit_id: Id,
    /// One of `GET /meta/posts`.
    pub post: Words<60>,
    pub person_id: Id,
    /// Default: false.
    #[deserr(default)]
    pub is_primary: Option<bool>,
    pub starts_on: Day,
    /// The last day.
    #[deserr(default)]
    pub ends_on: Option<Day>,
    /// The decision by which it is given.
    #[deserr(default)]
    pub document_id: Option<Id>,
}

/// Changes of a holding: absent fields stay, null clears. Its days change by ending or handing over.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"is_primary": true}))]
pub struct HoldingPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub is_primary: Set<bool>,
    #[deserr(default)]
    #[schema(required = false)]
    pub document_id: Field<Id>,
}

/// How a holding ends.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"on": "2023-10-31", "reason": "Nghỉ hưu"}))]
pub struct HoldingEnd {
    /// The last day, not after the one it has; absent: it ends today, and its rights at once.
    #[deserr(default)]
    pub on: Option<Day>,
    #[deserr(default)]
    pub reason: Option<Line<1, 1000>>,
}

/// How a post passes to another person.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"to_person_id": "0199a0b2-8d2f-7e4b-8a66-1e7a2d3c4b5e", "on": "2023-10-15",
    "reason": "Luân chuyển cán bộ theo quyết định của Ban Thường vụ"}))]
pub struct HandOver {
    pub to_person_id: Id,
    /// The first day of the other person; the day before is the last of the one.
    pub on: Day,
    pub reason: Reason<1000>,
}

/// A post that passed from one person to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandedOver {
    pub ended: Holding,
    pub begun: Holding,
}

/// Which holdings to list. Without `as_of` those of the past and the future are there too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct HoldingQuery {
    /// In this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// In this unit and all below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// By this person, whom the caller reads by name.
    #[deserr(default)]
    pub person_id: Option<Id>,
    /// Of this post.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 60, example = "secretary")]
    pub post: Option<Words<60>>,
    /// In force on this day.
    #[deserr(default)]
    pub as_of: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,post_name,unit")]
    pub fields: Option<Fields>,
}
