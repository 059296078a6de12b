//! Loading submissions as the old books have them: made and handed in at once, returned, approved, by the
//! guards of the unit and role that the line names.

use crate::{
    auth::Actor,
    error::{Code, Error, Fault, Result},
    events::Tx,
    http::{
        Answer,
        fields::{Faults, Few, Reason, Words},
    },
    ids::Id,
    indicators::wire::Code as Key,
    measures::Period,
    submissions::{
        draft, lines, model, review,
        save::column,
        submit,
        wire::{SubmissionComment, SubmissionCreate, SubmissionLine, SubmissionReturn, SubmissionSubmit},
    },
};
use deserr::Deserr;

/// A report handed in: all of it in one line.
#[derive(Debug, Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SubmittedLoad {
    #[deserr(default)]
    pub id: Option<Id>,
    pub form_id: Id,
    pub unit_id: Id,
    pub period: Period,
    #[deserr(default)]
    pub lines: Option<Few<LoadedLine, 300>>,
    #[deserr(default)]
    pub nil: Option<bool>,
    #[deserr(default)]
    pub comment: Option<Words<2000>>,
}

/// A line of it: by its key, or by the indicator of which the form has one line.
#[derive(Debug, Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct LoadedLine {
    #[deserr(default)]
    pub key: Option<Key>,
    #[deserr(default)]
    pub indicator_id: Option<Id>,
    #[deserr(default)]
    pub value: Option<crate::http::fields::Amount>,
    #[deserr(default)]
    pub numerator: Option<crate::http::fields::Amount>,
    #[deserr(default)]
    pub denominator: Option<crate::http::fields::Amount>,
    #[deserr(default)]
    pub qualifier: Option<crate::measures::Qualifier>,
    #[deserr(default)]
    pub estimated: Option<bool>,
    #[deserr(default)]
    pub reached_on: Option<crate::http::fields::Day>,
    #[deserr(default)]
    pub verdict: Option<crate::measures::TargetVerdict>,
    #[deserr(default)]
    pub assessment: Option<crate::measures::CriterionStatement>,
    #[deserr(default)]
    pub text: Option<crate::http::fields::Prose<0, 20_000>>,
    #[deserr(default)]
    pub nil: Option<bool>,
    #[deserr(default)]
    pub note: Option<crate::http::fields::Prose<0, 2000>>,
    #[deserr(default)]
    pub answer: Option<crate::http::fields::Prose<0, 2000>>,
}

/// Which submission a line answers: by its id, or by form, unit and period; with what is said.
#[derive(Debug, Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReviewLoad {
    #[deserr(default)]
    pub submission_id: Option<Id>,
    #[deserr(default)]
    pub form_id: Option<Id>,
    #[deserr(default)]
    pub unit_id: Option<Id>,
    #[deserr(default)]
    pub period: Option<Period>,
    #[deserr(default)]
    pub comment: Option<Words<2000>>,
    /// Of a return.
    #[deserr(default)]
    pub reason: Option<Reason<2000>>,
    /// Of a return.
    #[deserr(default)]
    pub lines: Option<Few<SubmissionComment, 300>>,
}

/// Hands a report in, for the first time or again.
pub fn submitted(tx: &mut Tx, actor: &Actor, load: &SubmittedLoad) -> Result<Answer> {
    let there = model::at(tx.conn, load.form_id, load.unit_id, load.period)?;
    let (placed, fresh) = match there {
        Some(row) => {
            let command = crate::submissions::workflow::SubmissionCommand::Submit;
            (draft::open(tx, actor, row.id, command, None)?, false)
        }
        None => {
            let new = SubmissionCreate {
                id: load.id,
                form_id: load.form_id,
                unit_id: load.unit_id,
                period: load.period,
            };
            if let Some(id) = load.id
                && model::load(tx.conn, id)?.is_some()
            {
                return Err(Error::new(Code::IdConflict));
            }
            (draft::start(tx, actor, &new)?, true)
        }
    };
    let mut placed = placed;
    let mut given = Vec::new();
    for (i, line) in load.lines.iter().flat_map(|lines| &lines.0).enumerate() {
        given.push(keyed(&placed, line, i)?);
    }
    let merged = draft::merged(&placed, &given)?;
    placed.row.lines = column(&merged)?;
    let body = SubmissionSubmit { nil: load.nil, comment: load.comment.clone() };
    let row = submit::hand_in(tx, actor, placed, &body)?;
    let (id, version) = (row.id, row.version);
    let placed = model::placed(tx.conn, row, tx.at.day())?;
    let shown = model::show(tx.conn, actor, &placed, tx.at.day())?;
    if fresh {
        Answer::created(format!("/api/v1/submissions/{id}"), version, &shown)
    } else {
        Answer::changed(version, &shown)
    }
}

fn keyed(placed: &model::Placed, line: &LoadedLine, i: usize) -> Result<SubmissionLine> {
    let mut items = placed.version.content.items.0.iter();
    let item = items.find(|item| match (&line.key, line.indicator_id) {
        (Some(key), _) => item.key == *key,
        (None, Some(id)) => item.indicator_id == Some(id) && item.cell.is_none(),
        (None, None) => false,
    });
    let at = format!("/lines/{i}/{}", if line.key.is_some() { "key" } else { "indicator_id" });
    let item = item
        .ok_or_else(|| Fault::at(at, Code::NotPermittedHere).with("why", crate::error::Phrase::NotInForm))?;
    Ok(SubmissionLine {
        value: line.value,
        numerator: line.numerator,
        denominator: line.denominator,
        qualifier: line.qualifier,
        estimated: line.estimated,
        reached_on: line.reached_on,
        verdict: line.verdict,
        assessment: line.assessment,
        text: line.text.clone(),
        nil: line.nil,
        note: line.note.clone(),
        answer: line.answer.clone(),
        ..lines::blank(item)
    })
}

fn named(tx: &mut Tx, load: &ReviewLoad) -> Result<Id> {
    if let Some(id) = load.submission_id {
        return Ok(id);
    }
    let mut missing = Vec::new();
    let mut need = |at: &str, there: bool| {
        if !there {
            missing.push(Fault::at(at, Code::Required));
        }
    };
    need("/form_id", load.form_id.is_some());
    need("/unit_id", load.unit_id.is_some());
    need("/period", load.period.is_some());
    let (Some(form), Some(unit), Some(period)) = (load.form_id, load.unit_id, load.period) else {
        return Err(Error::faults(missing));
    };
    Ok(model::at(tx.conn, form, unit, period)?.ok_or_else(Error::not_found)?.id)
}

/// Returns a report.
pub fn returned(tx: &mut Tx, actor: &Actor, load: ReviewLoad) -> Result<Answer> {
    let id = named(tx, &load)?;
    let reason = load.reason.ok_or_else(|| Error::field("/reason", Code::ReasonRequired))?;
    review::give_back(tx, actor, id, None, &SubmissionReturn { reason, lines: load.lines })
}

/// Approves a report.
pub fn approved(tx: &mut Tx, actor: &Actor, load: &ReviewLoad) -> Result<Answer> {
    let id = named(tx, load)?;
    review::approve(tx, actor, id, None, load.comment.as_deref())
}
