//! What goes over the wire about figures and their targets.

pub use crate::reports::indicators::wire::TargetBoardItem;
use crate::{
    http::{fields::Day, request::Language},
    ids::Id,
    indicators::wire::IndicatorRef,
    measures::{Decimal, Exact, Judgement, Pace, Period, Ratio, TargetVerdict},
    org_units::wire::UnitRef,
    reports::targets::goals::Goal,
    targets::workflow::TargetStatus,
    vocabulary,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// Whose target it is.
    TargetOf {
        /// Set for the unit itself.
        Own = "own",
        /// Made of those of the units below, by the rule of the indicator.
        Units = "units",
    }
}

/// How a figure stands to the target that judges it; all null where there is none.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TargetStanding {
    /// What is to be reached; of a range its lower end.
    #[schema(value_type = Option<f64>, example = 150)]
    pub target: Option<Decimal>,
    /// The upper end of a range.
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub target_to: Option<Decimal>,
    #[schema(value_type = Option<TargetOf>)]
    pub target_of: Option<TargetOf>,
    /// False where units that report have no target in it.
    pub target_complete: Option<bool>,
    #[schema(value_type = Option<TargetVerdict>)]
    pub verdict: Option<TargetVerdict>,
    #[schema(example = false)]
    pub met: Option<bool>,
    /// In per cent; null where there is no ratio.
    #[schema(value_type = Option<f64>, example = 98.67)]
    pub attainment: Option<Decimal>,
    /// 100 when met, else the ratio cut to 0..100.
    #[schema(value_type = Option<f64>, example = 98.67)]
    pub attainment_capped: Option<Decimal>,
    /// While the target is on its way and not met.
    pub pace: Option<TargetPace>,
}

/// What is needed from now on, and what the last periods brought.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TargetPace {
    /// What each period that is left must bring; of a level its change; where less is better what it may.
    #[schema(value_type = Option<f64>, example = 412)]
    pub required: Option<Decimal>,
    /// The mean of what the last three periods brought.
    #[schema(value_type = Option<f64>, example = 305)]
    pub recent: Option<Decimal>,
    #[schema(example = 3, minimum = 0)]
    pub periods_left: i64,
    pub on_track: bool,
    /// Where it ends if it goes on like this.
    #[schema(value_type = Option<f64>, example = 4615)]
    pub forecast: Option<Decimal>,
}

impl TargetPace {
    /// A computed pace on the wire.
    pub fn of(pace: Pace) -> Self {
        let rounded = |number: Exact| number.rounded();
        Self {
            on_track: pace.on_track(),
            required: rounded(pace.required),
            recent: pace.recent.and_then(rounded),
            periods_left: i64::try_from(pace.periods_left).unwrap_or(i64::MAX),
            forecast: pace.forecast.and_then(rounded),
        }
    }
}

impl TargetStanding {
    /// Nothing was to be reached.
    pub const fn none() -> Self {
        Self {
            target: None,
            target_to: None,
            target_of: None,
            target_complete: None,
            verdict: None,
            met: None,
            attainment: None,
            attainment_capped: None,
            pace: None,
        }
    }

    /// A judgement by a target.
    pub fn of(goal: &Goal, judged: &Judgement, pace: Option<TargetPace>) -> Self {
        let aim = goal.aim.as_ref();
        Self {
            target: aim.and_then(|aim| aim.value.rounded()),
            target_to: aim.and_then(|aim| aim.upper.as_ref()).and_then(Exact::rounded),
            target_of: Some(if goal.own { TargetOf::Own } else { TargetOf::Units }),
            target_complete: Some(goal.complete),
            verdict: Some(judged.verdict),
            met: Some(judged.met()),
            attainment: judged.attainment.as_ref().and_then(Exact::rounded),
            attainment_capped: judged.attainment_capped().rounded(),
            pace,
        }
    }
}

/// How many targets stand how.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TargetCounts {
    #[schema(example = 21, minimum = 0)]
    pub total: i64,
    #[schema(example = 4, minimum = 0)]
    pub exceeded: i64,
    #[schema(example = 10, minimum = 0)]
    pub met: i64,
    #[schema(example = 7, minimum = 0)]
    pub on_track: i64,
    #[schema(example = 0, minimum = 0)]
    pub hard_to_meet: i64,
    #[schema(example = 0, minimum = 0)]
    pub not_met: i64,
    #[schema(example = 0, minimum = 0)]
    pub no_data: i64,
    /// Milestones reached after their day.
    #[schema(example = 0, minimum = 0)]
    pub met_late: i64,
    /// Milestones whose day has passed.
    #[schema(example = 0, minimum = 0)]
    pub missed: i64,
    /// Milestones whose day is to come.
    #[schema(example = 0, minimum = 0)]
    pub pending: i64,
    /// Met and exceeded out of all.
    pub achieved: Ratio,
}

