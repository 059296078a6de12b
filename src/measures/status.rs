//! The life cycle of a task (stored) and its timeliness (computed): two facts, never one column.

use crate::vocabulary;

vocabulary! {
    /// Where a task stands in its life cycle; moved by commands only.
    Status {
        /// A unit put it forward; its superior has not answered.
        Registered = "registered" "đã đăng ký",
        /// The assigner stands behind it.
        Accepted = "accepted" "đã chấp nhận",
        /// The assigner sent the registration back.
        Returned = "returned" "bị trả lại",
        /// Work has begun.
        InProgress = "in_progress" "đang thực hiện",
        /// Handed in, waiting for the assigner's answer.
        Submitted = "submitted" "đã nộp kết quả",
        /// The assigner confirmed what was handed in.
        Completed = "completed" "đã hoàn thành",
        /// Put away after completion.
        Closed = "closed" "đã đóng",
        /// Called off; it leaves every count and weight.
        Cancelled = "cancelled" "đã hủy",
    }
}

vocabulary! {
    /// How a task stands against its due date on a day; computed, never stored.
    Timeliness {
        /// Nothing to be late against.
        NoDueDate = "no_due_date",
        /// Open, and the due date is further off than "soon".
        InTime = "in_time",
        /// Open, and the due date is today or within the days that count as soon.
        DueSoon = "due_soon",
        /// Open, and the due date has passed.
        Overdue = "overdue",
        /// Handed in: the clock runs against the assigner now.
        AwaitingConfirmation = "awaiting_confirmation",
        /// Done, handed in on or before the due date it is judged by.
        CompletedOnTime = "completed_on_time",
        /// Done, handed in after the due date it is judged by.
        CompletedLate = "completed_late",
        /// Called off.
        Cancelled = "cancelled",
    }
}

impl Status {
    /// Confirmed by the assigner: `completed`, or `closed` after it.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Completed | Self::Closed)
    }
}
