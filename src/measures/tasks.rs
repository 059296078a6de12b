//! Counts and shares over tasks.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::ratio::{Decimal, Ratio};
use super::status::Timeliness;
use super::timeline::Fact;

/// How many days before the due date a task is due soon, unless a setting says otherwise.
pub const DUE_SOON_DAYS: i64 = 7;

/// The decimals of a weight.
const WEIGHT_DECIMALS: u32 = 3;
/// The decimals of weight × progress / 100.
pub(super) const WEIGHTED_DECIMALS: u32 = WEIGHT_DECIMALS + 2;

/// How a task stands against its due date on a day.
///
/// Done work is judged by the due date as it stood when the original one ended, open work by the
/// one in force. Work that is handed in waits for its assigner and is not overdue.
pub fn timeliness<U>(fact: &Fact<U>, day: NaiveDate, due_soon_days: i64) -> Timeliness {
    if fact.cancelled() {
        return Timeliness::Cancelled;
    }
    if fact.done {
        return match fact.on_time() {
            None => Timeliness::NoDueDate,
            Some(true) => Timeliness::CompletedOnTime,
            Some(false) => Timeliness::CompletedLate,
        };
    }
    if fact.awaiting_since.is_some() {
        return Timeliness::AwaitingConfirmation;
    }
    match fact.due_on.map(|due| (due - day).num_days()) {
        None => Timeliness::NoDueDate,
        Some(left) if left < 0 => Timeliness::Overdue,
        Some(left) if left <= due_soon_days => Timeliness::DueSoon,
        Some(_) => Timeliness::InTime,
    }
}

/// How old the last report on a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Freshness {
    /// Days since the last report; null when there was none.
    pub days: Option<i64>,
    /// Past the rhythm of the unit, or never reported.
    pub stale: bool,
}

/// Freshness = days since the last report; stale when they exceed the unit's rhythm in days. A
/// task that was never reported on is stale: no data is never green.
pub fn freshness(last_report_on: Option<NaiveDate>, day: NaiveDate, rhythm_days: i64) -> Freshness {
    let days = last_report_on.map(|last| (day - last).num_days());
    Freshness { days, stale: days.is_none_or(|days| days > rhythm_days) }
}

/// Sums over tasks. Tallies are merged by adding, so that a roll-up pools tasks and never takes an
/// average of averages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tasks not cancelled; registered and returned ones are among them.
    pub total: i64,
    /// Cancelled tasks, which are in no other sum.
    pub cancelled: i64,
    /// Confirmed.
    pub done: i64,
    /// Done, handed in on or before the due date they are judged by.
    pub done_on_time: i64,
    /// Done, handed in after it.
    pub done_late: i64,
    /// Open past the due date in force.
    pub overdue: i64,
    /// Handed in and not answered.
    pub awaiting_confirmation: i64,
    /// Σ weight, in thousandths.
    pub weight_milli: i128,
    /// Σ weight × progress, in thousandths of per cent.
    pub weighted_percent_milli: i128,
}

/// What one task adds to a tally on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskShare {
    cancelled: bool,
    done: bool,
    on_time: Option<bool>,
    overdue: bool,
    awaiting: bool,
    progress: i32,
    weight_milli: i64,
}

impl TaskShare {
    /// The share of a task with this fact.
    pub fn of<U>(fact: &Fact<U>, day: NaiveDate) -> Self {
        Self {
            cancelled: fact.cancelled(),
            done: fact.done,
            on_time: fact.on_time(),
            overdue: fact.overdue(day),
            awaiting: fact.awaiting_since.is_some(),
            progress: fact.counted_progress(),
            weight_milli: fact.weight_milli,
        }
    }
}

impl Tally {
    /// Counts one task on the day of its fact.
    pub fn add<U>(&mut self, fact: &Fact<U>, day: NaiveDate) {
        self.add_share(TaskShare::of(fact, day));
    }

    /// Counts one task.
    pub fn add_share(&mut self, share: TaskShare) {
        self.count(share, 1);
    }

