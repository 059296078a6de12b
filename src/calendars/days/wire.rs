//! What goes over the wire about working days.

use crate::{
    clock::Instant,
    http::fields::{Day, Faults, Words},
    ids::Id,
    measures::{DayKind, DayOccasion},
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A day that is other than its weekday says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeclaredDay {
    pub id: Id,
    #[schema(value_type = Day, example = "2024-05-04")]
    pub on: NaiveDate,
    #[schema(example = "worked")]
    pub kind: DayKind,
    #[schema(example = "swap")]
    pub occasion: DayOccasion,
    #[schema(example = "Làm bù ngày 29/04/2024")]
    pub name: String,
    /// The law or notice that says so.
    #[schema(example = "Công văn số 2450/VPCP-KGVX ngày 12/4/2024")]
    pub source: String,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// One day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CalendarDay {
    #[schema(value_type = Day, example = "2024-05-04")]
    pub on: NaiveDate,
    #[schema(example = true)]
    pub working: bool,
    /// False while the holidays of its year are not there: it may yet become a day off.
    #[schema(example = true)]
    pub calendar_known: bool,
    /// What is declared of it; null: it is what its weekday says.
    pub declared: Option<DeclaredDay>,
}

/// A day to declare.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"on": "2027-02-05", "kind": "off", "occasion": "tet", "name": "Tết Nguyên đán",
    "source": "Thông báo lịch nghỉ Tết Đinh Mùi"}))]
pub struct DeclaredDayCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// Today or later: a deadline that has passed does not move.
    pub on: Day,
    /// `worked` for Saturdays and Sundays only.
    pub kind: DayKind,
    /// A year is known once a day of its `tet` is there.
    pub occasion: DayOccasion,
    pub name: Words<200>,
    /// The law or notice that says so.
    pub source: Words<300>,
}

/// Which days to list.
#[derive(Debug, Clone, Copy, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CalendarDayQuery {
    /// The first day.
    #[param(example = "2024-04-26")]
    pub from: Day,
    /// The last day; at most 400 days in all.
    #[param(example = "2024-05-06")]
    pub to: Day,
}
