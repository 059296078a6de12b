//! Which units owe which reports, and how they stand on a day: for lists and figures.

mod list;
mod wire;

pub use list::list;
pub use wire::{Expectation, ExpectationBecause, ExpectationQuery};

use crate::{
    calendars::model::Calendars,
    clock::Instant,
    db::{
        AnyConn,
        schema::{submission_moves as moves, submissions},
    },
    error::{Code, Fault, Result},
    forms::{
        exemptions::{self, Row as Exemption, UnlockRow},
        lives::Lives,
        model::{self as forms, Row as Form, Versions},
    },
    http::fields::Bound,
    ids::Id,
    measures::{
        ExpectationCause, Freed, HandedIn, Period, ReportDays, ReportDuty, ReportStanding, deadlines_of,
        expectations,
    },
    submissions::{
        model::{MoveRow, Row},
        workflow::{SubmissionChannel, SubmissionState},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// Most periods of one form in one answer.
const MOST_PERIODS: usize = 400;

/// One report as it stands on a day.
#[derive(Debug, Clone)]
pub struct Owed {
    pub form: Id,
    pub unit: Id,
    pub owed_by: Id,
    pub period: Period,
    pub window: (NaiveDate, NaiveDate),
    pub duty: ReportDuty,
    pub standing: ReportStanding,
    pub days: ReportDays,
    pub because: Vec<ExpectationBecause>,
    pub submission: Option<Id>,
    pub first_on: Option<NaiveDate>,
    pub imported: bool,
    pub review_due_on: Option<NaiveDate>,
}

impl Owed {
    /// Whether it is worth telling: not of units that have nothing to do with the form.
    pub fn concerns(&self) -> bool {
        use ExpectationCause::{ClosedBefore, NotAsked};
        self.duty != ReportDuty::Free
            || self.submission.is_some()
            || !self.because.iter().all(|why| matches!(why.what, ClosedBefore | NotAsked))
    }
}

/// A submission as it stood on a day.
struct Handed {
    id: Id,
    fact: HandedIn,
    first_on: Option<NaiveDate>,
    imported: bool,
    /// Since when it waits for a unit to approve it.
    waits_since: Option<NaiveDate>,
}

/// Everything that decides over the reports of some forms, read once.
pub struct Ground {
    pub lives: Lives,
    forms: Vec<Form>,
    versions: HashMap<Id, Versions>,
    exemptions: Vec<Exemption>,
    unlocks: Vec<UnlockRow>,
    handed: HashMap<(Id, Id, Period), Handed>,
    day: NaiveDate,
}

impl Ground {
    /// Reads what is needed for forms of one tree on a day, over periods that end between two days. The
    /// number of queries does not grow with units or periods.
    pub fn load(
        conn: &mut AnyConn,
        lives: Lives,
        forms: Vec<Form>,
        ends: (NaiveDate, NaiveDate),
        day: NaiveDate,
    ) -> Result<Self> {
        let ids: Vec<Id> = forms.iter().map(|form| form.id).collect();
        Ok(Self {
            versions: forms::versions_of(conn, &ids)?,
            exemptions: exemptions::of_forms(conn, &ids)?,
            unlocks: exemptions::unlocks_of(conn, &ids)?,
            handed: handed(conn, &ids, ends, day)?,
            lives,
            forms,
            day,
        })
    }

    /// The forms it was read for.
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// How the reports of a unit for some periods of a form stand.
    pub fn of_unit(&self, form: &Form, unit: Id, periods: &[Period]) -> Result<Vec<Owed>> {
        let mut found = Vec::new();
        for period in periods {
            found.extend(self.one(form, unit, *period)?);
        }
        Ok(found)
    }

    fn one(&self, form: &Form, unit: Id, period: Period) -> Result<Option<Owed>> {
        let window = form.window(&self.lives.calendars, period)?;
        let Some(versions) = self.versions.get(&form.id) else { return Ok(None) };
        let Some(version) = versions.for_period(window.0).or(versions.0.first()) else { return Ok(None) };
        let content = &version.content;
        let Some(life) = self.lives.life(form.unit_id, content, unit, window.1) else { return Ok(None) };
        let before = self.lives.inherited(form.unit_id, content, unit, window);
        let closed: Vec<NaiveDate> = before.iter().map(|(on, _)| *on).collect();
        let mine = self.exemptions.iter().filter(|one| one.form_id == form.id && one.unit_id == unit);
        let mine: Vec<&Exemption> = mine.collect();
        let freed: Vec<Freed> = mine.iter().map(|one| one.freed()).collect();
        let in_force = form.asks_for(window);
        let (duty, causes) = expectations::duty(window, in_force, life, &closed, &freed, self.day);
        let heir = self.lives.standing_for(unit, self.day);
        let mut predecessors = before.iter();
        let because = causes.into_iter().map(|(on, what)| ExpectationBecause {
            on,
            what,
            unit_id: match what {
                ExpectationCause::Succeeds => predecessors.next().map(|(_, unit)| *unit),
                ExpectationCause::ClosedInside => Some(heir),
                _ => None,
            },
            reason: match what {
                ExpectationCause::Exempt => {
                    let by = mine.iter().find(|one| one.freed().covers(window, self.day));
                    by.map(|one| one.reason.clone())
                }
                _ => None,
            },
        });
        let mut because: Vec<ExpectationBecause> = because.collect();
        if duty == ReportDuty::Owes && version.n > 1 && version.from_period == period {
            because.push(plain(version.starts_on, ExpectationCause::FormChanged));
        }
        let mut days = deadlines_of(window.1, version.allowed(), self.lives.calendars.working());
        for one in &self.unlocks {
            let here = one.form_id == form.id && one.unit_id == unit && one.period == period;
            if here && one.granted_at.day() <= self.day {
                days.locks_on = days.locks_on.map(|on| on.max(one.until_on));
                let why = plain(one.granted_at.day(), ExpectationCause::Unlocked);
                because.push(ExpectationBecause { reason: Some(one.reason.clone()), ..why });
            }
        }
        let handed = self.handed.get(&(form.id, unit, period));
        let fact = handed.map_or(HandedIn::default(), |handed| handed.fact);
        let waits = handed.and_then(|handed| handed.waits_since);
        Ok(Some(Owed {
            form: form.id,
            unit,
            owed_by: heir,
            period,
            window,
            standing: expectations::standing(duty, days, fact, self.day),
            duty,
            days,
            because,
            submission: handed.map(|handed| handed.id),
            first_on: handed.and_then(|handed| handed.first_on),
            imported: handed.is_some_and(|handed| handed.imported),
            review_due_on: waits
                .and_then(|since| self.lives.calendars.working().after(since, version.review_days()?)),
        }))
    }
}

fn plain(on: NaiveDate, what: ExpectationCause) -> ExpectationBecause {
    ExpectationBecause { on, what, unit_id: None, reason: None }
}

/// What was handed in by the end of a day. What did not change since stands as its row says.
fn handed(
    conn: &mut AnyConn,
    forms: &[Id],
    (from, to): (NaiveDate, NaiveDate),
    day: NaiveDate,
) -> Result<HashMap<(Id, Id, Period), Handed>> {
    let end = Instant::end_of(day);
    let rows: Vec<Row> = submissions::table
        .filter(submissions::form_id.eq_any(forms))
        .filter(submissions::ends_on.between(from, to))
        .filter(submissions::created_at.lt(end.millis()))
        .select(Row::as_select())
        .load(conn)?;
    let changed: Vec<Id> = rows.iter().filter(|row| row.changed_at >= end).map(|row| row.id).collect();
    let mut then: HashMap<Id, (SubmissionState, Instant)> = HashMap::new();
    for chunk in changed.chunks(500) {
        let past: Vec<MoveRow> = moves::table
            .filter(moves::submission_id.eq_any(chunk))
            .filter(moves::took_effect_at.lt(end.millis()))
            .order((moves::submission_id, moves::n))
            .select(MoveRow::as_select())
            .load(conn)?;
        then.extend(past.into_iter().map(|one| (one.submission_id, (one.state, one.took_effect_at))));
    }
    let mut found = HashMap::new();
    for row in rows {
        let (state, since) = match row.changed_at < end {
            true => (row.state, row.changed_at),
            false => match then.get(&row.id) {
                Some(then) => *then,
                None => continue,
            },
        };
        let first_on = row.first_submitted_at.filter(|at| *at < end).map(Instant::day);
        let handed = Handed {
            id: row.id,
            fact: HandedIn { first_on, there: state.is_there() },
            first_on,
            imported: row.channel == SubmissionChannel::Backfilled,
            waits_since: (state == SubmissionState::Submitted).then(|| since.day()),
        };
        found.insert((row.form_id, row.unit_id, row.period), handed);
    }
    Ok(found)
}

/// The periods of a form that end between two days, also those it is not asked for.
pub fn periods(
    calendars: &Calendars,
    form: &Form,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Period>> {
    let mut at = form.valid_from;
    // Back to the first that ends in time, then forward.
    let mut steps = 0;
    while form.window(calendars, at.previous())?.1 >= from && steps < MOST_PERIODS {
        at = at.previous();
        steps += 1;
    }
    while form.window(calendars, at)?.1 < from {
        at = at.next();
    }
    let mut found = Vec::new();
    while form.window(calendars, at)?.1 <= to {
        found.push(at);
        at = at.next();
        if found.len() > MOST_PERIODS {
            return Err(Fault::parameter("from", Code::TooMany).with("max", MOST_PERIODS).into());
        }
    }
    Ok(found)
}

/// The days that two bounds enclose, as a form names periods.
pub fn days(calendars: &Calendars, form: &Form, from: Bound, to: Bound) -> Result<(NaiveDate, NaiveDate)> {
    let first = match from {
        Bound::Day(day) => day,
        Bound::Period(period) => form.window(calendars, period)?.0,
    };
    let last = match to {
        Bound::Day(day) => day,
        Bound::Period(period) => form.window(calendars, period)?.1,
    };
    if last < first { Err(Fault::parameter("to", Code::EndBeforeStart).into()) } else { Ok((first, last)) }
}
