//! Versions of what forms ask.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::form_versions as versions},
    error::{Error, Result},
    forms::{
        model::find,
        wire::{FormContent, FormVersion},
    },
    http::{Page, body},
    ids::Id,
    measures::{Allowed, Period},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// A version of the content.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = versions)]
pub struct VersionRow {
    pub form_id: Id,
    pub n: i32,
    pub root_id: Id,
    pub from_period: Period,
    pub starts_on: NaiveDate,
    /// As JSON.
    pub content: String,
    pub set_at: Instant,
    pub set_by: Option<Id>,
}

impl VersionRow {
    /// What it says.
    pub fn read(self) -> Result<Version> {
        let json = serde_json::from_str(&self.content).map_err(Error::internal)?;
        let content = body::read::<FormContent>(json).map_err(Error::internal)?;
        Ok(Version {
            n: self.n,
            from_period: self.from_period,
            starts_on: self.starts_on,
            set_at: self.set_at,
            content,
        })
    }
}

/// A version that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub n: i32,
    pub from_period: Period,
    pub starts_on: NaiveDate,
    pub set_at: Instant,
    pub content: FormContent,
}

impl Version {
    /// Its deadlines.
    pub fn allowed(&self) -> Allowed {
        self.content.allowed()
    }

    /// Working days of a review.
    pub fn review_days(&self) -> Option<u32> {
        self.content.review_working_days.map(|whole| u32::try_from(whole.0).unwrap_or(0))
    }

    /// The wire form.
    pub fn wire(&self) -> FormVersion {
        let Self { n, from_period, set_at, content, .. } = self.clone();
        FormVersion { n, from_period, set_at, content }
    }
}

/// All versions of a form, in order.
#[derive(Debug, Clone, Default)]
pub struct Versions(pub Vec<Version>);

impl Versions {
    /// The one in force for a period that begins on a day.
    pub fn for_period(&self, first: NaiveDate) -> Option<&Version> {
        self.0.iter().rfind(|one| one.starts_on <= first)
    }

    /// The newest one.
    pub fn newest(&self) -> Result<&Version> {
        self.0.last().ok_or_else(|| Error::internal("a form without a version"))
    }
}

/// The versions of forms.
pub fn versions_of(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, Versions>> {
    let rows: Vec<VersionRow> = versions::table
        .filter(versions::form_id.eq_any(ids))
        .order((versions::form_id, versions::n))
        .select(VersionRow::as_select())
        .load(conn)?;
    let mut found: HashMap<Id, Versions> = HashMap::new();
    for row in rows {
        found.entry(row.form_id).or_default().0.push(row.read()?);
    }
    Ok(found)
}

/// The versions of one form.
pub fn versions(conn: &mut AnyConn, id: Id) -> Result<Versions> {
    Ok(versions_of(conn, &[id])?.remove(&id).unwrap_or_default())
}

/// All versions of a form in wire form; there are never many.
pub fn list_versions(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Page<FormVersion>> {
    find(conn, actor, id)?;
    let items = versions(conn, id)?.0.iter().map(Version::wire).collect();
    Ok(Page { items, next_cursor: None })
}
