//! Writing settings.

use crate::{
    auth::Actor,
    clock::Clock,
    db::{AnyConn, schema::settings},
    error::Result,
    events::{Author, Changes, Event, Tx},
    http::{
        Answer,
        version::{self, IfMatch},
    },
    ids::Id,
    on,
    policy::{Action, Site},
    settings::{
        model::{
            self, DUE_SOON_DAYS, HARD_TO_MEET_BELOW_PCT, LOADING_WINDOW_ENDS_ON, READS_KEPT_DAYS, STALE_DAYS,
        },
        wire::{InstanceSettings, SettingsPatch},
    },
};
use diesel::prelude::*;

/// Writes down, at the first start of an instance, until when history may be loaded. Nobody in
/// particular did it.
pub fn at_start(conn: &mut AnyConn, clock: &Clock) -> Result<()> {
    let (at, recorded_at) = (clock.business(), clock.system());
    let mut tx = Tx { conn, author: Author::default(), request_id: "start".into(), at, recorded_at };
    if begin(&mut tx)? {
        let begun = model::load(tx.conn, at.day())?;
        append(&mut tx, "settings.begun", &begun, Changes::new_record(&begun)?)?;
    }
    Ok(())
}

/// Changes settings: for who administers the instance. What changes nothing leaves nothing.
pub fn change(tx: &mut Tx, actor: &Actor, expected: IfMatch, patch: &SettingsPatch) -> Result<Answer> {
    actor.may_at(Action::SettingsManage, Site { unit: None, assigner: None })?;
    let today = tx.at.day();
    begin(tx)?;
    let before = model::load(tx.conn, today)?;
    expected.check(before.version)?;
    let wanted = InstanceSettings {
        due_soon_days: patch.due_soon_days.0.map_or(before.due_soon_days, |n| n.0),
        loading_window_ends_on: patch.loading_window_ends_on.0.map_or(before.loading_window_ends_on, |d| d.0),
        stale_days: patch.stale_days.0.map_or(before.stale_days, |n| n.0),
        reads_kept_days: patch.reads_kept_days.0.map_or(before.reads_kept_days, |n| n.0),
        hard_to_meet_below_pct: patch.hard_to_meet_below_pct.0.map_or(before.hard_to_meet_below_pct, |n| n.0),
        ..before.clone()
    };
    if wanted == before {
        return Answer::changed(before.version, &before);
    }
    let head = settings::table.find(LOADING_WINDOW_ENDS_ON).filter(settings::version.eq(before.version));
    let changed = diesel::update(head)
        .set((
            settings::value.eq(wanted.loading_window_ends_on.to_string()),
            settings::version.eq(before.version + 1),
            settings::updated_at.eq(tx.recorded_at.millis()),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(version::stale(before.version + 1, before.version));
    }
    let numbers = [
        (DUE_SOON_DAYS, patch.due_soon_days.0.map(|n| n.0)),
        (STALE_DAYS, patch.stale_days.0.map(|n| n.0)),
        (READS_KEPT_DAYS, patch.reads_kept_days.0.map(|n| n.0)),
        (HARD_TO_MEET_BELOW_PCT, patch.hard_to_meet_below_pct.0.map(|n| n.0)),
    ];
    for (key, number) in numbers {
        if let Some(number) = number {
            put(tx, key, number.to_string())?;
        }
    }
    let after = model::load(tx.conn, today)?;
    append(tx, "settings.changed", &after, Changes::between(&before, &after)?)?;
    Answer::changed(after.version, &after)
}

/// Makes the row that carries the version, unless it is there; true when it was not.
fn begin(tx: &mut Tx) -> Result<bool> {
    let row = (
        settings::key.eq(LOADING_WINDOW_ENDS_ON),
        settings::value.eq(model::window_from(tx.at.day()).to_string()),
        settings::version.eq(1),
        settings::updated_at.eq(tx.recorded_at.millis()),
    );
    let made = on!(tx.conn, c => diesel::insert_into(settings::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    Ok(made == 1)
}

fn put(tx: &mut Tx, key: &str, value: String) -> Result<()> {
    let now = tx.recorded_at.millis();
    let row = (
        settings::key.eq(key),
        settings::value.eq(value.clone()),
        settings::version.eq(1),
        settings::updated_at.eq(now),
    );
    let set = (
        settings::value.eq(value),
        settings::version.eq(settings::version + 1),
        settings::updated_at.eq(now),
    );
    on!(tx.conn, c => diesel::insert_into(settings::table)
        .values(row).on_conflict(settings::key).do_update().set(set).execute(c))?;
    Ok(())
}

fn append(tx: &mut Tx, kind: &'static str, after: &InstanceSettings, changes: Changes) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "settings",
        // There is one of them, always the same.
        subject_id: Id::of_name("settings"),
        subject_version: after.version,
        place: None,
        changes,
        reason: None,
    })
}
