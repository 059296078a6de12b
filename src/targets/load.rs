//! Loading targets as the old books have them. A later line for the same time is another version.

use crate::{
    auth::Actor,
    error::{Code, Error, Result},
    events::Tx,
    http::Answer,
    policy::{Action, Site},
    targets::{
        create::{checked, named},
        model::{self, Row},
        save::{self, Step},
        versions,
        wire::{TargetCreate, TargetLoad},
        workflow::{TargetCommand, TargetStatus},
    },
};

/// Loads a target, agreed unless the books say otherwise.
pub fn load(tx: &mut Tx, loader: &Actor, new: &TargetCreate, old: &TargetLoad) -> Result<Answer> {
    let (indicator, unit) = named(tx.conn, loader, new)?;
    let place = unit.place();
    loader.may_at(Action::HistoryLoad, Site::of(&place))?;
    let (fresh, content) = checked(tx, loader, &indicator, &unit, new)?;
    let status = old.status.unwrap_or(TargetStatus::Agreed);
    let step = Step {
        command: TargetCommand::Load,
        status,
        content,
        reason: None,
        document: new.document_id,
        due: None,
    };
    // Nobody in particular set it: the person who loads it did not.
    let loader = Actor { user: None, on_behalf_of: None, ..loader.clone() };
    let days = (fresh.starts_on, fresh.ends_on);
    let Some(before) = model::at(tx.conn, indicator.id, place.id, days)? else {
        if new.id.is_some() && model::exists(tx.conn, fresh.id)? {
            return Err(Error::new(Code::IdConflict));
        }
        let target = save::insert(tx, &loader, &place, &Row { status, ..fresh }, &step)?;
        return Answer::created(format!("/api/v1/targets/{}", target.id), target.version, &target);
    };
    let newest = versions::newest(tx.conn, std::slice::from_ref(&before))?.pop();
    let newest = newest.ok_or_else(|| Error::internal("a target without versions"))?;
    let same = newest.content()? == step.content && before.status == status;
    if new.id.is_some_and(|id| id != before.id) && !same {
        return Err(Error::new(Code::IdConflict));
    }
    let row = if same { before } else { save::update(tx, &loader, &place, &before, &step)? };
    let target = model::wire_one(tx.conn, row)?;
    Answer::changed(target.version, &target)
}
