//! What regimes must keep to. Pure.

use crate::{
    calendars::regimes::wire::{RegimeCutOffCreate, RegimeSystem},
    error::{Code, Fault, Phrase, Said},
    measures::{Allowed, CutOff, Regime},
};
use chrono::NaiveDate;

impl RegimeSystem {
    /// Fewest working days between the end of a period and the day its report is due: Decree
    /// 09/2019/NĐ-CP, article 8 (5), wants one.
    pub const fn least_due_days(self) -> u32 {
        match self {
            Self::State => 1,
            Self::Party | Self::Other => 0,
        }
    }
}

/// All that is wrong with the deadlines of reports under a regime of this kind; each is measured by the one
/// before it. `fault` makes one for a member or parameter: `due_working_days`, `grace_working_days` or
/// `lock_working_days`.
pub fn deadline_faults(
    system: RegimeSystem,
    allowed: Allowed,
    fault: impl Fn(&'static str, Code) -> Fault,
) -> Vec<Fault> {
    let Allowed { due, grace, lock } = allowed;
    let (most_due, most_grace, most_lock) = Allowed::MOST;
    let range = |name, n: Option<u32>, least: u32, most: u32| {
        let outside = n.is_some_and(|n| !(least..=most).contains(&n));
        let (least, most) = (i64::from(least), i64::from(most));
        outside.then(|| fault(name, Code::OutOfRange).with("min", least).with("max", most))
    };
    let too_soon = due < system.least_due_days();
    let too_soon = too_soon
        .then(|| fault("due_working_days", Code::NotPermittedHere).with("why", Phrase::OneWorkingDay));
    let faults = [
        too_soon,
        range("due_working_days", Some(due), 0, most_due),
        range("grace_working_days", grace, due, most_grace),
        range("lock_working_days", lock, grace.map_or(due, |grace| grace.max(due)), most_lock),
    ];
    faults.into_iter().flatten().collect()
}

/// The days of closing as a calendar counts by them.
pub fn cut_offs(written: &[RegimeCutOffCreate]) -> Vec<CutOff> {
    let one = |rule: &RegimeCutOffCreate| CutOff {
        from: rule.from.0,
        day: u32::try_from(rule.day.0).unwrap_or(31),
    };
    written.iter().map(one).collect()
}

/// What is wrong with the days of closing of a calendar, as they are written under `/cut_offs`.
pub fn cut_off_faults(regime: &Regime, today: NaiveDate) -> Vec<Fault> {
    let Some(first) = regime.cut_offs.first() else {
        return vec![Fault::at("/cut_offs", Code::MayNotBeEmpty)];
    };
    let mut faults = Vec::new();
    // Else the first one would close months of the past and could not be set again.
    if regime.first_free_month(today).is_none_or(|free| first.from >= free) {
        faults.push(Fault::at("/cut_offs/0/from", Code::InFuture));
    }
    for (i, (before, rule)) in regime.cut_offs.iter().zip(regime.cut_offs.iter().skip(1)).enumerate() {
        if rule.from <= before.from {
            let fault = Fault::at(format!("/cut_offs/{}/from", i + 1), Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::MonthsInOrder));
        }
    }
    faults
}

/// What is wrong with setting other days of closing: no month that has begun is recut.
pub fn recut_fault(old: &Regime, new: &Regime, today: NaiveDate) -> Option<Fault> {
    if old.keeps_what_has_begun(new, today) {
        return None;
    }
    let same = old.cut_offs.iter().zip(&new.cut_offs).take_while(|(old, new)| old == new).count();
    let at = if same < new.cut_offs.len() { format!("/cut_offs/{same}") } else { "/cut_offs".into() };
    let free = old.first_free_month(today).map(|month| month.period().to_string()).unwrap_or_default();
    let why = Said::from(Phrase::MonthsBegun).and(free);
    Some(Fault::at(at, Code::NotPermittedHere).with("why", why))
}
