//! Fractions of small numbers, for figures that are counted again in the plainest way.

/// A fraction, its denominator positive.
#[derive(Debug, Clone, Copy)]
pub struct Fraction(pub i128, pub i128);

impl Fraction {
    pub fn new(num: i128, den: i128) -> Self {
        fn gcd(a: i128, b: i128) -> i128 {
            if b == 0 { a.abs() } else { gcd(b, a % b) }
        }
        let by = gcd(num, den).max(1) * den.signum();
        Self(num / by, den / by)
    }
    pub fn plus(self, other: Self) -> Self {
        Self::new(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }
    pub fn times(self, other: Self) -> Self {
        Self::new(self.0 * other.0, self.1 * other.1)
    }
    pub fn over(self, other: Self) -> Option<Self> {
        (other.0 != 0).then(|| Self::new(self.0 * other.1, self.1 * other.0))
    }
    pub fn same(self, other: Self) -> bool {
        (self.0, self.1) == (other.0, other.1)
    }
    /// As the wire writes it: two decimals at most, half away from zero.
    pub fn text(self) -> String {
        let size = (self.0.abs() * 100 * 2 + self.1) / (self.1 * 2);
        let sign = if self.0 < 0 && size != 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:02}", size / 100, size % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}
