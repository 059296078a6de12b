//! Commenting, and answering.

use crate::{
    auth::Actor,
    db::schema::programme_comments as comments,
    documents::rules::refuse_classified,
    error::{Code, Error, Result},
    events::{Changes, Event, Tx},
    http::{
        Answer,
        answer::same_content,
        version::{self, IfMatch},
    },
    ids::Id,
    place::Place,
    policy::Action,
    programmes::{
        comments::model::{self, Row},
        items::model as items,
        model::Placed,
        save,
        wire::{ProgrammeComment, ProgrammeCommentAnswer, ProgrammeCommentCreate},
        workflow::{takes_answers, takes_comments},
    },
};
use diesel::prelude::*;

/// Says something of a programme that lies before the superior.
pub fn comment(tx: &mut Tx, actor: &Actor, id: Id, new: &ProgrammeCommentCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx, actor, id, new)? {
        return Ok(answer);
    }
    let placed = save::open(tx, actor, id, Action::ProgrammeComment, None)?;
    if !takes_comments(placed.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.status));
    }
    refuse_classified(None, &[("/text", Some(&*new.text))])?;
    check_item(tx, actor, &placed, new.item_id)?;
    let own = || Error::internal("a comment of nobody's unit");
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: placed.row.root_id,
        programme_id: id,
        item_id: new.item_id,
        revision: placed.row.revision,
        round: placed.row.round,
        unit_id: actor.unit.as_ref().map(|unit| unit.id).ok_or_else(own)?,
        text: new.text.0.clone(),
        answer: None,
        answer_text: None,
        answered_at: None,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    };
    diesel::insert_into(comments::table).values(&row).execute(tx.conn)?;
    let comment = model::wire_one(tx.conn, row)?;
    let changes = Changes::new_record(&comment)?;
    append(tx, "programme.commented", &placed.place, &comment, changes)?;
    Answer::created(format!("/api/v1/programme-comments/{}", comment.id), comment.version, &comment)
}

/// A comment is about an item of the programme, or about the whole.
fn check_item(tx: &mut Tx, actor: &Actor, placed: &Placed, item: Option<Id>) -> Result<()> {
    let Some(item) = item else { return Ok(()) };
    match items::find(tx.conn, actor, item) {
        Ok(row) if row.programme_id == placed.row.id => Ok(()),
        Err(e) if e.code != Code::NotFound => Err(e),
        _ => Err(Error::field("/item_id", Code::UnknownReference)),
    }
}

/// Answers a comment; again: the answer takes the place of the one before.
pub fn answer(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    said: &ProgrammeCommentAnswer,
) -> Result<Answer> {
    let of = model::find(tx.conn, actor, id)?.programme_id;
    let placed = save::open(tx, actor, of, Action::ProgrammeDraft, None)?;
    // Again, now that nobody else writes.
    let before = model::find(tx.conn, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(before.version))?;
    if !takes_answers(placed.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.status));
    }
    refuse_classified(None, &[("/text", Some(&*said.text))])?;
    let row = Row {
        answer: Some(said.answer),
        answer_text: Some(said.text.0.clone()),
        answered_at: Some(tx.at),
        version: before.version + 1,
        updated_at: tx.at,
        ..before.clone()
    };
    let changed =
        diesel::update(comments::table.filter(comments::id.eq(id).and(comments::version.eq(before.version))))
            .set(&row)
            .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(row.version, before.version));
    }
    let (old, new) = (model::wire_one(tx.conn, before)?, model::wire_one(tx.conn, row)?);
    append(tx, "programme.comment_answered", &placed.place, &new, Changes::between(&old, &new)?)?;
    Answer::changed(new.version, &new)
}

fn append(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    comment: &ProgrammeComment,
    changes: Changes,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "programme_comment",
        subject_id: comment.id,
        subject_version: comment.version,
        place: Some(place),
        changes,
        reason: None,
    })
}

fn already_there(
    tx: &mut Tx,
    actor: &Actor,
    programme: Id,
    new: &ProgrammeCommentCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = comments::table.find(id).count().get_result(tx.conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let comment = model::show(tx.conn, actor, id).map_err(|_| conflict())?;
    if comment.programme_id != programme || !same_content(new, &comment)? {
        return Err(conflict());
    }
    Answer::changed(comment.version, &comment).map(Some)
}
