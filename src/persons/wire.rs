//! What goes over the wire about persons and their membership.

use crate::{
    clock::Instant,
    http::{
        Cursor, Field, Set,
        fields::{Day, Faults, Whole, Words},
        query::{Fields, Limit, Search},
    },
    ids::Id,
    org_units::wire::UnitRef,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A year of birth.
pub type BirthYear = Whole<1900, 2199>;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Person {
    pub id: Id,
    /// The unit that keeps the record.
    pub unit_id: Id,
    pub unit: UnitRef,
    #[schema(example = "Bí thư Chi bộ ấp Phú Hưng")]
    pub full_name: String,
    #[schema(example = 1975)]
    pub birth_year: Option<i32>,
    /// The account that stands for the person; null: none.
    pub user_id: Option<Id>,
    /// When the personal data was erased; nothing changes any more.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub erased_at: Option<Instant>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A person in a few words, as other records show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonRef {
    pub id: Id,
    #[schema(example = "Bí thư Chi bộ ấp Phú Hưng")]
    pub full_name: String,
}

/// A new person.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "full_name": "Bí thư Chi bộ ấp Phú Hưng", "birth_year": 1975}))]
pub struct PersonCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// The unit that keeps the record.
    pub unit_id: Id,
    pub full_name: Words<200>,
    #[deserr(default)]
    pub birth_year: Option<BirthYear>,
    /// An account with an assignment in the territory; it stands for one person.
    #[deserr(default)]
    pub user_id: Option<Id>,
}

/// Changes of a person: absent fields stay, null clears.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"full_name": "Phó Bí thư Chi bộ ấp Phú Hưng", "birth_year": null}))]
pub struct PersonPatch {
    /// Another unit that keeps the record from now on.
    #[deserr(default)]
    #[schema(required = false)]
    pub unit_id: Set<Id>,
    #[deserr(default)]
    #[schema(required = false)]
    pub full_name: Set<Words<200>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub birth_year: Field<BirthYear>,
    /// Refused while the person holds a post that carries a role: end or hand over that first.
    #[deserr(default)]
    #[schema(required = false)]
    pub user_id: Field<Id>,
}

vocabulary! {
    /// How a member stands.
    MemberStatus {
        Official = "official" "đảng viên chính thức",
        Probationary = "probationary" "đảng viên dự bị",
        /// Transferred, removed from the list, expelled or deceased: the record stays.
        Left = "left" "không còn sinh hoạt",
    }
}

/// What makes a person a Party member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Membership {
    pub person_id: Id,
    #[schema(example = "58.012345")]
    pub card_number: Option<String>,
    /// The day of admission.
    #[schema(value_type = Option<Day>, example = "2005-05-19")]
    pub admitted_on: Option<NaiveDate>,
    /// The day on which the probation ended.
    #[schema(value_type = Option<Day>, example = "2006-05-19")]
    pub official_on: Option<NaiveDate>,
    pub status: MemberStatus,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A person's membership, recorded for the first time.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"status": "official", "card_number": "58.012345",
    "admitted_on": "2005-05-19", "official_on": "2006-05-19"}))]
pub struct MembershipCreate {
    pub status: MemberStatus,
    #[deserr(default)]
    pub card_number: Option<Words<40>>,
    #[deserr(default)]
    pub admitted_on: Option<Day>,
    #[deserr(default)]
    pub official_on: Option<Day>,
}

/// Changes of a membership: absent fields stay, null clears.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"status": "official", "official_on": "2006-05-19"}))]
pub struct MembershipPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub status: Set<MemberStatus>,
    #[deserr(default)]
    #[schema(required = false)]
    pub card_number: Field<Words<40>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub admitted_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub official_on: Field<Day>,
}

/// Which persons to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PersonQuery {
    /// Kept by this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Words of the name; marks do not count. Signs alone are refused.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 200, example = "bi thu")]
    pub q: Option<Search>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,full_name")]
    pub fields: Option<Fields>,
}
