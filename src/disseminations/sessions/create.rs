//! Recording sessions.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::dissemination_sessions as sessions},
    disseminations::{
        model::Placed,
        rules::{self, SessionSaid},
        save,
        sessions::model::{self, SessionRow},
        wire::DisseminationSessionCreate,
        workflow::Step,
    },
    documents::{rules::refuse, save::listed},
    error::{Code, Error, Result},
    events::Tx,
    http::{Answer, answer::same_content, version::IfMatch},
    ids::Id,
};
use diesel::prelude::*;

/// Records a session that was held; the first one starts the study.
pub fn create(
    tx: &mut Tx,
    actor: &Actor,
    dissemination: Id,
    expected: Option<&IfMatch>,
    new: &DisseminationSessionCreate,
) -> Result<Answer> {
    crate::disseminations::model::find(tx.conn, actor, dissemination)?;
    if let Some(answer) = already_there(tx.conn, actor, dissemination, new)? {
        return Ok(answer);
    }
    let before = save::open(tx, actor, dissemination, expected, Step::Session(new.audience))?;
    let row = row(tx, actor, &before, new)?;
    check(tx, &before, &row)?;
    diesel::insert_into(sessions::table).values(&row).execute(tx.conn)?;
    model::note(tx, &before, row.id, Some(&row))?;
    let session = row.wire()?;
    save::record(tx, actor, "dissemination.session_recorded", &before, ("session", None, Some(&session)))?;
    Answer::created(format!("/api/v1/dissemination-sessions/{}", session.id), session.version, &session)
}

/// All rules a session keeps to, new or corrected.
pub fn check(tx: &mut Tx, placed: &Placed, row: &SessionRow) -> Result<()> {
    row.refuse_classified()?;
    refuse(rules::session_faults(&SessionSaid {
        form: row.form,
        held_on: row.held_on,
        attendance: &row.numbers()?,
        issued_on: placed.issued_on(tx.conn)?,
        today: tx.at.day(),
    }))
}

fn row(tx: &Tx, actor: &Actor, placed: &Placed, new: &DisseminationSessionCreate) -> Result<SessionRow> {
    let own = |text: &str| text.to_owned();
    let numbers = rules::attendance(new.attendance.as_ref().map_or(&[], |few| &few.0));
    let rapporteurs = rules::rapporteurs(new.rapporteurs.as_ref().map_or(&[], |few| &few.0));
    Ok(SessionRow {
        id: new.id.unwrap_or_else(Id::new),
        root_id: placed.row.root_id,
        dissemination_id: placed.row.id,
        audience: new.audience,
        form: new.form,
        held_on: new.held_on.0,
        place: new.place.as_deref().map(own),
        rapporteurs: listed(&rapporteurs)?,
        key_points: new.key_points.as_deref().map(own),
        local_link: new.local_link.as_deref().map(own),
        public_concerns: new.public_concerns.as_deref().map(own),
        attendance: listed(&numbers)?,
        recorded_by: actor.user,
        recorded_for: actor.on_behalf_of,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    })
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    dissemination: Id,
    new: &DisseminationSessionCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = sessions::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let session = row.wire()?;
    // Lists are compared as they are kept, where a word left out stands in full.
    let rest = DisseminationSessionCreate { attendance: None, rapporteurs: None, ..new.clone() };
    let numbers = rules::attendance(new.attendance.as_ref().map_or(&[], |few| &few.0));
    let rapporteurs = rules::rapporteurs(new.rapporteurs.as_ref().map_or(&[], |few| &few.0));
    let same = numbers == session.attendance && rapporteurs == session.rapporteurs;
    if row.dissemination_id != dissemination || !same || !same_content(&rest, &session)? {
        return Err(conflict());
    }
    Answer::changed(session.version, &session).map(Some)
}
