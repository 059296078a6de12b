//! What goes over the wire about settings.

use crate::{
    clock::Instant,
    http::{
        Set,
        fields::{Day, Faults, Whole},
    },
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// The settings in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InstanceSettings {
    /// A task is due soon when so many days or fewer are left.
    #[schema(example = 7, minimum = 1, maximum = 60)]
    pub due_soon_days: i64,
    /// The last day on which history may be loaded.
    #[schema(value_type = Day)]
    pub loading_window_ends_on: NaiveDate,
    /// A task under way is silent after so many days without a report.
    #[schema(example = 30, minimum = 1, maximum = 366)]
    pub stale_days: i64,
    /// For so many days it is kept who was shown what about whom.
    #[schema(example = 730, minimum = 365, maximum = 3650)]
    pub reads_kept_days: i64,
    /// Below this share of the required pace, in per cent, a target counts as hard to meet.
    #[schema(example = 50, minimum = 1, maximum = 99)]
    pub hard_to_meet_below_pct: i64,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    /// Null until the first start has written them down.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub updated_at: Option<Instant>,
}

/// Changes of settings: absent fields stay.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"due_soon_days": 10, "loading_window_ends_on": "2024-06-30"}))]
pub struct SettingsPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub due_soon_days: Set<Whole<1, 60>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub loading_window_ends_on: Set<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub stale_days: Set<Whole<1, 366>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub reads_kept_days: Set<Whole<365, 3650>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub hard_to_meet_below_pct: Set<Whole<1, 99>>,
}
