//! Reading sets: those of the instance, those of the territory, and what units above have issued.

use crate::{
    auth::Actor,
    clock::Instant,
    criteria::{
        sets::rules::Content,
        wire::{CriteriaAchievement, CriteriaSet, CriteriaSetQuery, CriteriaSetStatus},
    },
    db::{AnyConn, MultiBackend, schema::criteria_sets as sets},
    error::{Code, Error, Fault, Phrase, Result},
    http::{Cursor, Page, body, fields::Faults},
    ids::Id,
    org_units::model as units,
    policy::{Action, Site, permits},
    tasks::wire::TaskAction,
};
use chrono::NaiveDate;
use deserr::Deserr;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sets, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Row {
    pub id: Id,
    pub root_id: Option<Id>,
    pub unit_id: Option<Id>,
    pub code: String,
    pub revision: i32,
    pub name: String,
    pub level: String,
    pub kind: Option<String>,
    pub achievement: CriteriaAchievement,
    pub legal_basis: String,
    pub document_id: Option<Id>,
    pub first_year: i32,
    pub last_year: i32,
    pub note: Option<String>,
    pub groups: String,
    pub unit_groups: String,
    pub conditions: String,
    pub criteria: String,
    pub requires_id: Option<Id>,
    pub replaces_id: Option<Id>,
    pub status: CriteriaSetStatus,
    pub effective_on: Option<NaiveDate>,
    pub replaced_on: Option<NaiveDate>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Row {
    /// What it says.
    pub fn content(&self) -> Result<Content> {
        Ok(Content {
            groups: list(&self.groups)?,
            unit_groups: list(&self.unit_groups)?,
            conditions: list(&self.conditions)?,
            criteria: list(&self.criteria)?,
        })
    }

    /// The same row with another content.
    pub fn saying(self, content: &Content) -> Result<Self> {
        Ok(Self {
            groups: text(&content.groups)?,
            unit_groups: text(&content.unit_groups)?,
            conditions: text(&content.conditions)?,
            criteria: text(&content.criteria)?,
            ..self
        })
    }

    /// Whether it had come into force by the day.
    pub fn began_by(&self, day: NaiveDate) -> bool {
        self.status != CriteriaSetStatus::Draft && self.effective_on.is_some_and(|on| on <= day)
    }

    /// Whether it holds on the day: no other version does.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.began_by(day) && self.replaced_on.is_none_or(|on| day < on)
    }

    /// Whether it judges units of this level and kind.
    pub fn judges(&self, level: &str, kind: &str) -> bool {
        self.level == level && self.kind.as_ref().is_none_or(|wanted| wanted == kind)
    }
}

/// A list out of its column.
pub fn list<T: Deserr<Faults>>(text: &str) -> Result<Vec<T>> {
    body::read(json(text)?).map_err(Error::internal)
}

/// The JSON of a column.
pub fn json(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(Error::internal)
}

/// A list for its column.
pub fn text(list: &impl Serialize) -> Result<String> {
    serde_json::to_string(list).map_err(Error::internal)
}

/// A query over sets, to be narrowed by the caller.
pub type Rows = sets::BoxedQuery<'static, MultiBackend>;

/// The only way to start a query on sets: those of the instance, those of units of the territory, and
/// those that units above have issued.
pub fn visible(actor: &Actor) -> Rows {
    let all = sets::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = sets::unit_id.assume_not_null().eq_any(units::ids_within(&unit.path, actor.detail_depth));
    let above = sets::unit_id
        .assume_not_null()
        .eq_any(actor.ancestors())
        .and(sets::status.ne(CriteriaSetStatus::Draft));
    all.filter(sets::unit_id.is_null().or(mine).or(above))
}

/// One set, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(sets::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// Sets that records name, whoever asks.
pub fn load(conn: &mut AnyConn, ids: &[Id]) -> Result<Vec<Row>> {
    Ok(sets::table.filter(sets::id.eq_any(ids.to_vec())).select(Row::as_select()).load(conn)?)
}

