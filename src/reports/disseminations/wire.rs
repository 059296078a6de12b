//! What goes over the wire about how far units got with studying a document.

use crate::{
    http::{
        Cursor,
        fields::{Day, Faults},
        query::{Flag, Limit},
    },
    ids::Id,
    measures::{
        AudienceClass, Ratio, StudyMeasures, StudyState, StudyTimeliness, disseminations::ClassAttendance,
    },
    org_units::wire::UnitRef,
    reports::explained::FiguresExplained,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which document, where, on which day.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DisseminationReportQuery {
    pub document_id: Id,
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

/// How far the units of a part of the tree got with studying a document.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisseminationReport {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub document_id: Id,
    /// With the name it had on the day.
    pub unit: UnitRef,
    /// All units together, each once.
    pub total: StudyMeasures,
    /// The missing ones first, the latest of them at the head.
    pub rows: Vec<DisseminationReportRow>,
    /// Give this as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<FiguresExplained>,
}

/// How far one unit got.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisseminationReportRow {
    /// With the name it had on the day.
    pub unit: UnitRef,
    #[schema(example = "in_progress")]
    pub state: StudyState,
    #[schema(example = "overdue")]
    pub timeliness: StudyTimeliness,
    /// Days after the deadline: until it was complete, or until the day; null: not late.
    #[schema(example = 3, minimum = 1)]
    pub days_late: Option<i64>,
    /// The deadline of the dispatch in force on the day.
    #[schema(value_type = Option<Day>, example = "2023-10-31")]
    pub study_due_on: Option<NaiveDate>,
    #[schema(value_type = Option<Day>, example = "2023-10-14")]
    pub started_on: Option<NaiveDate>,
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub completed_on: Option<NaiveDate>,
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub verified_on: Option<NaiveDate>,
    #[schema(example = 3, minimum = 0)]
    pub sessions: i64,
    /// Cadres and members who were there / who were planned, each class capped at its planned number;
    /// null without planned numbers.
    pub attended: Ratio,
    /// Cadres and members by class.
    pub classes: Vec<ClassRow>,
    /// Who passed / who was examined; null without a check.
    pub understood: Ratio,
}

/// Who was there of a class.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassRow {
    #[schema(example = "party_members")]
    pub class: AudienceClass,
    /// Null: nothing was planned, so that no share can be told.
    #[schema(example = 700, minimum = 0)]
    pub planned: Option<i64>,
    /// Over all sessions, as recorded; who came twice stands in it twice.
    #[schema(example = 650, minimum = 0)]
    pub attended: i64,
}

impl From<ClassAttendance> for ClassRow {
    fn from(one: ClassAttendance) -> Self {
        Self { class: one.class, planned: one.planned, attended: one.attended }
    }
}
