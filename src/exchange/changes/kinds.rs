//! What the change feed tells changes of, and to whom.

use crate::vocabulary;

vocabulary! {
    /// What a change is a change of. Sessions are nobody's business.
    ChangedKind {
        OrgUnit = "org_unit",
        User = "user",
        Assignment = "assignment",
        Settings = "settings",
        WorkingDay = "working_day",
        ReportRegime = "report_regime",
        Holding = "holding",
        Term = "term",
        Congress = "congress",
        Document = "document",
        ResolutionItem = "resolution_item",
        Indicator = "indicator",
        IndicatorValue = "indicator_value",
        Target = "target",
        Dispatch = "dispatch",
        Receipt = "receipt",
        Dissemination = "dissemination",
        Task = "task",
        Duty = "duty",
        RegistrationRound = "registration_round",
        Registration = "registration",
        Programme = "programme",
        ProgrammeItem = "programme_item",
        ProgrammeComment = "programme_comment",
        CriteriaSet = "criteria_set",
        CriteriaAssessment = "criteria_assessment",
        CriteriaUnitRule = "criteria_unit_rule",
        CriteriaRecognition = "criteria_recognition",
        Reconfirmation = "reconfirmation",
        ProgressReport = "progress_report",
        Extension = "extension",
        Form = "form",
        Submission = "submission",
    }
}

use ChangedKind::{
    Assignment, Congress, CriteriaAssessment, CriteriaRecognition, CriteriaSet, CriteriaUnitRule, Dispatch,
    Dissemination, Document, Duty, Extension, Form, Holding, Indicator, IndicatorValue, OrgUnit, Programme,
    ProgrammeComment, ProgrammeItem, ProgressReport, Receipt, Reconfirmation, Registration,
    RegistrationRound, ReportRegime, ResolutionItem, Settings, Submission, Target, Task, Term, User,
    WorkingDay,
};

/// What an admin sees, however deep it lies: structure is no paper.
pub const STRUCTURE: [ChangedKind; 6] = [OrgUnit, User, Assignment, Settings, WorkingDay, ReportRegime];
/// What all others see, papers down to the depth that is readable in detail.
pub const CONTENT: [ChangedKind; 30] = [
    OrgUnit,
    WorkingDay,
    ReportRegime,
    Holding,
    Term,
    Congress,
    Document,
    ResolutionItem,
    Indicator,
    IndicatorValue,
    Target,
    Dispatch,
    Receipt,
    Dissemination,
    Task,
    Duty,
    RegistrationRound,
    Registration,
    Programme,
    ProgrammeItem,
    ProgrammeComment,
    CriteriaSet,
    CriteriaAssessment,
    CriteriaUnitRule,
    CriteriaRecognition,
    Reconfirmation,
    ProgressReport,
    Extension,
    Form,
    Submission,
];
