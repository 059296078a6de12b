//! Registration rounds (đợt đăng ký đầu việc): a document orders units to register their tasks, the unit
//! that opened the round accepts or returns what they register, and each accepted line becomes a task,
//! once.
//!
//! A unit called upon has its registration from then on, `not_started` at first, so that who is missing
//! is seen. Quotas warn and refuse nothing. What the superior imposes on a unit, the unit can neither
//! delete nor weaken. Accepted lines are frozen with their tasks; more come by a supplement.

pub mod answer;
pub mod diff;
pub mod impose;
pub mod lines;
pub mod list;
pub mod model;
pub mod rounds;
pub mod routes;
pub mod save;
pub mod step;
pub mod tasks;
pub mod transfer;
pub mod wire;
pub mod workflow;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(rounds::routes::list)
        .service(rounds::routes::create)
        .service(rounds::routes::show)
        .service(rounds::routes::change)
        .service(rounds::routes::close)
        .service(rounds::routes::cancel)
        .service(rounds::routes::history)
        .service(routes::list)
        .service(routes::start)
        .service(routes::impose_on_many)
        .service(routes::show)
        .service(routes::submit)
        .service(routes::accept)
        .service(routes::return_)
        .service(routes::supplement)
        .service(routes::impose)
        .service(routes::history)
        .service(lines::routes::list)
        .service(lines::routes::add)
        .service(lines::routes::show)
        .service(lines::routes::change)
        .service(lines::routes::remove)
        .service(lines::routes::raise);
}
