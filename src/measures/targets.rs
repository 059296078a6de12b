//! Targets: how a figure stands to what was to be reached (`measures.md`, "Indicators and targets").

pub mod pace;

use crate::{
    measures::{Direction, Exact},
    vocabulary,
};
use chrono::NaiveDate;
pub use pace::{Course, Pace};

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

/// The numbers to be reached: one value, or the range between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    pub direction: Direction,
    pub value: Exact,
    pub upper: Option<Exact>,
    /// "Trên 650": the value itself is not enough.
    pub strict: bool,
}

impl Aim {
    /// The number that has to be reached: the lower end, or the upper one where less is better.
    pub fn goal(&self) -> &Exact {
        match self.direction {
            Direction::Lower => self.upper.as_ref().unwrap_or(&self.value),
            _ => &self.value,
        }
    }

    /// How a figure stands to it, whatever the day.
    fn reach(&self, figure: &Exact) -> Reach {
        let upper = self.upper.as_ref().unwrap_or(&self.value);
        let (short, beyond) = match self.direction {
            Direction::Lower => {
                (figure > upper || (self.strict && figure == upper), figure < &self.value && !self.strict)
            }
            Direction::Band => (figure < &self.value || figure > upper, false),
            Direction::Hold => (figure < &self.value, false),
            _ => (
                figure < &self.value || (self.strict && figure == &self.value),
                figure > upper && !self.strict,
            ),
        };
        match (short, beyond) {
            (true, _) => Reach::Short,
            (false, true) => Reach::Beyond,
            (false, false) => Reach::There,
        }
    }

    /// The share reached, in per cent; `None` where there is no ratio: of a band, and by 0.
    fn attainment(&self, figure: &Exact) -> Option<Exact> {
        let zero = Exact::zero();
        let ratio = match self.direction {
            Direction::Higher | Direction::Hold if self.value > zero => figure.over(&self.value),
            Direction::Lower if *figure > zero => self.goal().over(figure),
            _ => None,
        };
        ratio.map(|ratio| ratio * Exact::whole(100))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Short,
    There,
    Beyond,
}

/// What is known of a target's figure on a day.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    /// The figure; of `hold` the lowest one since the target began.
    pub figure: Option<&'a Exact>,
    /// The period of the target is over.
    pub ended: bool,
    /// The figure can only grow until then: a ceiling is not kept before the end.
    pub grows: bool,
    /// How it goes, while the target is on its way.
    pub pace: Option<&'a Pace>,
    /// The share of the required pace, in per cent, below which a target is hard to meet.
    pub hard_below_pct: i64,
}

/// How a target stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: TargetVerdict,
    /// In per cent.
    pub attainment: Option<Exact>,
}

impl Judgement {
    /// Of a target that is judged by a word alone.
    pub const fn said(verdict: TargetVerdict) -> Self {
        Self { verdict, attainment: None }
    }

    /// What was to be reached is reached.
    pub const fn met(&self) -> bool {
        matches!(self.verdict, TargetVerdict::Met | TargetVerdict::Exceeded)
    }

    /// 100 when met, else the ratio cut to 0..100; 0 where there is none.
    pub fn attainment_capped(&self) -> Exact {
        let (zero, all) = (Exact::zero(), Exact::whole(100));
        if self.met() {
            return all;
        }
        self.attainment.clone().unwrap_or_else(Exact::zero).max(zero).min(all)
    }
}

/// Judges a target in numbers.
pub fn judge(aim: &Aim, now: &Standing) -> Judgement {
    let Some(figure) = now.figure else { return Judgement::said(TargetVerdict::NoData) };
    let on_the_way = || match now.pace {
        Some(pace) if pace.on_track() => TargetVerdict::OnTrack,
        Some(pace) if pace.is_hard_to_meet(now.hard_below_pct) => TargetVerdict::HardToMeet,
        _ => TargetVerdict::NotMet,
    };
    let verdict = match (aim.reach(figure), aim.direction) {
        // It has grown past its ceiling, or fallen below its base: no pace brings it back.
        (Reach::Short, Direction::Lower) if now.grows => TargetVerdict::NotMet,
        (Reach::Short, Direction::Hold) => TargetVerdict::NotMet,
        (Reach::Short, _) if now.ended => TargetVerdict::NotMet,
        (Reach::Short, _) => on_the_way(),
        (_, Direction::Lower) if now.grows && !now.ended => on_the_way(),
        (Reach::There, _) => TargetVerdict::Met,
        (Reach::Beyond, _) => TargetVerdict::Exceeded,
    };
    Judgement { verdict, attainment: aim.attainment(figure) }
}

/// Judges a milestone that was to be reached by the end of a day.
pub fn judge_milestone(due_on: NaiveDate, reached_on: Option<NaiveDate>, day: NaiveDate) -> Judgement {
    let reached = reached_on.filter(|on| *on <= day);
    Judgement::said(match reached {
        Some(on) if on <= due_on => TargetVerdict::Met,
        Some(_) => TargetVerdict::MetLate,
        None if day > due_on => TargetVerdict::Missed,
        None => TargetVerdict::Pending,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
