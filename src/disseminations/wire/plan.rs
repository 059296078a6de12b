//! Waves of a study and planned numbers.

use crate::{
    http::fields::{Day, Faults, Few, Whole},
    measures::{Audience, AudienceClass, Qualifier},
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many of a class are to be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlannedNumber {
    #[schema(example = "party_members")]
    pub class: AudienceClass,
    #[schema(example = 650, minimum = 1)]
    pub value: i64,
    #[schema(example = "over")]
    pub qualifier: Qualifier,
}

/// A wave of a study.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StudyWave {
    #[schema(example = "cadres_and_members")]
    pub audience: Audience,
    #[schema(value_type = Option<Day>, example = "2023-10-31")]
    pub due_on: Option<NaiveDate>,
    pub planned: Vec<PlannedNumber>,
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub completed_on: Option<NaiveDate>,
}

/// How many of a class are to be there.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PlannedNumberCreate {
    pub class: AudienceClass,
    pub value: Whole<1, 10_000_000>,
    /// Default `exactly`.
    #[deserr(default)]
    pub qualifier: Option<Qualifier>,
}

/// A wave as it is planned.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct StudyWaveCreate {
    pub audience: Audience,
    #[deserr(default)]
    pub due_on: Option<Day>,
    /// Each class once.
    #[deserr(default)]
    pub planned: Option<Few<PlannedNumberCreate, 10>>,
}
