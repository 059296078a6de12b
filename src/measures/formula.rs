//! Formulas over other indicators: `100 * HO_NGHEO / SO_HO`.
//!
//! Read by `syn`, which knows the precedence of operators and keeps numbers as they were written; of what
//! it understands only numbers, names, `+ - * /`, brackets and three functions are taken. Computed
//! exactly.

use crate::measures::{Decimal, Exact, Gap};
use std::collections::BTreeSet;
use syn::{BinOp, Expr, Lit, UnOp};

/// Deepest nesting: far above any use, far below what a thread's stack holds.
const DEPTH: usize = 20;

/// A formula that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula(Node);

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Number(Decimal),
    Part(String),
    Minus(Box<Node>),
    Pair(Box<Node>, Sign, Box<Node>),
    Call(Function, Vec<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Function {
    Min,
    Max,
    Abs,
}

/// The text is no formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoFormula;

impl Formula {
    /// Reads a formula.
    pub fn parse(text: &str) -> Result<Self, NoFormula> {
        // Before the library goes down into them.
        let mut depth = 0_usize;
        for byte in text.bytes() {
            match byte {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEPTH {
                return Err(NoFormula);
            }
        }
        let strange = |c: char| !(c.is_ascii_alphanumeric() || " _.,+-*/()".contains(c));
        if text.contains(strange) || text.contains("//") || text.contains("/*") || text.contains("--") {
            return Err(NoFormula);
        }
        read(&syn::parse_str(text).map_err(|_| NoFormula)?).map(Self)
    }

    /// The codes it names.
    pub fn parts(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.0.parts(&mut found);
        found
    }

    /// Its figure, given those of its parts.
    pub fn figure(&self, part: &impl Fn(&str) -> Option<Exact>) -> Result<Exact, Gap> {
        self.0.figure(part)
    }
}

fn read(expr: &Expr) -> Result<Node, NoFormula> {
    let boxed = |expr: &Expr| read(expr).map(Box::new);
    Ok(match expr {
        Expr::Paren(inner) => read(&inner.expr)?,
        Expr::Unary(one) if matches!(one.op, UnOp::Neg(_)) => Node::Minus(boxed(&one.expr)?),
        Expr::Binary(two) => {
            let sign = match two.op {
                BinOp::Add(_) => Sign::Plus,
                BinOp::Sub(_) => Sign::Minus,
                BinOp::Mul(_) => Sign::Times,
                BinOp::Div(_) => Sign::Over,
                _ => return Err(NoFormula),
            };
            Node::Pair(boxed(&two.left)?, sign, boxed(&two.right)?)
        }
        Expr::Lit(lit) => {
            let digits = match &lit.lit {
                Lit::Int(number) if number.suffix().is_empty() => number.to_string(),
                Lit::Float(number) if number.suffix().is_empty() => number.to_string(),
                _ => return Err(NoFormula),
            };
            Node::Number(digits.parse().map_err(|()| NoFormula)?)
        }
        Expr::Path(path) => Node::Part(path.path.get_ident().ok_or(NoFormula)?.to_string()),
        Expr::Call(call) => {
            let Expr::Path(name) = &*call.func else { return Err(NoFormula) };
            let name = name.path.get_ident().ok_or(NoFormula)?.to_string();
            let given = call.args.iter().map(read).collect::<Result<Vec<Node>, _>>()?;
            let function = match (name.as_str(), given.len()) {
                ("min", 1..) => Function::Min,
                ("max", 1..) => Function::Max,
                ("abs", 1) => Function::Abs,
                _ => return Err(NoFormula),
            };
            Node::Call(function, given)
        }
        _ => return Err(NoFormula),
    })
}

impl Node {
    fn parts(&self, found: &mut BTreeSet<String>) {
        match self {
            Self::Number(_) => {}
            Self::Part(code) => drop(found.insert(code.clone())),
            Self::Minus(inner) => inner.parts(found),
            Self::Pair(left, _, right) => {
                left.parts(found);
                right.parts(found);
            }
            Self::Call(_, given) => given.iter().for_each(|node| node.parts(found)),
        }
    }

    fn figure(&self, part: &impl Fn(&str) -> Option<Exact>) -> Result<Exact, Gap> {
        Ok(match self {
            Self::Number(number) => Exact::from(*number),
            Self::Part(code) => part(code).ok_or(Gap::PartMissing)?,
            Self::Minus(inner) => -inner.figure(part)?,
            Self::Pair(left, sign, right) => {
                let (left, right) = (left.figure(part)?, right.figure(part)?);
                match sign {
                    Sign::Plus => left + right,
                    Sign::Minus => left - right,
                    Sign::Times => left * right,
                    Sign::Over => left.over(&right).ok_or(Gap::NothingToDivideBy)?,
                }
            }
            Self::Call(function, given) => {
                let given = given.iter().map(|node| node.figure(part)).collect::<Result<Vec<_>, _>>()?;
                let found = match function {
                    Function::Min => given.into_iter().min(),
                    Function::Max => given.into_iter().max(),
                    Function::Abs => given.first().map(Exact::abs),
                };
                found.ok_or(Gap::PartMissing)?
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Result<String, Gap> {
        let formula = Formula::parse(text).unwrap_or(Formula(Node::Part(String::new())));
        let part = |code: &str| match code {
            "A" => Some(Exact::whole(1)),
            "B_2" => Some(Exact::whole(3)),
            "NUL" => Some(Exact::zero()),
            _ => None,
        };
        formula.figure(&part)?.rounded().map(|value| value.to_string()).ok_or(Gap::TooLarge)
    }

    #[test]
    fn formulas_are_computed_exactly() {
        for (text, value) in [
            ("100 * A / B_2", "33.33"),
            ("A + B_2 * 2", "7"),
            ("(A + B_2) * -0.5", "-2"),
            ("5 / 2", "2.5"),
            ("0.1 + 0.2", "0.3"),
            ("max(A, B_2, 2) - min(A, B_2) + abs(0 - 4)", "6"),
            ("A - B_2 - 1", "-3"),
        ] {
            assert_eq!(figure(text).as_deref(), Ok(value), "{text}");
        }
        assert_eq!(figure("A / NUL"), Err(Gap::NothingToDivideBy));
        assert_eq!(figure("A + ABSENT"), Err(Gap::PartMissing));
        let parts = Formula::parse("100 * (A + C) / A").map(|formula| formula.parts());
        assert_eq!(parts, Ok(BTreeSet::from(["A".to_owned(), "C".to_owned()])));
    }

    #[test]
    fn what_is_no_formula_is_refused() {
        let deep = format!("{}A{}", "(".repeat(300), ")".repeat(300));
        for text in [
            "",
            "A B",
            "A +",
            "1_000",
            "A as u8",
            "A.b",
            "f(A)",
            "A < B",
            "if A {}",
            "\"x\"",
            "A; B",
            "A::B",
            "5u8",
            "1e3",
            "abs(A, A)",
            "min()",
            "A // B",
            "{A}",
            &deep,
        ] {
            assert_eq!(Formula::parse(text), Err(NoFormula), "{text}");
        }
    }
}
