//! What one task is on a day, by the words of the rules.

use super::world::{Event, Task, What};

impl Task {
    fn until(&self, day: i64) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(move |event| event.day <= day)
    }

    fn happened(&self, what: What, day: i64) -> bool {
        self.until(day).any(|event| event.what == what)
    }

    /// The lead unit on a day, if the task is in the books then.
    pub fn unit_on(&self, day: i64) -> Option<usize> {
        if day < self.born || self.happened(What::Delete, day) {
            return None;
        }
        let moves = self.until(day).filter_map(|event| match event.what {
            What::Move(unit) => Some(unit),
            _ => None,
        });
        Some(moves.last().unwrap_or(self.unit))
    }

    pub fn cancelled_on(&self, day: i64) -> bool {
        self.status == "cancelled" || self.happened(What::Cancel, day)
    }

    /// Every submission: its day, and the event that answered it, whenever that came.
    fn submissions(&self) -> Vec<(i64, Option<usize>)> {
        let answer = |from: usize| {
            (from..self.events.len()).find(|index| {
                matches!(self.events[*index].what, What::Confirm | What::ReturnWork | What::Cancel)
            })
        };
        let mut list = Vec::new();
        if self.status == "submitted" {
            list.push((self.born, answer(0)));
        }
        for (index, event) in self.events.iter().enumerate() {
            if event.what == What::Submit {
                list.push((event.day, answer(index)));
            }
        }
        list
    }

    /// The day that counts for done, if the task is done on `day`.
    ///
    /// "The day the work was submitted and then accepted, not the day of the confirmer's click; a
    /// task is done at an as_of on or after that day once it is confirmed", until it is reopened.
    pub fn done_on(&self, day: i64) -> Option<i64> {
        let mut spans: Vec<(i64, i64, i64)> = Vec::new(); // from, before, the day that counts
        let reopened_after = |from: usize| {
            let reopened = self.events[from..].iter().find(|event| event.what == What::Reopen);
            reopened.map_or(i64::MAX, |event| event.day)
        };
        if matches!(self.status, "completed" | "closed") {
            spans.push((self.born, reopened_after(0), self.completed.unwrap_or(self.born)));
        }
        for (submitted, answer) in self.submissions() {
            if let Some(index) = answer
                && self.events[index].what == What::Confirm
            {
                spans.push((submitted, reopened_after(index), submitted));
            }
        }
        if self.cancelled_on(day) {
            return None;
        }
        spans.iter().find(|(from, before, _)| *from <= day && day < *before).map(|(_, _, counts)| *counts)
    }

    /// "Submitted and not yet answered"; a returned submission never was one.
    pub fn awaiting_on(&self, day: i64) -> Option<i64> {
        if self.cancelled_on(day) {
            return None;
        }
        let waits =
            |answer: Option<usize>| answer.is_none_or(|index| self.events[index].what == What::Cancel);
        self.submissions().iter().find(|(from, answer)| *from <= day && waits(*answer)).map(|(from, _)| *from)
    }

    /// Every approved request: the day asked, the new due date, the day approved.
    fn granted(&self) -> Vec<(i64, i64, i64)> {
        let (mut asked, mut list) = (None, Vec::new());
        for event in &self.events {
            match event.what {
                What::Extend(new) => asked = Some((event.day, new)),
                What::Reject => asked = None,
                What::Approve => {
                    let (on, new) = asked.take().unwrap();
                    list.push((on, new, event.day));
                }
                _ => {}
            }
        }
        list
    }

    /// The due date in force on a day.
    pub fn due_on(&self, day: i64) -> Option<i64> {
        let mut due = self.due;
        for (_, new, approved) in self.granted() {
            if approved <= day {
                due = Some(new);
            }
        }
        due
    }

    /// "The due date as it stood when the original due date ended (an extension requested in time
    /// and approved later counts, by the day of the request)."
    pub fn judged_due(&self) -> Option<i64> {
        let granted = self.granted();
        let original = match self.due {
            Some(due) => due,
            None => granted.first()?.1,
        };
        let mut due = original;
        for (asked, new, _) in granted {
            if asked <= original {
                due = new;
            }
        }
        Some(due)
    }

    /// On time or late, for a task that is done with a due date.
    pub fn on_time(&self, day: i64) -> Option<bool> {
        self.due_on(day)?;
        Some(self.done_on(day)? <= self.judged_due()?)
    }

    pub fn overdue_on(&self, day: i64) -> bool {
        let moved_on =
            self.done_on(day).is_some() || self.awaiting_on(day).is_some() || self.cancelled_on(day);
        !moved_on && self.due_on(day).is_some_and(|due| due < day)
    }

    /// The slug of its timeliness.
    pub fn timeliness(&self, day: i64, soon: i64) -> &'static str {
        if self.cancelled_on(day) {
            "cancelled"
        } else if self.done_on(day).is_some() {
            match self.on_time(day) {
                Some(true) => "completed_on_time",
                Some(false) => "completed_late",
                None => "no_due_date",
            }
        } else if self.awaiting_on(day).is_some() {
            "awaiting_confirmation"
        } else if self.overdue_on(day) {
            "overdue"
        } else {
            match self.due_on(day) {
                Some(due) if due <= day + soon => "due_soon",
                Some(_) => "in_time",
                None => "no_due_date",
            }
        }
    }

    pub fn weight_on(&self, day: i64) -> i64 {
        let weights = self.until(day).filter_map(|event| match event.what {
            What::Reweigh(weight) => Some(weight),
            _ => None,
        });
        weights.last().unwrap_or(self.weight_milli)
    }

    /// The last stated progress.
    pub fn stated_on(&self, day: i64) -> i64 {
        let stated = self.until(day).filter_map(|event| match event.what {
            What::Progress(progress) => Some(progress),
            _ => None,
        });
        stated.last().unwrap_or(self.progress)
    }
}
