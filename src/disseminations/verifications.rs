//! What a superior finds: the study is confirmed, or sent back as perfunctory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn,
        schema::{
            dissemination_completions as completions, dissemination_sessions as sessions,
            dissemination_verifications as verifications,
        },
    },
    disseminations::{
        model::{self, Placed, Row},
        rules, save,
        wire::{
            DisseminationPageQuery, DisseminationVerification, DisseminationVerificationCreate,
            VerificationOutcome,
        },
        workflow::Step,
    },
    documents::rules::{refuse, refuse_classified},
    error::{Code, Error, Fault, Result},
    events::{Changes, Tx},
    http::{Answer, Cursor, Page, answer::same_content, version::IfMatch},
    ids::Id,
    org_units::model as units,
    policy,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = verifications)]
struct VerificationRow {
    id: Id,
    root_id: Id,
    dissemination_id: Id,
    unit_id: Id,
    n: i32,
    verified_on: NaiveDate,
    sampled: i32,
    understood: i32,
    outcome: VerificationOutcome,
    comment: Option<String>,
    reason: Option<String>,
    created_by: Option<Id>,
    created_at: Instant,
}

/// Records what a superior found. What is sent back is in progress again: the waves are to be completed
/// anew, and every session, check and number stays.
pub fn verify(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    new: &DisseminationVerificationCreate,
) -> Result<Answer> {
    model::find(tx.conn, actor, id)?;
    if let Some(answer) = already_there(tx.conn, actor, id, new)? {
        return Ok(answer);
    }
    let before = save::open(tx, actor, id, expected, Step::Verify)?;
    refuse_own_work(tx.conn, actor, &before)?;
    check(new)?;
    let row = row(tx, actor, &before, new)?;
    diesel::insert_into(verifications::table).values(&row).execute(tx.conn)?;
    let found = wire(tx.conn, vec![row])?.pop().ok_or_else(Error::not_found)?;
    let after = match new.outcome {
        VerificationOutcome::Confirmed => Row { verified_on: Some(tx.at.day()), ..before.row.clone() },
        VerificationOutcome::SentBack => {
            undo(tx, id)?;
            Row { completed_on: None, verified_on: None, ..before.row.clone() }
        }
    };
    let told = serde_json::to_value(&found).map_err(Error::internal)?;
    let more = Changes::none().and("verification", Value::Null, told);
    save::update(tx, actor, new.outcome.event(), &before, after, more, new.reason.as_deref())?;
    Answer::added(format!("/api/v1/disseminations/{id}/verifications"), &found)
}

/// Nobody verifies what the same person planned, recorded or said to be complete, whatever post they
/// act in.
fn refuse_own_work(conn: &mut AnyConn, actor: &Actor, before: &Placed) -> Result<()> {
    let row = &before.row;
    let recorded: Vec<(Option<Id>, Option<Id>)> = sessions::table
        .filter(sessions::dissemination_id.eq(row.id).and(sessions::deleted_at.is_null()))
        .select((sessions::recorded_by, sessions::recorded_for))
        .load(conn)?;
    let hands = [(row.completed_by, row.completed_for), (row.created_by, row.created_for)];
    let own = hands.into_iter().chain(recorded).any(|(by, on_behalf)| actor.is_same_hand(by, on_behalf));
    if own { Err(Error::new(Code::OwnWork)) } else { Ok(()) }
}

fn check(new: &DisseminationVerificationCreate) -> Result<()> {
    refuse_classified(None, &[("/comment", new.comment.as_deref()), ("/reason", new.reason.as_deref())])?;
    let mut faults: Vec<Fault> =
        rules::part_fault("/understood", new.understood.0, new.sampled.0).into_iter().collect();
    if new.outcome == VerificationOutcome::SentBack && new.reason.is_none() {
        faults.push(Fault::at("/reason", Code::ReasonRequired));
    }
    refuse(faults)
}

fn row(
    tx: &mut Tx,
    actor: &Actor,
    before: &Placed,
    new: &DisseminationVerificationCreate,
) -> Result<VerificationRow> {
    let last: Option<i32> = verifications::table
        .filter(verifications::dissemination_id.eq(before.row.id))
        .select(diesel::dsl::max(verifications::n))
        .first(tx.conn)?;
    let unit = actor.unit.as_ref().ok_or_else(|| policy::refused(Step::Verify.action()))?;
    Ok(VerificationRow {
        id: new.id.unwrap_or_else(Id::new),
        root_id: before.row.root_id,
        dissemination_id: before.row.id,
        unit_id: unit.id,
        n: last.unwrap_or(0) + 1,
        verified_on: tx.at.day(),
        sampled: new.sampled.small(),
        understood: new.understood.small(),
        outcome: new.outcome,
        comment: new.comment.as_deref().map(str::to_owned),
        reason: new.reason.as_deref().map(str::to_owned),
        created_by: actor.user,
        created_at: tx.at,
    })
}

/// No wave is complete any more.
fn undo(tx: &mut Tx, id: Id) -> Result<()> {
    let live =
        completions::table.filter(completions::dissemination_id.eq(id).and(completions::undone_on.is_null()));
    diesel::update(live).set(completions::undone_on.eq(tx.at.day())).execute(tx.conn)?;
    Ok(())
}

/// A page of what superiors found, in the order in which they did.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    id: Id,
    query: &DisseminationPageQuery,
) -> Result<Page<DisseminationVerification>> {
    model::find(conn, actor, id)?;
    let mut rows = verifications::table.filter(verifications::dissemination_id.eq(id)).into_boxed();
    let scope = format!("dissemination-verifications|{id}|{}", actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [after] = cursor.open(&scope)?;
        let after: i32 = after.parse().map_err(Error::internal)?;
        rows = rows.filter(verifications::n.gt(after));
    }
    let rows = rows.order(verifications::n).limit(query.limit.0 + 1);
    let rows = rows.select(VerificationRow::as_select()).load(conn)?;
    let page =
        Page::cut(rows, query.limit.0, |row: &VerificationRow| Cursor::seal(&[row.n.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}

fn wire(conn: &mut AnyConn, rows: Vec<VerificationRow>) -> Result<Vec<DisseminationVerification>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let names = units::references(conn, &ids)?;
    let one = |row: VerificationRow| {
        let unit = names.get(&row.unit_id).cloned();
        Ok(DisseminationVerification {
            unit: unit.ok_or_else(|| Error::internal("a verification without its unit"))?,
            id: row.id,
            dissemination_id: row.dissemination_id,
            verified_on: row.verified_on,
            sampled: row.sampled,
            understood: row.understood,
            outcome: row.outcome,
            comment: row.comment,
            reason: row.reason,
            created_at: row.created_at,
        })
    };
    rows.into_iter().map(one).collect()
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    dissemination: Id,
    new: &DisseminationVerificationCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let row: Option<VerificationRow> =
        verifications::table.find(id).select(VerificationRow::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let conflict = || Error::new(Code::IdConflict);
    model::find(conn, actor, row.dissemination_id).map_err(|_| conflict())?;
    let found = wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)?;
    if found.dissemination_id != dissemination || !same_content(new, &found)? {
        return Err(conflict());
    }
    Answer::ok(&found).map(Some)
}
