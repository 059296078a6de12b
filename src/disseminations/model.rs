//! Reading disseminations, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{
            dissemination_completions as completions, dissemination_plans as plans,
            dissemination_sessions as sessions, disseminations, documents, org_units,
        },
    },
    disseminations::{
        rules::PlanWave,
        wire::{Dissemination, DisseminationAction, DisseminationQuery, StudyWave},
        workflow::{Standing, Step, WaveNow},
    },
    documents::{model as papers, wire::DocumentRef},
    error::{Error, Result},
    http::{Cursor, Page},
    ids::Id,
    measures::{Audience, StudyState},
    org_units::{model as units, wire::UnitRef},
    place::Place,
    policy::{self, Site},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = disseminations, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub document_id: Id,
    pub unit_id: Id,
    pub title: Option<String>,
    pub note: Option<String>,
    pub plan_document_id: Option<Id>,
    pub plan_n: i32,
    pub started_on: Option<NaiveDate>,
    pub completed_on: Option<NaiveDate>,
    pub verified_on: Option<NaiveDate>,
    pub completed_by: Option<Id>,
    pub completed_for: Option<Id>,
    pub created_by: Option<Id>,
    pub created_for: Option<Id>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub ended_at: Option<Instant>,
}

impl Row {
    /// How far the unit has got by now.
    pub const fn state(&self) -> StudyState {
        if self.verified_on.is_some() {
            StudyState::Verified
        } else if self.completed_on.is_some() {
            StudyState::Completed
        } else if self.started_on.is_some() {
            StudyState::InProgress
        } else {
            StudyState::NotStarted
        }
    }
}

/// A plan, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = plans)]
pub struct PlanRow {
    pub dissemination_id: Id,
    pub n: i32,
    pub root_id: Id,
    pub set_on: NaiveDate,
    pub due_on: Option<NaiveDate>,
    /// A list of [`PlanWave`], as JSON.
    pub waves: String,
}

impl PlanRow {
    /// The waves, in the order in which they are completed.
    pub fn waves(&self) -> Result<Vec<PlanWave>> {
        serde_json::from_str(&self.waves).map_err(Error::internal)
    }
}

/// A dissemination with all that says how it stands.
#[derive(Debug, Clone)]
pub struct Placed {
    pub row: Row,
    pub plan: PlanRow,
    pub waves: Vec<PlanWave>,
    pub standing: Standing,
    pub place: Place,
    pub unit: UnitRef,
    pub document: DocumentRef,
}

/// The only way to start a query on disseminations: those of the units of the territory.
pub fn visible(actor: &Actor) -> disseminations::BoxedQuery<'static, MultiBackend> {
    let all = disseminations::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    all.filter(disseminations::unit_id.eq_any(units::ids_within(&unit.path, actor.detail_depth)))
}

/// The ids of what [`visible`] shows in a unit, to narrow other records by.
#[diesel::dsl::auto_type]
pub fn ids_within(path: &str, deepest: Option<i32>) -> _ {
    let mine: units::ids_within = units::ids_within(path, deepest);
    disseminations::table.filter(disseminations::unit_id.eq_any(mine)).select(disseminations::id)
}

/// One dissemination, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Placed> {
    let row: Row = visible(actor).filter(disseminations::id.eq(id)).select(Row::as_select()).first(conn)?;
    placed_one(conn, row)
}

/// One row with all that says how it stands.
pub fn placed_one(conn: &mut AnyConn, row: Row) -> Result<Placed> {
    placed(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// Rows with all that says how they stand: a query per table.
pub fn placed(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<Placed>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let units_of: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units: Vec<units::Row> =
        org_units::table.filter(org_units::id.eq_any(units_of)).select(units::Row::as_select()).load(conn)?;
    let units: HashMap<Id, units::Row> = units.into_iter().map(|unit| (unit.id, unit)).collect();
    let papers: Vec<Id> = rows.iter().map(|row| row.document_id).collect();
    let papers = papers::references(conn, &papers)?;
    let plans = plans_of(conn, &ids)?;
    let held = last_held(conn, &ids)?;
    let done = completed(conn, &ids)?;
    let one = |row: Row| {
        let unit =
            units.get(&row.unit_id).ok_or_else(|| Error::internal("a dissemination without its unit"))?;
        let plan = plans.get(&(row.id, row.plan_n)).cloned();
        let plan = plan.ok_or_else(|| Error::internal("a dissemination without its plan"))?;
        let waves = plan.waves()?;
        let now = |wave: &PlanWave| WaveNow {
            audience: wave.audience,
            last_held_on: held.get(&(row.id, wave.audience)).copied(),
            completed_on: done.get(&(row.id, wave.audience)).copied(),
        };
        Ok(Placed {
            standing: Standing { state: row.state(), waves: waves.iter().map(now).collect() },
            place: unit.place(),
            unit: unit.reference(),
            document: papers.get(&row.document_id).cloned().ok_or_else(|| Error::internal("no document"))?,
            row,
            plan,
            waves,
        })
    };
    rows.into_iter().map(one).collect()
}

fn plans_of(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<(Id, i32), PlanRow>> {
    let rows: Vec<PlanRow> = plans::table
        .filter(plans::dissemination_id.eq_any(ids))
        .order((plans::dissemination_id, plans::n))
        .select(PlanRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|plan| ((plan.dissemination_id, plan.n), plan)).collect())
}

/// The day of the last session of each wave.
fn last_held(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<(Id, Audience), NaiveDate>> {
    let rows: Vec<(Id, Audience, NaiveDate)> = sessions::table
        .filter(sessions::dissemination_id.eq_any(ids).and(sessions::deleted_at.is_null()))
        .order((sessions::dissemination_id, sessions::held_on))
        .select((sessions::dissemination_id, sessions::audience, sessions::held_on))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, audience, on)| ((id, audience), on)).collect())
}

