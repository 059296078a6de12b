//! Many steps in one request: all or nothing, or each for itself.
//!
//! Every item goes through the function of its single request, with the same guards and events.

use crate::{
    auth::Actor,
    db::lock_row,
    error::{Code, Error, Fault, Phrase, Place, Result, Said},
    events::Tx,
    http::{Answer, body::read_under, problem::Problem, request::Language, version::IfMatch},
    ids::Id,
    tasks::{
        create,
        steps::Step,
        wire::{TaskBatch, TaskBatchAnswer, TaskBatchItem, TaskBatchResult, TaskCreate, TaskOp},
    },
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Runs a batch. `language` is that of the problems of items that stand for themselves.
pub fn run(tx: &mut Tx, actor: &Actor, batch: TaskBatch, language: Language) -> Result<Answer> {
    let atomic = batch.atomic;
    let tasks: BTreeSet<Id> = batch.items.0.iter().filter_map(|item| item.id).collect();
    // Always in one order: two batches cannot wait for each other.
    tasks.iter().try_for_each(|id| lock_row(tx.conn, "tasks", &id.to_string()))?;
    let items = batch.items.0.into_iter().enumerate();
    let works: Vec<Result<Work>> = items.map(|(i, item)| Work::read(item, &format!("/items/{i}"))).collect();
    if atomic {
        let items = together(tx, actor, works)?;
        return Answer::ok(&TaskBatchAnswer { items });
    }
    let apart = works.into_iter().enumerate();
    let items = apart.map(|(i, work)| alone(tx, actor, i, work, language)).collect::<Result<_>>()?;
    Answer::several(&TaskBatchAnswer { items })
}

/// All or nothing: everything that cannot even be read is told at once, then the first refusal ends it.
fn together(tx: &mut Tx, actor: &Actor, works: Vec<Result<Work>>) -> Result<Vec<TaskBatchResult>> {
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    for work in works {
        match work {
            Ok(work) => good.push(work),
            Err(error) => faults.extend(error.faults),
        }
    }
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    let items = good.iter().enumerate();
    items.map(|(i, work)| work.run(tx, actor).map_err(|error| refers(placed(error, i)))).collect()
}

/// One item in a savepoint of its own.
fn alone(
    tx: &mut Tx,
    actor: &Actor,
    i: usize,
    work: Result<Work>,
    language: Language,
) -> Result<TaskBatchResult> {
    match work.and_then(|work| tx.attempt(|tx| work.run(tx, actor).map_err(|error| placed(error, i)))) {
        Ok(result) => Ok(result),
        // A failure of ours is no fault of the item: nothing is kept and the request says so.
        Err(error) if error.code.status() >= 500 => Err(error),
        Err(error) => {
            let problem = Problem::new(&error, language, tx.request_id.clone());
            let (id, version, report_id) = (None, None, None);
            Ok(TaskBatchResult { status: problem.status, id, version, report_id, problem: Some(problem) })
        }
    }
}

/// An error of an item with its places counted from the whole body; one that is about no field is
/// about the item.
fn placed(mut error: Error, i: usize) -> Error {
    if error.code.status() >= 500 {
        return error;
    }
    if error.faults.is_empty() {
        let part = match error.code {
            Code::NotFound => "/id",
            Code::StaleVersion => "/if_match",
            _ => "",
        };
        let params = error.params.clone();
        error.faults.push(Fault { params, ..Fault::at(format!("/items/{i}{part}"), error.code) });
        return error;
    }
    for fault in &mut error.faults {
        if let Place::Pointer(pointer) = &mut fault.place {
            pointer.insert_str(0, &format!("/items/{i}/data"));
        }
    }
    error
}

/// The batch itself is there: a task it names that is not is an unknown reference of its body.
fn refers(error: Error) -> Error {
    match error.faults.first() {
        Some(fault) if error.code == Code::NotFound => {
            Error::faults(vec![Fault { code: Code::UnknownReference, ..fault.clone() }])
        }
        _ => error,
    }
}

/// An item whose body has been read.
enum Work {
    Create(Box<TaskCreate>),
    Step(Id, Option<IfMatch>, Step),
}

/// What an answer says of the task.
#[derive(Deserialize)]
struct Told {
    id: Id,
    /// Only a report has it.
    task_id: Option<Id>,
    version: Option<i32>,
}

impl Work {
    fn read(item: TaskBatchItem, at: &str) -> Result<Self> {
        let (under, data) = (format!("{at}/data"), item.data.unwrap_or_else(|| json!({})));
        if item.op == TaskOp::Create {
            let data = with_id(data, item.id, at)?;
            if item.if_match.is_some() {
                let fault = Fault::at(format!("{at}/if_match"), Code::NotPermittedHere);
                return Err(fault.with("why", Said::from(item.op)).into());
            }
            return Ok(Self::Create(Box::new(read_under(data, &under)?)));
        }
        let id = item.id.ok_or_else(|| Error::field(format!("{at}/id"), Code::Required));
        let step = Step::read(item.op.as_str(), data, &under)
            .unwrap_or_else(|| Err(Error::internal("an operation without a step")));
        match (id, step) {
            (Ok(id), Ok(step)) => Ok(Self::Step(id, item.if_match, step)),
            (Err(mut one), Err(more)) => {
                one.faults.extend(more.faults);
                Err(Error::faults(one.faults))
            }
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    }

    fn run(&self, tx: &mut Tx, actor: &Actor) -> Result<TaskBatchResult> {
        let answer = match self {
            Self::Create(new) => create::create(tx, actor, new),
            Self::Step(id, expected, step) => step.run(tx, actor, *id, expected.clone()),
        }?;
        let told: Told =
            serde_json::from_str(answer.body.as_deref().unwrap_or_default()).map_err(Error::internal)?;
        Ok(TaskBatchResult {
            status: answer.status,
            id: Some(told.task_id.unwrap_or(told.id)),
            version: told.version,
            report_id: told.task_id.map(|_| told.id),
            problem: None,
        })
    }
}

/// The body of a creation with the id that stands beside it.
fn with_id(mut data: Value, id: Option<Id>, at: &str) -> Result<Value> {
    if let (Some(id), Value::Object(body)) = (id, &mut data)
        && body.insert("id".into(), id.to_string().into()).is_some()
    {
        let fault = Fault::at(format!("{at}/id"), Code::NotPermittedHere);
        return Err(fault.with("why", Phrase::Twice).into());
    }
    Ok(data)
}
