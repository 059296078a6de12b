//! Targets: how a figure stands to what was to be reached.

use crate::vocabulary;

vocabulary! {
    /// What is said of a target on a day (`measures.md`).
    TargetVerdict {
        Exceeded = "exceeded" "vượt",
        Met = "met" "đạt",
        OnTrack = "on_track" "đang trong lộ trình",
        HardToMeet = "hard_to_meet" "khó đạt",
        NotMet = "not_met" "chưa đạt",
        NoData = "no_data" "chưa có số liệu",
        /// Of a milestone: reached after its day.
        MetLate = "met_late" "đạt muộn",
        /// Of a milestone: its day has passed.
        Missed = "missed" "không đạt đúng hạn",
        Pending = "pending" "chưa đến hạn",
    }
}
