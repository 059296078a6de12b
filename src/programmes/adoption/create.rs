//! Setting rules of adoption: a new one ends the one before it; what is past stays as it was.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{adoption_rules as rules, levels},
    },
    documents::rules::{refuse, refuse_classified},
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Event, Tx},
    http::{Answer, answer::same_content, fields::Whole},
    ids::Id,
    policy::{Action, Site},
    programmes::{
        adoption::model::{self, Row},
        wire::{AdoptionRule, AdoptionRuleCreate, Share},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// More than half, where nothing else is said.
const HALF: Share = Share { num: Whole(1), den: Whole(2) };

/// Sets a rule from a day on.
pub fn create(tx: &mut Tx, actor: &Actor, new: &AdoptionRuleCreate) -> Result<Answer> {
    actor.may_at(Action::AdoptionRuleManage, Site { unit: None, assigner: None })?;
    if let Some(answer) = already_there(tx.conn, new)? {
        return Ok(answer);
    }
    refuse_classified(None, &[("/source", Some(&*new.source))])?;
    check(tx, new)?;
    let share = new.vote_required.then(|| new.more_than.unwrap_or(HALF));
    let number = |n: i64| i32::try_from(n).map_err(Error::internal);
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        level: new.level.0.clone(),
        origin: new.origin,
        from_on: new.from_on.0,
        to_on: None,
        body: new.body,
        vote_required: new.vote_required,
        share_num: share.map(|share| number(share.num.0)).transpose()?,
        share_den: share.map(|share| number(share.den.0)).transpose()?,
        source: new.source.0.clone(),
    };
    let same = rules::level.eq(&row.level).and(rules::origin.eq(row.origin)).and(rules::to_on.is_null());
    diesel::update(rules::table.filter(same))
        .set(rules::to_on.eq(row.from_on.pred_opt()))
        .execute(tx.conn)?;
    diesel::insert_into(rules::table).values(&row).execute(tx.conn)?;
    let rule = AdoptionRule::from(row);
    tx.append(Event {
        kind: "adoption_rule.created",
        subject_type: "adoption_rule",
        subject_id: rule.id,
        subject_version: 1,
        place: None,
        changes: Changes::new_record(&rule)?,
        reason: None,
    })?;
    Answer::added("/api/v1/adoption-rules".into(), &rule)
}

fn check(tx: &mut Tx, new: &AdoptionRuleCreate) -> Result<()> {
    let refused = |pointer, why: Phrase| Fault::at(pointer, Code::NotPermittedHere).with("why", why);
    let mut faults = Vec::new();
    let known: Vec<String> = levels::table.order(levels::rank).select(levels::id).load(tx.conn)?;
    if !known.contains(&new.level.0) {
        faults.push(Fault::at("/level", Code::UnknownValue).with("accepted", known.join(", ")));
    }
    if new.from_on.0 < tx.at.day() {
        faults.push(refused("/from_on", Phrase::InThePast));
    }
    let last: Option<NaiveDate> = rules::table
        .filter(rules::level.eq(&new.level.0).and(rules::origin.eq(new.origin)))
        .select(diesel::dsl::max(rules::from_on))
        .first(tx.conn)?;
    if let Some(last) = last.filter(|last| new.from_on.0 <= *last) {
        faults.push(Fault::at("/from_on", Code::OutOfOrder).with("last", last));
    }
    match new.more_than {
        Some(_) if !new.vote_required => faults.push(refused("/more_than", Phrase::NoVoteHere)),
        Some(share) if share.num.0 >= share.den.0 => {
            let fault = Fault::at("/more_than/num", Code::OutOfRange);
            faults.push(fault.with("min", 0_i64).with("max", share.den.0 - 1));
        }
        _ => {}
    }
    refuse(faults)
}

fn already_there(conn: &mut AnyConn, new: &AdoptionRuleCreate) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let Some(rule) = model::find(conn, id)? else { return Ok(None) };
    if !same_content(new, &rule)? {
        return Err(Error::new(Code::IdConflict));
    }
    Answer::ok(&rule).map(Some)
}
