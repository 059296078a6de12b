//! What goes over the wire about expectations.

use crate::{
    clock::Instant,
    http::{
        Cursor,
        fields::{Bound, Day, Faults},
        query::{AnyOf, Limit},
    },
    ids::Id,
    measures::{ExpectationCause, Period, ReportingState},
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which expectations to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ExpectationQuery {
    /// Owed for or by this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Of this unit and all below it; default the own unit.
    #[deserr(default)]
    pub under: Option<Id>,
    #[deserr(default)]
    pub form_id: Option<Id>,
    /// Of this period.
    #[deserr(default)]
    #[param(value_type = Option<Period>)]
    pub period: Option<Period>,
    /// Of periods that end in this period or on this day, or later; default a year ago.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-10")]
    pub from: Option<Bound>,
    /// Of periods that end in this period or on this day, or earlier; default all that have begun.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-10")]
    pub to: Option<Bound>,
    /// Any of these states, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "missing,pending")]
    pub state: Option<AnyOf<ReportingState>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}

/// What a unit owes of a form for a period, until when, why, and how it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Expectation {
    pub form_id: Id,
    #[schema(example = "BC-THANG")]
    pub form_code: String,
    pub unit: UnitRef,
    /// Who hands it in: the unit, or after it closed who came after it.
    pub owed_by: Id,
    #[schema(value_type = Period)]
    pub period: Period,
    #[schema(value_type = Day)]
    pub starts_on: NaiveDate,
    #[schema(value_type = Day)]
    pub ends_on: NaiveDate,
    #[schema(value_type = ReportingState)]
    pub state: ReportingState,
    pub because: Vec<ExpectationBecause>,
    /// The end of the last day on which it comes in time.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Instant,
    /// Until then what comes late comes without reproach.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub grace_until: Option<Instant>,
    /// After that it is not taken.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub locks_at: Option<Instant>,
    /// When the unit whose turn it is should have answered what was handed in.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub review_due_at: Option<Instant>,
    pub submission_id: Option<Id>,
}

/// A reason, with the day it goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExpectationBecause {
    #[schema(value_type = Day)]
    pub on: NaiveDate,
    #[schema(value_type = ExpectationCause)]
    pub what: ExpectationCause,
    /// The unit that came before or after, where it is about one.
    pub unit_id: Option<Id>,
    /// Why it was exempted, or its period opened again.
    #[schema(example = json!(null))]
    pub reason: Option<String>,
}
