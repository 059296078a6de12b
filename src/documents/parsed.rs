//! What the parser makes of a number, over the wire.

use crate::{
    documents::number::{self, Number, NumberFormat, TypeName},
    error::{Code, Error, Result},
    http::fields::{Day, Faults, Prose},
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// A number to read.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"text": "Chỉ thị số 05-CT/TW, ngày 15/5/2016"}))]
pub struct NumberText {
    /// The number alone, or in a citation.
    pub text: Prose<0, 1000>,
}

/// A number that has been understood.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParsedNumber {
    pub format: NumberFormat,
    /// The figures as written, with the suffix.
    #[schema(example = "05")]
    pub number_text: String,
    #[schema(example = 5)]
    pub number_value: u32,
    #[schema(example = "a")]
    pub number_suffix: Option<String>,
    /// The official abbreviation; none where the number carries no type.
    #[serde(rename = "type")]
    #[schema(example = "CT")]
    pub doc_type: Option<String>,
    #[schema(example = "TW")]
    pub issuer: String,
    /// The year that is part of a State number.
    #[schema(example = 2023)]
    pub year: Option<i32>,
    /// The day that follows a citation.
    #[schema(value_type = Option<Day>)]
    pub date: Option<NaiveDate>,
    /// As it is properly written.
    #[schema(example = "05-CT/TW")]
    pub canonical: String,
}

impl From<Number> for ParsedNumber {
    fn from(number: Number) -> Self {
        Self {
            canonical: number.canonical(),
            format: number.format,
            number_text: number.number_text,
            number_value: number.number_value,
            number_suffix: number.number_suffix,
            doc_type: number.doc_type,
            issuer: number.issuer,
            year: number.year,
            date: number.date,
        }
    }
}

/// Reads a text; 422 with the reason when it is no number.
pub fn read(text: &str, types: &[TypeName]) -> Result<ParsedNumber> {
    let number = number::parse(text, types).map_err(|why| {
        let fault = crate::error::Fault::at("/text", Code::UnreadableNumber).with("why", why);
        Error::from(fault)
    })?;
    Ok(number.into())
}
