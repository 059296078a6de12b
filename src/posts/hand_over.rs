//! Handing a post over: its duties and rights pass on, what was done under it keeps its author.

use crate::{
    auth::Actor,
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    org_units::model as units,
    persons::model as persons,
    posts::{
        create::begin,
        end::{check_last, finish, still_held},
        model::{self, Row},
        wire::{HandOver, HandedOver},
    },
};

/// Ends a holding and begins it anew for another person on the day after.
pub fn hand_over(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<IfMatch>,
    how: &HandOver,
) -> Result<Answer> {
    let model::Open { row, post, place } = model::open(tx, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    still_held(&row, tx.at.day())?;
    let to = persons::referenced(tx.conn, actor, how.to_person_id, "/to_person_id")?;
    if to.id == row.person_id {
        return Err(Fault::at("/to_person_id", Code::NotPermittedHere)
            .with("why", Phrase::SamePerson)
            .into());
    }
    let on = how.on.0;
    let last = on.pred_opt().ok_or_else(|| Error::field("/on", Code::EndBeforeStart))?;
    check_last(&row, last, "/on")?;
    let unit = units::find(tx.conn, actor, row.unit_id)?;
    let next = Row {
        id: Id::new(),
        person_id: to.id,
        starts_on: on,
        document_id: None,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        ..row.clone()
    };
    let ended = finish(tx, actor, row, &place, Some(last), Some(&how.reason))?;
    let begun = begin(tx, actor, &next, &post, &unit)?;
    Answer::ok(&HandedOver { ended, begun })
}
