//! What units above say of a programme before it is adopted, and what the unit answers: taken up (tiếp
//! thu) or explained (giải trình). Each stays, with its round, whatever becomes of the draft.

pub mod model;
pub mod routes;
pub mod write;
