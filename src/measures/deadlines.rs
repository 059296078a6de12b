//! Which of several deadlines judges something that is done once.

use chrono::NaiveDate;

/// A deadline as it was set on a day; none: there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub set_on: NaiveDate,
    pub due_on: Option<NaiveDate>,
}

/// How something stands to its deadline at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    NoDueDate,
    InTime,
    /// So many days after it.
    Late(i64),
}

impl Judged {
    /// Days after the deadline; none: not late.
    pub const fn days_late(self) -> Option<i64> {
        match self {
            Self::Late(days) => Some(days),
            Self::NoDueDate | Self::InTime => None,
        }
    }
}

/// What was done is judged by the first deadline that ran out while it stood: one that is moved later
/// afterwards never turns late into on time, and nothing set after it was done counts. What was not
/// done is late by the deadline in force on the day; due on the day itself is in time. `deadlines`
/// stand in the order in which they were set.
pub fn judge(done: Option<NaiveDate>, deadlines: &[Deadline], day: NaiveDate) -> Judged {
    let judged = match done {
        Some(on) => ran_out(deadlines, on),
        None => in_force(deadlines, day),
    };
    let Some(due) = judged else { return Judged::NoDueDate };
    match (done.unwrap_or(day) - due).num_days() {
        late if late > 0 => Judged::Late(late),
        _ => Judged::InTime,
    }
}

/// The deadline in force on a day.
pub fn in_force(deadlines: &[Deadline], day: NaiveDate) -> Option<NaiveDate> {
    known(deadlines, day).last().and_then(|last| last.due_on)
}

/// The deadlines set by a day.
fn known(deadlines: &[Deadline], day: NaiveDate) -> impl Iterator<Item = &Deadline> {
    deadlines.iter().take_while(move |deadline| deadline.set_on <= day)
}

/// The first deadline that was not replaced before or on its day, of those set by a day.
fn ran_out(deadlines: &[Deadline], day: NaiveDate) -> Option<NaiveDate> {
    let next = known(deadlines, day).skip(1).map(|later| Some(later.set_on)).chain([None]);
    let stood = |due: NaiveDate, until: Option<NaiveDate>| until.is_none_or(|until| due < until);
    known(deadlines, day).zip(next).find_map(|(one, until)| one.due_on.filter(|due| stood(*due, until)))
}
