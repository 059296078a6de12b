//! Which fields a value of an indicator has. Pure.

use crate::{
    error::{Code, Fault, Phrase},
    indicators::{model::Row as Indicator, values::model::Content},
    measures::{Direction, OverUnits},
};

/// The kind of figure an indicator takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Value,
    /// Numerator and denominator.
    Parts,
    Day,
    Verdict,
}

/// What an indicator that goes this way and comes together so takes.
pub const fn takes(direction: Direction, over_units: OverUnits) -> Takes {
    match (direction, over_units) {
        (Direction::Milestone, _) => Takes::Day,
        (Direction::Qualitative, _) => Takes::Verdict,
        (_, OverUnits::Ratio) => Takes::Parts,
        _ => Takes::Value,
    }
}

/// All that is wrong with what a value says; pointers below `at`.
pub fn faults(indicator: &Indicator, content: &Content, at: &str) -> Vec<Fault> {
    let takes = takes(indicator.direction, indicator.over_units);
    let fields = [
        ("value", Takes::Value, content.value.is_some(), Phrase::ShareByParts),
        ("numerator", Takes::Parts, content.numerator.is_some(), Phrase::OfAShare),
        ("denominator", Takes::Parts, content.denominator.is_some(), Phrase::OfAShare),
        ("reached_on", Takes::Day, content.reached_on.is_some(), Phrase::OfADay),
        ("verdict", Takes::Verdict, content.verdict.is_some(), Phrase::OfAVerdict),
    ];
    let mut faults = Vec::new();
    for (name, of, there, why) in fields {
        let place = format!("{at}/{name}");
        if of == takes && !there {
            faults.push(Fault::at(place, Code::Required));
        } else if of != takes && there {
            let why = if of == Takes::Value && takes != Takes::Parts { Phrase::NotANumber } else { why };
            faults.push(Fault::at(place, Code::NotPermittedHere).with("why", why));
        }
    }
    let most = u32::try_from(indicator.decimals).unwrap_or(0);
    let numbers =
        [("value", content.value), ("numerator", content.numerator), ("denominator", content.denominator)];
    for (name, number) in numbers {
        if number.is_some_and(|number| number.decimals() > most) {
            faults.push(Fault::at(format!("{at}/{name}"), Code::TooManyDecimals).with("max", most));
        }
    }
    if content.denominator.is_some_and(|number| number.parts().0 < 0) {
        let fault = Fault::at(format!("{at}/denominator"), Code::OutOfRange);
        faults.push(fault.with("min", 0_i64).with("max", 999_999_999_999_999_i64));
    }
    faults
}
