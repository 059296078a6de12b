//! Comments of a unit above, and their answers.

use crate::{
    clock::Instant,
    http::{
        Cursor,
        fields::{Faults, Prose},
        query::{Fields, Flag, Limit, Plain},
    },
    ids::Id,
    org_units::wire::UnitRef,
    vocabulary,
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

vocabulary! {
    /// What became of a comment: taken up (tiếp thu), or explained why not (giải trình).
    CommentAnswer { Accepted = "accepted", Explained = "explained" }
}

/// What a unit above says of a programme, and what the unit answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProgrammeComment {
    pub id: Id,
    pub programme_id: Id,
    /// The item it is about; null: the whole.
    pub item_id: Option<Id>,
    /// The revision and the round in which it was made.
    #[schema(example = 1, minimum = 1)]
    pub revision: i32,
    #[schema(example = 1, minimum = 1)]
    pub round: i32,
    /// The commenting unit.
    pub unit: UnitRef,
    #[schema(example = "Đề nghị nêu rõ kinh phí và nguồn kinh phí")]
    pub text: String,
    pub answer: Option<CommentAnswer>,
    #[schema(example = "Tiếp thu, đã bổ sung dự toán 150 triệu đồng")]
    pub answer_text: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub answered_at: Option<Instant>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A new comment.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"text": "Đề nghị nêu rõ kinh phí và nguồn kinh phí"}))]
pub struct ProgrammeCommentCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// Default: about the whole.
    #[deserr(default)]
    pub item_id: Option<Id>,
    pub text: Prose<1, 5000>,
}

/// The answer to a comment; given again it takes the place of the one before.
#[derive(Debug, Clone, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"answer": "accepted", "text": "Tiếp thu, đã bổ sung dự toán 150 triệu đồng"}))]
pub struct ProgrammeCommentAnswer {
    pub answer: CommentAnswer,
    /// How it was taken up, or why not.
    pub text: Prose<1, 5000>,
}

/// Which comments to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ProgrammeCommentQuery {
    /// Made in this revision.
    #[deserr(default)]
    #[param(value_type = Option<i32>, minimum = 1, example = 1)]
    pub revision: Option<Plain<i32>>,
    /// Made in this round of its revision.
    #[deserr(default)]
    #[param(value_type = Option<i32>, minimum = 1, example = 1)]
    pub round: Option<Plain<i32>>,
    /// About this item.
    #[deserr(default)]
    pub item_id: Option<Id>,
    /// Only those that wait for an answer.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub unanswered: Flag,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,text,answer")]
    pub fields: Option<Fields>,
}
