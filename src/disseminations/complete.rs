//! Saying that a wave is complete.

use crate::{
    auth::Actor,
    db::schema::dissemination_completions as completions,
    disseminations::{
        model::{Placed, Row},
        save,
        wire::WaveCompletion,
        workflow::Step,
    },
    error::{Code, Error, Fault, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    measures::Audience,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Completes a wave on a day; with the last one the study is complete.
pub fn complete(
    tx: &mut Tx,
    actor: &Actor,
    (id, audience): (Id, Audience),
    expected: Option<&IfMatch>,
    said: &WaveCompletion,
) -> Result<Answer> {
    let step = Step::Complete(audience);
    let before = save::open(tx, actor, id, expected, step)?;
    let on = said.completed_on.0;
    check(tx, &before, audience, on)?;
    let whole = before.standing.is_last(audience);
    diesel::insert_into(completions::table)
        .values((
            completions::dissemination_id.eq(id),
            completions::n.eq(next(tx, id)?),
            completions::root_id.eq(before.row.root_id),
            completions::audience.eq(audience),
            completions::completed_on.eq(on),
            completions::is_whole.eq(whole),
        ))
        .execute(tx.conn)?;
    let mut row = Row { completed_by: actor.user, completed_for: actor.on_behalf_of, ..before.row.clone() };
    if whole {
        row.completed_on = Some(on);
    }
    let kind = if whole { "dissemination.completed" } else { "dissemination.wave_completed" };
    let after = save::update(tx, actor, kind, &before, row, Changes::none(), None)?;
    Answer::changed(after.row.version, &after.wire(actor))
}

/// Not in the future, and not before what it rests on.
fn check(tx: &mut Tx, before: &Placed, audience: Audience, on: NaiveDate) -> Result<()> {
    if on > tx.at.day() {
        return Err(Error::field("/completed_on", Code::InFuture));
    }
    let undone = completions::table.filter(completions::dissemination_id.eq(before.row.id));
    let sent_back: Option<NaiveDate> =
        undone.select(diesel::dsl::max(completions::undone_on)).first(tx.conn)?;
    match before.standing.earliest_completion(audience).max(sent_back) {
        Some(last) if on < last => {
            Err(Fault::at("/completed_on", Code::OutOfOrder).with("last", last).into())
        }
        _ => Ok(()),
    }
}

fn next(tx: &mut Tx, id: Id) -> Result<i32> {
    let last: Option<i32> = completions::table
        .filter(completions::dissemination_id.eq(id))
        .select(diesel::dsl::max(completions::n))
        .first(tx.conn)?;
    Ok(last.unwrap_or(0) + 1)
}
