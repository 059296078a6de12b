//! What was understood: the unit's own checks, and the sample a superior asks.

use crate::{
    clock::Instant,
    http::fields::{Day, Faults, Prose, Whole, Words},
    ids::Id,
    org_units::wire::UnitRef,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// How it was checked.
    StudyCheckKind {
        /// Bài kiểm tra.
        Test = "test",
        /// Bài thu hoạch.
        Essay = "essay",
        /// Vấn đáp.
        Oral = "oral",
        /// Hội thi.
        Contest = "contest",
    }
}

/// A check of what those who studied have understood.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StudyCheck {
    pub id: Id,
    pub dissemination_id: Id,
    #[schema(example = "essay")]
    pub kind: StudyCheckKind,
    #[schema(value_type = Day, example = "2023-10-15")]
    pub checked_on: NaiveDate,
    /// Who was examined, in words.
    #[schema(example = "Đảng viên Chi bộ ấp Phú Hưng")]
    pub group: Option<String>,
    #[schema(example = 120, minimum = 1)]
    pub examined: i32,
    #[schema(example = 111, minimum = 0)]
    pub passed: i32,
    /// The average in hundredths of a point: 7,85 of 10 is 785 with a scale of 10.
    #[schema(example = 785, minimum = 0)]
    pub average_hundredths: Option<i32>,
    /// The highest mark.
    #[schema(example = 10, minimum = 1)]
    pub scale: Option<i32>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// A check that was made.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"kind": "essay", "checked_on": "2023-10-15", "group": "Đảng viên Chi bộ ấp Phú Hưng",
    "examined": 120, "passed": 111, "average_hundredths": 785, "scale": 10}))]
pub struct StudyCheckCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub kind: StudyCheckKind,
    /// Neither in the future nor before the first session.
    pub checked_on: Day,
    /// Who was examined, in words.
    #[deserr(default)]
    pub group: Option<Words<300>>,
    pub examined: Whole<1, 10_000_000>,
    /// Of those examined.
    pub passed: Whole<0, 10_000_000>,
    /// In hundredths of a point; together with `scale`.
    #[deserr(default)]
    pub average_hundredths: Option<Whole<0, 100_000>>,
    /// The highest mark, in points.
    #[deserr(default)]
    pub scale: Option<Whole<1, 1_000>>,
}

vocabulary! {
    /// What a superior found.
    VerificationOutcome {
        Confirmed = "confirmed",
        /// Perfunctory: it is in progress again, and nothing is deleted.
        SentBack = "sent_back",
    }
}

/// What a superior found when asking a sample.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DisseminationVerification {
    pub id: Id,
    pub dissemination_id: Id,
    /// The verifying unit.
    pub unit: UnitRef,
    #[schema(value_type = Day, example = "2023-10-15")]
    pub verified_on: NaiveDate,
    /// People who were asked.
    #[schema(example = 30, minimum = 1)]
    pub sampled: i32,
    #[schema(example = 27, minimum = 0)]
    pub understood: i32,
    #[schema(example = "confirmed")]
    pub outcome: VerificationOutcome,
    #[schema(example = "Nắm được các chỉ tiêu chính, còn lúng túng về phần việc của chi bộ.")]
    pub comment: Option<String>,
    #[schema(example = json!(null))]
    pub reason: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// What a superior found when asking a sample.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"sampled": 30, "understood": 27, "outcome": "confirmed",
    "comment": "Nắm được các chỉ tiêu chính."}))]
pub struct DisseminationVerificationCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// People who were asked.
    pub sampled: Whole<1, 10_000_000>,
    /// Of those.
    pub understood: Whole<0, 10_000_000>,
    pub outcome: VerificationOutcome,
    #[deserr(default)]
    pub comment: Option<Prose<1, 5_000>>,
    /// Required to send back.
    #[deserr(default)]
    pub reason: Option<Words<2_000>>,
}
