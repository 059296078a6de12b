//! Recording congresses.

use crate::{
    auth::Actor,
    congresses::{
        model::{self, Row, append},
        term,
        wire::{CongressCreate, Ordinal},
    },
    db::{AnyConn, schema::congresses},
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
};
use diesel::prelude::*;

/// Records a congress of a unit, which may be closed by now; its term starts on the day after, and has
/// its own event when that changes it.
pub fn create(tx: &mut Tx, actor: &Actor, new: &CongressCreate) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    let place = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?.place();
    actor.may_at(Action::CongressManage, Site::of(&place))?;
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: place.root_id,
        unit_id: place.id,
        term_id: new.term_id,
        ordinal: new.ordinal.map(|Ordinal(number)| number),
        kind: new.kind,
        opened_on: new.opened_on.map(|Day(day)| day),
        closed_on: new.closed_on.map(|Day(day)| day),
        delegates_called: new.delegates_called.map(Whole::small),
        delegates_present: new.delegates_present.map(Whole::small),
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    };
    row.check()?;
    row.check_number(tx.conn)?;
    diesel::insert_into(congresses::table).values(&row).execute(tx.conn)?;
    let congress = model::wire_one(tx.conn, row.clone())?;
    append(tx, "congress.created", &row, &place, Changes::new_record(&congress)?)?;
    term::begin(tx, actor, None, &row)?;
    Answer::created(format!("/api/v1/congresses/{}", congress.id), congress.version, &congress)
}

fn already_there(conn: &mut AnyConn, actor: &Actor, id: Id, new: &CongressCreate) -> Result<Option<Answer>> {
    let taken: i64 = congresses::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let congress = model::wire_one(conn, row)?;
    if !same_content(new, &congress)? {
        return Err(conflict());
    }
    Answer::changed(congress.version, &congress).map(Some)
}
