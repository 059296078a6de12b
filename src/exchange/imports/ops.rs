//! What a line may do. One row per operation; each calls what the API calls.

use crate::{
    auth::Actor,
    congresses, documents,
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{
        Answer,
        body::read_under,
        fields::{Faults, Line},
    },
    ids::Id,
    org_units::{self, model as units},
    persons,
    policy::{Action, Role, Site},
    posts,
    tasks::{self, workflow::Command},
    terms,
};
use deserr::Deserr;
use serde_json::Value;

/// What a line came to.
pub struct Loaded {
    pub status: u16,
    pub id: String,
}

/// One operation.
pub type Op = fn(&mut Tx, &Actor, Value) -> Result<Loaded>;

const OPS: &[(&str, Op)] = &[
    ("org_unit.create", |tx, loader, data| {
        done(org_units::create::create(tx, loader, &read_under(data, "/data")?))
    }),
    ("term.create", |tx, loader, data| {
        done(terms::create::create(tx, &anywhere(loader), &read_under(data, "/data")?))
    }),
    ("congress.create", |tx, loader, data| {
        done(congresses::create::create(tx, &anywhere(loader), &read_under(data, "/data")?))
    }),
    ("person.create", |tx, loader, data| {
        done(persons::create::create(tx, &anywhere(loader), &read_under(data, "/data")?))
    }),
    ("holding.create", |tx, loader, data| {
        let loader = Actor { role: Role::Leader, ..anywhere(loader) };
        done(posts::create::create(tx, &loader, &read_under(data, "/data")?))
    }),
    ("document.create", |tx, loader, data| {
        done(documents::create::create(tx, &anywhere(loader), &read_under(data, "/data")?))
    }),
    ("task.load", load_task),
    ("task.accept", |tx, loader, data| command(tx, loader, data, Command::Accept)),
    ("task.resubmit", |tx, loader, data| command(tx, loader, data, Command::Resubmit)),
    ("task.start", |tx, loader, data| command(tx, loader, data, Command::Start)),
    ("task.submit", |tx, loader, data| command(tx, loader, data, Command::Submit)),
    ("task.return", |tx, loader, data| command(tx, loader, data, Command::Return)),
    ("task.confirm", |tx, loader, data| command(tx, loader, data, Command::Confirm)),
    ("task.close", |tx, loader, data| command(tx, loader, data, Command::Close)),
    ("task.cancel", |tx, loader, data| command(tx, loader, data, Command::Cancel)),
    ("task.reopen", |tx, loader, data| command(tx, loader, data, Command::Reopen)),
    ("task.progress", |tx, loader, data| {
        let (acting, rest) = acting(tx, loader, data)?;
        let report = read_under(rest, "/data")?;
        done(tasks::progress::report(tx, &acting.actor, acting.task, None, &report))
    }),
    ("task.extend", |tx, loader, data| {
        let (acting, rest) = acting(tx, loader, data)?;
        let extend = read_under(rest, "/data")?;
        done(tasks::load::extend(tx, &acting.actor, acting.task, &extend))
    }),
];

/// The operation of a name.
pub fn find(name: &str) -> Option<Op> {
    OPS.iter().find(|(known, _)| *known == name).map(|(_, op)| *op)
}

/// All names.
pub fn names() -> String {
    OPS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

fn done(answer: Result<Answer>) -> Result<Loaded> {
    let answer = answer.map_err(under_data)?;
    let body: Value =
        answer.body.as_deref().map_or(Ok(Value::Null), serde_json::from_str).map_err(Error::internal)?;
    Ok(Loaded {
        status: answer.status,
        id: body.get("id").and_then(Value::as_str).unwrap_or_default().into(),
    })
}

/// Faults of the data carry its place in the line.
fn under_data(mut error: Error) -> Error {
    for fault in &mut error.faults {
        if let crate::error::Place::Pointer(pointer) = &mut fault.place
            && !pointer.starts_with("/data")
            && pointer != "/at"
        {
            pointer.insert_str(0, "/data");
        }
    }
    error
}

/// The loader as an officer of the whole territory: old papers and terms belong to many units.
fn anywhere(loader: &Actor) -> Actor {
    Actor {
        user: None,
        assignment: None,
        role: Role::Officer,
        detail_depth: None,
        names_depth: None,
        ..loader.clone()
    }
}

fn load_task(tx: &mut Tx, loader: &Actor, data: Value) -> Result<Loaded> {
    let (old, new) = tasks::load::split(data);
    let (old, new) = (read_under(old, "/data")?, read_under(new, "/data")?);
    done(tasks::load::load(tx, loader, &new, &old))
}

fn command(tx: &mut Tx, loader: &Actor, data: Value, command: Command) -> Result<Loaded> {
    let (acting, rest) = acting(tx, loader, data)?;
    let words = read_under(rest, "/data")?;
    done(tasks::command::run(tx, &acting.actor, acting.task, None, command, &words))
}

/// Who a line says did it, to which task.
struct Acting {
    task: Id,
    actor: Actor,
}

#[derive(Debug, Deserr)]
#[deserr(error = Faults)]
struct Named {
    task_id: Id,
    acting_unit_id: Id,
    acting_role: Role,
    /// Any name that tells two people apart; nobody in particular without it.
    #[deserr(default)]
    acting_person: Option<Line<1, 100>>,
}

const NAMES: [&str; 4] = ["task_id", "acting_unit_id", "acting_role", "acting_person"];

/// Takes the acting unit, role and person out of a line's data and gives them with the rest.
fn acting(tx: &mut Tx, loader: &Actor, data: Value) -> Result<(Acting, Value)> {
    let Value::Object(mut rest) = data else {
        return Err(Fault::at("/data", Code::WrongType).with("expected", Phrase::Object).into());
    };
    let named: serde_json::Map<String, Value> =
        NAMES.iter().filter_map(|name| rest.remove(*name).map(|value| ((*name).to_owned(), value))).collect();
    let named: Named = read_under(Value::Object(named), "/data")?;
    let unit = units::referenced(tx.conn, loader, named.acting_unit_id, "/data/acting_unit_id")?;
    loader.may_at(Action::HistoryLoad, Site::of(&unit.place()))?;
    let person = named.acting_person.as_deref().map(person);
    let actor = Actor::imported(tx.conn, unit.id, named.acting_role, person)?
        .ok_or_else(|| Error::field("/data/acting_unit_id", Code::UnknownReference))?;
    tx.author.user = person;
    Ok((Acting { task: named.task_id, actor }, Value::Object(rest)))
}

/// The id of a person a line names: an account's id as it is, any other name by its hash.
fn person(name: &str) -> Id {
    name.parse().unwrap_or_else(|()| Id::of_name(name))
}
