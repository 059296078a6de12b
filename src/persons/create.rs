//! Recording persons.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::persons},
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, answer::same_content, fields::Whole},
    ids::Id,
    org_units::model as units,
    people::model as accounts,
    persons::{
        model::{self, Row, append},
        wire::PersonCreate,
    },
    policy::{Action, Site},
    text,
};
use diesel::prelude::*;

/// Records a person whom a unit keeps.
pub fn create(tx: &mut Tx, actor: &Actor, new: &PersonCreate) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    let unit = keeper(tx, actor, new.unit_id)?;
    let place = unit.place();
    let id = new.id.unwrap_or_else(Id::new);
    if let Some(user) = new.user_id {
        check_account(tx.conn, actor, user, id)?;
    }
    let row = Row {
        id,
        root_id: place.root_id,
        unit_id: place.id,
        full_name: new.full_name.0.clone(),
        search_text: text::fold(&new.full_name),
        birth_year: new.birth_year.map(Whole::small),
        user_id: new.user_id,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
        erased_at: None,
    };
    diesel::insert_into(persons::table).values(&row).execute(tx.conn)?;
    let person = model::wire_one(tx.conn, row.clone())?;
    append(tx, "person.created", &row, &place, Changes::new_record(&person)?, None)?;
    Answer::created(format!("/api/v1/persons/{}", person.id), person.version, &person)
}

/// A unit that may keep a person: one where the actor may manage persons and reads their names.
pub fn keeper(tx: &mut Tx, actor: &Actor, unit: Id) -> Result<units::Row> {
    let unit = units::referenced(tx.conn, actor, unit, "/unit_id")?;
    actor.may_at(Action::PersonManage, Site::of(&unit.place()))?;
    let why = if !unit.is_open(tx.at.day()) && !tx.is_import() {
        Some(Phrase::ClosedUnit)
    } else if actor.names_depth.is_some_and(|deepest| unit.depth > deepest) {
        Some(Phrase::Depth)
    } else {
        None
    };
    match why {
        Some(why) => Err(Fault::at("/unit_id", Code::NotPermittedHere).with("why", why).into()),
        None => Ok(unit),
    }
}

/// An account that may stand for a person: seen in the territory, and nobody else's.
pub fn check_account(conn: &mut AnyConn, actor: &Actor, user: Id, person: Id) -> Result<()> {
    let unknown = || Error::field("/user_id", Code::UnknownReference);
    accounts::find(conn, actor, user).map_err(|e| if e.code == Code::NotFound { unknown() } else { e })?;
    let taken: i64 = persons::table
        .filter(persons::user_id.eq(user).and(persons::id.ne(person)).and(persons::deleted_at.is_null()))
        .count()
        .get_result(conn)?;
    if taken > 0 {
        return Err(Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::AccountsPerson)));
    }
    Ok(())
}

fn already_there(conn: &mut AnyConn, actor: &Actor, id: Id, new: &PersonCreate) -> Result<Option<Answer>> {
    let taken: i64 = persons::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let person = model::wire_one(conn, row)?;
    if !same_content(new, &person)? {
        return Err(conflict());
    }
    Answer::changed(person.version, &person).map(Some)
}
