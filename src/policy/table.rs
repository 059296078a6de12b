//! The table itself.

use super::{
    Role::{self, Admin, Inspector, Leader, Officer, Service, Viewer},
    Whose,
};
use crate::error::Said;
use serde::Serialize;

/// One line: who may do one thing.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
pub struct Rule {
    #[serde(skip)]
    pub action: Action,
    /// Stable name of the action.
    #[serde(rename = "action")]
    #[schema(value_type = String, example = "task.confirm")]
    pub name: &'static str,
    /// Roles that may.
    #[schema(value_type = Vec<Role>)]
    pub roles: &'static [Role],
    /// How the acting unit must stand to the record.
    pub whose: Whose,
    /// Levels of the acting unit; empty = every level.
    #[schema(value_type = Vec<String>)]
    pub levels: &'static [&'static str],
    #[schema(value_type = String, example = "Xác nhận hoàn thành")]
    pub label_vi: &'static str,
    #[schema(value_type = String, example = "Confirm a finished task")]
    pub label_en: &'static str,
}

impl Rule {
    /// In short, e.g. `leader (assigner_unit)`.
    pub fn who(&self) -> Said {
        let roles: Vec<Said> = self.roles.iter().map(|role| Said::from(*role)).collect();
        let (roles, whose) = (Said::joined(&roles, ", "), Said::from(self.whose));
        Said::both(
            format!("{} ({})", roles.plain(), whose.plain()),
            format!("{} ({})", roles.vi(), whose.vi()),
        )
    }
}

macro_rules! rules {
    ($($action:ident $name:literal [$($role:ident)*] $whose:ident $vi:literal $en:literal;)*) => {
        /// Everything that can be done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $(#[doc = $en] $action),* }

        impl Action {
            /// The line of this action.
            pub const fn rule(self) -> &'static Rule {
                match self {
                    $(Self::$action => &Rule {
                        action: Self::$action,
                        name: $name,
                        roles: &[$($role),*],
                        whose: Whose::$whose,
                        levels: &[],
                        label_vi: $vi,
                        label_en: $en,
                    }),*
                }
            }
        }

        /// Every rule, in order.
        pub static RULES: &[Rule] = &[$(*Action::$action.rule()),*];
    };
}

