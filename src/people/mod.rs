//! People: accounts and the assignments from which all rights come.

pub mod command_line;
pub mod create;
