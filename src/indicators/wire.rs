//! What goes over the wire about indicators.

use crate::{
    clock::Instant,
    http::{
        Cursor, Field, Set,
        fields::{Day, Faults, Few, Prose, Whole, Words},
        query::{Fields, Flag, Limit, Search},
    },
    ids::Id,
    indicators::model::Row,
    measures::{Direction, OverPeriods, OverUnits, PeriodKind},
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A code of an indicator, a class or a regime.
pub type Code = Words<40>;

/// What is measured: poor households, children vaccinated, new members admitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Indicator {
    pub id: Id,
    /// Who defined it; units below report it.
    pub unit_id: Id,
    pub unit: UnitRef,
    #[schema(example = "HO_NGHEO")]
    pub code: String,
    #[schema(example = "Số hộ nghèo")]
    pub name: String,
    /// What is counted: %, hộ, triệu đồng.
    #[schema(example = "hộ")]
    pub measure_unit: String,
    #[schema(value_type = Direction)]
    pub direction: Direction,
    /// Most decimals of a value.
    #[schema(example = 0, minimum = 0, maximum = 6)]
    pub decimals: i32,
    #[schema(example = "Hộ có thu nhập và thiếu hụt theo chuẩn nghèo đa chiều")]
    pub definition: Option<String>,
    #[schema(example = "Rà soát hằng năm")]
    pub method: Option<String>,
    /// Computed of other indicators, by their codes; no values are entered then.
    #[schema(example = json!(null))]
    pub formula: Option<String>,
    #[schema(value_type = OverPeriods)]
    pub over_periods: OverPeriods,
    #[schema(value_type = OverUnits)]
    pub over_units: OverUnits,
    /// What a share is multiplied by: 100 for per cent.
    #[schema(example = 1, minimum = 1)]
    pub factor: i32,
    pub weight_indicator_id: Option<Id>,
    /// The level whose units report it; any level when null.
    #[schema(example = "commune")]
    pub level: Option<String>,
    #[schema(value_type = PeriodKind)]
    pub period_kind: PeriodKind,
    /// The code of the regime by which its periods close.
    #[schema(example = "decree_09")]
    pub regime: String,
    /// What it is broken down by.
    #[schema(max_items = 2)]
    pub dimensions: Vec<Dimension>,
    /// The version of the standard it counts by.
    #[schema(example = "NĐ 07/2021/NĐ-CP, 2022 - 2025")]
    pub rule_set: Option<String>,
    #[schema(example = "xã hội")]
    pub field: Option<String>,
    /// Who answers for it by its field, and may approve its values.
    pub agency_unit_id: Option<Id>,
    /// From this day on no period of it is reported.
    #[schema(value_type = Option<Day>)]
    pub retired_on: Option<NaiveDate>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// An indicator in a few words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorRef {
    pub id: Id,
    #[schema(example = "HO_NGHEO")]
    pub code: String,
    #[schema(example = "Số hộ nghèo")]
    pub name: String,
    #[schema(example = "hộ")]
    pub measure_unit: String,
    #[schema(value_type = Direction)]
    pub direction: Direction,
}

impl From<&Row> for IndicatorRef {
    fn from(row: &Row) -> Self {
        Self {
            id: row.id,
            code: row.code.clone(),
            name: row.name.clone(),
            measure_unit: row.measure_unit.clone(),
            direction: row.direction,
        }
    }
}

/// One way of breaking a figure down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Dimension {
    #[schema(example = "dan_toc")]
    pub code: String,
    #[schema(example = "Dân tộc")]
    pub name: String,
    #[schema(min_items = 1, max_items = 50)]
    pub items: Vec<DimensionItem>,
}

/// A class of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DimensionItem {
    #[schema(example = "kinh")]
    pub code: String,
    #[schema(example = "Kinh")]
    pub name: String,
}

/// A new way of breaking a figure down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DimensionCreate {
    pub code: Code,
    pub name: Words<200>,
    pub items: Few<DimensionItemCreate, 50>,
}

/// A new class of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DimensionItemCreate {
    pub code: Code,
    pub name: Words<200>,
}

/// A new indicator.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "code": "HO_NGHEO",
    "name": "Số hộ nghèo", "measure_unit": "hộ", "direction": "lower", "decimals": 0,
    "over_periods": "latest", "over_units": "sum", "level": "commune", "period_kind": "month",
    "rule_set": "NĐ 07/2021/NĐ-CP, 2022 - 2025"}))]
pub struct IndicatorCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// Who defines it.
    pub unit_id: Id,
    pub code: Code,
    pub name: Words<300>,
    /// What is counted: %, hộ, triệu đồng.
    pub measure_unit: Words<40>,
    pub direction: Direction,
    /// Most decimals of a value; default 2.
    #[deserr(default)]
    pub decimals: Option<Whole<0, 6>>,
    #[deserr(default)]
    pub definition: Option<Prose<0, 4000>>,
    #[deserr(default)]
    pub method: Option<Prose<0, 4000>>,
    /// Of other indicators, by their codes: `100 * HO_NGHEO / SO_HO`. With `+ - * /`, brackets, `min`,
    /// `max` and `abs`.
    #[deserr(default)]
    pub formula: Option<Words<500>>,
    /// Required unless there is a formula.
    #[deserr(default)]
    pub over_periods: Option<OverPeriods>,
    /// Required unless there is a formula.
    #[deserr(default)]
    pub over_units: Option<OverUnits>,
    /// What a share is multiplied by; default 100 for a ratio in %, else 1.
    #[deserr(default)]
    pub factor: Option<Whole<1, 1_000_000>>,
    /// For a weighted average: whose values are the weights.
    #[deserr(default)]
    pub weight_indicator_id: Option<Id>,
    /// The level whose units report it; absent: any.
    #[deserr(default)]
    pub level: Option<Words<40>>,
    pub period_kind: PeriodKind,
    /// Default `decree_09`.
    #[deserr(default)]
    pub regime: Option<Code>,
    #[deserr(default)]
    pub dimensions: Option<Few<DimensionCreate, 2>>,
    #[deserr(default)]
    pub rule_set: Option<Words<200>>,
    #[deserr(default)]
    pub field: Option<Words<100>>,
    #[deserr(default)]
    pub agency_unit_id: Option<Id>,
}

/// Changes of an indicator: absent fields stay, null clears. What decides figures is not among them: that
/// would be another indicator.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"method": "Rà soát hằng quý", "retired_on": null}))]
pub struct IndicatorPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub name: Set<Words<300>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub definition: Field<Prose<0, 4000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub method: Field<Prose<0, 4000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub rule_set: Field<Words<200>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub field: Field<Words<100>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub agency_unit_id: Field<Id>,
    /// The first day of which no period is reported any more.
    #[deserr(default)]
    #[schema(required = false)]
    pub retired_on: Field<Day>,
}

/// Which indicators to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct IndicatorQuery {
    /// Defined by this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// The one with this code.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 40, example = "HO_NGHEO")]
    pub code: Option<Code>,
    /// Of this field.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 100, example = "xã hội")]
    pub field: Option<Words<100>>,
    /// Words of code and name.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 200, example = "ho ngheo")]
    pub q: Option<Search>,
    /// Only those still reported today, or only those no longer reported.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub retired: Option<Flag>,
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
