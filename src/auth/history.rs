//! Histories over HTTP: every room answers alike.

use crate::{
    auth::{Actor, Reading},
    db::AnyConn,
    error::Result,
    events::history::{History, HistoryQuery, page},
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
        self.history_but(action, id, query, find, |_, _, _| Ok(())).await
    }

    /// The same, where changes name other records: `hide` takes out what the reader does not see.
    pub async fn history_but<T: 'static>(
        &self,
        action: Action,
        id: Id,
        query: HistoryQuery,
        find: fn(&mut AnyConn, &Actor, Id) -> Result<T>,
        hide: fn(&mut AnyConn, &Actor, &mut [History]) -> Result<()>,
    ) -> Result<HttpResponse> {
        let job = move |conn: &mut AnyConn, actor: &Actor| {
            find(conn, actor, id)?;
            let mut page = page(conn, id, &query)?;
            hide(conn, actor, &mut page.items)?;
            Ok(page)
        };
        Ok(HttpResponse::Ok().json(self.read(action, job).await?))
    }
}
