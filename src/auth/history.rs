//! Histories over HTTP: every room answers alike.

use crate::{
    auth::{Actor, Reading},
    db::AnyConn,
    error::Result,
    events::history::{HistoryQuery, page},
    ids::Id,
    policy::Action,
};
use actix_web::HttpResponse;

impl Reading {
    /// A page of the history of a record that `find` finds inside the territory.
    pub async fn history<T: 'static>(
        &self,
        action: Action,
        id: Id,
        query: HistoryQuery,
        find: fn(&mut AnyConn, &Actor, Id) -> Result<T>,
    ) -> Result<HttpResponse> {
        let job = move |conn: &mut AnyConn, actor: &Actor| {
            find(conn, actor, id)?;
            page(conn, id, &query)
        };
        Ok(HttpResponse::Ok().json(self.read(action, job).await?))
    }
}
