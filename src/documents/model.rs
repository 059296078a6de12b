//! Placeholder until the room is merged.
use crate::{
    auth::Actor,
    db::{AnyConn, schema::documents},
    error::Result,
    ids::Id,
};
use diesel::prelude::*;
/// Whether a document may be named.
pub fn is_visible(conn: &mut AnyConn, _: &Actor, id: Id) -> Result<bool> {
    let n: i64 = documents::table.find(id).count().get_result(conn)?;
    Ok(n > 0)
}
