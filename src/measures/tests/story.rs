//! A task told in a few words.

use chrono::{Days, NaiveDate};

use crate::measures::{
    Extension, Fact, State, Status, Tally, TaskMeasures, Timeline, Timeliness, timeliness,
};

/// The day with that number: the first is 1 January 2023.
pub fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 12, 31).unwrap() + Days::new(number)
}

#[derive(Clone)]
pub struct Story {
    states: Vec<State<u32>>,
    original: Option<NaiveDate>,
    extensions: Vec<Extension>,
}

/// A task that enters the books.
pub fn born(on: u64, status: Status, due: Option<u64>) -> Story {
    let state = State {
        on: day(on),
        status,
        progress: 0,
        due_on: due.map(day),
        weight_milli: 1000,
        unit: 1,
        deleted: false,
        submitted_on: None,
        completed_on: None,
    };
    Story { states: vec![state], original: due.map(day), extensions: Vec::new() }
}

impl Story {
    /// A change that takes effect on a day.
    pub fn change(mut self, on: u64, change: impl FnOnce(&mut State<u32>)) -> Self {
        let mut state = self.states.last().unwrap().clone();
        state.on = day(on);
        change(&mut state);
        self.states.push(state);
        self
    }

    /// Changes how it entered the books.
    pub fn with(mut self, change: impl FnOnce(&mut State<u32>)) -> Self {
        change(self.states.last_mut().unwrap());
        self
    }

    pub fn to(self, on: u64, status: Status) -> Self {
        self.change(on, |state| state.status = status)
    }

    pub fn progress(self, on: u64, progress: i32) -> Self {
        self.change(on, |state| state.progress = progress)
    }

    /// Asks for a new due date and gets it on a day.
    pub fn extended(mut self, asked: u64, new: u64, approved: u64) -> Self {
        self.extensions.push(Extension { requested_on: day(asked), new_due_on: day(new), approved: true });
        self.change(approved, |state| state.due_on = Some(day(new)))
    }

    /// Asks for a new due date and does not get it.
    pub fn refused(mut self, asked: u64, new: u64) -> Self {
        self.extensions.push(Extension { requested_on: day(asked), new_due_on: day(new), approved: false });
        self
    }

    pub fn timeline(&self) -> Timeline<u32> {
        Timeline::new(self.states.clone(), self.original, self.extensions.clone())
    }

    /// The task on a day; it has to be there.
    pub fn on(&self, number: u64) -> Fact<u32> {
        self.timeline().on(day(number)).unwrap()
    }

    pub fn timeliness(&self, number: u64) -> Timeliness {
        timeliness(&self.on(number), day(number), 7)
    }
}

/// The sums over stories on a day.
pub fn tally(stories: &[Story], number: u64) -> Tally {
    let mut tally = Tally::default();
    for fact in stories.iter().filter_map(|story| story.timeline().on(day(number))) {
        tally.add(&fact, day(number));
    }
    tally
}

/// The figures over stories on a day.
pub fn measures(stories: &[Story], number: u64) -> TaskMeasures {
    TaskMeasures::from(&tally(stories, number))
}
