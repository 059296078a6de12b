//! What a unit above lays down for a unit under a set.

use crate::{
    clock::Instant,
    http::{
        Cursor,
        fields::{Day, Faults, Few, Words},
        query::{Fields, Limit},
    },
    ids::Id,
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// To which group a unit belongs under a set, and which criteria it must hold, from a day on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CriteriaUnitRule {
    pub id: Id,
    pub set_id: Id,
    pub unit: UnitRef,
    pub unit_id: Id,
    #[schema(value_type = Day, example = "2023-10-01")]
    pub from_on: NaiveDate,
    /// Code of a group of units; null: thresholds for all others count.
    #[schema(example = "dbscl")]
    pub group: Option<String>,
    /// Codes of criteria.
    #[schema(example = json!(["ntm-xa-10", "ntm-xa-17"]))]
    pub must_hold: Vec<String>,
    #[schema(example = "Xã đã được công nhận, phải giữ vững các tiêu chí đã đạt")]
    pub reason: Option<String>,
    /// The unit that laid it down.
    pub by_unit: UnitRef,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// What holds for a unit from a day on, instead of what was laid down before.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"set_id": "0199a0b2-68f6-7c47-8cd5-26e2c81fca04", "unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
    "group": "dbscl", "must_hold": ["ntm-xa-10"], "from_on": "2023-10-01"}))]
pub struct CriteriaUnitRuleCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// A set in force.
    pub set_id: Id,
    /// A unit below the own one.
    pub unit_id: Id,
    /// Default today; not in the future, and not before what was laid down last.
    #[deserr(default)]
    pub from_on: Option<Day>,
    /// Code of one of the set's groups of units.
    #[deserr(default)]
    pub group: Option<Words<40>>,
    /// The whole list: criteria that must be held (giữ vững).
    #[deserr(default)]
    pub must_hold: Option<Few<Words<40>, 100>>,
    #[deserr(default)]
    pub reason: Option<Words<2000>>,
}

/// Which rules to list, in the order in which they were laid down; those of the past too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CriteriaUnitRuleQuery {
    #[deserr(default)]
    pub set_id: Option<Id>,
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Of this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,unit,group,must_hold")]
    pub fields: Option<Fields>,
}
