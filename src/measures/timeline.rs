//! What a task is on a day, with everything known now about that day.

use chrono::NaiveDate;

use super::status::Status;

/// A task as it stood after one change. A day is the day in Vietnam on which the change took effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State<U> {
    pub on: NaiveDate,
    pub status: Status,
    /// The last stated progress in whole per cent.
    pub progress: i32,
    /// The due date then in force.
    pub due_on: Option<NaiveDate>,
    /// The weight in thousandths.
    pub weight_milli: i64,
    /// The lead unit.
    pub unit: U,
    pub deleted: bool,
    /// Only needed for a task that entered the books as `submitted`: the day it was handed in.
    pub submitted_on: Option<NaiveDate>,
    /// Only needed for a task that entered the books as done: the day the work was handed in and
    /// then accepted.
    pub completed_on: Option<NaiveDate>,
}

/// A request for a later due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    pub requested_on: NaiveDate,
    pub new_due_on: NaiveDate,
    /// Approved by now; on which day does not matter.
    pub approved: bool,
}

/// Everything that happened to a task.
#[derive(Debug, Clone)]
pub struct Timeline<U> {
    states: Vec<State<U>>,
    original_due_on: Option<NaiveDate>,
    extensions: Vec<Extension>,
}

/// What a task is on a day, after the rules of time travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<U> {
    pub unit: U,
    /// The life cycle as judged: handed in and later confirmed is `completed` from the day it was
    /// handed in, handed in and later returned is `in_progress` all the time.
    pub status: Status,
    /// Confirmed work, on the day or later.
    pub done: bool,
    /// The day the work was submitted and then accepted; set when done.
    pub completed_on: Option<NaiveDate>,
    /// The due date in force on the day.
    pub due_on: Option<NaiveDate>,
    /// The due date as it stood when the original due date ended: what done is judged by.
    pub judged_due_on: Option<NaiveDate>,
    /// The last stated progress.
    pub progress: i32,
    pub weight_milli: i64,
    /// Handed in on that day and not answered.
    pub awaiting_since: Option<NaiveDate>,
}

impl<U> Fact<U> {
    /// Called off: out of every count and weight.
    pub fn cancelled(&self) -> bool {
        self.status == Status::Cancelled
    }

    /// Overdue = not done, not handed in, not cancelled, and the due date in force lies before the
    /// day. Due on the day itself is not overdue; without a due date nothing ever is.
    pub fn overdue(&self, day: NaiveDate) -> bool {
        let open = !self.done && !self.cancelled() && self.awaiting_since.is_none();
        open && self.due_on.is_some_and(|due| due < day)
    }

    /// Done and judged: on time when the work was handed in on or before the due date it is judged
    /// by. `None` when not done or without a due date.
    pub fn on_time(&self) -> Option<bool> {
        Some(self.completed_on? <= self.judged_due_on?)
    }

    /// The computed progress: a done task counts with 100 whatever was last stated.
    pub fn counted_progress(&self) -> i32 {
        if self.done { 100 } else { self.progress }
    }

    /// How many days the assigner has let it wait; `None` when it does not wait.
    pub fn waiting_days(&self, day: NaiveDate) -> Option<i64> {
        self.awaiting_since.map(|since| (day - since).num_days())
    }
}

/// The due date as it stood when the original due date ended: the original one, or that of the
/// last request made on or before the original due date and approved at any time. Requests made
/// after it never count, so late stays late. A task that was born without a due date has the first
/// one it was given as its original. `extensions` stand in the order of the requests.
pub fn judged_due_on(original: Option<NaiveDate>, extensions: &[Extension]) -> Option<NaiveDate> {
    let mut approved = extensions.iter().filter(|extension| extension.approved);
    let original = original.or_else(|| approved.clone().next().map(|first| first.new_due_on))?;
    let in_time = approved.rfind(|extension| extension.requested_on <= original);
    Some(in_time.map_or(original, |extension| extension.new_due_on))
}

impl<U: Clone> Timeline<U> {
    /// `states`: one per change, in the order of the changes. `extensions`: in the order of the
    /// requests.
    pub fn new(
        mut states: Vec<State<U>>,
        original_due_on: Option<NaiveDate>,
        extensions: Vec<Extension>,
    ) -> Self {
        // Changes of one day keep their order: the last of them is the end of that day.
        states.sort_by_key(|state| state.on);
        Self { states, original_due_on, extensions }
    }

    /// One per change, by day and order.
    pub fn states(&self) -> &[State<U>] {
        &self.states
    }

    /// The requests for a later due date, in their order.
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// The due date that done is judged by.
    pub fn judged_due_on(&self) -> Option<NaiveDate> {
        let first = || self.states.iter().find_map(|state| state.due_on);
        judged_due_on(self.original_due_on.or_else(first), &self.extensions)
    }

    /// The task at the end of a day; `None` when it did not exist yet or was deleted.
    ///
    /// The facts are those of the day, the answers to what was handed in are those known now: work
    /// is done on a day on or after the one it was submitted once it is confirmed, even later, and
    /// until it is reopened; work that was returned, even later, was never submitted; what nobody
    /// confirmed is not done. A day in the future shows what is overdue then if nothing moves.
    pub fn on(&self, day: NaiveDate) -> Option<Fact<U>> {
        let known = self.states.partition_point(|state| state.on <= day);
        let (past, future) = self.states.split_at_checked(known)?;
        let state = past.last().filter(|state| !state.deleted)?;
        let mut fact = Fact {
            unit: state.unit.clone(),
            status: state.status,
            done: state.status.is_done(),
            completed_on: None,
            due_on: state.due_on,
            judged_due_on: state.due_on.and_then(|_| self.judged_due_on()),
            progress: state.progress,
            weight_milli: state.weight_milli,
            awaiting_since: None,
        };
        if state.status == Status::Submitted {
            let answer = future.iter().map(|later| later.status).find(|status| *status != Status::Submitted);
            match answer {
                None | Some(Status::Cancelled) => fact.awaiting_since = submitted_on(past),
                Some(confirmed) if confirmed.is_done() => {
                    fact.status = confirmed;
                    fact.done = true;
                }
                Some(_) => fact.status = Status::InProgress,
            }
        }
        if fact.done {
            fact.completed_on = completed_on(past);
        }
        Some(fact)
    }
}

/// The day of the submission that a history ends in.
fn submitted_on<U>(past: &[State<U>]) -> Option<NaiveDate> {
    let first = past.iter().rev().take_while(|state| state.status == Status::Submitted).last()?;
    // Somebody else's books may have it from an earlier day than they were loaded.
    Some(first.submitted_on.map_or(first.on, |stated| stated.min(first.on)))
}

/// The day that counts for done, of a history that ends in work handed in or confirmed: when it
/// was submitted, or what the old books say when the task entered ours done.
fn completed_on<U>(past: &[State<U>]) -> Option<NaiveDate> {
    let done = past.iter().rev().take_while(|state| state.status.is_done()).count();
    let (before, confirmed) = past.split_at_checked(past.len().saturating_sub(done))?;
    submitted_on(before).or_else(|| confirmed.first().map(|first| first.completed_on.unwrap_or(first.on)))
}
