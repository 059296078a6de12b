//! What each kind of event does to what is kept of tasks.
//!
//! The lists say what is known to be safe. A kind that stands in none of them, a new one above all, makes
//! everything be read anew: right, and dear when it comes often. So whoever adds a kind puts it into the
//! list where it belongs; a test finds those that were forgotten.

/// How much an event changes of what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// Neither a task, nor what tasks serve.
    Nothing,
    /// What its subject, a task, is on some day.
    Fact,
    /// That, and what this task serves, and so what those serve that serve it.
    Links,
    /// Anything.
    Everything,
}

/// Of tasks that go on serving what they served.
const FACTS: [&str; 25] = [
    "task.accepted",
    "task.cancelled",
    "task.closed",
    "task.confirmed",
    "task.extension_approved",
    "task.extension_rejected",
    "task.extension_requested",
    "task.milestone_added",
    "task.milestone_changed",
    "task.milestone_completed",
    "task.milestone_removed",
    "task.part_accepted",
    "task.part_added",
    "task.part_changed",
    "task.part_removed",
    "task.part_reported",
    "task.part_returned",
    "task.part_submitted",
    "task.progress_reported",
    "task.reopened",
    "task.resubmitted",
    "task.returned",
    "task.started",
    "task.submitted",
    "task.transferred",
];

/// Of tasks that may serve something else from now on.
const LINKS: [&str; 5] = ["task.assigned", "task.changed", "task.deleted", "task.loaded", "task.registered"];

/// Seldom, and far-reaching.
const EVERYTHING: [&str; 5] = [
    "document.deleted",
    "org_unit.closed",
    "org_unit.moved",
    "resolution_item.changed",
    "resolution_item.deleted",
];

/// Of records that tasks do not hang on. How documents hang together is read each time, as are the units and
/// their names.
pub const NOTHING: [&str; 114] = [
    "adoption_rule.created",
    "assignment.created",
    "assignment.ended",
    "congress.changed",
    "congress.created",
    "congress.deleted",
    "deputy.appointed",
    "deputy.ended",
    "dispatch.changed",
    "dispatch.sent",
    "dispatch.transferred",
    "dissemination.changed",
    "dissemination.checked",
    "dissemination.completed",
    "dissemination.ended",
    "dissemination.planned",
    "dissemination.sent_back",
    "dissemination.session_changed",
    "dissemination.session_deleted",
    "dissemination.session_recorded",
    "dissemination.transferred",
    "dissemination.verified",
    "dissemination.wave_completed",
    "document.amended",
    "document.changed",
    "document.created",
    "document.entered_into_force",
    "document.expired",
    "document.issued",
    "document.repealed",
    "document.replaced",
    "document.restored",
    "duty.changed",
    "duty.closed",
    "duty.created",
    "duty.deleted",
    "duty.paused",
    "duty.resumed",
    "duty.transferred",
    "holding.changed",
    "holding.created",
    "holding.deleted",
    "holding.ended",
    "membership.changed",
    "membership.created",
    "org_unit.changed",
    "org_unit.created",
    "person.changed",
    "person.created",
    "person.deleted",
    "person.erased",
    "programme.adopted",
    "programme.amended",
    "programme.changed",
    "programme.closed",
    "programme.comment_answered",
    "programme.commented",
    "programme.comments_returned",
    "programme.created",
    "programme.deleted",
    "programme.issued",
    "programme.returned_to_draft",
    "programme.reviewed",
    "programme.revised",
    "programme.sent_to_superior",
    "programme.started",
    "programme.submitted",
    "programme.transferred",
    "programme_item.changed",
    "programme_item.created",
    "programme_item.deleted",
    "programme_item.transferred",
    "receipt.assigned",
    "receipt.exempted",
    "receipt.recalled",
    "receipt.received",
    "receipt.seen",
    "receipt.sent",
    "reconfirmation.changed",
    "reconfirmation.given",
    "registration.accepted",
    "registration.called",
    "registration.imposed",
    "registration.line_added",
    "registration.line_changed",
    "registration.line_raised",
    "registration.line_removed",
    "registration.reopened",
    "registration.returned",
    "registration.started",
    "registration.submitted",
    "registration.transferred",
    "registration_round.cancelled",
    "registration_round.changed",
    "registration_round.closed",
    "registration_round.opened",
    "registration_round.transferred",
    "resolution_item.created",
    "session.acted_as",
    "session.ended",
    "session.opened",
    "session.refreshed",
    "settings.begun",
    "settings.changed",
    "term.changed",
    "term.created",
    "term.deleted",
    "user.changed",
    "user.created",
    "user.disabled",
    "user.enabled",
    "user.erased",
    "user.password_changed",
    "user.password_reset",
];

/// What an event of this kind touches; `None`: the kind is not known, so it may touch anything.
pub fn of(kind: &str) -> Option<Touch> {
    let lists: [(&[&str], Touch); 4] = [
        (&FACTS, Touch::Fact),
        (&LINKS, Touch::Links),
        (&EVERYTHING, Touch::Everything),
        (&NOTHING, Touch::Nothing),
    ];
    lists.into_iter().find(|(list, _)| list.contains(&kind)).map(|(_, touch)| touch)
}