    /// Takes back that one task was counted.
    pub fn take_share(&mut self, share: TaskShare) {
        self.count(share, -1);
    }

    fn count(&mut self, share: TaskShare, one: i64) {
        if share.cancelled {
            self.cancelled += one;
            return;
        }
        let weight = i128::from(share.weight_milli) * i128::from(one);
        self.total += one;
        self.weight_milli += weight;
        self.weighted_percent_milli += weight * i128::from(share.progress);
        self.done += one * i64::from(share.done);
        self.done_on_time += one * i64::from(share.on_time == Some(true));
        self.done_late += one * i64::from(share.on_time == Some(false));
        self.overdue += one * i64::from(share.overdue);
        self.awaiting_confirmation += one * i64::from(share.awaiting);
    }

    /// Pools the tasks of another tally into this one.
    pub fn merge(&mut self, other: &Self) {
        self.total += other.total;
        self.cancelled += other.cancelled;
        self.done += other.done;
        self.done_on_time += other.done_on_time;
        self.done_late += other.done_late;
        self.overdue += other.overdue;
        self.awaiting_confirmation += other.awaiting_confirmation;
        self.weight_milli += other.weight_milli;
        self.weighted_percent_milli += other.weighted_percent_milli;
    }

    /// No task at all, not even a cancelled one.
    pub fn is_empty(&self) -> bool {
        self.total == 0 && self.cancelled == 0
    }

    /// Done tasks that nothing can be late against: left out of `on_time_pct`.
    pub fn done_without_due(&self) -> i64 {
        self.done - self.done_on_time - self.done_late
    }

    /// Completed with a due date + overdue: what `on_time_pct` is taken of.
    pub fn on_time_judged(&self) -> i64 {
        self.done_on_time + self.done_late + self.overdue
    }

    /// Done / total.
    pub fn done_pct(&self) -> Ratio {
        Ratio::of_counts(self.done, self.total)
    }

    /// Overdue / total.
    pub fn overdue_pct(&self) -> Ratio {
        Ratio::of_counts(self.overdue, self.total)
    }

    /// Completed on time / (completed with a due date + overdue).
    pub fn on_time_pct(&self) -> Ratio {
        Ratio::of_counts(self.done_on_time, self.on_time_judged())
    }

    /// Σ (weight × progress) / Σ weight by the last stated progress, a done task counting with 100.
    pub fn weighted_progress(&self) -> Ratio {
        Ratio::new(
            Decimal::scaled(self.weighted_percent_milli, WEIGHTED_DECIMALS),
            Decimal::scaled(self.weight_milli, WEIGHT_DECIMALS),
        )
    }
}

/// The figures of a set of tasks on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskMeasures {
    /// Tasks not cancelled.
    pub total: i64,
    /// Cancelled tasks; in no other figure.
    pub cancelled: i64,
    /// Confirmed tasks.
    pub done: i64,
    /// Done, handed in on or before the due date as it stood when the original due date ended.
    pub done_on_time: i64,
    /// Done, handed in after that date.
    pub done_late: i64,
    /// Neither done nor handed in, and past the due date in force.
    pub overdue: i64,
    /// Handed in and not answered yet.
    pub awaiting_confirmation: i64,
    /// Done / total.
    pub done_pct: Ratio,
    /// Overdue / total.
    pub overdue_pct: Ratio,
    /// Done on time / (done with a due date + overdue).
    pub on_time_pct: Ratio,
    /// Σ (weight × stated progress) / Σ weight; a done task counts with 100 %.
    pub weighted_progress: Ratio,
}

impl From<&Tally> for TaskMeasures {
    fn from(tally: &Tally) -> Self {
        Self {
            total: tally.total,
            cancelled: tally.cancelled,
            done: tally.done,
            done_on_time: tally.done_on_time,
            done_late: tally.done_late,
            overdue: tally.overdue,
            awaiting_confirmation: tally.awaiting_confirmation,
            done_pct: tally.done_pct(),
            overdue_pct: tally.overdue_pct(),
            on_time_pct: tally.on_time_pct(),
            weighted_progress: tally.weighted_progress(),
        }
    }
}
