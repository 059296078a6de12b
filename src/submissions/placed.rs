//! A submission with all that decides about it.

use crate::{
    auth::Actor,
    db::AnyConn,
    error::{Error, Result},
    forms::{
        exemptions::{self, UnlockRow},
        lives::Lives,
        model::{self as forms, Row as Form, Version},
    },
    ids::Id,
    measures::{ReportDays, deadlines_of},
    org_units::model as units,
    place::Place,
    policy::{Site, TaskAction, permits},
    submissions::{
        model::{Row, at},
        workflow::{SubmissionCommand, SubmissionState},
    },
};
use chrono::NaiveDate;

/// A submission with all that decides about it.
#[derive(Debug)]
pub struct Placed {
    pub row: Row,
    pub form: Form,
    pub version: Version,
    pub unit: units::Row,
    pub place: Place,
    pub reporter: Place,
    /// Who approves, in order.
    pub chain: Vec<Place>,
    pub days: ReportDays,
    /// By when whose turn it is answers what it has now.
    pub review_due_on: Option<NaiveDate>,
    pub unlocks: Vec<UnlockRow>,
}

impl Placed {
    /// True when this actor's seat may do this with it.
    pub fn permits(&self, actor: &Actor, command: SubmissionCommand) -> bool {
        let site = match command.turn(self.row.approved_by()) {
            // Nobody's turn: the last of the chain may see that there is nothing to do.
            Some(turn) => self.chain.get(turn).or(self.chain.last()),
            None => Some(&self.reporter),
        };
        site.is_some_and(|place| permits(actor.seat(), command.action(), Site::of(place)))
    }

    /// Where a command leads.
    pub fn leads(&self, command: SubmissionCommand) -> Option<(SubmissionState, usize)> {
        command.leads((self.row.state, self.row.approved_by()), self.chain.len())
    }

    /// True when this person holds the draft, or nobody does.
    pub fn is_free_for(&self, actor: &Actor) -> bool {
        self.row.holder_id.is_none() || actor.user.is_none() || actor.is_same_hand(self.row.holder_id, None)
    }

    /// The last day it is taken on, when the period locks at all: by the form, or as it was opened again.
    pub fn open_until(&self) -> Option<NaiveDate> {
        let mine = self
            .unlocks
            .iter()
            .filter(|one| one.unit_id == self.row.unit_id && one.period == self.row.period);
        let opened = mine.map(|one| one.until_on).max();
        self.days.locks_on.map(|on| opened.map_or(on, |opened| opened.max(on)))
    }

    /// What the caller may do with it.
    pub fn actions(&self, actor: &Actor) -> Vec<TaskAction> {
        let own = actor.is_same_hand(self.row.submitted_by, self.row.submitted_for);
        let one = |command: SubmissionCommand| {
            let held = matches!(command, SubmissionCommand::Save) && !self.is_free_for(actor);
            let mine = matches!(command, SubmissionCommand::TakeOver) && self.is_free_for(actor);
            let because = if !self.permits(actor, command) {
                Some("role")
            } else if self.leads(command).is_none() || held || mine {
                Some("state")
            } else {
                (command == SubmissionCommand::Approve && own).then_some("own_work")
            };
            let reason_required = command.needs_reason();
            TaskAction { name: command.as_str(), allowed: because.is_none(), because, reason_required }
        };
        SubmissionCommand::STEPS.into_iter().map(one).collect()
    }
}

/// A submission with what decides about it, on a day.
pub fn placed(conn: &mut AnyConn, row: Row, day: NaiveDate) -> Result<Placed> {
    let lives = Lives::load(conn, row.root_id)?;
    placed_in(conn, &lives, row, day)
}

/// The same in a tree that was read already.
pub fn placed_in(conn: &mut AnyConn, lives: &Lives, row: Row, day: NaiveDate) -> Result<Placed> {
    let form = forms::load(conn, row.form_id)?;
    let versions = forms::versions(conn, form.id)?;
    let version = versions.0.into_iter().find(|one| one.n == row.form_version);
    let version = version.ok_or_else(|| Error::internal("a submission without its form"))?;
    let chain: Vec<String> = version.content.chain.0.iter().map(|step| step.0.clone()).collect();
    let mut places = Vec::new();
    for id in lives.approvers(form.unit_id, &chain, row.reporter_id, day) {
        places.push(units::load(conn, id)?.place());
    }
    let unit = units::load(conn, row.unit_id)?;
    Ok(Placed {
        place: unit.place(),
        reporter: units::load(conn, row.reporter_id)?.place(),
        chain: places,
        review_due_on: version
            .review_days()
            .and_then(|days| lives.calendars.working().after(row.changed_at.day(), days)),
        days: deadlines_of(row.ends_on, version.allowed(), lives.calendars.working()),
        unlocks: exemptions::unlocks_of(conn, &[form.id])?,
        unit,
        row,
        form,
        version,
    })
}

/// The report of the unit above of the same form and period, if it was handed in after this was approved.
pub fn consolidated_in(conn: &mut AnyConn, placed: &Placed) -> Result<Option<Id>> {
    let row = &placed.row;
    if row.state != SubmissionState::Approved {
        return Ok(None);
    }
    let Some(parent) = placed.unit.parent_id else { return Ok(None) };
    let above = at(conn, row.form_id, parent, row.period)?;
    let used =
        |above: &Row| above.state.is_there() && above.submitted_at.is_some_and(|at| at >= row.changed_at);
    Ok(above.filter(used).map(|above| above.id))
}
