//! Tasks (đầu việc): registered or assigned, reported on, handed in, confirmed or returned.
//!
//! The life cycle (stored), the timeliness (computed), the result against the requirement (judged by
//! the confirmer) and the freshness are four facts, never one column. Statuses move by commands only.

pub mod batch;
pub mod beside;
pub mod cascade;
pub mod change;
pub mod clarity;
pub mod command;
pub mod create;
pub mod extension;
pub mod facts;
pub mod kept;
pub mod lean;
pub mod links;
pub mod list;
pub mod load;
pub mod milestones;
pub mod model;
pub mod of_duty;
pub mod of_source;
pub mod ordered;
pub mod parts;
pub mod past;
pub mod progress;
pub mod routes;
pub mod save;
pub mod serving;
pub mod show;
pub mod steps;
pub mod transfer;
pub mod weight;
pub mod wire;
pub mod workflow;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::batch)
        .service(routes::show)
        .service(routes::change)
        .service(routes::remove)
        .service(routes::accept)
        .service(routes::return_)
        .service(routes::resubmit)
        .service(routes::start)
        .service(routes::submit)
        .service(routes::confirm)
        .service(routes::close)
        .service(routes::cancel)
        .service(routes::reopen)
        .service(routes::report_progress)
        .service(routes::progress_reports)
        .service(routes::request_extension)
        .service(routes::extensions)
        .service(routes::approve_extension)
        .service(routes::reject_extension)
        .service(routes::milestones)
        .service(routes::add_milestone)
        .service(routes::show_milestone)
        .service(routes::change_milestone)
        .service(routes::remove_milestone)
        .service(routes::complete_milestone)
        .service(routes::parts)
        .service(routes::add_part)
        .service(routes::show_part)
        .service(routes::change_part)
        .service(routes::remove_part)
        .service(routes::report_on_part)
        .service(routes::part_reports)
        .service(routes::submit_part)
        .service(routes::accept_part)
        .service(routes::return_part)
        .service(routes::clarity)
        .service(routes::origins)
        .service(routes::thread)
        .service(routes::history);
}
