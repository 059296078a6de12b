//! What a line may do. One row per operation; each calls what the API calls.

use crate::{
    auth::Actor,
    congresses, documents,
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    forms::{self, wire::FormCreate},
    http::{
        Answer,
        body::read_under,
        fields::{Faults, Line},
    },
    ids::Id,
    indicators,
    org_units::{self, model as units},
    persons,
    policy::{Action, Role, Site},
    posts, submissions, targets,
    tasks::{self, steps::Step},
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
type Op = fn(&mut Tx, &Actor, Value) -> Result<Loaded>;

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
    ("indicator.create", |tx, loader, data| {
        done(indicators::create::create(tx, &anywhere(loader), &read_under(data, "/data")?))
    }),
    ("indicator_value.load", |tx, loader, data| {
        let (old, new) = status_apart(data);
        let (old, new) = (read_under(old, "/data")?, read_under(new, "/data")?);
        done(indicators::values::load::load(tx, loader, &new, &old))
    }),
    ("target.load", |tx, loader, data| {
        let (old, new) = status_apart(data);
        let (old, new) = (read_under(old, "/data")?, read_under(new, "/data")?);
        done(targets::load::load(tx, loader, &new, &old))
    }),
    ("form.create", |tx, loader, data| {
        let new: FormCreate = read_under(data, "/data")?;
        let unit = units::referenced(tx.conn, loader, new.unit_id, "/data/unit_id")?;
        let owner = Actor { unit: Some(unit.place()), ..anywhere(loader) };
        done(forms::create::create(tx, &owner, &new))
    }),
    ("submission.submit", |tx, loader, data| {
        let (actor, rest) = seat(tx, loader, data)?;
        done(submissions::load::submitted(tx, &actor, &read_under(rest, "/data")?))
    }),
    ("submission.return", |tx, loader, data| {
        let (actor, rest) = seat(tx, loader, data)?;
        done(submissions::load::returned(tx, &actor, read_under(rest, "/data")?))
    }),
    ("submission.approve", |tx, loader, data| {
        let (actor, rest) = seat(tx, loader, data)?;
        done(submissions::load::approved(tx, &actor, &read_under(rest, "/data")?))
    }),
    ("task.load", load_task),
    ("task.extend", |tx, loader, data| {
        let (acting, rest) = acting(tx, loader, data)?;
        let extend = read_under(rest, "/data")?;
        done(tasks::load::extend(tx, &acting.actor, acting.task, &extend))
    }),
];

/// Does what a line says.
pub fn run(tx: &mut Tx, loader: &Actor, name: &str, data: Value) -> Result<Loaded> {
    if let Some((_, op)) = OPS.iter().find(|(known, _)| *known == name) {
        return op(tx, loader, data);
    }
    match name.strip_prefix("task.").filter(|name| Step::names().any(|known| known == *name)) {
        Some(name) => step(tx, loader, name, data),
        None => Err(Fault::at("/op", Code::UnknownValue).with("accepted", names()).into()),
    }
}

/// All names.
fn names() -> String {
    let steps = Step::names().map(|name| format!("task.{name}"));
    OPS.iter().map(|(name, _)| (*name).to_owned()).chain(steps).collect::<Vec<_>>().join(", ")
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
        on_behalf_of: None,
        role: Role::Officer,
        detail_depth: None,
        names_depth: None,
        ..loader.clone()
    }
}

/// What the old books say of a record's state, and the body of its creation.
fn status_apart(data: Value) -> (Value, Value) {
    let Value::Object(mut new) = data else { return (Value::Object(serde_json::Map::new()), data) };
    let old: serde_json::Map<String, Value> =
        new.remove("status").map(|status| ("status".to_owned(), status)).into_iter().collect();
    (old.into(), new.into())
}

fn load_task(tx: &mut Tx, loader: &Actor, data: Value) -> Result<Loaded> {
    let (old, new) = tasks::load::split(data);
    let (old, new) = (read_under(old, "/data")?, read_under(new, "/data")?);
    done(tasks::load::load(tx, loader, &new, &old))
}

/// A step on a task, by the table that batches use too.
fn step(tx: &mut Tx, loader: &Actor, name: &str, data: Value) -> Result<Loaded> {
    let (acting, rest) = acting(tx, loader, data)?;
    let Some(step) = Step::read(name, rest, "/data") else {
        return Err(Error::internal("a step without its name"));
    };
    done(step?.run(tx, &acting.actor, acting.task, None))
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

#[derive(Debug, Deserr)]
#[deserr(error = Faults)]
struct Seated {
    acting_unit_id: Id,
    acting_role: Role,
    #[deserr(default)]
    acting_person: Option<Line<1, 100>>,
}

const NAMES: [&str; 4] = ["task_id", "acting_unit_id", "acting_role", "acting_person"];
const SEAT: [&str; 3] = ["acting_unit_id", "acting_role", "acting_person"];

/// Takes some members out of a line's data and gives them with the rest.
fn taken(data: Value, names: &[&str]) -> Result<(Value, Value)> {
    let Value::Object(mut rest) = data else {
        return Err(Fault::at("/data", Code::WrongType).with("expected", Phrase::Object).into());
    };
    let taken: serde_json::Map<String, Value> =
        names.iter().filter_map(|name| rest.remove(*name).map(|value| ((*name).to_owned(), value))).collect();
    Ok((Value::Object(taken), Value::Object(rest)))
}

/// Takes the task, the acting unit, role and person out of a line's data and gives them with the rest.
fn acting(tx: &mut Tx, loader: &Actor, data: Value) -> Result<(Acting, Value)> {
    let (named, rest) = taken(data, &NAMES)?;
    let Named { task_id, acting_unit_id, acting_role, acting_person } = read_under(named, "/data")?;
    let actor = seated(tx, loader, Seated { acting_unit_id, acting_role, acting_person })?;
    Ok((Acting { task: task_id, actor }, rest))
}

/// The same for records that other members name.
fn seat(tx: &mut Tx, loader: &Actor, data: Value) -> Result<(Actor, Value)> {
    let (named, rest) = taken(data, &SEAT)?;
    Ok((seated(tx, loader, read_under(named, "/data")?)?, rest))
}

fn seated(tx: &mut Tx, loader: &Actor, named: Seated) -> Result<Actor> {
    let unit = units::referenced(tx.conn, loader, named.acting_unit_id, "/data/acting_unit_id")?;
    loader.may_at(Action::HistoryLoad, Site::of(&unit.place()))?;
    let person = named.acting_person.as_deref().map(person);
    let actor = Actor::imported(tx.conn, unit.id, named.acting_role, person)?
        .ok_or_else(|| Error::field("/data/acting_unit_id", Code::UnknownReference))?;
    tx.author.user = person;
    Ok(actor)
}

/// The id of a person a line names: an account's id as it is, any other name by its hash.
fn person(name: &str) -> Id {
    name.parse().unwrap_or_else(|()| Id::of_name(name))
}
