//! A tree of units and what happened to their tasks.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::figures::Figures;

/// The calendar day that a day number of a history stands for.
pub fn date(day: i64) -> NaiveDate {
    let start = NaiveDate::from_ymd_opt(2023, 2, 1).unwrap();
    if day < 0 { start - Days::new(day.unsigned_abs()) } else { start + Days::new(day.unsigned_abs()) }
}

/// A moment of that day in Vietnam, still the day before in UTC; `nth` keeps the order of events.
pub fn moment(day: i64, nth: usize) -> String {
    format!("{}T{:02}:{:02}:00+07:00", date(day), nth / 60, nth % 60)
}

/// A tree of units and the history of their tasks.
#[derive(Debug, Clone)]
pub struct World {
    /// The parent of each unit; a parent stands before its children, the first unit is the root.
    pub parents: Vec<Option<usize>>,
    pub tasks: Vec<Task>,
}

#[derive(Debug, Clone)]
pub struct Task {
    pub unit: usize,
    pub weight_milli: i64,
    pub due: Option<i64>,
    /// What it entered the books as, with the progress stated then.
    pub status: &'static str,
    pub progress: i64,
    /// For a task that entered the books done.
    pub completed: Option<i64>,
    /// The day it entered the books.
    pub born: i64,
    pub events: Vec<Event>,
}

#[derive(Debug, Clone, Copy)]
pub struct Event {
    pub day: i64,
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Accept,
    ReturnRegistration,
    Resubmit,
    Start,
    Progress(i64),
    Submit,
    ReturnWork,
    Confirm,
    Close,
    Reopen,
    Cancel,
    Extend(i64),
    Approve,
    Reject,
    Reweigh(i64),
    Move(usize),
    Delete,
}

/// The status that an event leaves behind.
pub fn status_after(status: &'static str, what: What) -> &'static str {
    match what {
        What::Accept => "accepted",
        What::ReturnRegistration => "returned",
        What::Resubmit => "registered",
        What::Start | What::Progress(_) | What::ReturnWork | What::Reopen => "in_progress",
        What::Submit => "submitted",
        What::Confirm => "completed",
        What::Close => "closed",
        What::Cancel => "cancelled",
        _ => status,
    }
}

impl World {
    /// The days on which figures may turn: those of every event and due date, and their neighbours.
    pub fn telling_days(&self) -> Vec<i64> {
        let mut days = BTreeSet::from([-20, 0, 400]);
        for task in &self.tasks {
            let dues = task.events.iter().filter_map(|event| match event.what {
                What::Extend(new) => Some(new),
                _ => None,
            });
            let marks =
                task.events.iter().map(|event| event.day).chain(dues).chain(task.due).chain([task.born]);
            for mark in marks {
                days.extend([mark - 1, mark, mark + 1]);
            }
        }
        days.into_iter().collect()
    }

    /// Whether a unit is `above`, or lies somewhere below it.
    pub fn within(&self, mut unit: usize, above: usize) -> bool {
        loop {
            if unit == above {
                return true;
            }
            match self.parents[unit] {
                Some(parent) => unit = parent,
                None => return false,
            }
        }
    }

    /// The figures of the unit's own tasks at the end of a day.
    pub fn own(&self, unit: usize, day: i64) -> Figures {
        self.figures(day, |lead| lead == unit)
    }

    /// The figures of its own tasks and those of every unit below it.
    pub fn rolled_up(&self, unit: usize, day: i64) -> Figures {
        self.figures(day, |lead| self.within(lead, unit))
    }

    fn figures(&self, day: i64, counts: impl Fn(usize) -> bool) -> Figures {
        let mut sum = Figures::default();
        for task in &self.tasks {
            if let Some(unit) = task.unit_on(day)
                && counts(unit)
            {
                sum.count(task, day);
            }
        }
        sum
    }
}
