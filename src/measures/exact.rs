//! Exact fractions: what sums, shares and formulas are computed in, whatever their size.

use crate::measures::Decimal;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

/// A fraction in lowest terms.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

impl Exact {
    /// 0.
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self(BigRational::from_integer(number.into()))
    }

    /// This divided by another one; `None` by 0.
    pub fn over(&self, other: &Self) -> Option<Self> {
        (!other.0.is_zero()).then(|| Self(&self.0 / &other.0))
    }

    /// True for 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Its size without its sign.
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// To two decimals, a half away from zero, as every `value` is written; `None` only beyond 36 figures.
    pub fn rounded(&self) -> Option<Decimal> {
        self.rounded_to(2)
    }

    /// To some decimals, a half away from zero.
    pub fn rounded_to(&self, decimals: u32) -> Option<Decimal> {
        let scaled = &self.0 * BigInt::from(10).pow(decimals);
        // `round` of num-rational goes away from zero at a half.
        scaled.round().to_integer().to_i128().map(|units| Decimal::scaled(units, decimals))
    }
}

impl From<Decimal> for Exact {
    fn from(decimal: Decimal) -> Self {
        let (units, scale) = decimal.parts();
        Self(BigRational::new(units.into(), BigInt::from(10).pow(scale)))
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

impl Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::zero(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::from(text.parse::<Decimal>().unwrap_or(Decimal::ZERO))
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (text, rounded) in
            [("1.005", "1.01"), ("-1.005", "-1.01"), ("2.994999999", "2.99"), ("-0.004", "0"), ("7", "7")]
        {
            assert_eq!(
                exact(text).rounded().map(|value| value.to_string()).as_deref(),
                Some(rounded),
                "{text}"
            );
        }
        let third = exact("1").over(&exact("3"));
        assert_eq!(
            third.and_then(|third| third.rounded()).map(|value| value.to_string()).as_deref(),
            Some("0.33")
        );
        assert_eq!(exact("1").over(&Exact::zero()), None);
    }

    #[test]
    fn decimals_read_what_they_write() {
        for text in ["0", "-3.25", "123456789012345678.123456789", "0.000000001"] {
            assert_eq!(text.parse::<Decimal>().map(|value| value.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "-", ".5", "1.", "1e3", "1,5", "+1", "1234567890123456789", "0.1234567891", " 1"] {
            assert_eq!(text.parse::<Decimal>(), Err(()), "{text}");
        }
    }
}
