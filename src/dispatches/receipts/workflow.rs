//! What can be done with a receipt, and what it makes of it. Pure.

use crate::{
    clock::Instant,
    dispatches::receipts::model::Row,
    error::Said,
    ids::Id,
    measures::{ReceiptStanding, ReceiptState},
    policy::Action,
};

/// What units do with receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    See,
    Receive,
    /// Puts a unit, a post or a person in charge; again: another one.
    Assign {
        unit: Option<Id>,
        to: Option<String>,
    },
    Exempt {
        reason: String,
    },
    Recall {
        reason: String,
    },
}

impl Step {
    /// The right it takes.
    pub const fn action(&self) -> Action {
        match self {
            Self::See | Self::Receive | Self::Assign { .. } => Action::ReceiptTake,
            Self::Exempt { .. } => Action::ReceiptExempt,
            Self::Recall { .. } => Action::ReceiptRecall,
        }
    }

    /// What the log calls it.
    pub const fn event(&self) -> &'static str {
        match self {
            Self::See => "receipt.seen",
            Self::Receive => "receipt.received",
            Self::Assign { .. } => "receipt.assigned",
            Self::Exempt { .. } => "receipt.exempted",
            Self::Recall { .. } => "receipt.recalled",
        }
    }

    /// Why it is done, where that must be said.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Exempt { reason } | Self::Recall { reason } => Some(reason),
            Self::See | Self::Receive | Self::Assign { .. } => None,
        }
    }

    /// The receipt after the step, or the state that does not allow it. Each state keeps its first
    /// moment and person, a step implies those before it, and seeing again changes nothing. What is
    /// recalled moves no more; who is exempt may still take it in.
    pub fn over(self, row: Row, at: Instant, by: Option<Id>) -> Result<Row, Said> {
        if row.recalled_at.is_some() {
            return Err(ReceiptStanding::Recalled.into());
        }
        Ok(match self {
            Self::See => seen(row, at, by),
            Self::Receive if row.state() >= ReceiptState::Received => return Err(row.state().into()),
            Self::Receive => received(row, at, by),
            Self::Assign { unit, to } => {
                let row = received(row, at, by);
                let (at, by) = first((row.assigned_at, row.assigned_by), at, by);
                Row { assigned_at: at, assigned_by: by, assigned_unit_id: unit, assigned_to: to, ..row }
            }
            Self::Exempt { .. } if row.exempt_at.is_some() => return Err(ReceiptStanding::Exempt.into()),
            Self::Exempt { reason } => {
                Row { exempt_at: Some(at), exempt_by: by, exempt_reason: Some(reason), ..row }
            }
            Self::Recall { reason } => {
                Row { recalled_at: Some(at), recalled_by: by, recall_reason: Some(reason), ..row }
            }
        })
    }
}

/// The first moment and its person.
fn first(
    before: (Option<Instant>, Option<Id>),
    at: Instant,
    by: Option<Id>,
) -> (Option<Instant>, Option<Id>) {
    if before.0.is_some() { before } else { (Some(at), by) }
}

fn seen(row: Row, at: Instant, by: Option<Id>) -> Row {
    let (seen_at, seen_by) = first((row.seen_at, row.seen_by), at, by);
    Row { seen_at, seen_by, ..row }
}

fn received(row: Row, at: Instant, by: Option<Id>) -> Row {
    let row = seen(row, at, by);
    let (received_at, received_by) = first((row.received_at, row.received_by), at, by);
    Row { received_at, received_by, ..row }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sent() -> Row {
        let (id, at) = (Id::new(), Instant::from_millis(0));
        Row {
            id,
            root_id: id,
            dispatch_id: id,
            document_id: id,
            unit_id: id,
            seen_at: None,
            seen_by: None,
            received_at: None,
            received_by: None,
            assigned_at: None,
            assigned_by: None,
            assigned_unit_id: None,
            assigned_to: None,
            exempt_at: None,
            exempt_by: None,
            exempt_reason: None,
            recalled_at: None,
            recalled_by: None,
            recall_reason: None,
            version: 1,
            created_at: at,
            updated_at: at,
        }
    }

    fn moments(row: &Row) -> [Option<i64>; 3] {
        [row.seen_at, row.received_at, row.assigned_at].map(|at| at.map(Instant::millis))
    }

    fn done(step: Step, row: Row, at: i64) -> Row {
        step.over(row, Instant::from_millis(at), Some(Id::new())).unwrap()
    }

    fn assign(to: &str) -> Step {
        Step::Assign { unit: None, to: Some(to.into()) }
    }

    #[test]
    fn each_state_keeps_its_first_moment_and_person() {
        let seen = done(Step::See, sent(), 1);
        assert_eq!(done(Step::See, seen.clone(), 2), seen);
        let received = done(Step::Receive, seen.clone(), 3);
        assert_eq!((moments(&received), received.seen_by), ([Some(1), Some(3), None], seen.seen_by));
        assert_eq!(done(Step::See, received.clone(), 4), received);
        let assigned = done(assign("Bí thư"), received, 5);
        let again = done(assign("Phó Bí thư"), assigned.clone(), 6);
        assert_eq!((moments(&again), again.assigned_by), ([Some(1), Some(3), Some(5)], assigned.assigned_by));
        assert_eq!(again.assigned_to.as_deref(), Some("Phó Bí thư"));
    }

    #[test]
    fn a_step_implies_those_before_it() {
        assert_eq!(moments(&done(Step::Receive, sent(), 7)), [Some(7), Some(7), None]);
        assert_eq!(moments(&done(assign("Bí thư"), sent(), 7)), [Some(7), Some(7), Some(7)]);
    }

    #[test]
    fn nothing_goes_back_and_nothing_moves_once_recalled() {
        let refused = |step: Step, row: &Row| {
            step.over(row.clone(), Instant::from_millis(9), None)
                .map_err(|why| why.plain().to_owned())
                .unwrap_err()
        };
        let (exempt, recall) = (
            || Step::Exempt { reason: "Không áp dụng".into() },
            || Step::Recall { reason: "Gửi nhầm".into() },
        );
        let assigned = done(assign("Bí thư"), sent(), 1);
        assert_eq!(refused(Step::Receive, &assigned), "assigned");
        let freed = done(exempt(), assigned.clone(), 2);
        assert_eq!(refused(exempt(), &freed), "exempt");
        assert_eq!(moments(&done(Step::Receive, done(exempt(), sent(), 2), 3)), [Some(3), Some(3), None]);
        let back = done(recall(), freed, 3);
        assert_eq!(moments(&back), moments(&assigned));
        for step in [Step::See, Step::Receive, assign("Bí thư"), exempt(), recall()] {
            assert_eq!(refused(step, &back), "recalled");
        }
    }
}
