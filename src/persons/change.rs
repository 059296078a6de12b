//! Correcting persons.

use crate::{
    auth::Actor,
    db::schema::{holdings, posts},
    error::{Code, Error, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, fields::Whole, version::IfMatch},
    ids::Id,
    persons::{
        create::{check_account, keeper},
        model::{self, Row, append},
        wire::PersonPatch,
    },
    policy::{Action, Role},
    text,
};
use diesel::prelude::*;

/// Changes a person; what changes nothing leaves nothing.
pub fn change(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch, patch: PersonPatch) -> Result<Answer> {
    let (row, mut place) = model::open(tx, actor, id, Action::PersonManage)?;
    expected.check(row.version)?;
    let read = row.clone();
    if let Some(unit) = patch.unit_id.0 {
        place = keeper(tx, actor, unit)?.place();
    }
    let full_name = patch.full_name.0.map_or(row.full_name, |name| name.0);
    let mut row = Row {
        root_id: place.root_id,
        unit_id: place.id,
        search_text: text::fold(&full_name),
        full_name,
        birth_year: patch.birth_year.map(Whole::small).over(row.birth_year),
        user_id: patch.user_id.over(row.user_id),
        ..row
    };
    let before = model::wire_one(tx.conn, read.clone())?;
    if row == read {
        return Answer::changed(before.version, &before);
    }
    if row.user_id != read.user_id {
        // Rights come from the posts a person holds: they must not pass to another account unsaid.
        holds_nothing(tx, id, true)?;
        if let Some(user) = row.user_id {
            check_account(tx.conn, actor, user, id)?;
        }
    }
    model::update(tx, &mut row)?;
    let person = model::wire_one(tx.conn, row.clone())?;
    append(tx, "person.changed", &row, &place, Changes::between(&before, &person)?, None)?;
    Answer::changed(person.version, &person)
}

/// Refuses while the person holds a post; `with_role`: one that carries rights.
pub fn holds_nothing(tx: &mut Tx, person: Id, with_role: bool) -> Result<()> {
    let today = tx.at.day();
    let roles: Vec<Option<Role>> = holdings::table
        .inner_join(posts::table)
        .filter(holdings::person_id.eq(person).and(holdings::deleted_at.is_null()))
        .filter(holdings::ends_on.is_null().or(holdings::ends_on.ge(today)))
        .select(posts::role)
        .load(tx.conn)?;
    let held = roles.iter().filter(|role| role.is_some() || !with_role).count();
    if held > 0 {
        return Err(Error::new(Code::InUse).with("what", Said::from(Phrase::Holdings).and(held)));
    }
    Ok(())
}
