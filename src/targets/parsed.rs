//! What a typed figure means as a target: a number or a range, "trên 650", "45 - 50", "98,62 %".

use crate::{
    error::{Code, Fault, Phrase, Result},
    indicators::{model::Row as Indicator, values::parsed::understood},
    measures::{Decimal, Direction, Qualifier},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A target that has been understood: what to send.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"value": 45, "value_to": 50, "qualifier": "exactly",
    "told": "“45 - 50” đọc là: 45 đến 50 hộ = 45 đến 50"}))]
pub struct ParsedTarget {
    /// In the indicator's unit; of a range its lower end.
    #[schema(value_type = f64, example = 45)]
    pub value: Decimal,
    /// The upper end of a range.
    #[schema(value_type = Option<f64>, example = 50)]
    pub value_to: Option<Decimal>,
    #[schema(value_type = Qualifier)]
    pub qualifier: Qualifier,
    /// How it was read, in Vietnamese, to be shown to who typed it.
    pub told: String,
}

/// Reads a text; refused with the reason when it is no figure, or the indicator has no numbers to reach.
pub fn read(text: &str, indicator: &Indicator) -> Result<ParsedTarget> {
    if matches!(indicator.direction, Direction::Milestone | Direction::Qualitative) {
        let fault = Fault::parameter("indicator_id", Code::NotPermittedHere);
        return Err(fault.with("why", Phrase::NotANumber).into());
    }
    // A target may be finer than what is reported: 2,5 new members a year on average.
    let (spoken, told) = understood(text, indicator, None)?;
    Ok(ParsedTarget { value: spoken.value, value_to: spoken.upper, qualifier: spoken.qualifier, told })
}
