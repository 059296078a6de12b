//! What is strange about reported figures: against rules, limits, the own past and peers. Pure and exact.

use crate::{
    measures::{Exact, Formula, Gap},
    vocabulary,
};

vocabulary! {
    /// How two sides of a rule compare.
    RuleOperator {
        Equal = "=",
        Unequal = "!=",
        Less = "<",
        AtMost = "<=",
        More = ">",
        AtLeast = ">=",
    }
}

impl RuleOperator {
    /// Whether two numbers stand so.
    pub fn holds(self, left: &Exact, right: &Exact) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

/// Whether a rule holds; what cannot be computed says why.
pub fn rule_holds(
    left: &Formula,
    operator: RuleOperator,
    right: &Formula,
    figure: &impl Fn(&str) -> Option<Exact>,
) -> Result<bool, Gap> {
    Ok(operator.holds(&left.figure(figure)?, &right.figure(figure)?))
}

/// Fewest figures to compare with.
const ENOUGH: usize = 4;
/// How many times the usual distance is far.
const FAR: i64 = 4;

/// True when a figure lies far from all it is compared with: more than four times as far from their median
/// as they do on average, or as a tenth of it. Of too few, or of nothing but zeros, none is far.
pub fn is_outlier(figure: &Exact, others: &[Exact]) -> bool {
    if others.len() < ENOUGH {
        return false;
    }
    let mut sorted = others.to_vec();
    sorted.sort();
    let Some(median) = median(&sorted) else { return false };
    let distance = |one: &Exact| (one.clone() - median.clone()).abs();
    let count = Exact::whole(i64::try_from(sorted.len()).unwrap_or(i64::MAX));
    let Some(usual) = sorted.iter().map(distance).sum::<Exact>().over(&count) else { return false };
    let Some(tenth) = median.abs().over(&Exact::whole(10)) else { return false };
    let usual = usual.max(tenth);
    !usual.is_zero() && distance(figure) > usual * Exact::whole(FAR)
}

/// The middle of numbers in their order, or half-way between the two in the middle.
fn median(sorted: &[Exact]) -> Option<Exact> {
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle)?.clone();
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = sorted.get(middle.checked_sub(1)?)?.clone();
    (lower + upper).over(&Exact::whole(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(numbers: &[i64]) -> Vec<Exact> {
        numbers.iter().map(|number| Exact::whole(*number)).collect()
    }

    #[test]
    fn far_is_far_from_the_own_past() {
        let past = all(&[100, 104, 98, 102, 101]);
        for (figure, far) in [(100, false), (120, false), (141, false), (142, true), (60, true), (1000, true)]
        {
            assert_eq!(is_outlier(&Exact::whole(figure), &past), far, "{figure}");
        }
        assert!(!is_outlier(&Exact::whole(1000), &all(&[1, 2, 3])), "too few to tell");
        assert!(!is_outlier(&Exact::whole(1), &all(&[0, 0, 0, 0])), "nothing but zeros");
        assert!(is_outlier(&Exact::whole(50), &all(&[10, 10, 10, 10])));
    }

    #[test]
    fn a_rule_holds_or_lacks_a_part() {
        let formula = |text: &str| Formula::parse(text).unwrap_or_else(|_| unreachable!());
        let figure = |code: &str| match code {
            "A" => Some(Exact::whole(3)),
            "B" => Some(Exact::whole(4)),
            _ => None,
        };
        for (left, operator, right, expected) in [
            ("A + 1", RuleOperator::Equal, "B", Ok(true)),
            ("A", RuleOperator::AtLeast, "B", Ok(false)),
            ("A", RuleOperator::Less, "B", Ok(true)),
            ("A", RuleOperator::Unequal, "3", Ok(false)),
            ("A", RuleOperator::AtMost, "C", Err(Gap::PartMissing)),
        ] {
            assert_eq!(rule_holds(&formula(left), operator, &formula(right), &figure), expected, "{left}");
        }
    }
}
