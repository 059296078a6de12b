//! Reports: read-only figures over what the rooms below keep. Nothing is stored here; every figure is
//! computed by `measures` from the facts of the day asked for, and explains itself.
//!
//! - `ground`: what every figure stands on: the tree of the day and the facts of its tasks;
//! - `task_rollup`, `overdue`, `ranking`, `concurrency`, `receipts`, `disseminations`, `registrations`,
//!   `coverage`, `criteria`, `indicators`, `reporting_status`, `burden`: one report each;
//! - `explain`, `explained`, `words`, `links`: the rules in words, what was left out, and the way to the records;
//! - `tag`, `answers`: when nothing changed, nothing is computed; `tallied`: after a change, what changed.

pub mod answers;
pub mod burden;
pub mod concurrency;
pub mod coverage;
pub mod criteria;
pub mod disseminations;
pub mod explain;
pub mod explained;
pub mod ground;
pub mod indicators;
pub mod links;
pub mod overdue;
pub mod ranking;
pub mod receipts;
pub mod registrations;
pub mod reporting_status;
pub mod routes;
pub mod tag;
pub mod tallied;
pub mod targets;
pub mod task_rollup;
pub mod wire;
pub mod words;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::task_rollup)
        .service(routes::overdue)
        .service(routes::ranking)
        .service(routes::concurrency)
        .service(routes::receipts)
        .service(routes::disseminations)
        .service(routes::registrations)
        .service(routes::coverage)
        .service(routes::indicator_rollup)
        .service(routes::indicator_trend)
        .service(routes::indicator_board)
        .service(targets::routes::target_scoreboard)
        .service(targets::routes::target_progress)
        .service(targets::routes::target_balance)
        .service(routes::criteria_board)
        .service(routes::reporting_status)
        .service(routes::burden);
}
