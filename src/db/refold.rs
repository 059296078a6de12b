//! Folds what was stored before its folded column was: no script can, because folding is ours.
//!
//! The scripts leave an empty text where there is something to fold. A start that ends in the middle
//! leaves the rest to the next one; a text that folds to nothing is looked at again each time.

use diesel::{dsl::sql, prelude::*, sql_types::Bool};

use super::{
    AnyConn,
    schema::{document_contents as contents, tasks},
};
use crate::{error::Result, ids::Id, text};

/// How many rows are held at a time: a content may be a megabyte.
const CHUNK: i64 = 50;

/// In the words of the indexes of what waits: SQLite takes them for no other, and would read every task at
/// every start.
const UNFOLDED: &str = "search_text = ''";

/// Folds what waits for it; nothing, as a rule.
pub(super) fn refold(conn: &mut AnyConn) -> Result<()> {
    let mut last = String::new();
    loop {
        let rows: Vec<(Id, String)> = contents::table
            .filter(sql::<Bool>(UNFOLDED).and(contents::document_id.gt(&last)))
            .order(contents::document_id)
            .limit(CHUNK)
            .select((contents::document_id, contents::content))
            .load(conn)?;
        let Some((id, _)) = rows.last() else { break };
        last = id.to_string();
        for (id, content) in rows {
            let folded = contents::search_text.eq(text::fold(&content));
            diesel::update(contents::table.find(id)).set(folded).execute(conn)?;
        }
    }
    refold_tasks(conn)
}

type Task = (Id, String, Option<String>, Option<String>, Option<String>);

fn refold_tasks(conn: &mut AnyConn) -> Result<()> {
    let mut last = String::new();
    loop {
        let rows: Vec<Task> = tasks::table
            .filter(sql::<Bool>(UNFOLDED).and(tasks::id.gt(&last)))
            .order(tasks::id)
            .limit(CHUNK)
            .select((tasks::id, tasks::title, tasks::code, tasks::description, tasks::expected_product))
            .load(conn)?;
        let Some((id, ..)) = rows.last() else { return Ok(()) };
        last = id.to_string();
        for (id, title, code, description, product) in rows {
            let texts = [Some(&*title), code.as_deref(), description.as_deref(), product.as_deref()];
            let folded = tasks::search_text.eq(text::fold_all(texts));
            diesel::update(tasks::table.find(id)).set(folded).execute(conn)?;
        }
    }
}
