//! What figures know of disseminations: many documents and many units at once, a query per table.

use crate::{
    clock::Instant,
    db::{
        AnyConn,
        schema::{
            dissemination_completions as completions, dissemination_holders as holders,
            dissemination_plans as plans, dissemination_session_versions as versions,
            dissemination_verifications as verifications, disseminations, study_checks as checks,
        },
    },
    disseminations::{
        model::PlanRow,
        rules::attended,
        wire::{AttendanceNumber, VerificationOutcome},
    },
    error::{Error, Result},
    ids::Id,
    measures::{
        Audience, Study,
        disseminations::{CheckDay, CompletionDays, PlanDays, SessionDays, VerdictDay},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many ids stand in one query.
const CHUNK: usize = 2_000;
/// So many units are looked for by the database.
const FEW: usize = 20;

/// Studies by document and unit.
pub type Studies = HashMap<(Id, Id), Study>;

/// The studies of documents by units, whoever asks: the caller has found the documents, and the units
/// are those of its territory. A study that was passed on stands at each unit, with the days on which
/// it was that unit's.
pub fn studies(conn: &mut AnyConn, documents: &[Id], units: &[Id]) -> Result<Studies> {
    let mut found = Studies::new();
    let held = held(conn, documents, units)?;
    let ids: Vec<Id> = BTreeSet::from_iter(held.iter().map(|one| one.0)).into_iter().collect();
    let mut known = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        read(conn, chunk, &mut known)?;
    }
    for (id, document, unit, from, until, at) in held {
        let study: Study = known.get(&id).cloned().unwrap_or_default();
        found.insert((document, unit), Study { made_on: at.day(), from, until, ..study });
    }
    Ok(found)
}

/// A row of holders with the document of its dissemination.
type Held = (Id, Id, Id, Option<NaiveDate>, Option<NaiveDate>, Instant);

/// The disseminations of documents that were these units' at any time.
fn held(conn: &mut AnyConn, documents: &[Id], units: &[Id]) -> Result<Vec<Held>> {
    let asked: HashSet<Id> = units.iter().copied().collect();
    let mut found = Vec::new();
    for documents in documents.chunks(CHUNK) {
        let mut rows = holders::table
            .inner_join(disseminations::table.on(disseminations::id.eq(holders::dissemination_id)))
            .filter(disseminations::document_id.eq_any(documents))
            .into_boxed();
        // Many units are looked through here: the database would look for each of them in each study.
        if units.len() <= FEW {
            rows = rows.filter(holders::unit_id.eq_any(units));
        }
        let rows: Vec<Held> = rows
            .select((
                disseminations::id,
                disseminations::document_id,
                holders::unit_id,
                holders::from_on,
                holders::until_on,
                disseminations::created_at,
            ))
            .load(conn)?;
        found.extend(rows.into_iter().filter(|one| asked.contains(&one.2)));
    }
    Ok(found)
}

/// What is stored of disseminations, but for whose they are.
fn read(conn: &mut AnyConn, ids: &[Id], known: &mut HashMap<Id, Study>) -> Result<()> {
    let mut plans = plans_of(conn, ids)?;
    let mut sessions = sessions_of(conn, ids)?;
    let mut completions = completions_of(conn, ids)?;
    let mut verdicts = verdicts_of(conn, ids)?;
    let mut checks = checks_of(conn, ids)?;
    known.extend(ids.iter().map(|id| {
        let study = Study {
            plans: plans.remove(id).unwrap_or_default(),
            sessions: sessions.remove(id).unwrap_or_default(),
            completions: completions.remove(id).unwrap_or_default(),
            verdicts: verdicts.remove(id).unwrap_or_default(),
            checks: checks.remove(id).unwrap_or_default(),
            ..Study::default()
        };
        (*id, study)
    }));
    Ok(())
}

type ById<T> = HashMap<Id, Vec<T>>;

fn by_id<T>(rows: impl IntoIterator<Item = (Id, T)>) -> ById<T> {
    let mut found = ById::new();
    for (id, one) in rows {
        found.entry(id).or_default().push(one);
    }
    found
}

fn plans_of(conn: &mut AnyConn, ids: &[Id]) -> Result<ById<PlanDays>> {
    let rows: Vec<PlanRow> = plans::table
        .filter(plans::dissemination_id.eq_any(ids))
        .order((plans::dissemination_id, plans::n))
        .select(PlanRow::as_select())
        .load(conn)?;
    let one = |row: PlanRow| {
        let members = row.waves()?.into_iter().find(|wave| wave.audience == Audience::CadresAndMembers);
        let planned = members.map(|wave| wave.numbers()).unwrap_or_default();
        Ok((row.dissemination_id, PlanDays { set_on: row.set_on, planned }))
    };
    Ok(by_id(rows.into_iter().map(one).collect::<Result<Vec<_>>>()?))
}

fn sessions_of(conn: &mut AnyConn, ids: &[Id]) -> Result<ById<SessionDays>> {
    type Session = (Id, NaiveDate, Option<NaiveDate>, NaiveDate, Audience, String);
    let rows: Vec<Session> = versions::table
        .filter(versions::dissemination_id.eq_any(ids))
        .order((versions::session_id, versions::n))
        .select((
            versions::dissemination_id,
            versions::from_on,
            versions::until_on,
            versions::held_on,
            versions::audience,
            versions::attendance,
        ))
        .load(conn)?;
    let one = |(id, from, until, held_on, audience, numbers): Session| {
        let numbers: Vec<AttendanceNumber> = serde_json::from_str(&numbers).map_err(Error::internal)?;
        Ok((id, SessionDays { from, until, held_on, audience, attended: attended(&numbers) }))
    };
    Ok(by_id(rows.into_iter().map(one).collect::<Result<Vec<_>>>()?))
}

/// Those with which the whole was complete.
fn completions_of(conn: &mut AnyConn, ids: &[Id]) -> Result<ById<CompletionDays>> {
    let rows: Vec<(Id, NaiveDate, Option<NaiveDate>)> = completions::table
        .filter(completions::dissemination_id.eq_any(ids))
        .filter(completions::is_whole.eq(true))
        .order((completions::dissemination_id, completions::n))
        .select((completions::dissemination_id, completions::completed_on, completions::undone_on))
        .load(conn)?;
    let one = |(id, completed_on, undone_on)| (id, CompletionDays { completed_on, undone_on });
    Ok(by_id(rows.into_iter().map(one)))
}

fn verdicts_of(conn: &mut AnyConn, ids: &[Id]) -> Result<ById<VerdictDay>> {
    let rows: Vec<(Id, NaiveDate, VerificationOutcome)> = verifications::table
        .filter(verifications::dissemination_id.eq_any(ids))
        .order((verifications::dissemination_id, verifications::n))
        .select((verifications::dissemination_id, verifications::verified_on, verifications::outcome))
        .load(conn)?;
    let one =
        |(id, on, outcome)| (id, VerdictDay { on, confirmed: outcome == VerificationOutcome::Confirmed });
    Ok(by_id(rows.into_iter().map(one)))
}

fn checks_of(conn: &mut AnyConn, ids: &[Id]) -> Result<ById<CheckDay>> {
    let rows: Vec<(Id, NaiveDate, i32, i32)> = checks::table
        .filter(checks::dissemination_id.eq_any(ids))
        .order(checks::id)
        .select((checks::dissemination_id, checks::checked_on, checks::examined, checks::passed))
        .load(conn)?;
    let one = |(id, on, examined, passed): (Id, _, i32, i32)| {
        (id, CheckDay { on, examined: examined.into(), passed: passed.into() })
    };
    Ok(by_id(rows.into_iter().map(one)))
}
