//! Recording terms.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::terms},
    error::{Code, Error, Result},
    events::{Changes, Tx},
    http::{
        Answer,
        answer::same_content,
        fields::{Day, Whole},
    },
    ids::Id,
    org_units::model as units,
    policy::{Action, Site},
    terms::{
        model::{self, Row, append},
        wire::TermCreate,
    },
};
use diesel::prelude::*;

/// Records a term of a unit, which may be closed by now.
pub fn create(tx: &mut Tx, actor: &Actor, new: &TermCreate) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    let place = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?.place();
    actor.may_at(Action::TermManage, Site::of(&place))?;
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: place.root_id,
        unit_id: place.id,
        ordinal: new.ordinal.as_ref().map(|ordinal| ordinal.0.clone()),
        name: new.name.0.clone(),
        from_year: new.from_year.map(Whole::small),
        to_year: new.to_year.map(Whole::small),
        starts_on: new.starts_on.map(|Day(day)| day),
        ends_on: new.ends_on.map(|Day(day)| day),
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    };
    row.check()?;
    diesel::insert_into(terms::table).values(&row).execute(tx.conn)?;
    let term = model::wire_one(tx.conn, row.clone())?;
    append(tx, "term.created", &row, &place, Changes::new_record(&term)?)?;
    Answer::created(format!("/api/v1/terms/{}", term.id), term.version, &term)
}

fn already_there(conn: &mut AnyConn, actor: &Actor, id: Id, new: &TermCreate) -> Result<Option<Answer>> {
    let taken: i64 = terms::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let term = model::wire_one(conn, row)?;
    if !same_content(new, &term)? {
        return Err(conflict());
    }
    Answer::changed(term.version, &term).map(Some)
}
