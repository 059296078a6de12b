//! Numbers that look like chance: the same seed tells the same story in every run.

/// A small generator (xorshift).
pub struct Dice(u64);

impl Dice {
    /// One for each seed.
    pub fn new(seed: u64) -> Self {
        // Small seeds alone would start alike, and zero would stay zero.
        Self(0x9E37_79B9_7F4A_7C15 ^ seed.wrapping_mul(0x2545_F491_4F6C_DD1D))
    }

    /// A number below `n`.
    pub fn below<N: TryFrom<u64> + TryInto<u64>>(&mut self, n: N) -> N {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let n: u64 = n.try_into().ok().unwrap();
        N::try_from(self.0 % n).ok().unwrap()
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}