/// The waves that are complete, and since when.
fn completed(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<(Id, Audience), NaiveDate>> {
    let rows: Vec<(Id, Audience, NaiveDate)> = completions::table
        .filter(completions::dissemination_id.eq_any(ids).and(completions::undone_on.is_null()))
        .select((completions::dissemination_id, completions::audience, completions::completed_on))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, audience, on)| ((id, audience), on)).collect())
}

/// A page of disseminations in the order of their ids, which is that of their making.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &DisseminationQuery) -> Result<Page<Dissemination>> {
    let mut rows = visible(actor);
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(disseminations::unit_id.eq_any(below));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(disseminations::unit_id.eq(unit));
    }
    if let Some(document) = query.document_id {
        rows = rows.filter(disseminations::document_id.eq(document));
    }
    if let Some(wanted) = &query.state {
        let unwanted = StudyState::ALL.iter().filter(|state| !wanted.0.contains(state));
        rows = unwanted.fold(rows, |rows, state| match state {
            StudyState::NotStarted => rows.filter(disseminations::started_on.is_not_null()),
            StudyState::InProgress => rows
                .filter(disseminations::started_on.is_null().or(disseminations::completed_on.is_not_null())),
            StudyState::Completed => rows
                .filter(disseminations::completed_on.is_null().or(disseminations::verified_on.is_not_null())),
            StudyState::Verified => rows.filter(disseminations::verified_on.is_null()),
        });
    }
    let asked = (query.under, query.unit_id, query.document_id, &query.state);
    let scope = format!("disseminations|{asked:?}|{}", actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(disseminations::id.gt(id));
    }
    let found =
        rows.order(disseminations::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(found, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    let items = placed(conn, page.items)?.into_iter().map(|one| one.wire(actor)).collect();
    Ok(Page { next_cursor: page.next_cursor, items })
}

impl Placed {
    /// The day the document was issued.
    pub fn issued_on(&self, conn: &mut AnyConn) -> Result<Option<NaiveDate>> {
        Ok(documents::table.find(self.row.document_id).select(documents::issued_on).first(conn)?)
    }

    /// Where the policy looks.
    pub const fn site(&self) -> Site<'_> {
        Site::of(&self.place)
    }

    /// The wire form, with what this actor may do.
    pub fn wire(&self, actor: &Actor) -> Dissemination {
        let row = self.row.clone();
        let waves = self.waves.iter().zip(&self.standing.waves).map(|(wave, now)| StudyWave {
            audience: wave.audience,
            due_on: wave.due_on,
            planned: wave.planned.clone(),
            completed_on: now.completed_on,
        });
        Dissemination {
            state: row.state(),
            waves: waves.collect(),
            actions: self.actions(actor),
            document: self.document.clone(),
            unit: self.unit.clone(),
            due_on: self.plan.due_on,
            id: row.id,
            document_id: row.document_id,
            unit_id: row.unit_id,
            title: row.title,
            note: row.note,
            plan_document_id: row.plan_document_id,
            started_on: row.started_on,
            completed_on: row.completed_on,
            verified_on: row.verified_on,
            ended_at: row.ended_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }

    /// Everything that could be done with it, and what keeps this actor from it.
    fn actions(&self, actor: &Actor) -> Vec<DisseminationAction> {
        let own = actor.is_same_hand(self.row.completed_by, self.row.completed_for)
            || actor.is_same_hand(self.row.created_by, self.row.created_for);
        let one = |(name, step): (&'static str, Step)| {
            let because = if !policy::permits(actor.seat(), step.action(), self.site()) {
                Some("role")
            } else if self.standing.refuses(step).is_some() {
                Some("state")
            } else {
                (step == Step::Verify && own).then_some("own_work")
            };
            DisseminationAction { name, allowed: because.is_none(), because }
        };
        Step::ALL.map(one).into()
    }
}
