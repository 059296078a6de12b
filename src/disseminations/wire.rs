//! What goes over the wire about disseminations.

mod check;
mod plan;
mod session;

pub use crate::measures::Qualifier;
pub use check::{
    DisseminationVerification, DisseminationVerificationCreate, StudyCheck, StudyCheckCreate, StudyCheckKind,
    VerificationOutcome,
};
pub use plan::{PlannedNumber, PlannedNumberCreate, StudyWave, StudyWaveCreate};
pub use session::{
    AttendanceNumber, AttendanceNumberCreate, DisseminationSession, DisseminationSessionCreate,
    DisseminationSessionPatch, Rapporteur, RapporteurCreate, SessionForm,
};

use crate::{
    clock::Instant,
    documents::wire::DocumentRef,
    http::{
        Cursor, Field,
        fields::{Day, Faults, Few, Prose, Words},
        patch::Set,
        query::{AnyOf, Fields, Limit},
    },
    ids::Id,
    measures::StudyState,
    org_units::wire::UnitRef,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// One unit's study (quán triệt) of one document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Dissemination {
    pub id: Id,
    pub document_id: Id,
    pub document: DocumentRef,
    /// The unit that studies it.
    pub unit: UnitRef,
    pub unit_id: Id,
    #[schema(example = "Quán triệt Nghị quyết Đại hội Đảng bộ huyện")]
    pub title: Option<String>,
    #[schema(example = "Học tập trong cán bộ, đảng viên trước, sau đó tuyên truyền trong Nhân dân.")]
    pub note: Option<String>,
    /// The plan as a document of its own.
    pub plan_document_id: Option<Id>,
    /// The unit's own deadline; by that of the dispatch it is judged.
    #[schema(value_type = Option<Day>, example = "2023-11-10")]
    pub due_on: Option<NaiveDate>,
    /// In the order in which they are completed.
    pub waves: Vec<StudyWave>,
    #[schema(example = "in_progress")]
    pub state: StudyState,
    /// The day of the first session.
    #[schema(value_type = Option<Day>, example = "2023-10-16")]
    pub started_on: Option<NaiveDate>,
    /// When the last wave was complete.
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub completed_on: Option<NaiveDate>,
    /// When a superior confirmed it.
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub verified_on: Option<NaiveDate>,
    /// The unit closed, and its heir studies the document by itself.
    #[schema(value_type = Option<String>, format = DateTime, example = json!(null))]
    pub ended_at: Option<Instant>,
    pub actions: Vec<DisseminationAction>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// One thing the caller may or may not do; after a colon the wave.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DisseminationAction {
    #[schema(value_type = String, example = "sessions:people")]
    pub name: &'static str,
    pub allowed: bool,
    /// `role` (another role or unit may), `state` (not from here), `own_work` (another person may).
    #[schema(value_type = Option<String>, example = "state")]
    pub because: Option<&'static str>,
}

/// What a unit plans for its study of a document.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"title": "Quán triệt Nghị quyết Đại hội Đảng bộ huyện", "due_on": "2023-11-10",
    "waves": [{"audience": "cadres_and_members", "due_on": "2023-10-31",
        "planned": [{"class": "party_members", "value": 650, "qualifier": "over"}]},
        {"audience": "people", "due_on": "2023-11-10"}]}))]
pub struct DisseminationCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// The own unit, which is the default.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    #[deserr(default)]
    pub title: Option<Words<300>>,
    #[deserr(default)]
    pub note: Option<Prose<1, 5_000>>,
    /// The plan as a document of its own.
    #[deserr(default)]
    pub plan_document_id: Option<Id>,
    /// The unit's own deadline.
    #[deserr(default)]
    pub due_on: Option<Day>,
    /// Cadres and members always; default they alone, without planned numbers.
    #[deserr(default)]
    pub waves: Option<Few<StudyWaveCreate, 2>>,
}

/// Another plan; until the study is complete.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"due_on": "2023-11-15", "note": "Dời một tuần do mưa bão."}))]
pub struct DisseminationPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub title: Field<Words<300>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub note: Field<Prose<1, 5_000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub plan_document_id: Field<Id>,
    #[deserr(default)]
    #[schema(required = false)]
    pub due_on: Field<Day>,
    /// All waves; those that are complete stay as they are.
    #[deserr(default)]
    #[schema(required = false)]
    pub waves: Set<Few<StudyWaveCreate, 2>>,
}

/// The day on which a wave was complete.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"completed_on": "2023-10-15"}))]
pub struct WaveCompletion {
    /// Not before its last session, nor before it was sent back.
    pub completed_on: Day,
}

/// Which disseminations to list. There is no hidden filter.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DisseminationQuery {
    #[deserr(default)]
    pub document_id: Option<Id>,
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Of this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "not_started,in_progress")]
    pub state: Option<AnyOf<StudyState>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,unit,state,waves")]
    pub fields: Option<Fields>,
}

/// Paging through what belongs to one record.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DisseminationPageQuery {
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id")]
    pub fields: Option<Fields>,
}
