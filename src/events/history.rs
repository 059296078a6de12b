//! The history of one record, as people read it.

use crate::{
    clock::Instant,
    db::{
        AnyConn,
        schema::{assignments, org_units, users},
    },
    error::{Error, Fault, Result},
    events::{log, personal},
    http::{Cursor, Page, fields::Faults, query::Limit},
    ids::Id,
};
use deserr::Deserr;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// One change of a record.
#[derive(Debug, Serialize, ToSchema)]
pub struct History {
    /// When it took effect.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// When it was written down.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Instant,
    #[schema(example = "task.progress_reported")]
    pub kind: String,
    pub by: By,
    /// Whose deputy did it; null: it was done under the own assignment.
    pub on_behalf_of: Option<OnBehalfOf>,
    #[schema(example = 3, minimum = 0)]
    pub version: i32,
    /// Field → [old, new].
    #[schema(value_type = Object, additional_properties, example = json!({"progress": [20, 45]}))]
    pub changes: serde_json::Value,
    pub reason: Option<String>,
    /// Loaded as history, not done here.
    pub imported: bool,
    /// The account that loaded it.
    pub imported_by: Option<Id>,
}

impl History {
    /// What stands in a list that changed, before and after.
    pub fn listed(&self, field: &str) -> impl Iterator<Item = &Value> {
        let sides = self.changes.get(field).and_then(Value::as_array).into_iter().flatten();
        sides.filter_map(Value::as_array).flatten()
    }

    /// Leaves in a list that changed only what somebody may see.
    pub fn keep(&mut self, field: &str, seen: impl Fn(&Value) -> bool) {
        let sides = self.changes.get_mut(field).and_then(Value::as_array_mut).into_iter().flatten();
        for side in sides.filter_map(Value::as_array_mut) {
            side.retain(&seen);
        }
    }
}

/// Who did it, and as what.
#[derive(Debug, Default, Clone, Serialize, ToSchema)]
pub struct By {
    pub user_id: Option<Id>,
    #[schema(example = "Bí thư Chi bộ ấp Phú Hưng")]
    pub name: Option<String>,
    /// The assignment acted under.
    pub assignment_id: Option<Id>,
    #[schema(example = "leader")]
    pub role: Option<String>,
    #[schema(example = "Huyện ủy Mỏ Cày Bắc")]
    pub unit: Option<String>,
}

/// For whom a deputy did something.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OnBehalfOf {
    pub user_id: Id,
    #[schema(example = "Bí thư Huyện ủy Mỏ Cày Bắc")]
    pub name: Option<String>,
}

/// Paging through a history.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct HistoryQuery {
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}

/// A page of the history of a record that the caller has found inside its territory.
pub fn page(conn: &mut AnyConn, subject: Id, query: &HistoryQuery) -> Result<Page<History>> {
    page_of(conn, &[subject], query)
}

/// The same of a record, named first, with its parts.
pub fn page_of(conn: &mut AnyConn, subjects: &[Id], query: &HistoryQuery) -> Result<Page<History>> {
    let scope = format!("history|{:?}", subjects.first());
    let after = match &query.cursor {
        None => 0,
        Some(cursor) => {
            let [seq] = cursor.open(&scope)?;
            seq.parse()
                .map_err(|_| Error::from(Fault::parameter("cursor", crate::error::Code::CursorMismatch)))?
        }
    };
    let events = log::of_subjects(conn, subjects, after, query.limit.0 + 1)?;
    let page = Page::cut(events, query.limit.0, |event| Cursor::seal(&[event.seq.to_string()], &scope));
    let mut changes: Vec<serde_json::Value> =
        page.items.iter().map(|event| serde_json::from_str(&event.changes).unwrap_or_default()).collect();
    personal::reveal(conn, subjects, &mut changes)?;
    let mut changes = changes.into_iter();
    let people = People::of(
        conn,
        page.items.iter().flat_map(|event| [event.actor_user, event.on_behalf_of]).flatten().collect(),
        page.items.iter().filter_map(|event| event.acting_as).collect(),
    )?;
    Ok(page.map(|event| History {
        at: event.occurred_at,
        recorded_at: event.recorded_at,
        by: people.by(event.actor_user, event.acting_as),
        on_behalf_of: event.on_behalf_of.map(|holder| people.on_behalf_of(holder)),
        version: event.subject_version,
        changes: changes.next().unwrap_or_default(),
        imported: event.imported_by.is_some(),
        imported_by: event.imported_by,
        kind: event.kind,
        reason: event.reason,
    }))
}

/// Names of those who did something, and of what they acted as.
pub struct People {
    names: HashMap<Id, String>,
    posts: HashMap<Id, (String, Option<String>)>,
}

impl People {
    /// Looks up accounts and assignments.
    pub fn of(conn: &mut AnyConn, accounts: Vec<Id>, acting: Vec<Id>) -> Result<Self> {
        let names: Vec<(Id, String)> = users::table
            .filter(users::id.eq_any(accounts))
            .select((users::id, users::display_name))
            .load(conn)?;
        let posts: Vec<(Id, String, Option<String>)> = assignments::table
            .left_join(org_units::table)
            .filter(assignments::id.eq_any(acting))
            .select((assignments::id, assignments::role, org_units::name.nullable()))
            .load(conn)?;
        Ok(Self {
            names: names.into_iter().collect(),
            posts: posts.into_iter().map(|(id, role, unit)| (id, (role, unit))).collect(),
        })
    }

    /// Who it was, and as what.
    pub fn by(&self, user: Option<Id>, acting_as: Option<Id>) -> By {
        let post = acting_as.and_then(|id| self.posts.get(&id));
        By {
            user_id: user,
            name: user.and_then(|id| self.names.get(&id).cloned()),
            assignment_id: acting_as,
            role: post.map(|(role, _)| role.clone()),
            unit: post.and_then(|(_, unit)| unit.clone()),
        }
    }

    /// For whom it was.
    pub fn on_behalf_of(&self, user_id: Id) -> OnBehalfOf {
        OnBehalfOf { user_id, name: self.names.get(&user_id).cloned() }
    }
}
