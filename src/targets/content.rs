//! Which content a target of an indicator has. Pure.

use crate::{
    error::{Code, Fault, Phrase},
    indicators::model::Row as Indicator,
    measures::{Aim, Decimal, Direction, Exact, OverPeriods, OverUnits, Qualifier, Regime},
    targets::wire::{TargetContent, TargetStep},
};
use chrono::NaiveDate;

/// The days of a target.
pub type Window = (NaiveDate, NaiveDate);

const fn is_number(direction: Direction) -> bool {
    !matches!(direction, Direction::Milestone | Direction::Qualitative)
}

/// All that is wrong with what a target says.
pub fn faults(indicator: &Indicator, regime: &Regime, window: Window, content: &TargetContent) -> Vec<Fault> {
    let mut faults = match indicator.direction {
        direction if is_number(direction) => number_faults(direction, content),
        direction => word_faults(direction, content),
    };
    if content.weight.is_some() && indicator.over_units != OverUnits::WeightedAverage {
        faults.push(Fault::at("/weight", Code::NotPermittedHere).with("why", Phrase::NoWeights));
    }
    if content.weight.is_some_and(|weight| weight.parts().0 <= 0) {
        let fault = Fault::at("/weight", Code::OutOfRange).with("min", 0_i64);
        faults.push(fault.with("max", 999_999_999_999_999_i64));
    }
    if is_number(indicator.direction) {
        faults.extend(path_faults(indicator.over_periods, regime, window, content));
    }
    faults
}

fn number_faults(direction: Direction, content: &TargetContent) -> Vec<Fault> {
    let mut faults = Vec::new();
    if content.value.is_none() {
        faults.push(Fault::at("/value", Code::Required));
    }
    match (direction, content.value_to) {
        (Direction::Band, None) => faults.push(Fault::at("/value_to", Code::Required)),
        (Direction::Hold, Some(_)) => {
            faults.push(Fault::at("/value_to", Code::NotPermittedHere).with("why", Phrase::OneValue));
        }
        (_, Some(to)) if content.value.is_some_and(|value| Exact::from(to) < Exact::from(value)) => {
            faults.push(Fault::at("/value_to", Code::NotPermittedHere).with("why", Phrase::BelowTheLowerEnd));
        }
        _ => {}
    }
    faults
}

/// A milestone has its day, a qualitative target its words; neither has numbers.
fn word_faults(direction: Direction, content: &TargetContent) -> Vec<Fault> {
    let numbers = [
        ("/value", content.value.is_some()),
        ("/value_to", content.value_to.is_some()),
        ("/baseline", content.baseline.is_some()),
        ("/path", !content.path.is_empty()),
    ];
    let there = numbers.into_iter().filter(|(_, there)| *there);
    let mut faults: Vec<Fault> =
        there.map(|(at, _)| Fault::at(at, Code::NotPermittedHere).with("why", Phrase::NotANumber)).collect();
    if direction == Direction::Qualitative && content.wording.is_none() {
        faults.push(Fault::at("/wording", Code::Required));
    }
    faults
}

/// Steps lie in the target's time, in order and apart; where periods are summed, steps that fill the time
/// add up to the target.
fn path_faults(rule: OverPeriods, regime: &Regime, window: Window, content: &TargetContent) -> Vec<Fault> {
    let mut faults = Vec::new();
    let (mut free, mut sum) = (window.0, Exact::zero());
    let mut gapless = true;
    for (i, TargetStep { period, value }) in content.path.iter().enumerate() {
        let at = format!("/path/{i}/period");
        match regime.window(*period) {
            None => faults.push(Fault::at(at, Code::UnknownReference)),
            Some((first, last)) if first < free || last > window.1 => {
                faults.push(Fault::at(at, Code::NotPermittedHere).with("why", Phrase::OutsideTheTarget));
            }
            Some((first, last)) => {
                gapless &= first == free;
                free = last.succ_opt().unwrap_or(last);
                sum = sum + Exact::from(value.0);
            }
        }
    }
    let fills = gapless && !content.path.is_empty() && free > window.1;
    let meant = content.value.map(Exact::from);
    if faults.is_empty() && rule == OverPeriods::Sum && fills && meant.is_some_and(|meant| meant != sum) {
        let told = sum.rounded_to(6).map(|sum| sum.to_string()).unwrap_or_default();
        let why = crate::error::Said::from(Phrase::StepsAddUpTo).and(told);
        faults.push(Fault::at("/path", Code::NotPermittedHere).with("why", why));
    }
    faults
}

impl TargetContent {
    /// Its numbers; `None` where it has none.
    pub fn aim(&self, direction: Direction) -> Option<Aim> {
        let value = self.value.filter(|_| is_number(direction))?;
        Some(self.aim_of(direction, value, self.value_to))
    }

    /// The numbers of a step on the way.
    pub fn aim_of(&self, direction: Direction, value: Decimal, upper: Option<Decimal>) -> Aim {
        let strict = matches!(
            (direction, self.qualifier),
            (Direction::Higher, Qualifier::Over) | (Direction::Lower, Qualifier::Under)
        );
        Aim { direction, value: value.into(), upper: upper.map(Exact::from), strict }
    }
}
