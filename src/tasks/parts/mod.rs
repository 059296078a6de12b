//! Parts: what coordinating units (đơn vị phối hợp) contribute to a task that another unit leads.
//!
//! A part has its own description, due date, reports and acceptance. No figure looks at it. The unit
//! that has one sees the task, wherever it lies, and changes nothing of it.

pub mod command;
pub mod create;
pub mod edit;
pub mod model;
pub mod report;
pub mod transfer;
pub mod workflow;
