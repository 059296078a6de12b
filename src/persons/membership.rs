//! What makes a person a Party member: kept apart from the person, read by fewer.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::memberships},
    error::{Code, Error, Phrase, Result, Said},
    events::{Changes, Event, Tx},
    http::{
        Answer,
        fields::Day,
        version::{self, IfMatch},
    },
    ids::Id,
    persons::{
        model,
        wire::{MemberStatus, Membership, MembershipCreate, MembershipPatch},
    },
    place::Place,
    policy::Action,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Fields whose values stay out of the log.
const PERSONAL: [&str; 4] = ["card_number", "admitted_on", "official_on", "status"];

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = memberships, primary_key(person_id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    person_id: Id,
    root_id: Id,
    card_number: Option<String>,
    admitted_on: Option<NaiveDate>,
    official_on: Option<NaiveDate>,
    status: MemberStatus,
    version: i32,
    created_at: Instant,
    updated_at: Instant,
}

impl Row {
    fn check(&self) -> Result<()> {
        let wrong = self.official_on.is_some() && self.official_on < self.admitted_on;
        if wrong { Err(Error::field("/official_on", Code::EndBeforeStart)) } else { Ok(()) }
    }

    fn wire(self) -> Membership {
        Membership {
            person_id: self.person_id,
            card_number: self.card_number,
            admitted_on: self.admitted_on,
            official_on: self.official_on,
            status: self.status,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

fn of(conn: &mut AnyConn, person: Id) -> Result<Option<Row>> {
    memberships::table.find(person).select(Row::as_select()).first(conn).optional().map_err(Error::from)
}

/// The membership of a person, or 404.
pub fn show(conn: &mut AnyConn, actor: &Actor, person: Id) -> Result<Membership> {
    model::find(conn, actor, person)?;
    of(conn, person)?.map(Row::wire).ok_or_else(Error::not_found)
}

/// Records that a person is a member.
pub fn admit(tx: &mut Tx, actor: &Actor, person: Id, new: &MembershipCreate) -> Result<Answer> {
    let (holder, place) = model::open(tx, actor, person, Action::MemberManage)?;
    if of(tx.conn, person)?.is_some() {
        return Err(Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::Membership)));
    }
    let row = Row {
        person_id: person,
        root_id: holder.root_id,
        card_number: new.card_number.as_ref().map(|card| card.0.clone()),
        admitted_on: new.admitted_on.map(|Day(day)| day),
        official_on: new.official_on.map(|Day(day)| day),
        status: new.status,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    };
    row.check()?;
    diesel::insert_into(memberships::table).values(&row).execute(tx.conn)?;
    let membership = row.wire();
    append(tx, "membership.created", &membership, &place, Changes::new_record(&membership)?)?;
    Answer::created(format!("/api/v1/persons/{person}/membership"), 1, &membership)
}

/// Corrects a membership; what changes nothing leaves nothing.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    person: Id,
    expected: IfMatch,
    patch: MembershipPatch,
) -> Result<Answer> {
    let (_, place) = model::open(tx, actor, person, Action::MemberManage)?;
    let read = of(tx.conn, person)?.ok_or_else(Error::not_found)?;
    expected.check(read.version)?;
    let mut row = Row {
        status: patch.status.0.unwrap_or(read.status),
        card_number: patch.card_number.map(|card| card.0).over(read.card_number.clone()),
        admitted_on: patch.admitted_on.map(|Day(day)| day).over(read.admitted_on),
        official_on: patch.official_on.map(|Day(day)| day).over(read.official_on),
        ..read.clone()
    };
    row.check()?;
    if row == read {
        return Answer::changed(read.version, &read.wire());
    }
    row.version += 1;
    row.updated_at = tx.at;
    let mine = memberships::table.find(person).filter(memberships::version.eq(read.version));
    if diesel::update(mine).set(&row).execute(tx.conn)? != 1 {
        return Err(version::stale(row.version, read.version));
    }
    let (before, after) = (read.wire(), row.wire());
    append(tx, "membership.changed", &after, &place, Changes::between(&before, &after)?)?;
    Answer::changed(after.version, &after)
}

fn append(tx: &mut Tx, kind: &'static str, row: &Membership, place: &Place, changes: Changes) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "membership",
        subject_id: row.person_id,
        subject_version: row.version,
        place: Some(place),
        changes: changes.personal(row.person_id, &PERSONAL),
        reason: None,
    })
}