rules! {
    OrgUnitRead    "org_unit.read"    [Admin Leader Officer Inspector Viewer Service] Territory "Xem đơn vị" "Read units";
    OrgUnitManage  "org_unit.manage"  [Admin] Territory "Lập, đổi tên, chuyển, kết thúc đơn vị" "Create, rename, move and close units";
    UserRead       "user.read"        [Admin] Territory "Xem tài khoản" "Read accounts";
    UserManage     "user.manage"      [Admin] Territory "Quản lý tài khoản và phân công" "Manage accounts and assignments";
    DeputyAppoint  "deputy.appoint"   [Leader Officer Inspector Viewer] OneSelf "Ủy quyền cho người thay mặt mình" "Appoint the own deputy";
    PersonRead     "person.read"     [Leader Officer Inspector Viewer] Territory "Xem hồ sơ người" "Read persons by name";
    PersonManage   "person.manage"   [Leader Officer] OwnOrBelow "Lập, sửa hồ sơ người" "Record persons";
    PersonErase    "person.erase"    [Leader] OwnOrBelow "Xóa dữ liệu cá nhân của một người" "Erase personal data of a person";
    PersonReads    "person.reads"    [Inspector] Territory "Xem ai đã đọc hồ sơ của một người" "See who read a person's record";
    MemberRead     "member.read"     [Leader Officer Inspector] Territory "Xem hồ sơ đảng viên" "Read memberships";
    MemberManage   "member.manage"   [Leader Officer] OwnOrBelow "Lập, sửa hồ sơ đảng viên" "Record memberships";
    HoldingRead    "holding.read"    [Leader Officer Inspector Viewer Service] Territory "Xem chức vụ" "Read who holds which post";
    HoldingManage  "holding.manage"  [Leader Officer] OwnOrBelow "Ghi chức vụ" "Record posts that carry no role";
    HoldingAppoint "holding.appoint" [Leader] OwnOrBelow "Giao chức vụ kèm quyền" "Give posts that carry a role";
    UserReads      "user.reads"       [Inspector] Top "Xem ai đã đọc dữ liệu của một người" "See who read about a person";
    TermRead       "term.read"        [Leader Officer Inspector Viewer Service] Territory "Xem nhiệm kỳ" "Read terms";
    TermManage     "term.manage"      [Leader Officer] OwnOrBelow "Ghi nhiệm kỳ" "Record terms";
    CongressRead   "congress.read"   [Leader Officer Inspector Viewer Service] Territory "Xem đại hội" "Read congresses";
    CongressManage "congress.manage" [Leader Officer] OwnOrBelow "Ghi đại hội" "Record congresses";
    DocumentRead   "document.read"    [Leader Officer Inspector Viewer Service] Territory "Xem văn bản" "Read documents";
    DocumentManage "document.manage"  [Leader Officer] OwnOrBelow "Ghi sổ văn bản" "Register documents";
    DispatchSend   "dispatch.send"   [Leader Officer] Below "Gửi văn bản cho cấp dưới" "Send a document to units below";
    DispatchChange "dispatch.change" [Leader] SendingUnit "Đổi hạn của văn bản đã gửi" "Change the deadlines of what was sent";
    ReceiptTake    "receipt.take"    [Leader Officer] ReceivingUnit "Xem, tiếp nhận, phân công văn bản gửi đến" "See, receive and assign what was sent";
    ReceiptExempt  "receipt.exempt"  [Leader] SendingUnit "Miễn thực hiện cho một đơn vị" "Exempt a unit";
    ReceiptRecall  "receipt.recall"  [Leader] SendingUnit "Thu hồi văn bản đã gửi" "Recall what was sent";
    DisseminationRecord "dissemination.record" [Leader Officer] OwnUnit "Lập kế hoạch, ghi việc quán triệt của đơn vị mình" "Plan and record the own unit's study of a document";
    DisseminationVerify "dissemination.verify" [Leader Officer Inspector] Below "Kiểm tra việc quán triệt của cấp dưới" "Verify the study of a unit below";
    TaskRead       "task.read"        [Leader Officer Inspector Viewer Service] Territory "Xem đầu việc" "Read tasks";
    TaskBatch      "task.batch"       [Leader Officer] Territory "Xử lý nhiều đầu việc một lần" "Many steps on tasks in one request";
    TaskRegister   "task.register"    [Leader Officer] LeadUnit "Đăng ký đầu việc của đơn vị mình" "Register a task of the own unit";
    TaskAssign     "task.assign"      [Leader] Below "Giao việc cho cấp dưới" "Assign a task to a unit below";
    TaskEdit       "task.edit"        [Leader Officer] LeadOrAssigner "Sửa đầu việc" "Edit a task";
    TaskEditAccepted "task.edit_accepted" [Leader] AssignerUnit "Sửa đầu việc đã được nhận" "Edit a task once accepted";
    TaskDelete     "task.delete"      [Leader Officer] LeadUnit "Xóa đầu việc chưa được nhận" "Delete a task not yet accepted";
    TaskReport     "task.report"      [Leader Officer] LeadUnit "Báo cáo tiến độ" "Report progress";
    TaskStart      "task.start"       [Leader Officer] LeadUnit "Bắt đầu" "Start";
    TaskSubmit     "task.submit"      [Leader Officer] LeadUnit "Nộp kết quả" "Submit the result";
    TaskResubmit   "task.resubmit"    [Leader Officer] LeadUnit "Đăng ký lại" "Register again";
    TaskAccept     "task.accept"      [Leader] AssignerUnit "Chấp nhận đăng ký" "Accept a registration";
    TaskReturn     "task.return"      [Leader] AssignerUnit "Trả lại" "Return";
    TaskConfirm    "task.confirm"     [Leader] AssignerUnit "Xác nhận hoàn thành" "Confirm completion";
    TaskClose      "task.close"       [Leader] AssignerUnit "Đóng" "Close";
    TaskCancel     "task.cancel"      [Leader] AssignerUnit "Hủy" "Cancel";
    TaskReopen     "task.reopen"      [Leader] AssignerUnit "Mở lại" "Reopen";
    MilestoneComplete "milestone.complete" [Leader Officer] LeadUnit "Hoàn thành mốc công việc" "Complete a milestone";
    DutyOwn        "duty.own"         [Leader Officer] LeadUnit "Lập và quản lý nhiệm vụ thường xuyên của đơn vị mình" "Take on and run recurring duties of the own unit";
    DutyAssign     "duty.assign"      [Leader] Below "Giao nhiệm vụ thường xuyên cho cấp dưới" "Give a recurring duty to a unit below";
    DutyManage     "duty.manage"      [Leader] AssignerUnit "Quản lý nhiệm vụ thường xuyên đã giao" "Run a recurring duty that was given";
    RoundOpen      "registration_round.open"   [Leader Officer] OwnUnit "Mở đợt đăng ký đầu việc" "Open a registration round";
    RoundManage    "registration_round.manage" [Leader] RoundUnit "Sửa, đóng, hủy đợt đăng ký" "Change, close and cancel a registration round";
    RegistrationMake   "registration.make"   [Leader Officer] RegisteringUnit "Đăng ký đầu việc trong đợt" "Register tasks in a round";
    RegistrationAccept "registration.accept" [Leader] RoundUnit "Chấp nhận bản đăng ký" "Accept what a unit registers";
    RegistrationReturn "registration.return" [Leader] RoundUnit "Trả lại bản đăng ký" "Return what a unit registers";
    RegistrationImpose "registration.impose" [Leader] RoundUnit "Giao đầu việc đột phá trong đợt đăng ký" "Impose a breakthrough in a round";
    ProgrammeRead    "programme.read"    [Leader Officer Inspector Viewer Service] Territory "Xem chương trình hành động" "Read action programmes";
    ProgrammeDraft   "programme.draft"   [Leader Officer] OwnUnit "Soạn thảo, trình, tiếp thu, triển khai chương trình của đơn vị mình" "Draft, submit, complete and start a programme of the own unit";
    ProgrammeComment "programme.comment" [Leader Officer] Below "Góp ý chương trình của cấp dưới" "Comment on a programme of a unit below";
    ProgrammeAdopt   "programme.adopt"   [Leader] OwnUnit "Ghi việc thông qua chương trình" "Record the adoption of a programme";
    ProgrammeIssue   "programme.issue"   [Leader] OwnUnit "Ban hành chương trình" "Issue a programme";
    ProgrammeLead    "programme.lead"    [Leader] OwnUnit "Sửa đổi, sơ kết, kết thúc, rút chương trình" "Amend, review, close and withdraw a programme";
    CriteriaSetRead    "criteria_set.read"    [Admin Leader Officer Inspector Viewer Service] Territory "Xem bộ tiêu chí" "Read criteria sets";
    CriteriaSetManage  "criteria_set.manage"  [Admin Leader] Top "Soạn, ban hành bộ tiêu chí" "Write and issue criteria sets";
    CriteriaRead       "criteria.read"        [Leader Officer Inspector Viewer Service] Territory "Xem kết quả thực hiện tiêu chí" "Read how units stand to criteria";
    CriteriaAssess     "criteria.assess"      [Leader Officer] OwnUnit "Tự đánh giá tiêu chí của đơn vị mình" "Assess the own unit by criteria";
    CriteriaVerify     "criteria.verify"      [Leader] Superior "Thẩm định, trả lại kết quả tự đánh giá tiêu chí" "Verify or return what a unit says of itself";
    CriteriaDirect     "criteria.direct"      [Leader] Superior "Xếp nhóm, giao giữ vững tiêu chí" "Say to which group a unit belongs and what it must hold";
    CriteriaRecognise  "criteria.recognise"   [Leader] Superior "Ghi quyết định công nhận, thu hồi công nhận" "Record recognitions and their withdrawal";
    AdoptionRuleManage "adoption_rule.manage" [Admin] Instance "Đặt quy định về việc thông qua chương trình" "Set the rules of adoption";
    ReconfirmationRead "reconfirmation.read" [Leader Officer Inspector Viewer Service] Territory "Xem việc rà soát, xác nhận lại" "Read who confirmed what again";
    ReconfirmationGive "reconfirmation.give" [Leader Officer] OwnUnit "Xác nhận lại chương trình, đầu việc của đơn vị mình" "Confirm programmes and tasks of the own unit again";
    IndicatorRead    "indicator.read"    [Leader Officer Inspector Viewer Service] Territory "Xem chỉ tiêu thống kê" "Read indicators";
    IndicatorManage  "indicator.manage"  [Leader Officer] OwnOrBelow "Lập, sửa chỉ tiêu thống kê" "Define indicators";
    ValueEnter       "value.enter"       [Leader Officer] OwnUnit "Nhập số liệu của đơn vị mình" "Report figures of the own unit";
    ValueApprove     "value.approve"     [Leader] OwnOrBelow "Duyệt, trả lại số liệu" "Approve and return figures";
    ValueCorrect     "value.correct"     [Leader Officer] OwnUnit "Đề nghị đính chính số liệu đã duyệt" "Ask for a correction of an approved figure";
    TargetRead       "target.read"       [Leader Officer Inspector Viewer Service] Territory "Xem chỉ tiêu được giao" "Read targets";
    TargetPropose    "target.propose"    [Leader Officer] Superior "Đề xuất chỉ tiêu cho đơn vị" "Propose targets to units";
    TargetRegister   "target.register"   [Leader Officer] OwnUnit "Đăng ký, đề nghị khác về chỉ tiêu của đơn vị mình" "Register and counter targets of the own unit";
    TargetAccept     "target.accept"     [Leader] OwnUnit "Thống nhất chỉ tiêu cấp trên đề xuất" "Agree to a proposed target";
    TargetDecide     "target.decide"     [Leader] Superior "Thống nhất, giao, điều chỉnh, rút chỉ tiêu" "Agree to, assign, change and withdraw targets";
    FormRead         "form.read"         [Leader Officer Inspector Viewer Service] Territory "Xem mẫu báo cáo, báo cáo định kỳ" "Read forms and periodic reports";
    FormManage       "form.manage"       [Leader Officer] FormUnit "Lập mẫu báo cáo định kỳ" "Define forms of periodic reports";
    FormExempt       "form.exempt"       [Leader] FormUnit "Miễn báo cáo, mở khóa kỳ báo cáo" "Exempt units from a form, open locked periods";
    SubmissionMake   "submission.make"   [Leader Officer] ReportingUnit "Lập, nộp báo cáo của đơn vị mình" "Draft and hand in reports of the own unit";
    SubmissionReview "submission.review" [Leader] ReviewingUnit "Duyệt, trả lại báo cáo" "Approve and return reports";
    PartManage     "part.manage"      [Leader] LeadOrAssigner "Giao phần việc cho đơn vị phối hợp" "Give a coordinating unit its part";
    PartReport     "part.report"      [Leader Officer] OwnUnit "Báo cáo phần việc phối hợp" "Report on the own part";
    PartSubmit     "part.submit"      [Leader Officer] OwnUnit "Nộp phần việc phối hợp" "Submit the own part";
    PartAccept     "part.accept"      [Leader] LeadOrAssigner "Chấp nhận phần việc phối hợp" "Accept a part";
    PartReturn     "part.return"      [Leader] LeadOrAssigner "Trả lại phần việc phối hợp" "Return a part";
    ExtensionRequest "extension.request" [Leader Officer] LeadUnit "Xin gia hạn" "Ask for an extension";
    ExtensionDecide  "extension.decide"  [Leader] AssignerUnit "Quyết định gia hạn" "Decide on an extension";
    ReportRead     "report.read"      [Leader Officer Inspector Viewer Service] Territory "Xem số liệu" "Read figures";
    ChangesRead    "changes.read"     [Admin Leader Officer Inspector Viewer Service] Territory "Đọc dòng thay đổi" "Read the change feed";
    HistoryLoad    "history.load"     [Admin] Territory "Nhập dữ liệu lịch sử" "Load history";
    SettingsRead   "settings.read"    [Admin] Instance "Xem thiết lập" "Read settings";
    SettingsManage "settings.manage"  [Admin] Instance "Đổi thiết lập" "Change settings";
    CalendarRead   "calendar.read"   [Admin Leader Officer Inspector Viewer Service] Territory "Xem lịch làm việc, kỳ báo cáo" "Read working days and periods of reports";
    WorkingDayManage "working_day.manage" [Admin] Instance "Khai báo ngày nghỉ, ngày làm bù" "Declare days off and days worked";
    RegimeManage   "report_regime.manage" [Leader] OwnUnit "Đặt kỳ báo cáo của đơn vị mình" "Set the periods of reports of the own unit";
    RegimeManageShared "report_regime.manage_shared" [Admin] Instance "Đặt kỳ báo cáo dùng chung" "Set the periods of reports of everybody";
    AuditRead      "audit.read"       [Admin Inspector] Top "Xem các đầu chuỗi sự kiện đã ký" "Read the signed heads of the event chain";
    OneSelf        "self"             [Admin Leader Officer Inspector Viewer Service] OneSelf "Việc của chính mình" "The own session and account";
}
