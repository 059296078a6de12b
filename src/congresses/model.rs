//! Reading congresses, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    congresses::wire::{Congress, CongressKind, CongressQuery, Ordinal},
    db::{AnyConn, MultiBackend, lock_row, schema::congresses},
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Event, Tx},
    http::{Cursor, Page, version},
    ids::Id,
    org_units::model as units,
    place::Place,
    policy::{Action, Site},
    roman,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = congresses, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub unit_id: Id,
    pub term_id: Option<Id>,
    pub ordinal: Option<i32>,
    pub kind: CongressKind,
    pub opened_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub delegates_called: Option<i32>,
    pub delegates_present: Option<i32>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl Row {
    /// Refuses an end before its opening, and more there than were called.
    pub fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        if self.closed_on.is_some() && self.closed_on < self.opened_on {
            faults.push(Fault::at("/closed_on", Code::EndBeforeStart));
        }
        if let (Some(called), Some(present)) = (self.delegates_called, self.delegates_present)
            && present > called
        {
            let fault = Fault::at("/delegates_present", Code::OutOfRange);
            faults.push(fault.with("min", 0).with("max", called));
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
    }

    /// Refuses a second congress of a unit with the same number.
    pub fn check_number(&self, conn: &mut AnyConn) -> Result<()> {
        let Some(ordinal) = self.ordinal else { return Ok(()) };
        let others: i64 = congresses::table
            .filter(congresses::unit_id.eq(self.unit_id).and(congresses::ordinal.eq(ordinal)))
            .filter(congresses::deleted_at.is_null().and(congresses::id.ne(self.id)))
            .count()
            .get_result(conn)?;
        if others > 0 {
            let number = roman::format(ordinal).unwrap_or_default();
            return Err(
                Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::Congress).and(number))
            );
        }
        Ok(())
    }
}

/// The only way to start a query on congresses: those of units in the territory, however deep (they are
/// structure, no papers), and of units above the actor's.
pub fn visible(actor: &Actor) -> congresses::BoxedQuery<'static, MultiBackend> {
    let all = congresses::table.filter(congresses::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let below = units::ids_under(&unit.path);
    all.filter(congresses::unit_id.eq_any(below).or(congresses::unit_id.eq_any(actor.ancestors())))
}

/// One congress, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(congresses::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// A congress that is about to change, with its unit: seen, allowed, locked, read again.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id) -> Result<(Row, Place)> {
    let seen = find(tx.conn, actor, id)?;
    let place = units::find(tx.conn, actor, seen.unit_id)?.place();
    actor.may_at(Action::CongressManage, Site::of(&place))?;
    lock_row(tx.conn, "congresses", &id.to_string())?;
    Ok((find(tx.conn, actor, id)?, place))
}

/// Writes a changed row over the version it was made from.
pub fn update(tx: &mut Tx, row: &mut Row) -> Result<()> {
    let read = row.version;
    row.version += 1;
    row.updated_at = tx.at;
    let changed = diesel::update(congresses::table.find(row.id).filter(congresses::version.eq(read)))
        .set(&*row)
        .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(version::stale(row.version, read)) }
}

/// Appends the event of a change just made.
pub fn append(tx: &mut Tx, kind: &'static str, row: &Row, place: &Place, changes: Changes) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "congress",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason: None,
    })
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<Congress>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: Row| {
        let unit = units.get(&row.unit_id).cloned().ok_or_else(Error::not_found)?;
        Ok(Congress {
            id: row.id,
            unit_id: row.unit_id,
            unit,
            term_id: row.term_id,
            ordinal: row.ordinal.map(Ordinal),
            kind: row.kind,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
            delegates_called: row.delegates_called,
            delegates_present: row.delegates_present,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<Congress> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// A page of congresses in the order of their ids, which is that of their creation.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &CongressQuery) -> Result<Page<Congress>> {
    let mut rows = visible(actor);
    if let Some(unit) = query.unit_id {
        rows = rows.filter(congresses::unit_id.eq(unit));
    }
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(congresses::unit_id.eq_any(below));
    }
    let scope = format!("congresses|{:?}|{:?}|{}", query.unit_id, query.under, actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(congresses::id.gt(id));
    }
    let rows = rows.order(congresses::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}
