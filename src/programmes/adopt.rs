//! Recording that a programme was adopted.

use crate::{
    auth::Actor,
    db::schema::programme_adoptions as adoptions,
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    programmes::{
        adoption::{
            gate,
            model::{self as rules, VoteRow},
            origin,
        },
        command,
        items::{complete, model as items},
        model::{self, Placed, Row},
        save, versions,
        wire::{AdoptionOrigin, AdoptionRule, ProgrammeAdoption},
        workflow::ProgrammeCommand,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Records an adoption: by another hand than submitted the draft, of a programme whose items say all they
/// must and whose comments are answered, by the rule in force on that day.
pub fn adopt(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    said: &ProgrammeAdoption,
) -> Result<Answer> {
    let step = ProgrammeCommand::Adopt;
    let before = save::open(tx, actor, id, step.action(), expected)?;
    let status = command::next(&before, step)?;
    command::guard(tx, actor, &before, step)?;
    refuse_classified(None, &[("/note", said.note.as_deref())])?;
    // Those of the items first: `actions` says "incomplete" before anything of the vote is known.
    complete(tx, &before)?;
    let on = said.adopted_on.map_or(tx.at.day(), |day| day.0);
    let rule = rule(tx, &before, on)?;
    let mut faults = gate::faults(&rule, said);
    faults.extend(before_submission(tx, id, on)?);
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    let old = model::wire_one(tx.conn, actor, &before)?;
    let row = Row { status, ..before.row.clone() };
    let kept = versions::model::keep(tx, &row, step)?;
    diesel::insert_into(adoptions::table).values(vote(&row, kept.n, &rule, on, said)).execute(tx.conn)?;
    let after = save::put(tx, &before, row)?;
    let programme = model::wire_one(tx.conn, actor, &after)?;
    let changes = Changes::between(&old, &programme)?.and("kept_version", serde_json::Value::Null, kept.n);
    save::append(tx, step.event(), &after, changes, None)?;
    Answer::changed(programme.version, &programme)
}

/// An item without priority, time, responsible collective or individual keeps the programme from being
/// adopted, and every one is named.
fn complete(tx: &mut Tx, before: &Placed) -> Result<()> {
    let rows = items::of(tx.conn, before.row.id)?;
    if rows.is_empty() {
        return Err(Error::field("/items", Code::MayNotBeEmpty));
    }
    let faults = complete::faults(&rows);
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// The rule in force on the day of adoption.
fn rule(tx: &mut Tx, before: &Placed, on: NaiveDate) -> Result<AdoptionRule> {
    if on > tx.at.day() {
        return Err(Error::field("/adopted_on", Code::InFuture));
    }
    let origins = origin::of(tx.conn, std::slice::from_ref(before))?;
    let origin = origins.get(&before.row.id).copied().unwrap_or(AdoptionOrigin::Party);
    let level = &before.place.level;
    rules::in_force(tx.conn, level, origin, on)?.ok_or_else(|| {
        let why = Said::from(Phrase::NoAdoptionRule).and(format!("{on} ({level}, {origin})"));
        Fault::at("/adopted_on", Code::NotPermittedHere).with("why", why).into()
    })
}

/// Nothing is adopted before it lay before the collective: not before the last hand-in of the draft.
fn before_submission(tx: &mut Tx, id: Id, on: NaiveDate) -> Result<Option<Fault>> {
    let submitted = versions::model::submitted_on(tx.conn, id)?.filter(|submitted| on < *submitted);
    let fault = |submitted| Fault::at("/adopted_on", Code::OutOfRange).with("min", submitted);
    Ok(submitted.map(fault).map(|fault| fault.with("max", tx.at.day())))
}

fn vote(row: &Row, n: i32, rule: &AdoptionRule, on: NaiveDate, said: &ProgrammeAdoption) -> VoteRow {
    VoteRow {
        programme_id: row.id,
        n,
        root_id: row.root_id,
        revision: row.revision,
        rule_id: rule.id,
        adopted_on: on,
        body: said.body,
        eligible: said.eligible.small(),
        present: said.present.small(),
        in_favour: said.in_favour.map(|count| count.small()),
        against: said.against.map(|count| count.small()),
        abstained: said.abstained.map(|count| count.small()),
        note: said.note.as_deref().map(str::to_owned),
    }
}
