//! Writing new sets, as drafts.

use crate::{
    auth::Actor,
    criteria::{
        sets::{
            model::{self, Row},
            rules::{self, Content},
            save,
        },
        wire::{CriteriaSetCreate, CriteriaSetStatus},
    },
    db::{
        AnyConn,
        schema::{criteria_sets as sets, levels, unit_kinds},
    },
    documents::{
        model as documents,
        rules::{refuse, refuse_classified},
    },
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::Tx,
    http::{Answer, answer::same_content, fields::Few},
    ids::Id,
    policy::{self, Action},
};
use diesel::prelude::*;

/// Writes a draft: of the instance, or of the own unit at the top of its tree.
pub fn create(tx: &mut Tx, actor: &Actor, new: &CriteriaSetCreate) -> Result<Answer> {
    let owner = actor.unit.as_ref();
    if !model::may_manage(actor, owner.map(|unit| unit.id)) {
        return Err(policy::refused(Action::CriteriaSetManage));
    }
    if let Some(answer) = already_there(tx, actor, new)? {
        return Ok(answer);
    }
    let replaced = replaced(tx.conn, actor, new)?;
    let row = row(tx, actor, new, replaced.as_ref())?;
    check(tx, actor, &row)?;
    refuse_second(tx.conn, &row)?;
    save::insert(tx, owner, &row)?;
    let set = model::wire_one(tx.conn, actor, row)?;
    Answer::created(format!("/api/v1/criteria-sets/{}", set.id), set.version, &set)
}

/// The version this one replaces: in force, with the same owner and code.
fn replaced(conn: &mut AnyConn, actor: &Actor, new: &CriteriaSetCreate) -> Result<Option<Row>> {
    let Some(id) = new.replaces_id else { return Ok(None) };
    let old = model::referenced(conn, actor, id, "/replaces_id")?;
    let same = old.unit_id == actor.unit.as_ref().map(|unit| unit.id) && old.code == new.code.0;
    let why = if !same {
        Phrase::AnotherSet
    } else if old.status != CriteriaSetStatus::InForce {
        Phrase::NotInForceThen
    } else {
        return Ok(Some(old));
    };
    Err(Fault::at("/replaces_id", Code::NotPermittedHere).with("why", why).into())
}

/// The row of a new set; a list that is left out is that of the version it replaces.
fn row(tx: &Tx, actor: &Actor, new: &CriteriaSetCreate, old: Option<&Row>) -> Result<Row> {
    fn given<T: Clone, const MAX: usize>(list: Option<&Few<T, MAX>>, old: Vec<T>) -> Vec<T> {
        list.map_or(old, |few| few.0.clone())
    }
    let before = old.map(Row::content).transpose()?.unwrap_or_default();
    let content = Content {
        groups: given(new.groups.as_ref(), before.groups),
        unit_groups: given(new.unit_groups.as_ref(), before.unit_groups),
        conditions: given(new.conditions.as_ref(), before.conditions),
        criteria: given(new.criteria.as_ref(), before.criteria),
    };
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: actor.unit.as_ref().map(|unit| unit.root_id),
        unit_id: actor.unit.as_ref().map(|unit| unit.id),
        code: new.code.0.clone(),
        revision: old.map_or(1, |old| old.revision + 1),
        name: new.name.0.clone(),
        level: new.level.0.clone(),
        kind: new.kind.as_ref().map(|kind| kind.0.clone()),
        achievement: new.achievement,
        legal_basis: new.legal_basis.0.clone(),
        document_id: new.document_id,
        first_year: new.first_year.small(),
        last_year: new.last_year.small(),
        note: new.note.as_ref().map(|note| note.0.clone()),
        groups: String::new(),
        unit_groups: String::new(),
        conditions: String::new(),
        criteria: String::new(),
        requires_id: new.requires_id,
        replaces_id: new.replaces_id,
        status: CriteriaSetStatus::Draft,
        effective_on: None,
        replaced_on: None,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    };
    row.saying(&content)
}

/// Refuses a set that breaks a rule, with all that is wrong.
pub fn check(tx: &mut Tx, actor: &Actor, row: &Row) -> Result<()> {
    let texts = [
        ("/name", Some(&*row.name)),
        ("/legal_basis", Some(&*row.legal_basis)),
        ("/note", row.note.as_deref()),
    ];
    refuse_classified(None, &texts)?;
    let content = row.content()?;
    for (pointer, text) in content.texts() {
        refuse_classified(None, &[(&*pointer, Some(text))])?;
    }
    let mut faults = rules::faults(&content);
    if row.last_year < row.first_year {
        faults.push(Fault::at("/last_year", Code::EndBeforeStart));
    }
    let known: Vec<String> = levels::table.order(levels::rank).select(levels::id).load(tx.conn)?;
    if !known.contains(&row.level) {
        faults.push(Fault::at("/level", Code::UnknownValue).with("accepted", known.join(", ")));
    }
    let known: Vec<String> =
        unit_kinds::table.order(unit_kinds::rank).select(unit_kinds::id).load(tx.conn)?;
    if row.kind.as_ref().is_some_and(|kind| !known.contains(kind)) {
        faults.push(Fault::at("/kind", Code::UnknownValue).with("accepted", known.join(", ")));
    }
    faults.extend(documents::document_fault(tx.conn, actor, row.document_id)?);
    faults.extend(required_fault(tx.conn, actor, row)?);
    refuse(faults)
}

/// The set whose recognition is presupposed: another one, for the same level of units.
fn required_fault(conn: &mut AnyConn, actor: &Actor, row: &Row) -> Result<Option<Fault>> {
    let Some(id) = row.requires_id else { return Ok(None) };
    let fault = |code| Fault::at("/requires_id", code);
    if id == row.id {
        return Ok(Some(fault(Code::NotPermittedHere).with("why", Phrase::AnotherSet)));
    }
    match model::find(conn, actor, id) {
        Ok(other) if other.level == row.level => Ok(None),
        Ok(_) => Ok(Some(fault(Code::NotPermittedHere).with("why", Phrase::Level))),
        Err(error) if error.code == Code::NotFound => Ok(Some(fault(Code::UnknownReference))),
        Err(error) => Err(error),
    }
}

/// One code, one set: another content is a version that replaces the one before.
fn refuse_second(conn: &mut AnyConn, row: &Row) -> Result<()> {
    let mut same = sets::table.into_boxed::<crate::db::MultiBackend>();
    same = match row.unit_id {
        Some(unit) => same.filter(sets::unit_id.eq(unit)),
        None => same.filter(sets::unit_id.is_null()),
    };
    let taken: i64 = same
        .filter(sets::code.eq(row.code.clone()).and(sets::revision.eq(row.revision)))
        .count()
        .get_result(conn)?;
    if taken > 0 {
        return Err(Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::Code).and(&row.code)));
    }
    Ok(())
}

fn already_there(tx: &mut Tx, actor: &Actor, new: &CriteriaSetCreate) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = sets::table.find(id).count().get_result(tx.conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(tx.conn, actor, id).map_err(|_| conflict())?;
    let set = model::wire_one(tx.conn, actor, row)?;
    if !same_content(new, &set)? {
        return Err(conflict());
    }
    Answer::changed(set.version, &set).map(Some)
}
