//! Sessions: when, in which form, by whom and for how many a document was presented.

use super::Qualifier;
use crate::{
    clock::Instant,
    http::{
        Field,
        fields::{Day, Faults, Few, Prose, Whole, Words},
        patch::Set,
    },
    ids::Id,
    measures::{Audience, AudienceClass},
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

vocabulary! {
    /// The form of a session.
    SessionForm {
        /// Hội nghị.
        Conference = "conference",
        /// Lớp học.
        Class = "class",
        /// Sinh hoạt chi bộ.
        BranchMeeting = "branch_meeting",
        /// Trực tuyến.
        Online = "online",
        /// Hội thi.
        Contest = "contest",
        /// Phát thanh, truyền hình.
        Broadcast = "broadcast",
    }
}

/// Who presented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rapporteur {
    /// A post or a name.
    #[schema(example = "Báo cáo viên Huyện ủy")]
    pub name: String,
    #[schema(example = "Ban Tuyên giáo Huyện ủy")]
    pub unit: Option<String>,
}

/// How many of a class were there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttendanceNumber {
    #[schema(example = "cadres_civil_servants")]
    pub class: AudienceClass,
    /// Called to this session.
    #[schema(example = 700, minimum = 0)]
    pub planned: Option<i64>,
    #[schema(example = 650, minimum = 0)]
    pub attended: i64,
    /// How exact `attended` is.
    #[schema(example = "over")]
    pub qualifier: Qualifier,
}

/// One session of a study.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DisseminationSession {
    pub id: Id,
    pub dissemination_id: Id,
    /// The wave it belongs to.
    #[schema(example = "cadres_and_members")]
    pub audience: Audience,
    #[schema(example = "class")]
    pub form: SessionForm,
    #[schema(value_type = Day, example = "2023-10-14")]
    pub held_on: NaiveDate,
    #[schema(example = "Hội trường Huyện ủy")]
    pub place: Option<String>,
    pub rapporteurs: Vec<Rapporteur>,
    /// What is basic and new in the document.
    #[schema(example = "Bốn nhiệm vụ trọng tâm, ba khâu đột phá.")]
    pub key_points: Option<String>,
    /// What it means here, and what the committee answers for.
    #[schema(example = "Xã còn 3 tiêu chí nông thôn mới nâng cao chưa đạt.")]
    pub local_link: Option<String>,
    /// What people talk about.
    #[schema(example = "Giá dừa giảm; tuyến đường ấp Phú Hưng xuống cấp.")]
    pub public_concerns: Option<String>,
    pub attendance: Vec<AttendanceNumber>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// Who presented.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RapporteurCreate {
    /// A post or a name.
    pub name: Words<200>,
    #[deserr(default)]
    pub unit: Option<Words<200>>,
}

/// How many of a class were there.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AttendanceNumberCreate {
    pub class: AudienceClass,
    /// Called to this session.
    #[deserr(default)]
    pub planned: Option<Whole<0, 10_000_000>>,
    pub attended: Whole<0, 10_000_000>,
    /// How exact `attended` is; default `exactly`.
    #[deserr(default)]
    pub qualifier: Option<Qualifier>,
}

/// A session that was held.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"audience": "cadres_and_members", "form": "class", "held_on": "2023-10-14",
    "place": "Hội trường Huyện ủy", "rapporteurs": [{"name": "Trưởng Ban Tuyên giáo Huyện ủy"}],
    "attendance": [{"class": "cadres_civil_servants", "attended": 650, "qualifier": "over"}]}))]
pub struct DisseminationSessionCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// A wave of the plan.
    pub audience: Audience,
    pub form: SessionForm,
    /// Neither in the future nor before the document was issued.
    pub held_on: Day,
    #[deserr(default)]
    pub place: Option<Words<300>>,
    #[deserr(default)]
    pub rapporteurs: Option<Few<RapporteurCreate, 20>>,
    #[deserr(default)]
    pub key_points: Option<Prose<1, 10_000>>,
    #[deserr(default)]
    pub local_link: Option<Prose<1, 10_000>>,
    #[deserr(default)]
    pub public_concerns: Option<Prose<1, 10_000>>,
    /// Each class once; a contest or a broadcast needs none.
    #[deserr(default)]
    pub attendance: Option<Few<AttendanceNumberCreate, 10>>,
}

/// A correction, while the wave is not complete. Another wave is another session.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"attendance": [{"class": "cadres_civil_servants", "attended": 655}]}))]
pub struct DisseminationSessionPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub form: Set<SessionForm>,
    #[deserr(default)]
    #[schema(required = false)]
    pub held_on: Set<Day>,
    #[deserr(default)]
    #[schema(required = false)]
    pub place: Field<Words<300>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub rapporteurs: Set<Few<RapporteurCreate, 20>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub key_points: Field<Prose<1, 10_000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub local_link: Field<Prose<1, 10_000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub public_concerns: Field<Prose<1, 10_000>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub attendance: Set<Few<AttendanceNumberCreate, 10>>,
}
