//! Sets of criteria (bộ tiêu chí), such as those of new-rural communes, and how units stand to them.
//!
//! A set is versioned data, of the whole instance or of the unit at the top of a tree: a draft is written,
//! then it is issued and frozen; another content is another version, and units begin unassessed under it.
//! A unit says of itself which criteria it meets, a unit above verifies or returns; nothing of that is ever
//! changed or deleted. A unit is recognised by decision only, and a recognition is withdrawn by decision only.
//!
//! When a unit closes, nothing passes on: what was said of it and its recognitions stay with it. Its successor
//! begins unassessed, and the board says what its predecessors held.

pub mod assessments;
pub mod facts;
pub mod recognitions;
pub mod sets;
pub mod unit_rules;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(sets::routes::list)
        .service(sets::routes::create)
        .service(sets::routes::show)
        .service(sets::routes::change)
        .service(sets::routes::issue)
        .service(sets::routes::history)
        .service(assessments::routes::list)
        .service(assessments::routes::assess)
        .service(assessments::routes::show)
        .service(assessments::routes::verify)
        .service(assessments::routes::return_)
        .service(unit_rules::routes::list)
        .service(unit_rules::routes::create)
        .service(recognitions::routes::list)
        .service(recognitions::routes::recognise)
        .service(recognitions::routes::show)
        .service(recognitions::routes::withdraw)
        .service(recognitions::routes::history);
}
