//! Adoption, and the rules for it.

use crate::{
    http::fields::{Day, Faults, Prose, Whole, Words},
    ids::Id,
    vocabulary,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// Where what a programme puts into practice comes from: the Party above, the State, or the unit's own
    /// congress.
    AdoptionOrigin { Party = "party", State = "state", OwnCongress = "own_congress" }
}

vocabulary! {
    /// Who adopts: the committee as a collective, the conference of all members, or the new committee after
    /// the congress has discussed it without a vote.
    AdoptionBody {
        Collective = "collective" "tập thể cấp ủy",
        MembersConference = "members_conference" "hội nghị đảng viên",
        CongressDiscussion = "congress_discussion" "đại hội thảo luận",
    }
}

/// Who adopts programmes of units of a level, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AdoptionRule {
    pub id: Id,
    #[schema(example = "commune")]
    pub level: String,
    pub origin: AdoptionOrigin,
    #[schema(value_type = Day)]
    pub from_on: NaiveDate,
    /// The last day; null: until further notice.
    #[schema(value_type = Option<Day>, example = json!(null))]
    pub to_on: Option<NaiveDate>,
    pub body: AdoptionBody,
    #[schema(example = true)]
    pub vote_required: bool,
    /// More than this share of those present must be in favour; null where nobody votes.
    pub more_than: Option<Share>,
    /// The text it rests on.
    #[schema(example = "Công văn 11977-CV/VPTW")]
    pub source: String,
}

/// A share of those present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"num": 1, "den": 2}))]
pub struct Share {
    pub num: Whole<0, 1000>,
    pub den: Whole<1, 1000>,
}

/// A new rule: it ends the one before it, from its day on.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"level": "commune", "origin": "party", "from_on": "2024-01-01", "body": "members_conference",
    "vote_required": true, "more_than": {"num": 1, "den": 2}, "source": "Hướng dẫn của Ban Tổ chức Trung ương"}))]
pub struct AdoptionRuleCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    pub level: Words<40>,
    pub origin: AdoptionOrigin,
    /// Not before today, and after the latest rule began: what is past stays.
    pub from_on: Day,
    pub body: AdoptionBody,
    pub vote_required: bool,
    /// Where there is a vote; default: one half. Less than the whole.
    #[deserr(default)]
    pub more_than: Option<Share>,
    pub source: Words<500>,
}

/// That a programme was adopted, and how.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"body": "collective", "adopted_on": "2023-10-12", "eligible": 15, "present": 14,
    "in_favour": 13, "against": 0, "abstained": 1}))]
pub struct ProgrammeAdoption {
    /// Default today, never in the future and not before the draft was last submitted: the rule of that day
    /// counts.
    #[deserr(default)]
    pub adopted_on: Option<Day>,
    pub body: AdoptionBody,
    /// How many belong to the body.
    pub eligible: Whole<2, 1_000_000>,
    /// How many were there: two at least, and more than half.
    pub present: Whole<0, 1_000_000>,
    /// The vote, where the rule wants one; together as many as were present.
    #[deserr(default)]
    pub in_favour: Option<Whole<0, 1_000_000>>,
    #[deserr(default)]
    pub against: Option<Whole<0, 1_000_000>>,
    #[deserr(default)]
    pub abstained: Option<Whole<0, 1_000_000>>,
    #[deserr(default)]
    pub note: Option<Prose<1, 5000>>,
}

/// How a programme was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgrammeVote {
    /// The revision that was adopted.
    #[schema(example = 1, minimum = 1)]
    pub revision: i32,
    /// The rule that was in force.
    pub rule_id: Id,
    #[schema(value_type = Day)]
    pub adopted_on: NaiveDate,
    pub body: AdoptionBody,
    #[schema(example = 15)]
    pub eligible: i32,
    #[schema(example = 14)]
    pub present: i32,
    #[schema(example = 13)]
    pub in_favour: Option<i32>,
    #[schema(example = 0)]
    pub against: Option<i32>,
    #[schema(example = 1)]
    pub abstained: Option<i32>,
    pub note: Option<String>,
}
