//! Units that need not hand in a form, and locked periods that are opened again.

use crate::{
    auth::Actor,
    calendars::model::Calendars,
    clock::Instant,
    db::{
        AnyConn,
        schema::{form_exemptions as exemptions, form_unlocks as unlocks},
    },
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    forms::{
        lives::Lives,
        model::{self, Row as Form},
        wire::{FormExemption, FormExemptionCreate, FormUnlock, FormUnlockCreate},
    },
    http::{Answer, Page, answer::same_content},
    ids::Id,
    measures::{Freed, Period},
    org_units::model as units,
    policy::Action,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A row of the table of exemptions.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = exemptions, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub form_id: Id,
    pub unit_id: Id,
    pub from_period: Period,
    pub to_period: Option<Period>,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub reason: String,
    pub granted_at: Instant,
    pub granted_by: Option<Id>,
    pub ended_at: Option<Instant>,
    pub version: i32,
}

impl Row {
    /// As figures take it.
    pub fn freed(&self) -> Freed {
        Freed {
            granted_on: self.granted_at.day(),
            ended_on: self.ended_at.map(Instant::day),
            days: (self.starts_on, self.ends_on),
        }
    }
}

/// A row of the table of unlocks.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = unlocks)]
pub struct UnlockRow {
    pub id: Id,
    pub root_id: Id,
    pub form_id: Id,
    pub unit_id: Id,
    pub period: Period,
    pub until_on: NaiveDate,
    pub reason: String,
    pub granted_at: Instant,
    pub granted_by: Option<Id>,
}

/// The exemptions of forms, whoever asks, oldest first.
pub fn of_forms(conn: &mut AnyConn, forms: &[Id]) -> Result<Vec<Row>> {
    Ok(exemptions::table
        .filter(exemptions::form_id.eq_any(forms))
        .order((exemptions::granted_at, exemptions::id))
        .select(Row::as_select())
        .load(conn)?)
}

/// The unlocks of forms, whoever asks, oldest first.
pub fn unlocks_of(conn: &mut AnyConn, forms: &[Id]) -> Result<Vec<UnlockRow>> {
    Ok(unlocks::table
        .filter(unlocks::form_id.eq_any(forms))
        .order((unlocks::granted_at, unlocks::id))
        .select(UnlockRow::as_select())
        .load(conn)?)
}

/// Exempts a unit for some periods.
pub fn exempt(tx: &mut Tx, actor: &Actor, form: Id, new: &FormExemptionCreate) -> Result<Answer> {
    let (form, place) = model::open(tx, actor, form, Action::FormExempt)?;
    if let Some(id) = new.id
        && let Some(row) = exemptions::table.find(id).select(Row::as_select()).first(tx.conn).optional()?
    {
        let row: Row = row;
        let version = row.version;
        let there = wire(tx.conn, vec![row])?.pop().ok_or_else(Error::not_found)?;
        return if there.form_id == form.id && same_content(new, &there)? {
            Answer::changed(version, &there)
        } else {
            Err(Error::new(Code::IdConflict))
        };
    }
    refuse_classified(None, &[("/reason", Some(&*new.reason))])?;
    let lives = Lives::load(tx.conn, form.root_id)?;
    let (first, _) = window(&lives.calendars, &form, new.from_period, "/from_period")?;
    let last = match new.to_period {
        Some(period) => Some(window(&lives.calendars, &form, period, "/to_period")?.1),
        None => None,
    };
    if last.is_some_and(|last| last < first) {
        return Err(Error::field("/to_period", Code::EndBeforeStart));
    }
    asked_unit(tx, actor, &lives, &form, new.unit_id, new.from_period)?;
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: form.root_id,
        form_id: form.id,
        unit_id: new.unit_id,
        from_period: new.from_period,
        to_period: new.to_period,
        starts_on: first,
        ends_on: last,
        reason: new.reason.0.clone(),
        granted_at: tx.at,
        granted_by: actor.user,
        ended_at: None,
        version: 1,
    };
    diesel::insert_into(exemptions::table).values(&row).execute(tx.conn)?;
    let there = wire(tx.conn, vec![row])?.pop().ok_or_else(Error::not_found)?;
    let changes = Changes::none()
        .and("exempt_unit_id", serde_json::Value::Null, there.unit_id.to_string())
        .and("from_period", serde_json::Value::Null, there.from_period.to_string())
        .and("to_period", serde_json::Value::Null, there.to_period.map(|period| period.to_string()));
    model::append(tx, "form.unit_exempted", &form, &place, changes, Some(&new.reason))?;
    Answer::created(format!("/api/v1/forms/{}/exemptions", form.id), there.version, &there)
}

/// Ends an exemption: periods that have not ended are owed again.
pub fn end(tx: &mut Tx, actor: &Actor, form: Id, id: Id, reason: &str) -> Result<Answer> {
    let (form, place) = model::open(tx, actor, form, Action::FormExempt)?;
    let row: Row = exemptions::table
        .filter(exemptions::id.eq(id).and(exemptions::form_id.eq(form.id)))
        .select(Row::as_select())
        .first(tx.conn)?;
    refuse_classified(None, &[("/reason", Some(reason))])?;
    if row.ended_at.is_some() {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::Ended));
    }
    let row = Row { ended_at: Some(tx.at), version: row.version + 1, ..row };
    diesel::update(exemptions::table.find(id)).set(&row).execute(tx.conn)?;
    let changes = Changes::none().and("exempt_unit_id", row.unit_id.to_string(), serde_json::Value::Null);
    model::append(tx, "form.exemption_ended", &form, &place, changes, Some(reason))?;
    let there = wire(tx.conn, vec![row])?.pop().ok_or_else(Error::not_found)?;
    Answer::changed(there.version, &there)
}

