//! Which codes an operation can answer with: told from its shape, so that no route has to list them.
//!
//! A new code of `error/codes.rs` belongs at once to every operation of its kind; a line in [`ONLY`]
//! narrows it to where it really comes from.

use crate::error::Code;
use std::collections::BTreeSet;

/// What is known of an operation.
#[derive(Debug, Default)]
pub struct Shape {
    /// The finished operation id, which begins with the tag.
    pub id: String,
    pub path: String,
    pub method: String,
    pub tag: String,
    /// Needs no token.
    pub open: bool,
    pub has_body: bool,
    /// Answers 201.
    pub creates: bool,
    /// Names of the query parameters.
    pub query: BTreeSet<String>,
}

impl Shape {
    /// Goes through the gate's `Writing`: knows `dry_run`, `If-Match` and `Idempotency-Key`.
    pub fn is_gated_write(&self) -> bool {
        self.query.contains("dry_run")
    }

    /// The address names a record.
    pub fn names_record(&self) -> bool {
        self.path.contains('{')
    }

    /// Does to several records, named in its body, what single requests do to one.
    fn is_batch(&self) -> bool {
        self.path.ends_with("/batch")
    }

    /// Must say which version it changes.
    fn wants_version(&self) -> bool {
        matches!(self.method.as_str(), "patch" | "delete")
    }

    /// Parameters that carry a value to check, beyond paging and `dry_run`.
    fn has_filters(&self) -> bool {
        self.query.iter().any(|name| !matches!(name.as_str(), "dry_run" | "limit" | "cursor"))
    }
}

/// Codes that only some operations give: their ids begin with one of these.
const ONLY: &[(Code, &[&str])] = &[
    (Code::InvalidCredentials, &["auth_login"]),
    (Code::InvalidRefreshToken, &["auth_refresh"]),
    (Code::NoAssignment, &["auth_login"]),
    (Code::WeakPassword, &["auth_change_password", "users_"]),
    (Code::WrongPassword, &["auth_change_password"]),
    (Code::HasOpenChildren, &["org_units_close"]),
    (Code::ParentCycle, &["org_units_", "documents_", "tasks_", "resolution_items_"]),
    (
        Code::ClassifiedContent,
        &[
            "documents_",
            "tasks_",
            "recurring_duties_",
            "resolution_items_",
            "dispatches_",
            "receipts_",
            "reconfirmations_",
            "disseminations_",
            "dissemination_sessions_",
            "registration",
            "programmes_",
            "programme_items_",
            "adoption_rules_",
            "indicators_",
            "indicator_values_",
            "criteria_",
            "working_days_",
            "report_regimes_",
            "forms_",
            "submissions_",
        ],
    ),
    (Code::UnreadableNumber, &["documents_parse_number"]),
    (Code::UnreadableFigure, &["indicator_values_parse", "targets_parse"]),
    (Code::AmbiguousFigure, &["indicator_values_parse", "targets_parse"]),
    (
        Code::OwnWork,
        &[
            "tasks_",
            "disseminations_verify",
            "programmes_adopt",
            "registrations_accept",
            "indicator_values_",
            "criteria_assessments_",
            "submissions_approve",
            "targets_agree",
        ],
    ),
    (Code::DueBeforeStart, &["tasks_", "programme_items_", "registrations_", "registration_lines_"]),
    (
        Code::ReasonRequired,
        &[
            "tasks_",
            "targets_",
            "programmes_",
            "org_units_close",
            "documents_expire",
            "resolution_items_change",
            "posts_hand_over",
            "users_erase",
            "persons_erase",
            "recurring_duties_pause",
            "recurring_duties_resume",
            "recurring_duties_close",
            "users_appoint_deputy",
            "dispatches_change",
            "receipts_exempt",
            "receipts_recall",
            "reconfirmations_",
            "disseminations_verify",
            "registrations_",
            "registration_lines_raise",
            "registration_rounds_change",
            "registration_rounds_cancel",
            "indicators_exclude",
            "indicator_values_",
            "criteria_assessments_",
            "criteria_recognitions_withdraw",
            "forms_",
            "submissions_",
        ],
    ),
    (
        Code::TooManyDecimals,
        &[
            "tasks_",
            "recurring_duties_",
            "registrations_",
            "registration_lines_",
            "registration_rounds_impose",
            "indicator_values_",
            "criteria_sets_",
            "forms_",
            "submissions_",
        ],
    ),
    (Code::AlreadyApproved, &["indicator_values_", "submissions_"]),
    (Code::MustMoveLater, &["tasks_"]),
    (Code::PeriodLocked, &["submissions_submit"]),
    (Code::RuleBroken, &["submissions_submit"]),
    (Code::NeedsExplanation, &["submissions_submit"]),
    (Code::NeedsAnswer, &["submissions_submit"]),
    (Code::CursorExpired, &["exchange_"]),
    (Code::WindowClosed, &["exchange_"]),
];

