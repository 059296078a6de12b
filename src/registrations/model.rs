//! Reading registrations, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{registration_moves as moves, registration_rounds as rounds, registrations},
    },
    error::{Error, Result},
    ids::Id,
    measures::RegistrationState,
    org_units::model as units,
    place::Place,
    policy::{Site, permits},
    registrations::{
        diff,
        lines::model::{self as lines, Line},
        list::{self, Seen},
        rounds::model::{self as opened, Row as Round},
        wire::{Registration, RegistrationAnswer},
        workflow::RegistrationCommand::{self, Accept, Impose, Return},
    },
    tasks::wire::TaskAction,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = registrations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Row {
    pub id: Id,
    #[serde(skip)]
    pub root_id: Id,
    pub round_id: Id,
    pub unit_id: Id,
    pub state: RegistrationState,
    pub first_submitted_on: Option<NaiveDate>,
    pub submitted_by: Option<Id>,
    pub submitted_for: Option<Id>,
    /// How many moves it has made.
    #[serde(skip)]
    pub moves: i32,
    pub version: i32,
    #[serde(skip)]
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// One move: what it was from then on.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = moves, treat_none_as_default_value = false)]
pub struct MoveRow {
    pub registration_id: Id,
    pub n: i32,
    pub root_id: Id,
    pub command: RegistrationCommand,
    pub took_effect_at: Instant,
    pub unit_id: Id,
    pub state: RegistrationState,
    pub reason: Option<String>,
    pub comment: Option<String>,
    /// The lines it had, with their versions, as JSON.
    pub lines: String,
}

/// A registration with where it lies and what it belongs to.
#[derive(Debug, Clone)]
pub struct Placed {
    pub row: Row,
    pub place: Place,
    pub round: Round,
    /// Where the unit lies that opened the round.
    pub opener: Place,
}

impl Placed {
    /// Where the policy looks when somebody does this.
    pub const fn site(&self, command: RegistrationCommand) -> Site<'_> {
        Site::of(if command.is_the_units() { &self.place } else { &self.opener })
    }
}

/// A query over registrations, to be narrowed by the caller.
pub type Rows = registrations::BoxedQuery<'static, MultiBackend>;

/// The only way to start a query on registrations: those of units of the territory, within the depth that
/// is readable in detail, and those of rounds that the own unit opened.
pub fn visible(actor: &Actor) -> Rows {
    counted(actor, actor.detail_depth)
}

/// The same for figures, which count what lies deeper too.
pub fn counted(actor: &Actor, deepest: Option<i32>) -> Rows {
    let all = registrations::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = units::ids_within(&unit.path, deepest);
    let opened = rounds::table.filter(rounds::unit_id.eq(unit.id)).select(rounds::id);
    all.filter(registrations::unit_id.eq_any(mine).or(registrations::round_id.eq_any(opened)))
}

/// The ids of the rounds that call upon the unit with this path, or one below it down to a depth.
#[diesel::dsl::auto_type]
pub fn rounds_within(path: &str, deepest: Option<i32>) -> _ {
    let mine: units::ids_within = units::ids_within(path, deepest);
    registrations::table.filter(registrations::unit_id.eq_any(mine)).select(registrations::round_id)
}

/// The ids of the registrations in rounds that a unit opened.
#[diesel::dsl::auto_type]
pub fn registered_for(unit: Id) -> _ {
    let opened = rounds::table.filter(rounds::unit_id.eq(unit)).select(rounds::id);
    registrations::table.filter(registrations::round_id.eq_any(opened)).select(registrations::id)
}

/// One registration with its places, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Placed> {
    let row: Row = visible(actor).filter(registrations::id.eq(id)).select(Row::as_select()).first(conn)?;
    placed(conn, row)
}

/// A registration with what it names.
pub fn placed(conn: &mut AnyConn, row: Row) -> Result<Placed> {
    let round = opened::load(conn, row.round_id)?;
    let place = units::load(conn, row.unit_id)?.place();
    let opener = units::load(conn, round.unit_id)?.place();
    Ok(Placed { row, place, round, opener })
}

