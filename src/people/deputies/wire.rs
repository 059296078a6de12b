//! What goes over the wire about deputies.

use crate::{
    auth::wire::AccountRef,
    clock::Instant,
    http::{
        Cursor,
        fields::{Day, Faults, Line, Reason},
        query::{Fields, Limit},
    },
    ids::Id,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Somebody who stands in for the holder of an assignment, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Deputy {
    pub id: Id,
    pub assignment_id: Id,
    /// Whose assignment it is.
    pub holder: AccountRef,
    pub user_id: Id,
    /// Who stands in.
    pub user: AccountRef,
    #[schema(value_type = Day, example = "2023-10-15")]
    pub from_on: NaiveDate,
    /// The last day.
    #[schema(value_type = Day, example = "2023-10-31")]
    pub to_on: NaiveDate,
    /// Why; `***` once the personal data of either is erased.
    #[schema(example = "Đi học lớp cao cấp lý luận chính trị")]
    pub reason: String,
    /// When it was ended before its last day.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Instant>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// A deputy to appoint.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"user_id": "0199a0b2-8d2f-7e4b-8a66-1e7a2d3c4b5e", "from_on": "2023-10-15",
    "to_on": "2023-10-31", "reason": "Đi học lớp cao cấp lý luận chính trị"}))]
pub struct DeputyCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// Another account, in use. The holder names one with an assignment in the same unit or below it, an
    /// admin one that the admin manages.
    pub user_id: Id,
    /// Not before today, nor before the assignment.
    pub from_on: Day,
    /// The last day, not after that of the assignment.
    pub to_on: Day,
    pub reason: Reason<1000>,
}

/// Why a deputy's time is over at once.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Đồng chí Bí thư đã trở lại làm việc"}))]
pub struct DeputyEnd {
    #[deserr(default)]
    pub reason: Option<Line<1, 1000>>,
}

/// Paging through the deputies of an assignment.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DeputyQuery {
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,user")]
    pub fields: Option<Fields>,
}
