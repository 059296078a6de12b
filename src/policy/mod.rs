//! Who may do what, where: one table, pure, served at `/api/v1/meta/permissions`.
//!
//! The territory decides what somebody sees at all (outside it a record is *absent*, 404); this
//! table decides what may be done with what is seen (else 403, saying who could).

mod table;

pub use table::{Action, RULES, Rule};

use crate::{
    error::{Code, Error, Result},
    ids::Id,
    place::Place,
    vocabulary,
};

vocabulary! {
    /// What an assignment lets somebody be. `leader` includes `officer` includes `viewer`.
    Role {
        /// Users, units and settings below the own unit, and loading history; no papers.
        Admin = "admin" "quản trị",
        /// Issues, assigns, confirms, returns, approves.
        Leader = "leader" "lãnh đạo",
        /// Drafts, records, submits.
        Officer = "officer" "cán bộ",
        /// Reads the whole subtree whatever the depth.
        Inspector = "inspector" "kiểm tra",
        Viewer = "viewer" "người xem",
        /// A portal: reads.
        Service = "service" "cổng dịch vụ",
    }
}

vocabulary! {
    /// How the acting unit must stand to the record.
    Whose {
        /// The record's unit lies in the territory.
        Territory = "territory" "trong phạm vi phụ trách",
        /// The record belongs to the acting unit itself.
        OwnUnit = "own_unit" "đơn vị mình",
        /// The record belongs to the acting unit or a unit below it.
        OwnOrBelow = "own_or_below" "đơn vị mình hoặc cấp dưới",
        /// The record belongs to a unit below the acting one.
        Below = "below" "đơn vị cấp trên",
        /// The record belongs to a unit below the acting one; at the top of a tree, where nobody stands
        /// above, to the acting unit itself.
        Superior = "superior" "đơn vị cấp trên; ở đơn vị cao nhất là chính đơn vị đó",
        /// The acting unit leads the task.
        LeadUnit = "lead_unit" "đơn vị chủ trì",
        /// The acting unit gave the task.
        AssignerUnit = "assigner_unit" "đơn vị giao việc",
        /// The acting unit leads the task or gave it.
        LeadOrAssigner = "lead_or_assigner" "đơn vị chủ trì hoặc đơn vị giao việc",
        /// The acting unit sent the document.
        SendingUnit = "sending_unit" "đơn vị gửi",
        /// The document was sent to the acting unit.
        ReceivingUnit = "receiving_unit" "đơn vị nhận",
        /// The acting unit opened the registration round.
        RoundUnit = "round_unit" "đơn vị mở đợt đăng ký",
        /// The acting unit registers its own tasks.
        RegisteringUnit = "registering_unit" "đơn vị đăng ký",
        /// The acting unit asks for the report.
        FormUnit = "form_unit" "đơn vị yêu cầu báo cáo",
        /// The acting unit hands the report in.
        ReportingUnit = "reporting_unit" "đơn vị báo cáo",
        /// It is the acting unit's turn to approve the report.
        ReviewingUnit = "reviewing_unit" "đơn vị đến lượt duyệt báo cáo",
        /// Only who administers the whole instance.
        Instance = "instance" "quản trị toàn hệ thống",
        /// The acting unit is the top of its tree; an admin administers the whole instance.
        Top = "top" "đơn vị cao nhất, quản trị toàn hệ thống",
        /// The account's own matters.
        OneSelf = "one_self" "chính chủ tài khoản",
    }
}

/// Where somebody acts: a role in a unit, or (admin only) over the whole instance.
#[derive(Debug, Clone, Copy)]
pub struct Seat<'a> {
    pub role: Role,
    pub unit: Option<&'a Place>,
}

/// Where a record lies.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The unit it belongs to; none for matters of the whole instance.
    pub unit: Option<&'a Place>,
    /// The unit that gave it, for tasks.
    pub assigner: Option<Id>,
}

impl<'a> Site<'a> {
    /// A record of a unit.
    pub const fn of(unit: &'a Place) -> Self {
        Self { unit: Some(unit), assigner: None }
    }
}

/// One thing the caller may or may not do.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct TaskAction {
    #[schema(value_type = String, example = "confirm")]
    pub name: &'static str,
    pub allowed: bool,
    /// `role` (another role or unit may), `state` (not from here), `own_work` (another person may),
    /// `pending` (one is not decided yet).
    #[schema(value_type = Option<String>, example = "own_work")]
    pub because: Option<&'static str>,
    pub reason_required: bool,
}

/// True when the role alone allows the action somewhere.
pub fn allows(role: Role, action: Action) -> bool {
    action.rule().roles.contains(&role)
}

/// True when this seat may do this to a record at this site.
pub fn permits(seat: Seat, action: Action, site: Site) -> bool {
    let rule = action.rule();
    rule.roles.contains(&seat.role) && stands(seat, rule.whose, site)
}

/// Refuses what the table does not allow, and says who could.
pub fn require(seat: Seat, action: Action, site: Site) -> Result<()> {
    if permits(seat, action, site) { Ok(()) } else { Err(refused(action)) }
}

/// Refuses an action that the role allows nowhere.
pub fn require_role(role: Role, action: Action) -> Result<()> {
    if allows(role, action) { Ok(()) } else { Err(refused(action)) }
}

/// 403 with who may.
pub fn refused(action: Action) -> Error {
    let rule = action.rule();
    let roles: Vec<&str> = rule.roles.iter().map(|role| role.as_str()).collect();
    Error::new(Code::Forbidden)
        .with("who", rule.who())
        .extra("action", rule.name)
        .extra("may", serde_json::json!({"roles": roles, "whose": rule.whose}))
}

fn stands(seat: Seat, whose: Whose, site: Site) -> bool {
    let Some(acting) = seat.unit else {
        // The instance admin stands above every unit, and in none.
        return matches!(
            whose,
            Whose::Territory
                | Whose::OwnOrBelow
                | Whose::Below
                | Whose::Instance
                | Whose::Top
                | Whose::OneSelf
        );
    };
    let at_top = acting.id == acting.root_id && seat.role != Role::Admin;
    let Some(unit) = site.unit else {
        return whose == Whose::OneSelf || (whose == Whose::Top && at_top);
    };
    let (leads, gave) = (acting.id == unit.id, site.assigner == Some(acting.id));
    match whose {
        Whose::Territory | Whose::OwnOrBelow => acting.contains(unit),
        Whose::OwnUnit
        | Whose::LeadUnit
        | Whose::SendingUnit
        | Whose::ReceivingUnit
        | Whose::RoundUnit
        | Whose::RegisteringUnit
        | Whose::FormUnit
        | Whose::ReportingUnit
        | Whose::ReviewingUnit => leads,
        Whose::Below => acting.is_above(unit),
        Whose::Superior => acting.is_above(unit) || (leads && acting.id == acting.root_id),
        Whose::AssignerUnit => gave,
        Whose::LeadOrAssigner => leads || gave,
        Whose::Instance => false,
        Whose::Top => at_top && acting.contains(unit),
        Whose::OneSelf => true,
    }
}
