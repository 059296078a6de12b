//! What goes over the wire about how units stand to criteria.

use crate::{
    criteria::wire::CriteriaAchievement,
    http::{
        Cursor,
        fields::{Day, Faults},
        query::{Flag, Limit},
    },
    ids::Id,
    measures::{CriteriaCounts, CriteriaMeasures, CriterionClaim, CriterionStatus},
    org_units::wire::UnitRef,
    reports::explained::FiguresExplained,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which set, where, on which day.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CriteriaBoardQuery {
    pub set_id: Id,
    /// This unit and all below it; default the own unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// As things stood at the end of this day, also a future one; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Adds `explain`.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub explain: Flag,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}

/// How the units of a part of the tree stand to the criteria of a set.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriteriaBoard {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub set: CriteriaSetBrief,
    /// With the name it had on the day.
    pub unit: UnitRef,
    /// All units together.
    pub total: CriteriaMeasures,
    /// Each criterion over all units, in the order of the set.
    pub criteria: Vec<CriterionTotal>,
    /// Units of the set's level that exist on the day, in the order of their codes.
    pub rows: Vec<CriteriaBoardRow>,
    /// Give this as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<FiguresExplained>,
}

/// A set in a few words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CriteriaSetBrief {
    pub id: Id,
    #[schema(example = "ntm-xa-2021-2025")]
    pub code: String,
    #[schema(example = 1, minimum = 1)]
    pub revision: i32,
    #[schema(example = "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021 - 2025")]
    pub name: String,
    pub achievement: CriteriaAchievement,
}

/// A criterion over all units.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriterionTotal {
    #[schema(example = 10)]
    pub no: i64,
    #[schema(example = "ntm-xa-10")]
    pub code: String,
    #[schema(example = "Thu nhập")]
    pub name: String,
    /// Units, by what a unit above verified.
    pub units: CriteriaCounts,
    /// As officials say it.
    #[schema(example = "13/13 đơn vị đạt")]
    pub words: String,
}

/// How one unit stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriteriaBoardRow {
    /// With the name it had on the day.
    pub unit: UnitRef,
    /// Its group under the set.
    #[schema(example = "dbscl")]
    pub group: Option<String>,
    /// Criteria, by what a unit above verified: these count.
    pub verified: CriteriaCounts,
    /// Criteria, by what the unit says of itself, without what was returned.
    pub claimed: CriteriaCounts,
    /// Self-assessments that nobody above has answered.
    #[schema(example = 1, minimum = 0)]
    pub awaiting: i64,
    /// As officials say it.
    #[schema(example = "đạt 17/19 tiêu chí")]
    pub words: String,
    /// Criteria that are not met.
    pub missing: Vec<CriterionMissing>,
    /// Of those, the ones that were met before.
    pub lost: Vec<CriterionLost>,
    /// Of those, the ones it must hold.
    pub not_held: Vec<CriterionBrief>,
    /// Its recognition under this set is in force.
    pub is_recognised: bool,
    /// Every recognition in force on the day, also under other sets.
    pub recognitions: Vec<CriteriaRecognitionBrief>,
    /// How far it is from the next level; null: no set leads further.
    pub next: Option<CriteriaNext>,
    /// What units held that it took over from; nothing of that is its own.
    pub predecessors: Vec<CriteriaPredecessor>,
}

/// A criterion by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CriterionBrief {
    #[schema(example = 10)]
    pub no: i64,
    #[schema(example = "ntm-xa-10")]
    pub code: String,
    #[schema(example = "Thu nhập")]
    pub name: String,
}

/// A criterion that is not met.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriterionMissing {
    #[schema(example = 10)]
    pub no: i64,
    #[schema(example = "ntm-xa-10")]
    pub code: String,
    #[schema(example = "Thu nhập")]
    pub name: String,
    /// Null: nobody above has said anything.
    #[schema(example = "nearly_met")]
    pub status: Option<CriterionStatus>,
    /// What the unit says of itself.
    #[schema(example = "met")]
    pub claimed: Option<CriterionStatus>,
    #[schema(example = "awaiting")]
    pub claim: CriterionClaim,
}

/// A criterion that was met and is met no longer.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriterionLost {
    #[schema(example = 17)]
    pub no: i64,
    #[schema(example = "ntm-xa-17")]
    pub code: String,
    #[schema(example = "Môi trường và an toàn thực phẩm")]
    pub name: String,
    #[schema(value_type = Option<Day>, example = "2023-10-12")]
    pub lost_on: Option<NaiveDate>,
    /// Null where it is too deep to be read.
    #[schema(example = "Tỷ lệ hộ sử dụng nước sạch giảm")]
    pub reason: Option<String>,
}

/// A recognition in a few words.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriteriaRecognitionBrief {
    pub id: Id,
    pub set_id: Id,
    #[schema(example = "ntm-xa-2021-2025")]
    pub set_code: String,
    pub achievement: CriteriaAchievement,
    #[schema(value_type = Day, example = "2023-10-12")]
    pub recognised_on: NaiveDate,
    #[schema(example = "2025/QĐ-UBND ngày 12/10/2023")]
    pub decision_text: Option<String>,
}

/// The next level, and what is left until there: while it is not recognised under this set, this set itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriteriaNext {
    pub set_id: Id,
    #[schema(example = "ntm-xa-2021-2025")]
    pub set_code: String,
    pub achievement: CriteriaAchievement,
    #[schema(example = 2, minimum = 0)]
    pub left_count: i64,
    pub left: Vec<CriterionBrief>,
}

/// What a unit held that closed.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriteriaPredecessor {
    pub unit: UnitRef,
    /// The first day on which it no longer existed.
    #[schema(value_type = Day, example = "2023-10-01")]
    pub closed_on: NaiveDate,
    /// Several units took over from it.
    pub is_partial: bool,
    /// As it stood on its last day.
    pub verified: CriteriaCounts,
    pub is_recognised: bool,
    #[schema(example = "đạt 19/19 tiêu chí")]
    pub words: String,
}
