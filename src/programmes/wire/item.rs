//! Items of a programme.

use crate::{
    clock::Instant,
    http::{
        Field, Set,
        fields::{Day, Faults, Few, Prose, Whole, Words},
    },
    ids::Id,
    org_units::wire::UnitRef,
    tasks::wire::{Class, RoadmapStep},
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// What is to be done.
pub type ItemText = Prose<1, 5000>;

/// One thing a unit means to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgrammeItem {
    pub id: Id,
    pub programme_id: Id,
    /// Its place in the list, from 1.
    #[schema(example = 1, minimum = 1)]
    pub ordinal: i32,
    #[schema(example = "Vận động 95% người dân tham gia bảo hiểm y tế")]
    pub text: String,
    pub class: Class,
    /// 1 comes first.
    #[schema(example = 1, minimum = 1)]
    pub priority: Option<i32>,
    /// The pressing issue it answers (vấn đề bức xúc).
    #[schema(example = "Tỷ lệ bao phủ bảo hiểm y tế còn thấp ở các ấp xa")]
    pub pressing_issue: Option<String>,
    #[schema(example = "society")]
    pub field: Option<String>,
    #[schema(value_type = Option<Day>)]
    pub start_on: Option<NaiveDate>,
    #[schema(value_type = Option<Day>)]
    pub due_on: Option<NaiveDate>,
    /// Steps on the way.
    pub roadmap: Vec<RoadmapStep>,
    /// What it will take.
    pub resources: ResourceForecast,
    /// The collective that answers for it, in words.
    #[schema(example = "Ủy ban nhân dân xã")]
    pub lead_collective: Option<String>,
    /// The unit that leads it: that of the programme or one below.
    pub lead_unit: UnitRef,
    pub lead_unit_id: Id,
    /// Who answers for it: a post first, a person second.
    #[schema(example = "Phó Bí thư Thường trực Đảng ủy xã")]
    pub lead_individual: Option<String>,
    pub coordinating_unit_ids: Vec<Id>,
    /// The clauses and targets it serves, as far as the caller sees them.
    pub resolution_item_ids: Vec<Id>,
    /// What it lacks for the programme to be adopted.
    #[schema(value_type = Vec<String>, example = json!(["lead_individual"]))]
    pub missing: Vec<&'static str>,
    /// The task it became with the issue.
    pub task_id: Option<Id>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// What an item will take.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ResourceForecast {
    /// Đồng.
    #[deserr(default)]
    #[schema(example = 150000000)]
    pub amount: Option<Whole<0, 9_007_199_254_740_991>>,
    /// Where the money comes from.
    #[deserr(default)]
    #[schema(example = "Ngân sách xã và xã hội hóa")]
    pub source: Option<Words<300>>,
    #[deserr(default)]
    #[schema(example = 12)]
    pub people: Option<Whole<0, 1_000_000>>,
}

/// A new item. A draft may leave most of it open.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"text": "Vận động 95% người dân tham gia bảo hiểm y tế", "class": "key", "priority": 1,
    "start_on": "2023-11-01", "due_on": "2024-12-31", "lead_collective": "Ủy ban nhân dân xã",
    "lead_individual": "Phó Bí thư Thường trực Đảng ủy xã"}))]
pub struct ProgrammeItemCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// Its place in the list; default: last.
    #[deserr(default)]
    pub ordinal: Option<Whole<1, 500>>,
    pub text: ItemText,
    /// Default `routine`.
    #[deserr(default)]
    pub class: Option<Class>,
    #[deserr(default)]
    pub priority: Option<Whole<1, 1000>>,
    #[deserr(default)]
    pub pressing_issue: Option<Prose<1, 2000>>,
    #[deserr(default)]
    pub field: Option<Words<60>>,
    #[deserr(default)]
    pub start_on: Option<Day>,
    #[deserr(default)]
    pub due_on: Option<Day>,
    #[deserr(default)]
    pub roadmap: Option<Few<RoadmapStep, 20>>,
    #[deserr(default)]
    pub resources: Option<ResourceForecast>,
    #[deserr(default)]
    pub lead_collective: Option<Words<300>>,
    /// Default: the unit of the programme.
    #[deserr(default)]
    pub lead_unit_id: Option<Id>,
    #[deserr(default)]
    pub lead_individual: Option<Words<200>>,
    #[deserr(default)]
    pub coordinating_unit_ids: Option<Few<Id, 50>>,
    #[deserr(default)]
    pub resolution_item_ids: Option<Few<Id, 50>>,
}

/// New items of a programme, in order.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"items": [{"text": "Vận động 95% người dân tham gia bảo hiểm y tế", "class": "key",
    "priority": 1, "start_on": "2023-11-01", "due_on": "2024-12-31", "lead_collective": "Ủy ban nhân dân xã",
    "lead_individual": "Phó Bí thư Thường trực Đảng ủy xã"}]}))]
pub struct ProgrammeItemsCreate {
    pub items: Few<ProgrammeItemCreate, 200>,
}

/// Items just made, in the order of the request.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeItems {
    pub items: Vec<ProgrammeItem>,
}

/// Changes of an item while the programme is drafted.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"due_on": "2024-06-30", "priority": 2}))]
pub struct ProgrammeItemPatch {
    /// Its new place in the list; beyond the last: last.
    #[deserr(default)]
    #[schema(required = false)]
    pub ordinal: Set<Whole<1, 500>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub text: Set<ItemText>,
    #[deserr(default)]
    #[schema(required = false)]
    pub class: Set<Class>,
    #[deserr(default)]
    #[schema(required = false)]
    pub priority: Field<Whole<1, 1000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub pressing_issue: Field<Prose<1, 2000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub field: Field<Words<60>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub start_on: Field<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub due_on: Field<Day>,
    /// Replaces the list.
    #[deserr(default)]
    #[schema(required = false)]
    pub roadmap: Set<Few<RoadmapStep, 20>>,
    /// Replaces the whole forecast.
    #[deserr(default)]
    #[schema(required = false)]
    pub resources: Set<ResourceForecast>,
    #[deserr(default)]
    #[schema(required = false)]
    pub lead_collective: Field<Words<300>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub lead_unit_id: Set<Id>,
    #[deserr(default)]
    #[schema(required = false)]
    pub lead_individual: Field<Words<200>>,
    /// Replaces the list.
    #[deserr(default)]
    #[schema(required = false)]
    pub coordinating_unit_ids: Set<Few<Id, 50>>,
    /// Replaces the list; what the caller does not see stays.
    #[deserr(default)]
    #[schema(required = false)]
    pub resolution_item_ids: Set<Few<Id, 50>>,
}