/// A set named in a body: an absent one and a stranger's are the same fault of that field.
pub fn referenced(conn: &mut AnyConn, actor: &Actor, id: Id, pointer: &str) -> Result<Row> {
    find(conn, actor, id).map_err(|e| match e.code {
        Code::NotFound => Error::field(pointer, Code::UnknownReference),
        _ => e,
    })
}

/// The fault of a set that does not hold.
pub fn not_in_force() -> Fault {
    Fault::at("/set_id", Code::NotPermittedHere).with("why", Phrase::NotInForceThen)
}

/// The sets in force on a day that presuppose the recognition under another.
pub fn after(conn: &mut AnyConn, actor: &Actor, set: Id, day: NaiveDate) -> Result<Vec<Row>> {
    let mut rows: Vec<Row> = visible(actor)
        .filter(sets::requires_id.eq(set))
        .order((sets::code, sets::id))
        .select(Row::as_select())
        .load(conn)?;
    rows.retain(|row| row.holds_on(day));
    Ok(rows)
}

/// A page of sets in the order of their ids, which is that of their creation.
pub fn page(conn: &mut AnyConn, actor: &Actor, query: &CriteriaSetQuery) -> Result<Page<CriteriaSet>> {
    let mut rows = visible(actor);
    if let Some(levels) = &query.level {
        rows = rows.filter(sets::level.eq_any(levels.0.clone()));
    }
    if let Some(wanted) = &query.achievement {
        rows = rows.filter(sets::achievement.eq_any(wanted.0.clone()));
    }
    if let Some(wanted) = &query.status {
        rows = rows.filter(sets::status.eq_any(wanted.0.clone()));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(sets::unit_id.eq(unit));
    }
    if let Some(code) = &query.code {
        rows = rows.filter(sets::code.eq(code.0.clone()));
    }
    if let Some(year) = query.year {
        rows = rows.filter(sets::first_year.le(year.0).and(sets::last_year.ge(year.0)));
    }
    let scope = format!(
        "criteria_sets|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
        query.level,
        query.achievement,
        query.status,
        query.unit_id,
        query.code,
        query.year,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(sets::id.gt(id));
    }
    let rows = rows.order(sets::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, actor, page.items)? })
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, actor: &Actor, rows: Vec<Row>) -> Result<Vec<CriteriaSet>> {
    let owners: Vec<Id> = rows.iter().filter_map(|row| row.unit_id).collect();
    let names = units::references(conn, &owners)?;
    let one = |row: Row| {
        let Content { groups, unit_groups, conditions, criteria } = row.content()?;
        Ok(CriteriaSet {
            actions: actions(actor, &row),
            unit: row.unit_id.and_then(|unit| names.get(&unit).cloned()),
            groups,
            unit_groups,
            conditions,
            criteria,
            id: row.id,
            code: row.code,
            revision: row.revision,
            name: row.name,
            unit_id: row.unit_id,
            level: row.level,
            kind: row.kind,
            achievement: row.achievement,
            legal_basis: row.legal_basis,
            document_id: row.document_id,
            first_year: row.first_year,
            last_year: row.last_year,
            note: row.note,
            requires_id: row.requires_id,
            replaces_id: row.replaces_id,
            status: row.status,
            effective_on: row.effective_on,
            replaced_on: row.replaced_on,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, actor: &Actor, row: Row) -> Result<CriteriaSet> {
    wire(conn, actor, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// Whether the actor writes the sets of this owner: of the instance its admin, else a leader of that very
/// unit, at the top of its tree.
pub fn may_manage(actor: &Actor, owner: Option<Id>) -> bool {
    let own = actor.unit.as_ref();
    let site = Site { unit: own, assigner: None };
    permits(actor.seat(), Action::CriteriaSetManage, site) && owner == own.map(|unit| unit.id)
}

/// What can be done with a set, and what keeps this actor from it.
fn actions(actor: &Actor, row: &Row) -> Vec<TaskAction> {
    let may = may_manage(actor, row.unit_id);
    let draft = row.status == CriteriaSetStatus::Draft;
    let one = |name, possible: bool| {
        let because = if !may { Some("role") } else { (!possible).then_some("state") };
        TaskAction { name, allowed: because.is_none(), because, reason_required: false }
    };
    vec![one("change", draft), one("issue", draft && row.criteria != "[]")]
}
