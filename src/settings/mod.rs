//! Settings of the instance: what a deployment may decide for itself, with defaults that need nothing.

pub mod change;
pub mod model;
pub mod routes;
pub mod wire;

pub use model::{
    due_soon_days, due_soon_days_of, hard_to_meet_below_pct, loading_window_ends_on, reads_kept_days,
    stale_days,
};

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::show).service(routes::change);
}
