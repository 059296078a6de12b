//! How a report over units explains its figures: one shape for all of them.

use crate::measures::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

/// The rule of each figure in words, its parts, and what was left out.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiguresExplained {
    /// How every `value` is rounded to two decimals.
    #[schema(value_type = String, example = "half_away_from_zero")]
    pub rounding: &'static str,
    pub measures: Vec<FigureExplained>,
}

/// One figure explained.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureExplained {
    #[schema(value_type = String, example = "received_pct")]
    pub measure: &'static str,
    #[schema(example = "Số đã tiếp nhận chia cho số đơn vị được gửi.")]
    pub rule: String,
    pub num: FigurePart,
    /// Null for counts.
    pub den: Option<FigurePart>,
    /// What is in neither part.
    pub left_out: Vec<FigureGap>,
}

/// A part of a figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigurePart {
    #[schema(example = "Đơn vị đã tiếp nhận hoặc đã phân công.")]
    pub meaning: String,
    #[schema(value_type = f64, example = 11)]
    pub value: Decimal,
    /// The records behind it; null where no list shows just these, or they are too deep to be read.
    #[schema(
        example = "/api/v1/receipts?document_id=0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d&late=true&as_of=2023-10-25"
    )]
    pub records_url: Option<String>,
}

/// What a figure leaves out, or knows only in part.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureGap {
    /// Stable name of the reason.
    #[schema(value_type = String, example = "exempt")]
    pub reason: &'static str,
    #[schema(example = "Được miễn thực hiện, có lý do.")]
    pub because: String,
    /// How many units; over several documents, how many pairs of a unit and a document.
    #[schema(example = 1, minimum = 0)]
    pub units: i64,
}
