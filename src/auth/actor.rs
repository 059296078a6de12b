//! Who acts in a request, looked up afresh: a disabled account, an ended assignment or a closed
//! session stops at once, on every node.

use crate::{
    auth::{checked::Verified, deputies},
    db::{
        AnyConn,
        schema::{assignments, levels, org_units, sessions, users},
    },
    error::{Code, Error, Result},
    events::Author,
    ids::Id,
    place::Place,
    policy::{self, Action, Role, Seat, Site},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// One person in one assignment.
#[derive(Debug, Clone)]
pub struct Actor {
    /// None only for what an import says nobody in particular did, and for what the service does by itself.
    pub user: Option<Id>,
    pub assignment: Option<Id>,
    /// Whose assignment it is, when the person stands in for its holder.
    pub on_behalf_of: Option<Id>,
    pub session: Option<Id>,
    pub role: Role,
    /// None: the whole instance.
    pub unit: Option<Place>,
    /// How deep below the root records are readable one by one; none = however deep.
    pub detail_depth: Option<i32>,
    /// How deep below the root persons are readable by name; none = however deep.
    pub names_depth: Option<i32>,
}

impl Actor {
    /// Looks up who a verified token stands for. 401 when the account is disabled, the session or
    /// the assignment has ended, or the unit is closed; for a deputy also when the deputyship is over
    /// or the holder's account disabled.
    pub fn find(conn: &mut AnyConn, who: Verified, today: NaiveDate) -> Result<Self> {
        let gone = || Error::new(Code::Unauthenticated);
        type Row = (
            Role,
            Option<i64>,
            Option<NaiveDate>,
            Option<NaiveDate>,
            Option<i64>,
            Option<i64>,
            Id,
            Option<Id>,
            Id,
            Option<Id>,
        );
        let row: Row = sessions::table
            .inner_join(assignments::table)
            .inner_join(users::table.on(users::id.eq(sessions::user_id)))
            .filter(sessions::id.eq(who.session).and(sessions::user_id.eq(who.user)))
            .select((
                assignments::role,
                assignments::ended_at,
                assignments::valid_from,
                assignments::valid_to,
                users::disabled_at,
                sessions::revoked_at,
                sessions::assignment_id,
                assignments::unit_id,
                assignments::user_id,
                sessions::deputy_id,
            ))
            .first(conn)
            .optional()?
            .ok_or_else(gone)?;
        let (role, ended, from, to, disabled, revoked, acting, unit, holder, deputy) = row;
        let in_force = from.is_none_or(|day| day <= today) && to.is_none_or(|day| today <= day);
        if ended.is_some() || disabled.is_some() || revoked.is_some() || !in_force || acting != who.assignment
        {
            return Err(gone());
        }
        let on_behalf_of = match deputy {
            None if holder == who.user => None,
            None => return Err(gone()),
            Some(id) => Some(deputies::holder(conn, who, id, today)?.ok_or_else(gone)?),
        };
        let seat = match unit {
            None => None,
            Some(unit) => Some(seat(conn, unit, today)?.ok_or_else(gone)?),
        };
        Ok(Self {
            user: Some(who.user),
            assignment: Some(who.assignment),
            on_behalf_of,
            session: Some(who.session),
            role,
            detail_depth: seat.as_ref().filter(|_| role != Role::Inspector).map(|seat| seat.detail_depth),
            names_depth: seat.as_ref().map(|seat| seat.names_depth),
            unit: seat.map(|seat| seat.place),
        })
    }

    /// The actor an import line names: a role in a unit, and the person when given.
    pub fn imported(conn: &mut AnyConn, unit: Id, role: Role, person: Option<Id>) -> Result<Option<Self>> {
        let Some(seat) = seat(conn, unit, NaiveDate::MIN)? else { return Ok(None) };
        Ok(Some(Self {
            user: person,
            assignment: None,
            on_behalf_of: None,
            session: None,
            role,
            unit: Some(seat.place),
            detail_depth: Some(seat.detail_depth),
            names_depth: Some(seat.names_depth),
        }))
    }

    /// Where this actor acts.
    pub const fn seat(&self) -> Seat<'_> {
        Seat { role: self.role, unit: self.unit.as_ref() }
    }

    /// Refuses an action the role allows nowhere (403).
    pub fn may(&self, action: Action) -> Result<()> {
        policy::require_role(self.role, action)
    }

    /// Refuses an action on a record at this site (403).
    pub fn may_at(&self, action: Action, site: Site) -> Result<()> {
        policy::require(self.seat(), action, site)
    }

    /// How the log records this actor.
    pub fn author(&self) -> Author {
        Author {
            user: self.user,
            acting_as: self.assignment,
            on_behalf_of: self.on_behalf_of,
            imported_by: None,
        }
    }

    /// True when this person, or whom this person stands in for, is who did something, or for whom it
    /// was done: a deputy and the holder are one hand. So nobody judges the own work.
    pub fn is_same_hand(&self, by: Option<Id>, on_behalf_of: Option<Id>) -> bool {
        let mut mine = [self.user, self.on_behalf_of].into_iter().flatten();
        mine.any(|account| by == Some(account) || on_behalf_of == Some(account))
    }

    /// Paths of the territory: those that start with this. The empty text is every path.
    pub fn territory(&self) -> &str {
        self.unit.as_ref().map_or("", |unit| &unit.path)
    }

    /// The longest path that is readable in detail.
    pub fn longest_path(&self) -> i32 {
        self.detail_depth.map_or(i32::MAX, Place::path_length)
    }

    /// The units above the acting one.
    pub fn ancestors(&self) -> Vec<Id> {
        self.unit.as_ref().map(Place::ancestors).unwrap_or_default()
    }

    /// True when the unit lies in the territory, however deep.
    pub fn reaches(&self, place: &Place) -> bool {
        place.path.starts_with(self.territory())
    }

    /// Distinguishes what two actors see: part of tags and cursors.
    pub fn scope_key(&self) -> String {
        format!("{}|{:?}|{}|{:?}", self.role, self.assignment, self.territory(), self.detail_depth)
    }
}

/// A unit as somebody acts there.
struct Standing {
    place: Place,
    detail_depth: i32,
    names_depth: i32,
}

/// A unit's place and the depths to which somebody acting there reads. None when the unit does not
/// exist or is closed on that day.
fn seat(conn: &mut AnyConn, unit: Id, today: NaiveDate) -> Result<Option<Standing>> {
    type Row = (Id, Id, String, i32, String, Option<NaiveDate>, i32, i32);
    let row: Option<Row> = org_units::table
        .inner_join(levels::table.on(levels::id.eq(org_units::level)))
        .filter(org_units::id.eq(unit))
        .select((
            org_units::id,
            org_units::root_id,
            org_units::path,
            org_units::depth,
            org_units::level,
            org_units::closed_on,
            levels::detail_depth,
            levels::names_depth,
        ))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(id, root_id, path, depth, level, closed_on, details, names)| {
        let open = closed_on.is_none_or(|day| today < day);
        let place = Place { id, root_id, path, depth, level };
        open.then(|| Standing { place, detail_depth: depth + details, names_depth: depth + names })
    }))
}
