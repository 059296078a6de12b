//! What a set asks: the same shapes in and out.

use crate::{
    http::fields::{Faults, Few, Whole, Words},
    tasks::weight::Weight,
    vocabulary,
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// Which way a threshold is read: at least, at most, or in words.
    CriterionDirection { Higher = "higher", Lower = "lower", Qualitative = "qualitative" }
}

/// A group of criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"no": "II", "name": "Hạ tầng kinh tế - xã hội"}))]
pub struct CriteriaGroup {
    pub no: Words<20>,
    pub name: Words<300>,
}

/// A group of units, such as a region, for which thresholds differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"code": "dbscl", "name": "Đồng bằng sông Cửu Long"}))]
pub struct CriteriaUnitGroup {
    pub code: Words<40>,
    pub name: Words<300>,
    /// Which units belong to it, in words.
    #[deserr(default)]
    pub description: Option<Words<1000>>,
}

/// An overall condition beside the criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"no": 1, "text": "Có 100% số xã trên địa bàn đạt chuẩn nông thôn mới"}))]
pub struct CriteriaCondition {
    pub no: Whole<1, 1000>,
    pub text: Words<2000>,
}

/// One criterion of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"no": 10, "code": "ntm-xa-10", "name": "Thu nhập", "group": "III", "sub_criteria": [
    {"code": "10.1", "name": "Thu nhập bình quân đầu người", "unit": "triệu đồng/người", "direction": "higher",
     "thresholds": [{"group": "dbscl", "value": 50}]}]}))]
pub struct Criterion {
    pub no: Whole<1, 1000>,
    /// Unique within the set.
    pub code: Words<40>,
    pub name: Words<500>,
    /// `no` of one of the set's groups.
    #[deserr(default)]
    pub group: Option<Words<20>>,
    /// None while they are not known.
    #[deserr(default)]
    #[schema(required = false)]
    pub sub_criteria: Few<SubCriterion, 50>,
}

/// What a criterion asks in particular.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"code": "10.1", "name": "Thu nhập bình quân đầu người", "unit": "triệu đồng/người",
    "direction": "higher", "thresholds": [{"group": "dbscl", "value": 50}]}))]
pub struct SubCriterion {
    pub code: Words<40>,
    pub name: Words<1000>,
    /// What is measured in.
    #[deserr(default)]
    pub unit: Option<Words<60>>,
    #[deserr(default)]
    pub direction: Option<CriterionDirection>,
    /// None while they are not known.
    #[deserr(default)]
    #[schema(required = false)]
    pub thresholds: Few<CriterionThreshold, 50>,
}

/// What has to be reached: a number, words, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"group": "dbscl", "value": 50}))]
pub struct CriterionThreshold {
    /// `code` of one of the set's groups of units; null: for all others.
    #[deserr(default)]
    pub group: Option<Words<40>>,
    #[deserr(default)]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1_000_000)]
    pub value: Option<Weight>,
    #[deserr(default)]
    pub text: Option<Words<500>>,
}
