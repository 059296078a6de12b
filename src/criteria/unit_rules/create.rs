//! Laying down what holds for a unit from a day on.

use crate::{
    auth::Actor,
    criteria::{
        assessments::assess::{criterion_fault, unit_fault},
        sets::model::{self as sets, Row as Set},
        unit_rules::model::{self, Row},
        wire::CriteriaUnitRuleCreate,
    },
    db::{AnyConn, lock_row, schema::criteria_unit_rules as rules},
    documents::rules::{refuse, refuse_classified},
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Event, Tx},
    http::{Answer, answer::same_content},
    ids::Id,
    org_units::model::{self as units, Row as Unit},
    policy::{self, Action, Site},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Lays down a group and what must be held; what was laid down before ends on that day.
pub fn create(tx: &mut Tx, actor: &Actor, new: &CriteriaUnitRuleCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx.conn, actor, new)? {
        return Ok(answer);
    }
    let unit = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?;
    actor.may_at(Action::CriteriaDirect, Site::of(&unit.place()))?;
    let by = actor.unit.as_ref().ok_or_else(|| policy::refused(Action::CriteriaDirect))?.id;
    refuse_classified(None, &[("/reason", new.reason.as_deref())])?;
    lock_row(tx.conn, "org_units", &unit.id.to_string())?;
    let unit = units::load(tx.conn, unit.id)?;
    let set = sets::referenced(tx.conn, actor, new.set_id, "/set_id")?;
    let last: Option<(i32, NaiveDate)> = rules::table
        .filter(rules::set_id.eq(set.id).and(rules::unit_id.eq(unit.id)))
        .order(rules::n.desc())
        .select((rules::n, rules::from_on))
        .first(tx.conn)
        .optional()?;
    let on = new.from_on.map_or(tx.at.day(), |day| day.0);
    refuse(faults(tx, (&set, &unit), new, last.map(|(_, on)| on), on)?)?;
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: unit.root_id,
        set_id: set.id,
        unit_id: unit.id,
        n: last.map_or(0, |(n, _)| n) + 1,
        from_on: on,
        unit_group: new.group.as_deref().map(str::to_owned),
        must_hold: sets::text(&new.must_hold.as_ref().map_or(&[][..], |codes| &codes.0))?,
        reason: new.reason.as_deref().map(str::to_owned),
        by_unit_id: by,
        recorded_by: actor.user,
        created_at: tx.at,
    };
    diesel::insert_into(rules::table).values(&row).execute(tx.conn)?;
    let rule = model::wire_one(tx.conn, row)?;
    tx.append(Event {
        kind: "criteria_unit_rule.set",
        subject_type: "criteria_unit_rule",
        subject_id: rule.id,
        subject_version: 1,
        place: Some(&unit.place()),
        changes: Changes::new_record(&rule)?,
        reason: rule.reason.as_deref(),
    })?;
    Answer::added("/api/v1/criteria-unit-rules".into(), &rule)
}

fn faults(
    tx: &Tx,
    (set, unit): (&Set, &Unit),
    new: &CriteriaUnitRuleCreate,
    last: Option<NaiveDate>,
    on: NaiveDate,
) -> Result<Vec<Fault>> {
    let content = set.content()?;
    let mut faults = Vec::new();
    if !set.holds_on(on) {
        faults.push(sets::not_in_force());
    }
    faults.extend(unit_fault(set, unit, on));
    if on > tx.at.day() {
        faults.push(Fault::at("/from_on", Code::InFuture));
    } else if let Some(last) = last.filter(|last| on < *last) {
        faults.push(Fault::at("/from_on", Code::OutOfOrder).with("last", last));
    }
    let known: Vec<&str> = content.unit_groups.iter().map(|group| &*group.code).collect();
    if new.group.as_ref().is_some_and(|group| !known.contains(&&**group)) {
        faults.push(Fault::at("/group", Code::UnknownValue).with("accepted", known.join(", ")));
    }
    let held = new.must_hold.as_ref().map_or(&[][..], |codes| &codes.0);
    for (i, code) in held.iter().enumerate() {
        let at = format!("/must_hold/{i}");
        faults.extend(criterion_fault(&content.criteria, &at, code));
        if held.iter().take(i).any(|other| other == code) {
            faults.push(Fault::at(at, Code::NotPermittedHere).with("why", Phrase::Twice));
        }
    }
    Ok(faults)
}

fn already_there(conn: &mut AnyConn, actor: &Actor, new: &CriteriaUnitRuleCreate) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = rules::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::visible(actor).filter(rules::id.eq(id)).select(Row::as_select()).first(conn);
    let rule = model::wire_one(conn, row.map_err(|_| conflict())?)?;
    if !same_content(new, &rule)? {
        return Err(conflict());
    }
    Answer::ok(&rule).map(Some)
}
