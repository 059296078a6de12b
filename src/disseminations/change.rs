//! Planning a study otherwise.

use crate::{
    auth::Actor,
    db::schema::dissemination_plans as plans,
    disseminations::{
        model::{Placed, PlanRow, Row},
        rules::{self, PlanWave},
        save,
        wire::DisseminationPatch,
        workflow::Step,
    },
    documents::{
        model as documents,
        rules::{refuse, refuse_classified},
        save::listed,
    },
    error::{Code, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
};
use diesel::prelude::*;

/// Changes a plan; what changes nothing leaves nothing. The old plan stays with the days on which it held.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &DisseminationPatch,
) -> Result<Answer> {
    let before = save::open(tx, actor, id, Some(expected), Step::Change)?;
    let texts = (patch.title.value().map(|text| &*text.0), patch.note.value().map(|text| &*text.0));
    refuse_classified(None, &[("/title", texts.0), ("/note", texts.1)])?;
    if let Some(plan) = patch.plan_document_id.value() {
        documents::referenced(tx.conn, actor, *plan, "/plan_document_id")?;
    }
    let (plan, replanned) = patched_plan(tx, &before, patch)?;
    let row = Row {
        title: patch.title.clone().map(|text| text.0).over(before.row.title.clone()),
        note: patch.note.clone().map(|text| text.0).over(before.row.note.clone()),
        plan_document_id: patch.plan_document_id.clone().over(before.row.plan_document_id),
        plan_n: plan.n,
        ..before.row.clone()
    };
    if row == before.row {
        return Answer::changed(row.version, &before.wire(actor));
    }
    if replanned {
        diesel::insert_into(plans::table).values(&plan).execute(tx.conn)?;
    }
    let after = save::update(tx, actor, "dissemination.changed", &before, row, Changes::none(), None)?;
    Answer::changed(after.row.version, &after.wire(actor))
}

/// The plan that is to hold, and whether it is another.
fn patched_plan(tx: &Tx, before: &Placed, patch: &DisseminationPatch) -> Result<(PlanRow, bool)> {
    let waves = match &patch.waves.0 {
        Some(named) => {
            let mut faults = rules::wave_faults(&named.0);
            let waves = rules::waves(&named.0);
            faults.extend(settled_fault(before, &waves));
            refuse(faults)?;
            waves
        }
        None => before.waves.clone(),
    };
    let due_on = patch.due_on.clone().map(|day| day.0).over(before.plan.due_on);
    let old = before.plan.clone();
    if waves == before.waves && due_on == old.due_on {
        return Ok((old, false));
    }
    let plan = PlanRow { n: old.n + 1, set_on: tx.at.day(), due_on, waves: listed(&waves)?, ..old };
    Ok((plan, true))
}

/// Once a wave is complete, it stays as it was planned, and no wave goes that is yet to come: the study
/// would be complete without anybody having said so. Nor does one that had a session.
fn settled_fault(before: &Placed, waves: &[PlanWave]) -> Option<Fault> {
    let fault = |why: Phrase| Fault::at("/waves", Code::NotPermittedHere).with("why", why);
    let begun = before.standing.waves.iter().any(|wave| wave.completed_on.is_some());
    before.waves.iter().zip(&before.standing.waves).find_map(|(old, now)| {
        let new = waves.iter().find(|wave| wave.audience == old.audience);
        if now.completed_on.is_some() && new != Some(old) {
            return Some(fault(Phrase::WaveComplete));
        }
        let gone = new.is_none() && (begun || now.last_held_on.is_some());
        gone.then(|| fault(Phrase::WaveBegun))
    })
}
