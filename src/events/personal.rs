//! Personal values stand beside the log, which refers to them: so they can be erased, and the chain
//! still verifies.
//!
//! The log holds `{"ref": id, "hash": salted hash}`; value and salt are a row of `personal_values`.
//! Without the salt the hash tells nothing, not even to somebody who guesses the value.

use crate::{
    db::{AnyConn, schema::personal_values},
    error::{Error, Result},
    events::chain::salted,
    ids::{Id, random},
    on,
};
use diesel::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// What is shown of a value that is gone.
pub const GONE: &str = "***";

/// A field of changes that holds personal values, and whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    pub person: Id,
    pub field: String,
}

/// Puts the values of personal fields aside and leaves references in the changes.
pub fn put_aside(
    conn: &mut AnyConn,
    root: Option<Id>,
    changes: &mut Map<String, Value>,
    fields: &[Personal],
) -> Result<()> {
    let mut rows = Vec::new();
    for Personal { person, field } in fields {
        let pair = changes.get_mut(field).and_then(Value::as_array_mut);
        for value in pair.into_iter().flatten().filter(|value| !value.is_null()) {
            let (id, salt) = (Id::new(), format!("{:032x}", u128::from_be_bytes(random()?)));
            let text = value.to_string();
            *value = json!({"ref": id, "hash": salted(&salt, &text)});
            rows.push((
                personal_values::id.eq(id),
                personal_values::root_id.eq(root),
                personal_values::subject_id.eq(*person),
                personal_values::field.eq(field),
                personal_values::value.eq(text),
                personal_values::salt.eq(salt),
            ));
        }
    }
    if !rows.is_empty() {
        on!(conn, c => diesel::insert_into(personal_values::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Shows the values of these people in changes; `***` where they are gone, or somebody else's.
pub fn reveal(conn: &mut AnyConn, people: &[Id], changes: &mut [Value]) -> Result<()> {
    let ids: Vec<String> = changes.iter_mut().flat_map(values).filter_map(|v| reference(v)).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let known: HashMap<String, String> = personal_values::table
        .filter(personal_values::id.eq_any(ids).and(personal_values::subject_id.eq_any(people)))
        .select((personal_values::id, personal_values::value))
        .load::<(String, String)>(conn)?
        .into_iter()
        .collect();
    for value in changes.iter_mut().flat_map(values) {
        if let Some(id) = reference(value) {
            let text = known.get(&id).and_then(|text| serde_json::from_str(text).ok());
            *value = text.unwrap_or_else(|| GONE.into());
        }
    }
    Ok(())
}

/// Erases all that is kept of a person; gives how many values.
pub fn erase(conn: &mut AnyConn, person: Id) -> Result<usize> {
    diesel::delete(personal_values::table.filter(personal_values::subject_id.eq(person)))
        .execute(conn)
        .map_err(Error::from)
}

/// The values that changes of a record, as the log holds them, refer to: id and hash.
pub fn references(changes: &str) -> Vec<(String, String)> {
    // Hardly any event has one: only then the text is taken apart.
    if !changes.contains("{\"ref\":") {
        return Vec::new();
    }
    let mut changes = serde_json::from_str(changes).unwrap_or_default();
    let found = values(&mut changes).filter_map(|value| {
        let hash = value.get("hash").and_then(Value::as_str)?.to_owned();
        Some((reference(value)?, hash))
    });
    found.collect()
}

/// The hashes that values would be referred to by now; those that are gone are left out.
pub fn hashes(conn: &mut AnyConn, ids: Vec<String>) -> Result<HashMap<String, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String, String)> = personal_values::table
        .filter(personal_values::id.eq_any(ids))
        .select((personal_values::id, personal_values::salt, personal_values::value))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, salt, value)| (id, salted(&salt, &value))).collect())
}

/// Old and new of every field.
fn values(changes: &mut Value) -> impl Iterator<Item = &mut Value> {
    let fields = changes.as_object_mut().into_iter().flatten();
    fields.filter_map(|(_, pair)| pair.as_array_mut()).flatten()
}

/// The id of a personal value, if this refers to one.
fn reference(value: &Value) -> Option<String> {
    let members = value.as_object().filter(|members| members.len() == 2 && members.contains_key("hash"))?;
    members.get("ref").and_then(Value::as_str).map(Into::into)
}
