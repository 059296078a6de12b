//! Reading comments: who sees a programme sees what was said of it.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{programme_comments as comments, programmes},
    },
    error::{Error, Result},
    http::{Cursor, Page},
    ids::Id,
    org_units::model as units,
    programmes::{
        model as programme,
        wire::{CommentAnswer, ProgrammeComment, ProgrammeCommentQuery},
    },
};
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = comments, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub programme_id: Id,
    pub item_id: Option<Id>,
    pub revision: i32,
    pub round: i32,
    pub unit_id: Id,
    pub text: String,
    pub answer: Option<CommentAnswer>,
    pub answer_text: Option<String>,
    pub answered_at: Option<Instant>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// The only way to start a query on comments: those on programmes that the actor sees.
pub fn visible(actor: &Actor) -> comments::BoxedQuery<'static, MultiBackend> {
    let all = comments::table.into_boxed();
    let Some(unit) = &actor.unit else {
        let there = programmes::table.filter(programmes::deleted_at.is_null()).select(programmes::id);
        return all.filter(comments::programme_id.eq_any(there));
    };
    all.filter(comments::programme_id.eq_any(programme::ids_within(&unit.path, actor.detail_depth)))
}

/// One comment, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(comments::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// One comment as the actor sees it.
pub fn show(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<ProgrammeComment> {
    let row = find(conn, actor, id)?;
    wire_one(conn, row)
}

/// The comments on a programme, in the order in which they were made.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    programme: Id,
    query: &ProgrammeCommentQuery,
) -> Result<Page<ProgrammeComment>> {
    let id = programme::find(conn, actor, programme)?.row.id;
    let mut rows = visible(actor).filter(comments::programme_id.eq(id));
    if let Some(revision) = query.revision {
        rows = rows.filter(comments::revision.eq(revision.0));
    }
    if let Some(round) = query.round {
        rows = rows.filter(comments::round.eq(round.0));
    }
    if let Some(item) = query.item_id {
        rows = rows.filter(comments::item_id.eq(item));
    }
    if query.unanswered.0 {
        rows = rows.filter(comments::answer.is_null());
    }
    let asked = (query.revision, query.round, query.item_id, query.unanswered.0);
    let scope = format!("programme_comments|{id}|{asked:?}|{}", actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [after] = cursor.open(&scope)?;
        rows = rows.filter(comments::id.gt(after));
    }
    let found = rows.order(comments::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(found, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { items: wire(conn, page.items)?, next_cursor: page.next_cursor })
}

/// The wire form of one comment.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<ProgrammeComment> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<ProgrammeComment>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let names = units::references(conn, &ids)?;
    let one = |row: Row| {
        let unit = names.get(&row.unit_id).cloned();
        Ok(ProgrammeComment {
            id: row.id,
            programme_id: row.programme_id,
            item_id: row.item_id,
            revision: row.revision,
            round: row.round,
            unit: unit.ok_or_else(|| Error::internal("a comment without its unit"))?,
            text: row.text,
            answer: row.answer,
            answer_text: row.answer_text,
            answered_at: row.answered_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}
