//! "5 rõ": whether a task says who, what, when, with what result and on whose responsibility. Pure.
//!
//! It is advice, never a refusal: old books and first drafts are unclear, and counted all the same.

use crate::tasks::model::Row;
use crate::tasks::wire::{Clarity, ClarityPoint, Task, Unclear};

/// What a task says, as far as the rule asks.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub lead_individual: bool,
    pub description: bool,
    pub due_on: bool,
    pub expected_product: bool,
    /// Every unit that takes part knows until when; true where none does.
    pub parts: bool,
}

impl Said {
    /// What a task says in its fields; `parts` as in [`Said`].
    pub const fn by(task: &Task, parts: bool) -> Self {
        Self {
            lead_individual: task.lead_individual.is_some(),
            description: task.description.is_some(),
            due_on: task.due_on.is_some(),
            expected_product: task.expected_product.is_some(),
            parts,
        }
    }

    /// The same of a row.
    pub const fn of(row: &Row, parts: bool) -> Self {
        Self {
            lead_individual: row.lead_individual.is_some(),
            description: row.description.is_some(),
            due_on: row.due_on.is_some(),
            expected_product: row.expected_product.is_some(),
            parts,
        }
    }
}

/// What is missing, in the order in which officials name the five.
pub fn judge(said: Said) -> Clarity {
    let missing: Vec<Unclear> = LINES
        .iter()
        .filter(|line| !(line.given)(said))
        .map(|line| Unclear { point: line.point, field: line.field, label_vi: line.vi, label_en: line.en })
        .collect();
    Clarity { clear: missing.is_empty(), missing }
}

/// One thing the rule asks for.
struct Line {
    point: ClarityPoint,
    /// The field of a task in which it would be said.
    field: &'static str,
    given: fn(Said) -> bool,
    vi: &'static str,
    en: &'static str,
}

/// A task always has a title, a lead unit and a unit that gave it; the rest may be wanting.
const LINES: &[Line] = &[
    Line {
        point: ClarityPoint::Who,
        field: "lead_individual",
        given: |said| said.lead_individual,
        vi: "Chưa rõ người: chưa ghi chức danh hoặc người chịu trách nhiệm chính",
        en: "Who: no post or person answers for it",
    },
    Line {
        point: ClarityPoint::What,
        field: "description",
        given: |said| said.description,
        vi: "Chưa rõ việc: mới có tên, chưa ghi nội dung công việc",
        en: "What: it has a title but no description",
    },
    Line {
        point: ClarityPoint::When,
        field: "due_on",
        given: |said| said.due_on,
        vi: "Chưa rõ thời gian: chưa có hạn hoàn thành",
        en: "When: it has no due date",
    },
    Line {
        point: ClarityPoint::Result,
        field: "expected_product",
        given: |said| said.expected_product,
        vi: "Chưa rõ kết quả: chưa ghi sản phẩm phải có",
        en: "Result: no product is expected",
    },
    Line {
        point: ClarityPoint::Responsibility,
        field: "parts",
        given: |said| said.parts,
        vi: "Chưa rõ trách nhiệm: có đơn vị phối hợp chưa được giao thời hạn cho phần việc của mình",
        en: "Responsibility: a coordinating unit has no due date for its part",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use ClarityPoint::{Responsibility, Result, What, When, Who};

    #[test]
    fn each_of_the_five_is_missed_alone_and_together() {
        let rows: &[([bool; 5], &[ClarityPoint])] = &[
            ([true; 5], &[]),
            ([false, true, true, true, true], &[Who]),
            ([true, false, true, true, true], &[What]),
            ([true, true, false, true, true], &[When]),
            ([true, true, true, false, true], &[Result]),
            ([true, true, true, true, false], &[Responsibility]),
            ([false, true, false, true, true], &[Who, When]),
            ([false; 5], &[Who, What, When, Result, Responsibility]),
        ];
        for (given, expected) in rows {
            let [lead_individual, description, due_on, expected_product, parts] = *given;
            let clarity = judge(Said { lead_individual, description, due_on, expected_product, parts });
            let points: Vec<ClarityPoint> = clarity.missing.iter().map(|missing| missing.point).collect();
            assert_eq!(points, *expected, "{given:?}");
            assert_eq!(clarity.clear, expected.is_empty());
            assert!(clarity.missing.iter().all(|missing| missing.label_vi.starts_with("Chưa rõ")));
        }
    }
}
