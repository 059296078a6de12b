//! What the deadlines of a dispatch must keep to. Pure.

use crate::error::{Code, Fault, Phrase};
use chrono::NaiveDate;

/// Until when units have to do what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deadlines {
    pub receipt: Option<NaiveDate>,
    pub study: Option<NaiveDate>,
    pub programme: Option<NaiveDate>,
}

impl Deadlines {
    /// All that is wrong with deadlines set on a day in the place of others: a new one lies on that day
    /// or later, and what comes after the receipt is not due before it.
    pub fn faults(self, before: Self, today: NaiveDate) -> Vec<Fault> {
        let each = [
            ("/receipt_due_on", self.receipt, before.receipt),
            ("/study_due_on", self.study, before.study),
            ("/programme_due_on", self.programme, before.programme),
        ];
        let fault = |pointer, why: Phrase| Fault::at(pointer, Code::NotPermittedHere).with("why", why);
        let mut faults = Vec::new();
        for (pointer, due, old) in each {
            let Some(due) = due else { continue };
            if due < today && Some(due) != old {
                faults.push(fault(pointer, Phrase::InThePast));
            } else if self.receipt.is_some_and(|receipt| due < receipt) {
                faults.push(fault(pointer, Phrase::BeforeReceipt));
            }
        }
        faults
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2023, 10, n).unwrap()
    }

    fn told(set: Deadlines, before: Deadlines) -> Vec<String> {
        set.faults(before, day(15)).iter().map(|fault| format!("{:?}", fault.place)).collect()
    }

    #[test]
    fn deadlines_lie_ahead_and_follow_the_receipt() {
        let none = Deadlines::default();
        let good = Deadlines { receipt: Some(day(15)), study: Some(day(15)), programme: Some(day(30)) };
        assert!(told(good, none).is_empty() && told(none, good).is_empty());
        assert_eq!(told(Deadlines { receipt: Some(day(14)), ..good }, none).len(), 1);
        assert_eq!(told(Deadlines { receipt: Some(day(20)), ..good }, none).len(), 1);
        let past = Deadlines { receipt: Some(day(10)), study: Some(day(12)), programme: None };
        assert_eq!(told(past, none).len(), 2);
        // One that stays as it was may have passed.
        assert!(told(Deadlines { programme: Some(day(30)), ..past }, past).is_empty());
    }
}