/// The codes of an operation, in the order of the table in `error/codes.rs`.
pub fn of(op: &Shape) -> Vec<Code> {
    Code::ALL.iter().copied().filter(|code| can_give(op, *code)).collect()
}

fn can_give(op: &Shape, code: Code) -> bool {
    let here = ONLY.iter().find(|(narrow, _)| *narrow == code);
    here.is_none_or(|(_, ids)| ids.iter().any(|id| op.id.starts_with(id))) && fits(op, code)
}

fn fits(op: &Shape, code: Code) -> bool {
    match code {
        Code::InvalidRequest
        | Code::NotAcceptable
        | Code::UriTooLong
        | Code::Internal
        | Code::Unavailable
        | Code::UnknownParameter
        | Code::Repeated
        | Code::BadCharacter
        | Code::Malformed => true,
        // Another method is another operation; the other comes from the server below the service.
        Code::MethodNotAllowed | Code::HeadersTooLarge => false,
        Code::TooManyRequests => !op.path.starts_with("/health/"),
        Code::Unauthenticated => !op.open,
        Code::InvalidCredentials | Code::InvalidRefreshToken | Code::NoAssignment => op.open,
        // What is one's own and what everybody reads is refused to nobody.
        Code::Forbidden | Code::OwnWork => !op.open && !matches!(op.tag.as_str(), "auth" | "meta" | "health"),
        Code::NotFound => {
            op.names_record()
                || matches!(op.path.as_str(), "/metrics" | "/docs")
                || op.query.iter().any(|name| name == "under" || name.ends_with("_id"))
        }
        Code::AlreadyExists
        | Code::AlreadyApproved
        | Code::InUse
        | Code::IdempotencyInFlight
        | Code::IdempotencyMismatch
        | Code::WindowClosed => op.is_gated_write(),
        Code::IdConflict => op.is_gated_write() && (op.creates || op.is_batch()),
        Code::InvalidState | Code::HasOpenChildren => {
            op.is_gated_write() && (op.names_record() || op.is_batch())
        }
        // The settings are one record, which no address names.
        Code::StaleVersion => {
            op.is_gated_write() && (op.names_record() || op.wants_version() || op.is_batch())
        }
        Code::PreconditionRequired => op.wants_version(),
        Code::ConcurrentChange | Code::StorageFull => op.method != "get",
        Code::RequestTimeout
        | Code::PayloadTooLarge
        | Code::UnsupportedMediaType
        | Code::WrongType
        | Code::UnknownField => op.has_body,
        Code::CursorExpired | Code::CursorMismatch => {
            op.query.contains("cursor") || op.query.contains("since")
        }
        Code::LimitOutOfRange => op.query.contains("limit") || op.query.contains("depth"),
        Code::EndBeforeStart => op.has_body || (op.query.contains("from") && op.query.contains("to")),
        Code::NotSortable => op.query.contains("sort"),
        Code::Required
        | Code::ValidationFailed
        | Code::UnknownValue
        | Code::TooLong
        | Code::TooMany
        | Code::OutOfRange
        | Code::NotPermittedHere => op.has_body || op.has_filters(),
        // Read out of a parameter.
        Code::UnreadableFigure | Code::AmbiguousFigure => true,
        // The rest are rules about a body, or states that a write meets.
        _ => op.has_body || op.is_gated_write(),
    }
}
