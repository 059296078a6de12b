//! Figures as fractions, written out by long division.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::world::Task;

/// A fraction with a positive denominator.
#[derive(Debug, Clone, Copy)]
pub struct Fraction(pub i128, pub i128);

impl Default for Fraction {
    fn default() -> Self {
        Self(0, 1)
    }
}

impl Fraction {
    pub fn plus(self, other: Self) -> Self {
        Self(self.0 * other.1 + other.0 * self.1, self.1 * other.1).lowest()
    }

    /// `None` when there is nothing to divide by.
    pub fn over(self, other: Self) -> Option<Self> {
        (other.0 != 0).then(|| Self(self.0 * other.1, self.1 * other.0).lowest())
    }

    pub fn less(self, other: Self) -> bool {
        self.0 * other.1 < other.0 * self.1
    }

    fn lowest(self) -> Self {
        let mut common = 1;
        for prime in [2, 3, 5, 7] {
            while self.0 % (common * prime) == 0 && self.1 % (common * prime) == 0 {
                common *= prime;
            }
        }
        Self(self.0 / common, self.1 / common)
    }

    /// Written out by long division to `decimals`, a half going up (nothing here is negative).
    pub fn text(self, decimals: usize) -> String {
        let mut digits: Vec<u8> = (self.0 / self.1).to_string().bytes().map(|byte| byte - b'0').collect();
        let mut rest = self.0 % self.1;
        for _ in 0..=decimals {
            rest *= 10;
            digits.push(u8::try_from(rest / self.1).unwrap());
            rest %= self.1;
        }
        if digits.pop().unwrap() >= 5 {
            let nines = digits.iter().rev().take_while(|digit| **digit == 9).count();
            let keep = digits.len() - nines;
            digits[keep..].fill(0);
            if keep == 0 {
                digits.insert(0, 1);
            } else {
                digits[keep - 1] += 1;
            }
        }
        let text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let (whole, part) = text.split_at(text.len() - decimals);
        format!("{whole}.{part}")
    }
}

/// What the figures of a set of tasks must be.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub total: i64,
    pub cancelled: i64,
    pub done: i64,
    pub done_on_time: i64,
    pub done_late: i64,
    pub overdue: i64,
    pub awaiting_confirmation: i64,
    /// Σ weight × progress / 100.
    pub weighted: Fraction,
    /// Σ weight.
    pub weights: Fraction,
}

impl Figures {
    pub fn count(&mut self, task: &Task, day: i64) {
        if task.cancelled_on(day) {
            self.cancelled += 1;
            return;
        }
        self.total += 1;
        let done = task.done_on(day).is_some();
        if done {
            self.done += 1;
        }
        match task.on_time(day) {
            Some(true) => self.done_on_time += 1,
            Some(false) => self.done_late += 1,
            None => {}
        }
        if task.overdue_on(day) {
            self.overdue += 1;
        }
        if task.awaiting_on(day).is_some() {
            self.awaiting_confirmation += 1;
        }
        let progress = i128::from(if done { 100 } else { task.stated_on(day) });
        let weight = Fraction(task.weight_on(day).into(), 1000);
        self.weighted = self.weighted.plus(Fraction(weight.0 * progress, 1000 * 100));
        self.weights = self.weights.plus(weight);
    }

    /// The exact score by the name of a measure.
    pub fn score(&self, measure: &str) -> Option<Fraction> {
        let (num, den) = self.share(measure);
        num.over(den)
    }

    fn share(&self, measure: &str) -> (Fraction, Fraction) {
        let count = |number: i64| Fraction(number.into(), 1);
        match measure {
            "done_pct" => (count(self.done), count(self.total)),
            "overdue_pct" => (count(self.overdue), count(self.total)),
            "on_time_pct" => {
                (count(self.done_on_time), count(self.done_on_time + self.done_late + self.overdue))
            }
            _ => (self.weighted, self.weights),
        }
    }

    fn share_json(&self, measure: &str) -> Value {
        let (num, den) = self.share(measure);
        let number = |text: String| json!(text.parse::<f64>().unwrap());
        let value = num.over(den).map(|share| number(Fraction(share.0 * 100, share.1).text(2)));
        json!({ "num": number(num.text(5)), "den": number(den.text(5)), "value": value })
    }

    /// The figures as the service must answer them.
    pub fn json(&self) -> Value {
        json!({
            "total": self.total,
            "cancelled": self.cancelled,
            "done": self.done,
            "done_on_time": self.done_on_time,
            "done_late": self.done_late,
            "overdue": self.overdue,
            "awaiting_confirmation": self.awaiting_confirmation,
            "done_pct": self.share_json("done_pct"),
            "overdue_pct": self.share_json("overdue_pct"),
            "on_time_pct": self.share_json("on_time_pct"),
            "weighted_progress": self.share_json("weighted_progress"),
        })
    }
}

/// Where the answer differs from what it must be; `1` and `1.0` are the same number.
pub fn difference(path: &str, expected: &Value, answer: &Value) -> Option<String> {
    match (expected, answer) {
        (Value::Object(fields), Value::Object(others)) => {
            let names: BTreeSet<&String> = fields.keys().chain(others.keys()).collect();
            names.into_iter().find_map(|name| {
                let (a, b) = (fields.get(name), others.get(name));
                match (a, b) {
                    (Some(a), Some(b)) => difference(&format!("{path}/{name}"), a, b),
                    _ => Some(format!("{path}/{name}: {a:?} expected, {b:?} found")),
                }
            })
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        _ if expected == answer => None,
        _ => Some(format!("{path}: {expected} expected, {answer} found")),
    }
}

/// `(rank, dense_rank)` of each score among all: one more than the number of better ones, and one
/// more than the number of different better ones.
pub fn ranks(scores: &[Option<Fraction>]) -> Vec<Option<(usize, usize)>> {
    let place = |score: &Fraction| {
        let better: Vec<&Fraction> = scores.iter().flatten().filter(|other| score.less(**other)).collect();
        let equal = |a: &Fraction, b: &Fraction| !a.less(*b) && !b.less(*a);
        let new = |index: &usize| !better[..*index].iter().any(|other| equal(better[*index], other));
        (better.len() + 1, (0..better.len()).filter(new).count() + 1)
    };
    scores.iter().map(|score| score.as_ref().map(place)).collect()
}
