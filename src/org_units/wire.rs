//! What goes over the wire about units.

use crate::{
    clock::Instant,
    http::{
        Cursor, Field, Set,
        fields::{Day, Faults, Few, Reason, Words},
        query::{AnyOf, Fields, Limit, Search},
    },
    ids::Id,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrgUnit {
    pub id: Id,
    /// Unique within the instance; a text, leading zeros count.
    #[schema(example = "MCB-28915")]
    pub code: String,
    #[schema(example = "Đảng ủy xã Phước Mỹ Trung")]
    pub name: String,
    #[schema(example = "ĐU Phước Mỹ Trung")]
    pub short_name: Option<String>,
    /// One of `GET /meta/levels`.
    #[schema(example = "commune")]
    pub level: String,
    /// One of `GET /meta/unit-kinds`.
    #[schema(example = "party_committee")]
    pub kind: String,
    pub parent_id: Option<Id>,
    /// The unit at the top of this tree.
    pub root_id: Id,
    /// 0 for a root.
    #[schema(example = 3, minimum = 0)]
    pub depth: i32,
    /// What its documents carry after the type: `HU` in `1083-QĐ/HU`.
    #[schema(example = "ĐU")]
    pub issuer_code: Option<String>,
    /// Such as `border`, `remote`, `island`, `ethnic_minority`.
    #[schema(example = json!(["remote"]))]
    pub traits: Vec<String>,
    pub external_ids: Vec<ExternalId>,
    /// Null: since always.
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub valid_from: Option<NaiveDate>,
    /// The first day on which it no longer exists.
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub closed_on: Option<NaiveDate>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// The unit's code in somebody else's list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct ExternalId {
    #[schema(example = "gso")]
    pub scheme: String,
    #[schema(example = "28915")]
    pub code: String,
}

/// A unit in a few words, as other records show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnitRef {
    pub id: Id,
    #[schema(example = "BT-MCB")]
    pub code: String,
    #[schema(example = "Huyện ủy Mỏ Cày Bắc")]
    pub name: String,
    #[schema(example = "district")]
    pub level: String,
}

/// A code in somebody else's list, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ExternalIdCreate {
    pub scheme: Words<40>,
    pub code: Words<100>,
}

/// A new unit.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"code": "MCB-28915", "name": "Đảng ủy xã Phước Mỹ Trung", "level": "commune",
    "kind": "party_committee", "parent_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"}))]
pub struct OrgUnitCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub code: Words<60>,
    pub name: Words<300>,
    #[deserr(default)]
    pub short_name: Option<Words<100>>,
    pub level: Words<40>,
    pub kind: Words<40>,
    /// Null makes a root.
    #[deserr(default)]
    pub parent_id: Option<Id>,
    /// First day of the unit; absent: since always.
    #[deserr(default)]
    pub valid_from: Option<Day>,
    #[deserr(default)]
    pub issuer_code: Option<Words<20>>,
    #[deserr(default)]
    pub traits: Option<Few<Words<40>, 20>>,
    #[deserr(default)]
    pub external_ids: Option<Few<ExternalIdCreate, 20>>,
}

/// Changes of a unit: absent fields stay, null clears.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"name": "Đảng ủy thị trấn Phước Mỹ Trung", "effective_on": "2023-04-10"}))]
pub struct OrgUnitPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub code: Set<Words<60>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub name: Set<Words<300>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub short_name: Field<Words<100>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub level: Set<Words<40>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub kind: Set<Words<40>>,
    /// Moves the unit with everything below it.
    #[deserr(default)]
    #[schema(required = false)]
    pub parent_id: Set<Id>,
    #[deserr(default)]
    #[schema(required = false)]
    pub issuer_code: Field<Words<20>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub traits: Set<Few<Words<40>, 20>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub external_ids: Set<Few<ExternalIdCreate, 20>>,
    /// The day from which the new name or place counts; default today, never in the future.
    #[deserr(default)]
    #[schema(required = false)]
    pub effective_on: Set<Day>,
}

/// How a unit ends.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"on": "2023-10-01", "successor_ids": ["0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"], "reason": "Sáp nhập theo Nghị quyết của Ủy ban Thường vụ Quốc hội"}))]
pub struct OrgUnitClose {
    /// The first day on which it no longer exists; not in the future.
    pub on: Day,
    /// Units that take over; the first inherits open tasks (without any, the parent does).
    #[deserr(default)]
    pub successor_ids: Option<Few<Id, 50>>,
    pub reason: Reason<1000>,
}

/// Which units to list. Without `as_of` closed units are listed too, with their `closed_on`.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct OrgUnitQuery {
    /// This unit and all below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Direct children of this unit.
    #[deserr(default)]
    pub parent_id: Option<Id>,
    /// Any of these levels, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "commune")]
    pub level: Option<AnyOf<String>>,
    /// Any of these kinds.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "party_committee")]
    pub kind: Option<AnyOf<String>>,
    /// Words of the name or the code; marks do not count. Signs alone are refused.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 200, example = "phuoc my")]
    pub q: Option<Search>,
    /// Units in force on this day, with the names and parents they had.
    #[deserr(default)]
    pub as_of: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,code,name")]
    pub fields: Option<Fields>,
}

/// One unit, perhaps as it was.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct OneUnitQuery {
    /// With the name and parent it had on this day.
    #[deserr(default)]
    pub as_of: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,code,name")]
    pub fields: Option<Fields>,
}
