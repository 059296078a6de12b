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
    pub parts: PartsSaid,
}

/// What the parts of a task say, all of them; where no unit takes part, nothing is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartsSaid {
    /// Every unit that takes part knows until when.
    pub due_on: bool,
    /// Every unit that takes part knows what it is to contribute.
    pub description: bool,
}

impl PartsSaid {
    /// Nothing is missing.
    pub const ALL: Self = Self { due_on: true, description: true };
}

impl Said {
    /// What a task says in its fields and its parts.
    pub const fn by(task: &Task, parts: PartsSaid) -> Self {
        Self {
            lead_individual: task.lead_individual.is_some(),
            description: task.description.is_some(),
            due_on: task.due_on.is_some(),
            expected_product: task.expected_product.is_some(),
            parts,
        }
    }

    /// The same of a row.
    pub const fn of(row: &Row, parts: PartsSaid) -> Self {
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
        given: |said| said.parts.due_on || !said.parts.description,
        vi: "Chưa rõ trách nhiệm: có đơn vị phối hợp chưa được giao thời hạn cho phần việc của mình",
        en: "Responsibility: a coordinating unit has no due date for its part",
    },
    Line {
        point: ClarityPoint::Responsibility,
        field: "parts",
        given: |said| said.parts.description || !said.parts.due_on,
        vi: "Chưa rõ trách nhiệm: có đơn vị phối hợp chưa được giao nội dung phần việc của mình",
        en: "Responsibility: a coordinating unit is not told what to contribute",
    },
    Line {
        point: ClarityPoint::Responsibility,
        field: "parts",
        given: |said| said.parts.description || said.parts.due_on,
        vi: "Chưa rõ trách nhiệm: có đơn vị phối hợp chưa được giao nội dung và thời hạn phần việc của mình",
        en: "Responsibility: a coordinating unit is told neither what to contribute nor until when",
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
            let parts = PartsSaid { due_on: parts, description: true };
            let clarity = judge(Said { lead_individual, description, due_on, expected_product, parts });
            let points: Vec<ClarityPoint> = clarity.missing.iter().map(|missing| missing.point).collect();
            assert_eq!(points, *expected, "{given:?}");
            assert_eq!(clarity.clear, expected.is_empty());
            assert!(clarity.missing.iter().all(|missing| missing.label_vi.starts_with("Chưa rõ")));
        }
    }

    #[test]
    fn responsibility_is_missed_once_in_the_words_of_what_the_parts_lack() {
        for (due_on, description, en) in [
            (true, true, None),
            (false, true, Some("no due date")),
            (true, false, Some("not told what")),
            (false, false, Some("neither what to contribute nor until when")),
        ] {
            let parts = PartsSaid { due_on, description };
            let said = Said {
                lead_individual: true,
                description: true,
                due_on: true,
                expected_product: true,
                parts,
            };
            let missing = judge(said).missing;
            assert_eq!(missing.len(), usize::from(en.is_some()));
            assert!(
                missing
                    .iter()
                    .all(|one| one.point == Responsibility && en.is_some_and(|en| one.label_en.contains(en)))
            );
        }
    }
}
