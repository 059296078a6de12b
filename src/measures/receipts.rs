//! What a unit did by a day with a document that was sent to it, and whether in time.

use crate::{
    measures::{
        Ratio,
        deadlines::{Deadline, Judged, judge},
    },
    vocabulary,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// How far a unit got with a document. It never goes back.
    ReceiptState {
        Sent = "sent" "đã gửi",
        Seen = "seen" "đã xem",
        Received = "received" "đã tiếp nhận",
        Assigned = "assigned" "đã phân công",
    }
}

vocabulary! {
    /// Whether the document is still to be put into practice by the unit.
    ReceiptStanding {
        Live = "live" "đang thực hiện",
        Exempt = "exempt" "được miễn",
        Recalled = "recalled" "đã thu hồi",
    }
}

vocabulary! {
    /// How the receipt stands to its deadline: computed, never stored.
    ReceiptTimeliness {
        NoDueDate = "no_due_date",
        InTime = "in_time",
        Overdue = "overdue",
        ReceivedOnTime = "received_on_time",
        ReceivedLate = "received_late",
        Exempt = "exempt",
        Recalled = "recalled",
    }
}

/// The days on which things happened to a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptDays {
    pub sent: NaiveDate,
    pub seen: Option<NaiveDate>,
    pub received: Option<NaiveDate>,
    pub assigned: Option<NaiveDate>,
    pub exempt: Option<NaiveDate>,
    pub recalled: Option<NaiveDate>,
}

/// What a receipt is at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptFact {
    pub state: ReceiptState,
    pub standing: ReceiptStanding,
    pub timeliness: ReceiptTimeliness,
    /// Days after the deadline: of the receipt, or of the day while nothing was received.
    pub days_late: Option<i64>,
}

impl ReceiptDays {
    /// The receipt at the end of a day; `None` when it was not sent yet. `deadlines` stand in the order
    /// in which they were set.
    pub fn on(&self, deadlines: &[Deadline], day: NaiveDate) -> Option<ReceiptFact> {
        let by = |step: Option<NaiveDate>| step.filter(|on| *on <= day);
        if day < self.sent {
            return None;
        }
        let state = if by(self.assigned).is_some() {
            ReceiptState::Assigned
        } else if by(self.received).is_some() {
            ReceiptState::Received
        } else if by(self.seen).is_some() {
            ReceiptState::Seen
        } else {
            ReceiptState::Sent
        };
        let (standing, timeliness, days_late) = if by(self.recalled).is_some() {
            (ReceiptStanding::Recalled, ReceiptTimeliness::Recalled, None)
        } else if by(self.exempt).is_some() {
            (ReceiptStanding::Exempt, ReceiptTimeliness::Exempt, None)
        } else {
            let (timeliness, days_late) = timeliness(by(self.received), deadlines, day);
            (ReceiptStanding::Live, timeliness, days_late)
        };
        Some(ReceiptFact { state, standing, timeliness, days_late })
    }
}

/// How a receipt stands to its deadlines, and by how many days it is late.
fn timeliness(
    received: Option<NaiveDate>,
    deadlines: &[Deadline],
    day: NaiveDate,
) -> (ReceiptTimeliness, Option<i64>) {
    let judged = judge(received, deadlines, day);
    let is = match (received, judged) {
        (_, Judged::NoDueDate) => ReceiptTimeliness::NoDueDate,
        (Some(_), Judged::InTime) => ReceiptTimeliness::ReceivedOnTime,
        (Some(_), Judged::Late(_)) => ReceiptTimeliness::ReceivedLate,
        (None, Judged::InTime) => ReceiptTimeliness::InTime,
        (None, Judged::Late(_)) => ReceiptTimeliness::Overdue,
    };
    (is, judged.days_late())
}

/// Counts over many receipts.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptTally {
    pub total: i64,
    pub exempt: i64,
    pub recalled: i64,
    pub seen: i64,
    pub received: i64,
    pub assigned: i64,
    pub received_on_time: i64,
    pub received_late: i64,
    pub overdue: i64,
}

impl ReceiptTally {
    /// Counts a receipt. What is exempt or recalled counts as that and nowhere else.
    pub fn add(&mut self, fact: &ReceiptFact) {
        match fact.standing {
            ReceiptStanding::Exempt => self.exempt += 1,
            ReceiptStanding::Recalled => self.recalled += 1,
            ReceiptStanding::Live => {
                let is = |timeliness| i64::from(fact.timeliness == timeliness);
                self.total += 1;
                self.seen += i64::from(fact.state >= ReceiptState::Seen);
                self.received += i64::from(fact.state >= ReceiptState::Received);
                self.assigned += i64::from(fact.state >= ReceiptState::Assigned);
                self.received_on_time += is(ReceiptTimeliness::ReceivedOnTime);
                self.received_late += is(ReceiptTimeliness::ReceivedLate);
                self.overdue += is(ReceiptTimeliness::Overdue);
            }
        }
    }

    /// Received with a deadline, or overdue: what can be judged.
    pub const fn judged(&self) -> i64 {
        self.received_on_time + self.received_late + self.overdue
    }
}

/// The figures of many receipts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReceiptMeasures {
    /// Units that have it, neither exempt nor recalled.
    #[schema(example = 13, minimum = 0)]
    pub total: i64,
    /// In no other figure.
    #[schema(example = 0, minimum = 0)]
    pub exempt: i64,
    /// In no other figure.
    #[schema(example = 0, minimum = 0)]
    pub recalled: i64,
    /// Seen, received or assigned.
    #[schema(example = 12, minimum = 0)]
    pub seen: i64,
    /// Received or assigned.
    #[schema(example = 11, minimum = 0)]
    pub received: i64,
    #[schema(example = 10, minimum = 0)]
    pub assigned: i64,
    #[schema(example = 10, minimum = 0)]
    pub received_on_time: i64,
    #[schema(example = 1, minimum = 0)]
    pub received_late: i64,
    /// Not received, and the deadline lies before the day.
    #[schema(example = 1, minimum = 0)]
    pub overdue: i64,
    /// received / total
    pub received_pct: Ratio,
    /// assigned / total
    pub assigned_pct: Ratio,
    /// received_on_time / (received_on_time + received_late + overdue)
    pub on_time_pct: Ratio,
}

impl From<&ReceiptTally> for ReceiptMeasures {
    fn from(tally: &ReceiptTally) -> Self {
        let ReceiptTally { total, exempt, recalled, seen, received, assigned, .. } = *tally;
        Self {
            total,
            exempt,
            recalled,
            seen,
            received,
            assigned,
            received_on_time: tally.received_on_time,
            received_late: tally.received_late,
            overdue: tally.overdue,
            received_pct: Ratio::of_counts(received, total),
            assigned_pct: Ratio::of_counts(assigned, total),
            on_time_pct: Ratio::of_counts(tally.received_on_time, tally.judged()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