impl TargetBoardItem {
    /// "To reach it you need 412 per period from now; the last three gave 305."
    pub fn told(&self, language: Language) -> Option<String> {
        let pace = self.against.pace.as_ref()?;
        let (required, left) = (pace.required?, pace.periods_left);
        let unit = &self.indicator.measure_unit;
        let told = match (language, pace.recent) {
            (Language::Vi, Some(recent)) => format!(
                "Để đạt chỉ tiêu, mỗi kỳ còn lại (còn {left} kỳ) cần {required} {unit}; bình quân các kỳ gần đây là {recent} {unit}."
            ),
            (Language::Vi, None) => {
                format!("Để đạt chỉ tiêu, mỗi kỳ còn lại (còn {left} kỳ) cần {required} {unit}.")
            }
            (Language::En, Some(recent)) => format!(
                "To reach the target, each of the {left} periods left needs {required} {unit}; the last ones brought {recent} {unit} on average."
            ),
            (Language::En, None) => {
                format!("To reach the target, each of the {left} periods left needs {required} {unit}.")
            }
        };
        Some(told)
    }
}

/// The targets of a unit and how they stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetBoard {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub unit: UnitRef,
    /// As reviews say it.
    #[schema(example = "14/21 chỉ tiêu đạt và vượt; 07/21 đang trong lộ trình")]
    pub words: String,
    pub counts: TargetCounts,
    /// In the order of the indicators' codes.
    pub items: Vec<TargetBoardItem>,
    /// Give this as `cursor` for the next page of items; null on the last one.
    pub next_cursor: Option<String>,
    /// The units directly below, in the order of their codes, each with its own targets.
    pub rows: Vec<TargetBoardRow>,
}

/// How the targets of a unit stand, in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetBoardRow {
    pub unit: UnitRef,
    #[schema(example = "03/05 chỉ tiêu đạt và vượt; 02/05 chưa đạt")]
    pub words: String,
    pub counts: TargetCounts,
}

/// How one target stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetProgress {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub unit: UnitRef,
    pub target_id: Id,
    /// Figures are judged by it on the day.
    pub binds: bool,
    /// Null while it does not bind.
    pub item: Option<TargetBoardItem>,
    /// What is needed from now on, in a sentence.
    #[schema(
        example = "Để đạt chỉ tiêu, mỗi kỳ còn lại (còn 3 kỳ) cần 412 hộ; bình quân các kỳ gần đây là 305 hộ."
    )]
    pub words: Option<String>,
}

/// Whether the targets below add up.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetBalance {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub unit: UnitRef,
    #[schema(value_type = Period)]
    pub period: Period,
    /// In the order of the indicators' codes.
    pub items: Vec<TargetBalanceItem>,
    /// Give this as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
}

/// One indicator: the unit's target and those of the units directly below.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetBalanceItem {
    pub indicator: IndicatorRef,
    pub target_id: Option<Id>,
    #[schema(value_type = Option<TargetStatus>)]
    pub status: Option<TargetStatus>,
    #[schema(value_type = Option<f64>, example = 150)]
    pub value: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub value_to: Option<Decimal>,
    /// Those below by the indicator's rule.
    #[schema(value_type = Option<f64>, example = 143)]
    pub together: Option<Decimal>,
    /// What is there too much, or lacks when negative.
    #[schema(value_type = Option<f64>, example = -7)]
    pub gap: Option<Decimal>,
    /// Those below reach it together.
    #[schema(example = false)]
    pub balanced: Option<bool>,
    /// Units directly below without a target.
    #[schema(example = 1, minimum = 0)]
    pub missing: i64,
    pub parts: Vec<TargetBalancePart>,
}

/// What a unit directly below is to reach, agreed or not.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetBalancePart {
    pub unit: UnitRef,
    pub target_id: Option<Id>,
    #[schema(value_type = Option<TargetStatus>)]
    pub status: Option<TargetStatus>,
    #[schema(value_type = Option<f64>, example = 12)]
    pub value: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = json!(null))]
    pub value_to: Option<Decimal>,
}