/// Opens a period again for a unit until a day.
pub fn unlock(tx: &mut Tx, actor: &Actor, form: Id, new: &FormUnlockCreate) -> Result<Answer> {
    let (form, place) = model::open(tx, actor, form, Action::FormExempt)?;
    if let Some(id) = new.id
        && let Some(row) = unlocks::table.find(id).select(UnlockRow::as_select()).first(tx.conn).optional()?
    {
        let there = wire_unlocks(tx.conn, vec![row])?.pop().ok_or_else(Error::not_found)?;
        return if there.form_id == form.id && same_content(new, &there)? {
            Answer::ok(&there)
        } else {
            Err(Error::new(Code::IdConflict))
        };
    }
    refuse_classified(None, &[("/reason", Some(&*new.reason))])?;
    let lives = Lives::load(tx.conn, form.root_id)?;
    window(&lives.calendars, &form, new.period, "/period")?;
    asked_unit(tx, actor, &lives, &form, new.unit_id, new.period)?;
    if new.until_on.0 < tx.at.day() {
        return Err(Fault::at("/until_on", Code::NotPermittedHere).with("why", Phrase::InThePast).into());
    }
    let row = UnlockRow {
        id: new.id.unwrap_or_else(Id::new),
        root_id: form.root_id,
        form_id: form.id,
        unit_id: new.unit_id,
        period: new.period,
        until_on: new.until_on.0,
        reason: new.reason.0.clone(),
        granted_at: tx.at,
        granted_by: actor.user,
    };
    diesel::insert_into(unlocks::table).values(&row).execute(tx.conn)?;
    let changes = Changes::none()
        .and("unlocked_unit_id", serde_json::Value::Null, row.unit_id.to_string())
        .and("period", serde_json::Value::Null, row.period.to_string())
        .and("until_on", serde_json::Value::Null, row.until_on.to_string());
    model::append(tx, "form.period_unlocked", &form, &place, changes, Some(&new.reason))?;
    let there = wire_unlocks(tx.conn, vec![row])?.pop().ok_or_else(Error::not_found)?;
    Answer::added(format!("/api/v1/forms/{}/unlocks", form.id), &there)
}

fn window(calendars: &Calendars, form: &Form, period: Period, at: &str) -> Result<(NaiveDate, NaiveDate)> {
    let refused = |why: Phrase| Error::from(Fault::at(at, Code::NotPermittedHere).with("why", why));
    if period.kind() != form.period_kind {
        return Err(refused(Phrase::OtherLength));
    }
    let window = form.window(calendars, period)?;
    if form.asks_for(window) { Ok(window) } else { Err(refused(Phrase::NotInForce)) }
}

/// A unit of which the form is asked for a period: an absent one and a stranger's are unknown.
fn asked_unit(
    tx: &mut Tx,
    actor: &Actor,
    lives: &Lives,
    form: &Form,
    unit: Id,
    period: Period,
) -> Result<()> {
    units::referenced(tx.conn, actor, unit, "/unit_id")?;
    let versions = model::versions(tx.conn, form.id)?;
    let window = form.window(&lives.calendars, period)?;
    let content = versions.for_period(window.0).map(|version| &version.content);
    if content.is_some_and(|content| lives.is_asked(form.unit_id, content, unit, window.1)) {
        Ok(())
    } else {
        Err(Fault::at("/unit_id", Code::NotPermittedHere).with("why", Phrase::NotAskedForm).into())
    }
}

/// All exemptions of a form of units the actor sees; there are never many.
pub fn list(conn: &mut AnyConn, actor: &Actor, form: Id) -> Result<Page<FormExemption>> {
    model::find(conn, actor, form)?;
    let seen = units::visible_ids(conn, actor)?;
    let mut rows = of_forms(conn, &[form])?;
    rows.retain(|row| seen.contains_key(&row.unit_id));
    Ok(Page { items: wire(conn, rows)?, next_cursor: None })
}

/// All unlocks of a form of units the actor sees; there are never many.
pub fn list_unlocks(conn: &mut AnyConn, actor: &Actor, form: Id) -> Result<Page<FormUnlock>> {
    model::find(conn, actor, form)?;
    let seen = units::visible_ids(conn, actor)?;
    let mut rows = unlocks_of(conn, &[form])?;
    rows.retain(|row| seen.contains_key(&row.unit_id));
    Ok(Page { items: wire_unlocks(conn, rows)?, next_cursor: None })
}

fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<FormExemption>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: Row| {
        Ok(FormExemption {
            unit: units.get(&row.unit_id).cloned().ok_or_else(Error::not_found)?,
            id: row.id,
            form_id: row.form_id,
            unit_id: row.unit_id,
            from_period: row.from_period,
            to_period: row.to_period,
            reason: row.reason,
            granted_at: row.granted_at,
            ended_at: row.ended_at,
            version: row.version,
        })
    };
    rows.into_iter().map(one).collect()
}

fn wire_unlocks(conn: &mut AnyConn, rows: Vec<UnlockRow>) -> Result<Vec<FormUnlock>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: UnlockRow| {
        Ok(FormUnlock {
            unit: units.get(&row.unit_id).cloned().ok_or_else(Error::not_found)?,
            id: row.id,
            form_id: row.form_id,
            unit_id: row.unit_id,
            period: row.period,
            until_on: row.until_on,
            reason: row.reason,
            granted_at: row.granted_at,
        })
    };
    rows.into_iter().map(one).collect()
}
