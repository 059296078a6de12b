//! What a task leaves unsaid.

use crate::vocabulary;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// The five things a task must make clear ("5 rõ").
    ClarityPoint {
        Who = "who" "rõ người",
        What = "what" "rõ việc",
        When = "when" "rõ thời gian",
        Result = "result" "rõ kết quả",
        Responsibility = "responsibility" "rõ trách nhiệm",
    }
}

/// Whether a task makes the five things clear.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Clarity {
    /// Nothing is missing.
    pub clear: bool,
    /// What is missing, in the order of the five.
    pub missing: Vec<Unclear>,
}

/// One thing that is missing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Unclear {
    pub point: ClarityPoint,
    /// The field in which it would be said.
    #[schema(value_type = String, example = "expected_product")]
    pub field: &'static str,
    #[schema(value_type = String, example = "Chưa rõ kết quả: chưa ghi sản phẩm phải có")]
    pub label_vi: &'static str,
    #[schema(value_type = String, example = "Result: no product is expected")]
    pub label_en: &'static str,
}