/// The live registration of a unit in a round.
pub fn of_unit(conn: &mut AnyConn, round: Id, unit: Id) -> Result<Option<Row>> {
    let live = registrations::table
        .filter(registrations::round_id.eq(round).and(registrations::unit_id.eq(unit)))
        .filter(registrations::state.ne(RegistrationState::Ended));
    Ok(live.select(Row::as_select()).first(conn).optional()?)
}

/// The last move of these commands.
pub fn last_of(conn: &mut AnyConn, id: Id, commands: &[RegistrationCommand]) -> Result<Option<MoveRow>> {
    let those = moves::table.filter(moves::registration_id.eq(id));
    let those = those.filter(moves::command.eq_any(commands.to_vec()));
    Ok(those.order(moves::n.desc()).select(MoveRow::as_select()).first(conn).optional()?)
}

/// The wire form, with what changed and what may be done.
pub fn wire(conn: &mut AnyConn, actor: &Actor, placed: &Placed, today: NaiveDate) -> Result<Registration> {
    let row = &placed.row;
    let rows = lines::of(conn, row.id)?;
    let Seen { unit, fact, .. } = list::one(conn, placed, today)?;
    let answer = last_of(conn, row.id, &[Accept, Return, Impose])?;
    Ok(Registration {
        id: row.id,
        round_id: row.round_id,
        unit,
        unit_id: row.unit_id,
        state: fact.state,
        timeliness: fact.timeliness,
        days_late: fact.days_late,
        first_submitted_on: row.first_submitted_on,
        lines: fact.lines,
        quota: fact.quota,
        warnings: fact.warnings(),
        answer: answer.map(|last| RegistrationAnswer {
            at: last.took_effect_at,
            command: last.command.as_str(),
            reason: last.reason,
            comment: last.comment,
        }),
        diff: diff::since_answered(conn, row.id, &rows)?,
        task_ids: tasks_of(conn, &rows)?,
        actions: actions(actor, placed, today),
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn tasks_of(conn: &mut AnyConn, rows: &[Line]) -> Result<Vec<Id>> {
    let made = lines::made(conn, rows)?;
    Ok(rows.iter().filter_map(|line| made.get(&line.id).copied()).collect())
}

/// One registration as it is today.
pub fn show(conn: &mut AnyConn, actor: &Actor, id: Id, today: NaiveDate) -> Result<Registration> {
    let placed = find(conn, actor, id)?;
    wire(conn, actor, &placed, today)
}

/// Everything that could be done with a registration, and what keeps this actor from it.
fn actions(actor: &Actor, placed: &Placed, today: NaiveDate) -> Vec<TaskAction> {
    let row = &placed.row;
    let round = placed.round.state(today);
    let own_work = actor.is_same_hand(row.submitted_by, row.submitted_for);
    let one = |command: RegistrationCommand| {
        let possible = command.leads(row.state).is_some()
            && command.possible_in(round, row.first_submitted_on.is_some());
        let because = if !permits(actor.seat(), command.action(), placed.site(command)) {
            Some("role")
        } else if !possible {
            Some("state")
        } else {
            (command == Accept && own_work).then_some("own_work")
        };
        let reason_required = command.needs_reason();
        TaskAction { name: command.as_str(), allowed: because.is_none(), because, reason_required }
    };
    RegistrationCommand::STEPS.into_iter().map(one).collect()
}

/// The lines with their versions, as a move keeps them.
pub fn snapshot(rows: &[Line]) -> Result<String> {
    let pairs: Vec<(Id, i32)> = rows.iter().map(|line| (line.id, line.version)).collect();
    serde_json::to_string(&pairs).map_err(Error::internal)
}

/// Every move, in order.
pub fn moves(conn: &mut AnyConn, id: Id) -> Result<Vec<MoveRow>> {
    let all = moves::table.filter(moves::registration_id.eq(id)).order(moves::n);
    Ok(all.select(MoveRow::as_select()).load(conn)?)
}
