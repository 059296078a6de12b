//! Who acts: passwords, tokens, sessions, and the gate every request goes through.

pub mod account;
pub mod actor;
pub mod actors;
pub mod checked;
pub mod deputies;
pub mod gate;
pub mod history;
pub mod keys;
pub mod once;
pub mod password;
pub mod reading;
pub mod reads;
pub mod routes;
pub mod sessions;
pub mod throttle;
pub mod wire;
pub mod writing;

pub use actor::Actor;
pub use gate::{Gate, Reading, Writing};
