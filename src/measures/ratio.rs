//! Exact numbers. Nothing is rounded before it is written out, and nothing is ever a float inside.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// The rounding of every `value`: to two decimals, a half goes away from zero.
pub const ROUNDING: &str = "half_away_from_zero";

/// The decimals of a `value`.
const VALUE_DECIMALS: u32 = 2;

/// An exact decimal, `units / 10^scale`, without needless zeros: equal numbers are equal here. In a
/// column it is its text.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Decimal {
    units: i128,
    scale: u32,
}

impl Decimal {
    pub const ZERO: Self = Self { units: 0, scale: 0 };

    /// A whole number, such as a count.
    pub fn whole(number: i64) -> Self {
        Self { units: i128::from(number), scale: 0 }
    }

    /// `units / 10^scale`, for scales of up to nine decimals.
    pub const fn scaled(mut units: i128, mut scale: u32) -> Self {
        while scale > 0 && units % 10 == 0 {
            units /= 10;
            scale -= 1;
        }
        Self { units, scale }
    }

    /// Its units and the power of ten they are divided by.
    pub const fn parts(self) -> (i128, u32) {
        (self.units, self.scale)
    }

    /// How many decimals it is written with.
    pub const fn decimals(self) -> u32 {
        self.scale
    }

    /// The number of units of `1 / 10^scale`, where `scale` is not below its own.
    const fn units_at(self, scale: u32) -> i128 {
        self.units * 10_i128.pow(scale.saturating_sub(self.scale))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10_u128.pow(self.scale);
        let size = self.units.unsigned_abs();
        if self.units < 0 {
            f.write_str("-")?;
        }
        write!(f, "{}", size / one)?;
        if self.scale > 0 {
            let width = usize::try_from(self.scale).map_err(|_| fmt::Error)?;
            write!(f, ".{:0width$}", size % one)?;
        }
        Ok(())
    }
}

impl FromStr for Decimal {
    type Err = ();

    /// Reads what `Display` writes: figures with a minus before and a point inside, up to 27 of them, nine
    /// after the point.
    fn from_str(text: &str) -> Result<Self, ()> {
        let size = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = size.split_once('.').unwrap_or((size, "0"));
        let figures = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !figures(whole) || !figures(decimals) || whole.len() > 18 || decimals.len() > 9 {
            return Err(());
        }
        let units: i128 = format!("{whole}{decimals}").parse().map_err(|_| ())?;
        let scale = u32::try_from(decimals.len()).map_err(|_| ())?;
        Ok(Self::scaled(if text.starts_with('-') { -units } else { units }, scale))
    }
}

impl Serialize for Decimal {
    /// A JSON number. Whole ones are integers; the others go through the float nearest to the
    /// exact text, which prints as that very text for up to 15 digits. Only here, at the edge.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match i64::try_from(self.units) {
            Ok(whole) if self.scale == 0 => serializer.serialize_i64(whole),
            _ => serializer.serialize_f64(self.to_string().parse().map_err(S::Error::custom)?),
        }
    }
}

/// A share, kept as its two exact parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"num": 36, "den": 90, "value": 40}))]
pub struct Ratio {
    /// What counts.
    #[schema(value_type = f64)]
    num: Decimal,
    /// Out of what.
    #[schema(value_type = f64)]
    den: Decimal,
    /// `100 × num / den`, rounded to two decimals, half away from zero; null when `den` is 0.
    #[schema(value_type = Option<f64>)]
    value: Option<Decimal>,
}

impl Ratio {
    /// The share of two exact numbers.
    pub fn new(num: Decimal, den: Decimal) -> Self {
        let value = fraction(num, den).map(|(num, den)| {
            let parts = num * 100 * 10_i128.pow(VALUE_DECIMALS);
            Decimal::scaled(divide_rounded(parts, den), VALUE_DECIMALS)
        });
        Self { num, den, value }
    }

    /// The share of two counts.
    pub fn of_counts(num: i64, den: i64) -> Self {
        Self::new(Decimal::whole(num), Decimal::whole(den))
    }

    /// What counts.
    pub fn num(&self) -> Decimal {
        self.num
    }

    /// Out of what.
    pub fn den(&self) -> Decimal {
        self.den
    }

    /// In per cent, rounded; `None` when there is nothing to divide by.
    pub fn value(&self) -> Option<Decimal> {
        self.value
    }

    /// The exact share in lowest terms, its denominator positive; `None` when `den` is 0.
    pub fn exact(&self) -> Option<(i128, i128)> {
        fraction(self.num, self.den)
    }

    /// Compares the exact shares, not the rounded values; `None` when one of them does not exist.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        Some(compare_fractions(self.exact()?, other.exact()?))
    }
}

/// `num / den` in lowest terms with a positive denominator.
fn fraction(num: Decimal, den: Decimal) -> Option<(i128, i128)> {
    let scale = num.scale.max(den.scale);
    let (num, den) = (num.units_at(scale), den.units_at(scale));
    if den == 0 {
        return None;
    }
    let (mut divisor, mut rest) = (num, den);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    if (divisor < 0) != (den < 0) {
        divisor = -divisor;
    }
    Some((num / divisor, den / divisor))
}

/// Compares two fractions with positive denominators digit by digit, as Euclid would: cross
/// products of long sums could leave even 128 bits, remainders cannot.
fn compare_fractions((mut a, mut b): (i128, i128), (mut c, mut d): (i128, i128)) -> Ordering {
    loop {
        match a.div_euclid(b).cmp(&c.div_euclid(d)) {
            Ordering::Equal => {}
            unequal => return unequal,
        }
        let (left, right) = (a.rem_euclid(b), c.rem_euclid(d));
        if left == 0 || right == 0 {
            return left.cmp(&right);
        }
        // left/b against right/d is d/right against b/left.
        (a, b, c, d) = (d, right, b, left);
    }
}

/// `num / den` to the nearest whole number, a half away from zero; `den` is positive.
fn divide_rounded(num: i128, den: i128) -> i128 {
    let (whole, rest) = (num / den, num % den);
    if rest.abs() >= den - rest.abs() { whole + num.signum() } else { whole }
}
