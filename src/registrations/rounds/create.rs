//! Opening rounds.

use crate::{
    auth::Actor,
    db::{
        AnyConn, lock_row,
        schema::{levels, registration_rounds as rounds, unit_kinds},
    },
    dispatches::addressees::{self, Named},
    documents::{model as documents, rules::refuse_classified},
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, answer::same_content},
    ids::Id,
    org_units::model as units,
    place::Place,
    policy::{self, Action, Site},
    registrations::{
        rounds::{
            model::{self, Row, RuleRow},
            rules, save,
        },
        save as keep,
        wire::{RegistrationQuota, RegistrationRoundCreate},
    },
    terms,
};
use diesel::prelude::*;

/// Opens a round and calls upon its units.
pub fn create(tx: &mut Tx, actor: &Actor, new: &RegistrationRoundCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx, actor, new)? {
        return Ok(answer);
    }
    let opener = match (new.unit_id, &actor.unit) {
        (Some(unit), _) => units::referenced(tx.conn, actor, unit, "/unit_id")?.place(),
        (None, Some(unit)) => unit.clone(),
        (None, None) => return Err(policy::refused(Action::RoundOpen)),
    };
    actor.may_at(Action::RoundOpen, Site::of(&opener))?;
    refuse_classified(None, &[("/title", Some(&*new.title))])?;
    // First the tree, as those do who close a unit, then the document, that it stays.
    lock_row(tx.conn, "org_units", &opener.root_id.to_string())?;
    lock_row(tx.conn, "documents", &new.document_id.to_string())?;
    let units = checked(tx, actor, &opener, new)?;
    let (row, rule) = rows(tx, actor, &opener, new)?;
    save::insert(tx, &opener, &row, &rule, units.len())?;
    keep::call(tx, &row, &units)?;
    let round = model::wire_one(tx.conn, actor, row, tx.at.day())?;
    Answer::created(format!("/api/v1/registration-rounds/{}", round.id), round.version, &round)
}

/// The units it calls upon, once everything in the request is right.
fn checked(
    tx: &mut Tx,
    actor: &Actor,
    opener: &Place,
    new: &RegistrationRoundCreate,
) -> Result<Vec<units::Row>> {
    let today = tx.at.day();
    let mut found = addressees::find(tx.conn, actor, opener, named(new), today)?;
    let faults = &mut found.faults;
    match documents::find(tx.conn, actor, new.document_id) {
        Ok(paper) if paper.issued() => {}
        Ok(_) => {
            let fault = Fault::at("/document_id", Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::NotIssued));
        }
        Err(error) if error.code == Code::NotFound => {
            faults.push(Fault::at("/document_id", Code::UnknownReference));
        }
        Err(error) => return Err(error),
    }
    match new.term_id.map(|term| terms::model::find(tx.conn, actor, term)) {
        Some(Err(error)) if error.code == Code::NotFound => {
            faults.push(Fault::at("/term_id", Code::UnknownReference));
        }
        Some(Err(error)) => return Err(error),
        Some(Ok(_)) | None => {}
    }
    if new.term_id.is_some() && new.year.is_some() {
        faults.push(Fault::at("/year", Code::NotPermittedHere).with("why", Phrase::TermOrYear));
    }
    faults.extend(rules::day_faults(new.opens_on.0, new.closes_on.0, today));
    faults.extend(quota_faults(tx.conn, quotas(new))?);
    if found.faults.is_empty() { Ok(found.units) } else { Err(Error::faults(found.faults)) }
}

/// All that is wrong with quotas.
pub fn quota_faults(conn: &mut AnyConn, quotas: &[RegistrationQuota]) -> Result<Vec<Fault>> {
    if quotas.is_empty() {
        return Ok(Vec::new());
    }
    let levels: Vec<String> = levels::table.order(levels::rank).select(levels::id).load(conn)?;
    let kinds: Vec<String> = unit_kinds::table.order(unit_kinds::rank).select(unit_kinds::id).load(conn)?;
    Ok(rules::quota_faults(quotas, &levels, &kinds))
}

fn quotas(new: &RegistrationRoundCreate) -> &[RegistrationQuota] {
    new.quotas.as_ref().map_or(&[], |few| &few.0)
}

fn named(new: &RegistrationRoundCreate) -> Named<'_> {
    Named {
        unit_ids: new.unit_ids.as_ref().map_or(&[], |few| &few.0),
        under: new.under,
        level: new.level.as_deref(),
        kind: new.kind.as_deref(),
    }
}

fn rows(tx: &Tx, actor: &Actor, opener: &Place, new: &RegistrationRoundCreate) -> Result<(Row, RuleRow)> {
    let id = new.id.unwrap_or_else(Id::new);
    let row = Row {
        id,
        root_id: opener.root_id,
        document_id: new.document_id,
        unit_id: opener.id,
        title: new.title.0.clone(),
        term_id: new.term_id,
        year: new.year.map(|year| year.small()),
        opens_on: new.opens_on.0,
        addressed: named(new).said()?,
        closed_at: None,
        cancelled_at: None,
        ended_reason: None,
        created_by: actor.user,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    };
    let rule = RuleRow {
        round_id: id,
        n: 1,
        root_id: opener.root_id,
        set_at: tx.at,
        closes_on: new.closes_on.0,
        quotas: serde_json::to_string(quotas(new)).map_err(Error::internal)?,
    };
    Ok((row, rule))
}

fn already_there(tx: &mut Tx, actor: &Actor, new: &RegistrationRoundCreate) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = rounds::table.find(id).count().get_result(tx.conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(tx.conn, actor, id).map_err(|_| conflict())?;
    let same = row.addressed == named(new).said()?;
    let round = model::wire_one(tx.conn, actor, row, tx.at.day())?;
    if !same || !same_content(new, &round)? {
        return Err(conflict());
    }
    Answer::changed(round.version, &round).map(Some)
}
