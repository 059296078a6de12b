//! Field types that carry their own rules: a value of one of these is clean, and the OpenAPI
//! document shows the limits, because both come from the type.

mod faults;
mod figures;
mod texts;
mod values;

pub use faults::{Faults, string};
pub use figures::{Amount, Bound};
pub use texts::{Line, Prose, Reason, Words, word, word_schema};
pub use values::{Day, Few, Whole};
