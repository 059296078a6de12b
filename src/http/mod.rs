//! The wire conventions, once each: problems, bodies, queries, pages, versions, language.

pub mod addresses;
pub mod answer;
pub mod body;
pub mod fields;
pub mod narrow;
pub mod page;
pub mod patch;
pub mod problem;
pub mod query;
pub mod request;
pub mod routes;
pub mod version;

pub use answer::Answer;
pub use body::Body;
pub use page::{Cursor, Page};
pub use patch::{Field, Set};
pub use query::Query;
pub use routes::Routes;
