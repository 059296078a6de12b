//! What a typed figure means for an indicator, over the wire.

use crate::{
    error::{Code, Error, Fault, Phrase, Result},
    http::fields::{Faults, Prose},
    ids::Id,
    indicators::{
        model::Row as Indicator,
        values::content::{Takes, takes},
    },
    measures::{
        Decimal, Qualifier,
        spoken::{self, Asked, FigureFault, Spoken, Unread},
    },
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A figure to read, and of what.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ParseValueQuery {
    /// As it was typed: `1.234,5`, `98,62 %`, `trên 650 hộ`, `1,2 tỷ đồng`.
    #[param(value_type = String, max_length = 200, example = "trên 1.234 hộ")]
    pub text: Prose<0, 200>,
    /// Settles how many decimals fit, and in which unit the value is sent.
    pub indicator_id: Id,
}

/// A figure that has been understood: what to send as a value of the indicator.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"value": 1234, "qualifier": "over", "estimated": false,
    "told": "“trên 1.234 hộ” đọc là: trên 1.234 hộ = 1234"}))]
pub struct ParsedValue {
    /// In the indicator's unit.
    #[schema(value_type = f64, example = 1234)]
    pub value: Decimal,
    #[schema(value_type = Qualifier)]
    pub qualifier: Qualifier,
    /// Not final yet ("ước").
    pub estimated: bool,
    /// How it was read, in Vietnamese, to be shown to who typed it.
    pub told: String,
}

/// Reads a text; refused with the reason when it is no figure, or none that the indicator takes.
pub fn read(text: &str, indicator: &Indicator) -> Result<ParsedValue> {
    if let Some(why) = not_a_value(indicator) {
        return Err(Fault::parameter("indicator_id", Code::NotPermittedHere).with("why", why).into());
    }
    let decimals = u32::try_from(indicator.decimals).unwrap_or(0);
    let (spoken, told) = understood(text, indicator, Some(decimals))?;
    if spoken.upper.is_some() {
        return Err(refused(FigureFault::Range.into()));
    }
    Ok(ParsedValue { value: spoken.value, qualifier: spoken.qualifier, estimated: spoken.estimated, told })
}

/// A figure in the unit of an indicator, and how it was read.
pub fn understood(text: &str, indicator: &Indicator, decimals: Option<u32>) -> Result<(Spoken, String)> {
    let asked = Asked { decimals, unit: Some(indicator.measure_unit.as_str()) };
    let spoken = spoken::read(text, &asked).map_err(refused)?;
    let until = spoken.upper.map(|upper| format!(" đến {upper}")).unwrap_or_default();
    let told = format!("“{}” đọc là: {} = {}{until}", text.trim(), spoken.printed(&asked), spoken.value);
    Ok((spoken, told))
}

/// Why nobody types a value of this indicator.
fn not_a_value(indicator: &Indicator) -> Option<Phrase> {
    match takes(indicator.direction, indicator.over_units) {
        _ if indicator.formula.is_some() => Some(Phrase::Computed),
        Takes::Value => None,
        Takes::Parts => Some(Phrase::ShareByParts),
        Takes::Day | Takes::Verdict => Some(Phrase::NotANumber),
    }
}

fn refused(why: Unread) -> Error {
    let fault = |code| Fault::parameter("text", code);
    match why {
        Unread::Because(why) => fault(Code::UnreadableFigure).with("why", why).into(),
        Unread::Ambiguous(vietnamese, english) => {
            let fault = fault(Code::AmbiguousFigure).with("vietnamese", vietnamese);
            fault.with("english", english).into()
        }
    }
}
