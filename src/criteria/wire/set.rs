//! Sets.

use super::{CriteriaCondition, CriteriaGroup, CriteriaUnitGroup, Criterion};
use crate::{
    clock::Instant,
    http::{
        Cursor, Field, Set,
        fields::{Day, Faults, Few, Prose, Whole, Words},
        query::{AnyOf, Fields, Limit, Plain},
    },
    ids::Id,
    org_units::wire::UnitRef,
    tasks::wire::TaskAction,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

vocabulary! {
    /// What a unit is recognised as.
    CriteriaAchievement {
        /// Đạt chuẩn.
        Standard = "standard" "đạt chuẩn",
        /// Nâng cao.
        Advanced = "advanced" "nâng cao",
        /// Kiểu mẫu.
        Model = "model" "kiểu mẫu",
        /// Hiện đại.
        Modern = "modern" "hiện đại",
    }
}

vocabulary! {
    /// Whether a set holds.
    CriteriaSetStatus {
        Draft = "draft" "dự thảo",
        /// Its content is frozen; it holds from `effective_on` on.
        InForce = "in_force" "có hiệu lực",
        /// Another version holds from `replaced_on` on.
        Replaced = "replaced" "đã được thay",
    }
}

/// A set of criteria, in one version.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CriteriaSet {
    pub id: Id,
    /// The same in all versions.
    #[schema(example = "ntm-xa-2021-2025")]
    pub code: String,
    #[schema(example = 1, minimum = 1)]
    pub revision: i32,
    #[schema(example = "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021 - 2025")]
    pub name: String,
    /// The unit that issues it; null: it is of the whole instance.
    pub unit: Option<UnitRef>,
    pub unit_id: Option<Id>,
    /// The level of the units it judges.
    #[schema(example = "commune")]
    pub level: String,
    /// Their kind; null: any.
    #[schema(example = "party_committee")]
    pub kind: Option<String>,
    pub achievement: CriteriaAchievement,
    #[schema(example = "Quyết định 318/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ")]
    pub legal_basis: String,
    pub document_id: Option<Id>,
    #[schema(example = 2021)]
    pub first_year: i32,
    #[schema(example = 2025)]
    pub last_year: i32,
    /// What is not known yet, and where it comes from.
    #[schema(example = "Chưa có chỉ tiêu và mức đạt theo vùng.")]
    pub note: Option<String>,
    pub groups: Vec<CriteriaGroup>,
    pub unit_groups: Vec<CriteriaUnitGroup>,
    pub conditions: Vec<CriteriaCondition>,
    pub criteria: Vec<Criterion>,
    /// The set whose recognition this one presupposes: its achievement is the next level after that one.
    pub requires_id: Option<Id>,
    /// The version this one replaces.
    pub replaces_id: Option<Id>,
    pub status: CriteriaSetStatus,
    #[schema(value_type = Option<Day>, example = "2022-03-08")]
    pub effective_on: Option<NaiveDate>,
    /// The first day on which the next version holds.
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub replaced_on: Option<NaiveDate>,
    /// What the caller may do, and why not.
    pub actions: Vec<TaskAction>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A new set, as a draft: of the whole instance when its admin writes it, else of the own unit.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"code": "ntm-xa-ben-tre", "name": "Bộ tiêu chí xã nông thôn mới của tỉnh", "level": "commune",
    "achievement": "standard", "legal_basis": "Quyết định của Ủy ban nhân dân tỉnh", "first_year": 2021, "last_year": 2025,
    "criteria": [{"no": 1, "code": "bt-01", "name": "Quy hoạch"}]}))]
pub struct CriteriaSetCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// Unique within the owner; a version that replaces another has the code of that one.
    pub code: Words<60>,
    pub name: Words<500>,
    /// One of `GET /meta/levels`.
    pub level: Words<40>,
    /// One of `GET /meta/unit-kinds`; absent: any.
    #[deserr(default)]
    pub kind: Option<Words<40>>,
    pub achievement: CriteriaAchievement,
    pub legal_basis: Words<1000>,
    #[deserr(default)]
    pub document_id: Option<Id>,
    pub first_year: Whole<1930, 2199>,
    /// Not before `first_year`. Sets may overlap.
    pub last_year: Whole<1930, 2199>,
    #[deserr(default)]
    pub note: Option<Prose<1, 5000>>,
    #[deserr(default)]
    pub groups: Option<Few<CriteriaGroup, 50>>,
    #[deserr(default)]
    pub unit_groups: Option<Few<CriteriaUnitGroup, 50>>,
    #[deserr(default)]
    pub conditions: Option<Few<CriteriaCondition, 50>>,
    #[deserr(default)]
    pub criteria: Option<Few<Criterion, 100>>,
    /// The set whose recognition this one presupposes.
    #[deserr(default)]
    pub requires_id: Option<Id>,
    /// A version in force, of the same owner and code, that this one will replace.
    #[deserr(default)]
    pub replaces_id: Option<Id>,
}

/// Changes of a draft: absent fields stay, null clears; a list is given whole.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"criteria": [{"no": 1, "code": "bt-01", "name": "Quy hoạch"}]}))]
pub struct CriteriaSetPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub name: Set<Words<500>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub level: Set<Words<40>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub kind: Field<Words<40>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub achievement: Set<CriteriaAchievement>,
    #[deserr(default)]
    #[schema(required = false)]
    pub legal_basis: Set<Words<1000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub document_id: Field<Id>,
    #[deserr(default)]
    #[schema(required = false)]
    pub first_year: Set<Whole<1930, 2199>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub last_year: Set<Whole<1930, 2199>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub note: Field<Prose<1, 5000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub groups: Set<Few<CriteriaGroup, 50>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub unit_groups: Set<Few<CriteriaUnitGroup, 50>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub conditions: Set<Few<CriteriaCondition, 50>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub criteria: Set<Few<Criterion, 100>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub requires_id: Field<Id>,
}

/// From when a set holds.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"effective_on": "2023-10-01"}))]
pub struct CriteriaSetIssue {
    /// As the decision says, also a past day; default today. A version begins after the one it replaces.
    #[deserr(default)]
    pub effective_on: Option<Day>,
}

/// Which sets to list. There is no hidden filter: drafts and replaced versions too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CriteriaSetQuery {
    /// Any of these levels of units, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "commune")]
    pub level: Option<AnyOf<String>>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "standard,advanced")]
    pub achievement: Option<AnyOf<CriteriaAchievement>>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "in_force")]
    pub status: Option<AnyOf<CriteriaSetStatus>>,
    /// Of this owner.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// All versions of this code.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 60, example = "ntm-xa-2021-2025")]
    pub code: Option<Words<60>>,
    /// For this year.
    #[deserr(default)]
    #[param(value_type = Option<i32>, example = 2023)]
    pub year: Option<Plain<i32>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,code,name,status")]
    pub fields: Option<Fields>,
}
