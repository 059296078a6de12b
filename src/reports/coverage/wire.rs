//! What goes over the wire about documents and what units made of them.

use crate::{
    clock::Instant,
    documents::wire::LineageNode,
    http::{
        Cursor,
        fields::{Day, Faults},
        query::{AnyOf, Flag, Limit},
    },
    ids::Id,
    measures::{CoverageMeasures, ProgrammeState, Ratio, StudyState},
    org_units::wire::UnitRef,
    reports::explained::FiguresExplained,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which documents and units, on which day.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CoverageQuery {
    /// These documents, separated by commas; default: every document that was sent to the unit or to
    /// one below it by the day and that the caller reads, latest first.
    #[deserr(default)]
    #[param(value_type = Option<String>)]
    pub document_id: Option<AnyOf<Id>>,
    /// This unit and all below it; default the own unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// As things stood at the end of this day, also a future one; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Only rows with a programme in any of these states; totals stay those of all rows.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "missing,late")]
    pub programme: Option<AnyOf<ProgrammeState>>,
    /// Adds `explain`.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub explain: Flag,
    /// Most documents in one answer. One with very many rows holds fewer.
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}

impl CoverageQuery {
    /// The way back to the same page of the same question: its unit and day are known by now.
    pub fn address(&self, unit: Id, day: NaiveDate) -> String {
        let named = self.document_id.as_ref().map(|any| {
            let ids: Vec<String> = any.0.iter().map(Id::to_string).collect();
            format!("&document_id={}", ids.join(","))
        });
        let after = self.cursor.as_ref().map(|cursor| format!("&cursor={cursor}"));
        let limit = self.limit.0;
        let (named, after) = (named.unwrap_or_default(), after.unwrap_or_default());
        format!("/api/v1/reports/coverage?unit_id={unit}&as_of={day}&limit={limit}{named}{after}")
    }
}

/// What the units of a part of the tree made of documents.
#[derive(Debug, Serialize, ToSchema)]
pub struct Coverage {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    /// With the name it had on the day.
    pub unit: UnitRef,
    /// All rows of this answer together; a task counts once.
    pub total: CoverageMeasures,
    /// By document, latest first.
    pub by_document: Vec<CoverageOfDocument>,
    /// By unit, in the order of the units' codes, over the documents of this answer.
    pub by_unit: Vec<CoverageOfUnit>,
    /// By document, then what is missing first, then in the order of the units' codes.
    pub rows: Vec<CoverageRow>,
    /// Give this as `cursor` for the next documents; null with the last ones.
    pub next_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<FiguresExplained>,
}

/// One document and all units together.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageOfDocument {
    pub document: LineageNode,
    pub figures: CoverageMeasures,
}

/// One unit and all documents of the answer together.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageOfUnit {
    pub unit: UnitRef,
    pub figures: CoverageMeasures,
}

/// What one unit made of one document.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageRow {
    pub document_id: Id,
    /// With the name it had on the day.
    pub unit: UnitRef,
    /// When it was sent; null: the unit works on it without having been sent it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub received_at: Option<Instant>,
    /// Cadres and members who attended, out of those who were to; `value` is null while no number was
    /// planned.
    pub dissemination: Ratio,
    pub study: CoverageStudy,
    pub programme: CoverageProgramme,
    /// Tasks of the unit and of those below it that put the document into practice, cancelled ones aside.
    #[schema(example = 12, minimum = 0)]
    pub tasks: i64,
    #[schema(example = 1, minimum = 0)]
    pub overdue: i64,
}

/// How far the study of a document got.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageStudy {
    pub state: StudyState,
    #[schema(value_type = Option<Day>)]
    pub completed_on: Option<NaiveDate>,
    /// Until when it must be complete; null: no deadline was set, or nothing is asked of the unit.
    #[schema(value_type = Option<Day>)]
    pub due_on: Option<NaiveDate>,
    /// Days after that deadline; null: not late.
    #[schema(example = 2, minimum = 1)]
    pub days_late: Option<i64>,
}

/// The unit's own programme for a document.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageProgramme {
    #[schema(example = "late")]
    pub state: ProgrammeState,
    #[schema(value_type = Option<Day>)]
    pub issued_on: Option<NaiveDate>,
    /// Days from the issue of the document (its sending, when its day is unknown) to that of the
    /// programme, or to the day while it is missing.
    #[schema(example = 31)]
    pub lag_days: Option<i64>,
    /// Days after the deadline; null: not late.
    #[schema(example = 6, minimum = 1)]
    pub days_late: Option<i64>,
    /// The deadline in force on the day; null: none was set, or nothing is asked of the unit.
    #[schema(value_type = Option<Day>, example = "2023-11-30")]
    pub due_on: Option<NaiveDate>,
    /// Why it does not apply.
    #[schema(example = "Không có đối tượng áp dụng")]
    pub reason: Option<String>,
    /// The programme first issued for it.
    pub programme_id: Option<Id>,
}
