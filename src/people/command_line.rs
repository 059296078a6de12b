//! Accounts made from the command line: how an empty database gets its first one.

use crate::{
    clock::Clock,
    db::{AnyConn, schema::org_units},
    error::{Error, Result},
    events::{Author, Tx},
    ids::Id,
    org_units::model::Row,
    people::create::{Ground, NewAssignment, NewUser, insert_assignment, insert_user},
    policy::Role,
};
use diesel::prelude::*;

/// What `tiendo user create` was told.
pub struct NewAccount {
    pub username: String,
    pub display_name: String,
    pub password_hash: String,
    pub role: Role,
    pub unit_code: Option<String>,
}

/// Makes an account with one assignment, with the operator as nobody in particular.
pub fn create(conn: &mut AnyConn, clock: &Clock, new: NewAccount) -> Result<()> {
    let unit = match &new.unit_code {
        None => None,
        Some(code) => {
            let found: Option<Row> = org_units::table
                .filter(org_units::code.eq(code))
                .select(Row::as_select())
                .first(conn)
                .optional()?;
            let row =
                found.ok_or_else(|| Error::internal(format!("there is no unit with the code {code}")))?;
            Some(row.place())
        }
    };
    let request_id = format!("command-line-{}", Id::new());
    let mut tx =
        Tx { conn, author: Author::default(), request_id, at: clock.business(), recorded_at: clock.system() };
    let user = Id::new();
    let account = NewUser {
        id: user,
        username: new.username,
        display_name: new.display_name,
        password_hash: new.password_hash,
    };
    insert_user(&mut tx, &account, unit.as_ref())?;
    let assignment = NewAssignment {
        id: Id::new(),
        role: new.role,
        unit,
        ground: Ground::Account,
        ground_note: None,
        valid_from: None,
        valid_to: None,
    };
    insert_assignment(&mut tx, user, &assignment)
}
