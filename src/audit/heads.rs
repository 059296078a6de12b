//! Signed heads, as they are shown.

use crate::{
    clock::Instant,
    db::{AnyConn, schema::chain_heads},
    error::{Code, Error, Fault, Result},
    events::seal::SignedHead,
    http::{Cursor, Page, fields::Faults, query::Limit},
};
use deserr::Deserr;
use diesel::prelude::*;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A signed end of the event chain: kept out of reach of the database's owner, it proves later what
/// the log held.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditHead {
    /// Position of the last sealed event.
    #[schema(example = 1204, minimum = 1)]
    pub n: i64,
    /// Id of that event.
    #[schema(example = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d")]
    pub event_id: String,
    /// SHA-256 over that event and everything before it, in hexadecimal.
    #[schema(example = "74dc0710370c5f9fa048a87453bc857c4d749e273c605c4dedbe0c6a959cf69c")]
    pub hash: String,
    /// Events since the head before.
    #[schema(example = 31, minimum = 1)]
    pub count: i64,
    #[schema(value_type = String, format = DateTime)]
    pub sealed_at: Instant,
    /// All this, signed with the service's key (compact JWS, EdDSA, `typ` `tiendo-audit-head`).
    #[schema(example = "eyJ0eXAiOiJ0aWVuZG8tYXVkaXQtaGVhZCIsImFsZyI6IkVkRFNBIn0…")]
    pub jws: String,
}

impl From<SignedHead> for AuditHead {
    fn from(head: SignedHead) -> Self {
        let SignedHead { n, event_id, hash, count, sealed_at, jws } = head;
        Self { n, event_id, hash, count, sealed_at, jws }
    }
}

/// Paging through heads.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct HeadQuery {
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}

/// What the cursors are bound to.
const HEADS: &str = "audit-heads";

/// A page of heads, newest first.
pub fn page(conn: &mut AnyConn, query: &HeadQuery) -> Result<Page<AuditHead>> {
    let before = match &query.cursor {
        None => i64::MAX,
        Some(cursor) => {
            let [n] = cursor.open(HEADS)?;
            n.parse().map_err(|_| Error::from(Fault::parameter("cursor", Code::CursorMismatch)))?
        }
    };
    let heads: Vec<SignedHead> = chain_heads::table
        .filter(chain_heads::n.lt(before))
        .order(chain_heads::n.desc())
        .limit(query.limit.0 + 1)
        .select(SignedHead::as_select())
        .load(conn)?;
    let page = Page::cut(heads, query.limit.0, |head| Cursor::seal(&[head.n.to_string()], HEADS));
    Ok(page.map(AuditHead::from))
}
