//! What goes over the wire about accounts and assignments.

use crate::{
    clock::Instant,
    http::{
        Cursor, Set,
        fields::{Day, Faults, Few, Line, Reason, Words},
        query::{AnyOf, Fields, Flag, Limit, Search},
    },
    ids::Id,
    org_units::wire::UnitRef,
    people::create::Ground,
    policy::Role,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct User {
    pub id: Id,
    #[schema(example = "bithu.mocaybac")]
    pub username: String,
    #[schema(example = "Bí thư Huyện ủy Mỏ Cày Bắc")]
    pub display_name: String,
    /// Since when nobody can log in with it; null while it is in use.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub disabled_at: Option<Instant>,
    /// Since when its personal data is gone.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub erased_at: Option<Instant>,
    /// Its assignments in the caller's territory, ended ones too, oldest first.
    pub assignments: Vec<Assignment>,
    /// True when it has others outside: then only an admin above all of them manages it.
    pub has_assignments_elsewhere: bool,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A role in a unit, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Assignment {
    pub id: Id,
    pub user_id: Id,
    /// Null: the whole instance.
    pub unit_id: Option<Id>,
    pub unit: Option<UnitRef>,
    pub role: Role,
    pub ground: Ground,
    #[schema(example = "Bí thư Huyện ủy, nhiệm kỳ 2020 - 2025")]
    pub ground_note: Option<String>,
    /// Null: from its creation on.
    #[schema(value_type = Option<Day>)]
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it counts.
    #[schema(value_type = Option<Day>)]
    pub valid_to: Option<NaiveDate>,
    /// When it was ended before its last day.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Instant>,
    /// The holding of a post it comes from, and ends with.
    pub holding_id: Option<Id>,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// A new account with its assignments.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"username": "bithu.phumy", "display_name": "Bí thư Đảng ủy xã Phú Mỹ",
    "password": "sông nước Cửu Long", "assignments": [
    {"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "role": "leader", "valid_from": "2023-10-15"}]}))]
pub struct UserCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// Letters and digits; case, accents and punctuation do not tell two names apart.
    pub username: Words<100>,
    pub display_name: Words<200>,
    pub password: Line<8, 128>,
    /// At least one: without any the account could do nothing, and no admin of a unit would see it.
    pub assignments: Few<AssignmentCreate, 20>,
}

/// A new assignment.
#[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "role": "officer",
    "ground": "area", "ground_note": "Phụ trách các chi bộ ấp", "valid_from": "2023-10-15", "valid_to": "2025-06-30"}))]
pub struct AssignmentCreate {
    /// A client may bring its own.
    #[deserr(default)]
    pub id: Option<Id>,
    /// Null is the whole instance: for the role admin only, and given only by who administers it.
    pub unit_id: Option<Id>,
    pub role: Role,
    #[deserr(default)]
    pub valid_from: Option<Day>,
    /// The last day on which it counts.
    #[deserr(default)]
    pub valid_to: Option<Day>,
    /// Default: `post`.
    #[deserr(default)]
    pub ground: Option<Ground>,
    #[deserr(default)]
    pub ground_note: Option<Words<300>>,
}

/// Changes of an account's names.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"display_name": "Quyền Bí thư Đảng ủy xã Phú Mỹ"}))]
pub struct UserPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub username: Set<Words<100>>,
    #[deserr(default)]
    #[schema(required = false)]
    pub display_name: Set<Words<200>>,
}

/// Why an account is disabled or enabled.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Nghỉ hưu từ ngày 01/11/2023"}))]
pub struct UserSwitch {
    #[deserr(default)]
    pub reason: Option<Line<1, 1000>>,
}

/// Why personal data is erased.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Theo yêu cầu của đồng chí, sau khi thôi công tác"}))]
pub struct Erasure {
    pub reason: Reason<1000>,
}

/// A password set by an admin.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"password": "cây dừa nước mặn", "reason": "Quên mật khẩu"}))]
pub struct PasswordReset {
    pub password: Line<8, 128>,
    #[deserr(default)]
    pub reason: Option<Line<1, 1000>>,
}

/// How an assignment ends.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"on": "2023-10-31", "reason": "Chuyển công tác"}))]
pub struct AssignmentEnd {
    /// The last day on which it counts, not after the one it has; absent: it ends at once.
    #[deserr(default)]
    pub on: Option<Day>,
    #[deserr(default)]
    pub reason: Option<Line<1, 1000>>,
}

/// Which accounts to list. Without filters disabled ones and those with ended assignments are there too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct UserQuery {
    /// With an assignment, even an ended one, in this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Words of either name; marks do not count. Signs alone are refused.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 200, example = "bi thu")]
    pub q: Option<Search>,
    /// With an assignment, even an ended one, of any of these roles.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "leader,officer")]
    pub role: Option<AnyOf<Role>>,
    /// `true`: only disabled accounts; `false`: only the others.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub disabled: Option<Flag>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,username")]
    pub fields: Option<Fields>,
}
