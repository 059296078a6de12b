//! What other systems exchange with this one: the change feed, and the loading of history.

pub mod changes;
pub mod imports;
pub mod routes;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::changes);
    imports::routes(cfg);
}
