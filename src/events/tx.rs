//! A write in progress: the open transaction, who writes, and when the facts take effect.

use crate::{
    clock::Instant,
    db::{AnyConn, Change, schema::events, together},
    error::{Error, Result},
    events::personal::{Personal, put_aside},
    ids::Id,
    place::Place,
};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Who writes, as the log records it.
#[derive(Debug, Clone, Default)]
pub struct Author {
    /// The person; absent for work that an import says nobody in particular did.
    pub user: Option<Id>,
    /// The assignment the person acts under.
    pub acting_as: Option<Id>,
    /// The holder of that assignment, when the person is a deputy.
    pub on_behalf_of: Option<Id>,
    /// Who loaded this as history.
    pub imported_by: Option<Id>,
}

/// An open write transaction. Functions that change anything take this, not a bare connection.
pub struct Tx<'a> {
    pub conn: &'a mut AnyConn,
    pub author: Author,
    pub request_id: String,
    /// When the facts take effect: the business clock, or the stated time of an import.
    pub at: Instant,
    /// When they were written down.
    pub recorded_at: Instant,
}

/// One change of one record.
pub struct Event<'a> {
    /// What happened, e.g. `task.progress_reported`.
    pub kind: &'static str,
    pub subject_type: &'static str,
    pub subject_id: Id,
    pub subject_version: i32,
    /// The unit it happened in; none for the instance itself.
    pub place: Option<&'a Place>,
    pub changes: Changes,
    pub reason: Option<&'a str>,
}

impl Tx<'_> {
    /// Appends the event of a change just made; personal values are put aside, where they can be erased.
    pub fn append(&mut self, event: Event) -> Result<()> {
        let entry = self.entry(event)?;
        together(self.conn, &[], &entry)?;
        Ok(())
    }

    /// The same as a change to be made together with the one it tells of.
    pub fn entry<'a>(&mut self, event: Event<'a>) -> Result<impl Change + use<'a>> {
        let Changes { mut fields, personal } = event.changes;
        put_aside(self.conn, event.place.map(|p| p.root_id), &mut fields, &personal)?;
        let changes = serde_json::to_string(&fields).map_err(Error::internal)?;
        Ok(diesel::insert_into(events::table).values((
            events::id.eq(Id::new()),
            events::occurred_at.eq(self.at.millis()),
            events::recorded_at.eq(self.recorded_at.millis()),
            events::imported_by.eq(self.author.imported_by),
            events::actor_user.eq(self.author.user),
            events::acting_as.eq(self.author.acting_as),
            events::on_behalf_of.eq(self.author.on_behalf_of),
            events::request_id.eq(self.request_id.clone()),
            events::root_unit.eq(event.place.map(|p| p.root_id)),
            events::unit_id.eq(event.place.map(|p| p.id)),
            events::unit_path.eq(event.place.map_or("", |p| p.path.as_str())),
            events::kind.eq(event.kind),
            events::subject_type.eq(event.subject_type),
            events::subject_id.eq(event.subject_id),
            events::subject_version.eq(event.subject_version),
            events::changes.eq(changes),
            events::reason.eq(event.reason),
        )))
    }

    /// Does something whole or not at all: in a savepoint of its own.
    pub fn attempt<T>(&mut self, f: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let (author, request_id) = (self.author.clone(), self.request_id.clone());
        let (at, recorded_at) = (self.at, self.recorded_at);
        self.conn.transaction(|conn| f(&mut Tx { conn, author, request_id, at, recorded_at }))
    }

    /// True while loading history.
    pub fn is_import(&self) -> bool {
        self.author.imported_by.is_some()
    }
}

/// What changed: field → [old, new].
#[derive(Debug, Default, Clone)]
pub struct Changes {
    fields: Map<String, Value>,
    personal: Vec<Personal>,
}

/// Fields that change with every write and say nothing.
const SILENT: [&str; 5] = ["version", "updated_at", "actions", "timeliness", "counted_progress"];

impl Changes {
    /// No field changed, the kind says it all.
    pub fn none() -> Self {
        Self::default()
    }

    /// All fields of a new record.
    pub fn new_record(record: &impl Serialize) -> Result<Self> {
        Self::between(&Value::Object(Map::new()), record)
    }

    /// The fields in which two states of one record differ.
    pub fn between(old: &impl Serialize, new: &impl Serialize) -> Result<Self> {
        let object = |value: Value| match value {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        let mut old = object(serde_json::to_value(old).map_err(Error::internal)?);
        let new = object(serde_json::to_value(new).map_err(Error::internal)?);
        let mut changes = Map::new();
        for (field, value) in new {
            let before = old.remove(&field).unwrap_or(Value::Null);
            if before != value && !SILENT.contains(&field.as_str()) {
                changes.insert(field, json!([before, value]));
            }
        }
        for (field, before) in old {
            if !before.is_null() && !SILENT.contains(&field.as_str()) {
                changes.insert(field, json!([before, null]));
            }
        }
        Ok(Self { fields: changes, personal: Vec::new() })
    }

    /// Adds one field.
    pub fn and(mut self, field: &str, old: impl Into<Value>, new: impl Into<Value>) -> Self {
        self.fields.insert(field.into(), json!([old.into(), new.into()]));
        self
    }

    /// Both together.
    pub fn joined(mut self, more: Self) -> Self {
        self.fields.extend(more.fields);
        self.personal.extend(more.personal);
        self
    }

    /// Keeps the values of a person's fields out of the log, which cannot be erased: it refers to them.
    pub fn personal(mut self, person: Id, fields: &[&str]) -> Self {
        self.personal.extend(fields.iter().map(|field| Personal { person, field: (*field).into() }));
        self
    }
}
