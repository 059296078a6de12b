//! What goes over the wire about criteria.

mod assessment;
mod content;
mod recognition;
mod set;
mod unit_rule;

pub use assessment::{
    CriteriaAssessment, CriteriaAssessmentCreate, CriteriaAssessmentQuery, CriteriaAssessmentReturn,
    CriteriaAssessmentVerification,
};
pub use content::{
    CriteriaCondition, CriteriaGroup, CriteriaUnitGroup, Criterion, CriterionDirection, CriterionThreshold,
    SubCriterion,
};
pub use recognition::{
    CriteriaRecognition, CriteriaRecognitionCreate, CriteriaRecognitionQuery, CriteriaRecognitionWithdrawal,
};
pub use set::{
    CriteriaAchievement, CriteriaSet, CriteriaSetCreate, CriteriaSetIssue, CriteriaSetPatch,
    CriteriaSetQuery, CriteriaSetStatus,
};
pub use unit_rule::{CriteriaUnitRule, CriteriaUnitRuleCreate, CriteriaUnitRuleQuery};
