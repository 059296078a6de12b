//! The life of a duty: active, paused, closed for good. Pure.

use crate::vocabulary;

vocabulary! {
    /// Whether a duty becomes tasks.
    DutyStatus {
        Active = "active" "đang thực hiện",
        Paused = "paused" "tạm dừng",
        Closed = "closed" "đã kết thúc",
    }
}

/// What moves a duty from one state to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Pause,
    Resume,
    Close,
}

impl Step {
    /// The state it leads to; `None` when it cannot be done from here.
    pub const fn leads(self, from: DutyStatus) -> Option<DutyStatus> {
        match (self, from) {
            (Self::Pause, DutyStatus::Active) => Some(DutyStatus::Paused),
            (Self::Resume, DutyStatus::Paused) => Some(DutyStatus::Active),
            (Self::Close, DutyStatus::Active | DutyStatus::Paused) => Some(DutyStatus::Closed),
            _ => None,
        }
    }

    /// What the log calls it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Pause => "duty.paused",
            Self::Resume => "duty.resumed",
            Self::Close => "duty.closed",
        }
    }
}
