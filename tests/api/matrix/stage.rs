//! The machinery of the table: its rows, its actors and the world they act in.

use crate::{
    conformance::{Operation, operation},
    harness::{Answer, Caller, TODAY, World, noon},
    matrix::{
        audit, auth, calendars, congresses, criteria, dispatches, disseminations, documents, duties,
        exchange, forms, indicators, meta, org_units, people, persons, posts, programmes, reconfirmations,
        registrations, reports, resolution_items, search, settings, targets, tasks, terms,
    },
};
use diesel::prelude::*;
use futures_util::future::LocalBoxFuture;
use std::collections::HashMap;
use tiendo::db::schema::users;

/// Every room: one line each.
const ROOMS: &[Room] = &[
    audit::ROOM,
    auth::ROOM,
    calendars::ROOM,
    congresses::ROOM,
    documents::ROOM,
    dispatches::ROOM,
    disseminations::ROOM,
    duties::ROOM,
    exchange::ROOM,
    forms::ROOM,
    indicators::ROOM,
    meta::ROOM,
    org_units::ROOM,
    people::ROOM,
    persons::ROOM,
    posts::ROOM,
    reconfirmations::ROOM,
    registrations::ROOM,
    // Its decisions are a letter of the room before.
    criteria::ROOM,
    reports::ROOM,
    resolution_items::ROOM,
    // Its programmes go back to a document of the room before.
    programmes::ROOM,
    search::ROOM,
    settings::ROOM,
    targets::ROOM,
    tasks::ROOM,
    terms::ROOM,
];

/// The columns of the table: a role at district D, at its commune A or at the other commune B, at
/// branch A1 of A or at B1 of B. `root` administers the instance.
#[rustfmt::skip]
pub const ACTORS: [&str; 18] = [
    "nobody", "expired", "disabled",
    "root",
    "admin@D", "leader@D", "officer@D", "viewer@D", "inspector@D", "service@D",
    "admin@A", "leader@A", "officer@A",
    "admin@B", "leader@B",
    "leader@A1", "officer@A1",
    "leader@B1",
];

/// Ids and other words that stand in rows as `{name}`.
pub type Things = HashMap<String, String>;

/// A room: its rows, and what must be in the world for them.
pub struct Room {
    pub rows: &'static [Row],
    pub prepare: for<'a> fn(&'a World, &'a Things) -> LocalBoxFuture<'a, Things>,
}

/// For rooms that need nothing but the units.
pub fn nothing<'a>(_: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async { Things::new() })
}

/// One line of the table.
#[derive(Clone, Copy)]
pub struct Row {
    /// Method and address; `{A}` is the id of unit A, `{absent}` one that nothing has.
    pub call: &'static str,
    /// The statuses, one for each of [`ACTORS`]; `|` is for the eye.
    pub expect: &'static str,
    /// JSON with `{name}` places; `{my_assignment}` is the actor's own.
    pub body: Option<&'static str>,
    pub effect: Option<Effect>,
}

/// What happens in earnest.
#[derive(Clone, Copy)]
pub struct Effect {
    pub by: &'static str,
    pub events: i64,
    /// Instead of the row's own body.
    pub body: Option<&'static str>,
}

/// A row without a body.
pub const fn row(call: &'static str, expect: &'static str) -> Row {
    Row { call, expect, body: None, effect: None }
}

impl Row {
    /// The body of the row.
    pub const fn body(self, body: &'static str) -> Self {
        Self { body: Some(body), ..self }
    }

    /// Done in earnest by this actor in a fresh world, it succeeds and appends so many events.
    pub const fn effect(self, by: &'static str, events: i64) -> Self {
        Self { effect: Some(Effect { by, events, body: None }), ..self }
    }

    /// The same, with another body than the row's.
    pub const fn effect_of(self, by: &'static str, events: i64, body: &'static str) -> Self {
        Self { effect: Some(Effect { by, events, body: Some(body) }), ..self }
    }

    pub fn method(&self) -> &'static str {
        self.call.split_once(' ').unwrap().0
    }

    /// The address with everything filled in.
    pub fn address(&self, things: &Things) -> String {
        fill(self.call.split_once(' ').unwrap().1.trim(), things)
    }

    /// The operation of the document this is a row of.
    pub fn operation(&self, things: &Things) -> Operation {
        let address = self.address(things);
        operation(self.method(), &address).unwrap_or_else(|| panic!("{} is no operation", self.call))
    }

    /// What each of [`ACTORS`] is answered.
    pub fn statuses(&self) -> Vec<u16> {
        let words = self.expect.split_whitespace().filter(|word| *word != "|");
        let found: Vec<u16> = words.map(|word| word.parse().unwrap()).collect();
        assert_eq!(found.len(), ACTORS.len(), "{}: one status for each actor", self.call);
        found
    }

    /// The body with which the effect succeeds.
    pub fn good_body(&self) -> Option<&'static str> {
        self.effect.and_then(|effect| effect.body).or(self.body)
    }
}

/// Every row of every room.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    ROOMS.iter().flat_map(|room| room.rows)
}

/// A text with its `{name}` places filled.
pub fn fill(text: &str, things: &Things) -> String {
    let replace =
        |text: String, (name, value): (&String, &String)| text.replace(&format!("{{{name}}}"), value);
    things.iter().fold(text.to_owned(), replace)
}

/// True when an operation takes a parameter.
pub fn knows(operation: Operation, parameter: &str) -> bool {
    operation.parameters().iter().any(|p| p["name"] == parameter)
}

/// The world of the table, with everybody in it.
pub struct Stage {
    pub world: World,
    pub things: Things,
    tokens: HashMap<&'static str, String>,
}

impl Stage {
    pub async fn new() -> Self {
        let world = World::new().await;
        let mut things: Things =
            world.units.iter().map(|(code, place)| ((*code).to_owned(), place.id.to_string())).collect();
        things.insert("absent".into(), "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d".into());
        for room in ROOMS {
            let more = (room.prepare)(&world, &things).await;
            things.extend(more);
        }
        let tokens =
            HashMap::from([("expired", expired(&world).await), ("disabled", disabled(&world).await)]);
        Self { world, things, tokens }
    }

    /// Somebody of [`ACTORS`], or any other `role@unit`.
    pub async fn actor(&self, who: &str) -> Caller<'_> {
        match (who, self.tokens.get(who)) {
            ("nobody", _) => self.world.nobody(),
            ("root", _) => self.world.root().await,
            (_, Some(token)) => self.world.bearing(token),
            _ => self.world.as_(who).await,
        }
    }

    /// Sends a row as somebody without keeping what it does, where the operation can.
    pub async fn rehearse(&self, row: &Row, who: &str, things: &Things) -> Answer {
        let sign = if row.call.contains('?') { '&' } else { '?' };
        let dry = if knows(row.operation(things), "dry_run") {
            format!("{sign}dry_run=true")
        } else {
            String::new()
        };
        let things = self.with_own(who, things).await;
        let body = row.body.map(|body| fill(body, &things));
        self.send(row.method(), &(row.address(&things) + &dry), who, body).await
    }

    /// Does a row's effect in earnest.
    pub async fn perform(&self, row: &Row) -> Answer {
        let by = row.effect.unwrap().by;
        let things = self.with_own(by, &self.things).await;
        let body = row.good_body().map(|body| fill(body, &things));
        self.send(row.method(), &row.address(&things), by, body).await
    }

    /// Sends anything as somebody, with `If-Match: *` where a version is wanted.
    pub async fn send(&self, method: &str, address: &str, who: &str, body: Option<String>) -> Answer {
        let caller = self.actor(who).await;
        let caller = if matches!(method, "PATCH" | "DELETE") { caller.with("if-match", "*") } else { caller };
        let lines = address.starts_with("/api/v1/imports");
        let caller = if lines { caller.with("content-type", "application/x-ndjson") } else { caller };
        caller.send(method.parse().unwrap(), address, body).await
    }

    /// The things of the world and those of the actor.
    pub async fn with_own(&self, who: &str, things: &Things) -> Things {
        let mut things = things.clone();
        let absent = things["absent"].clone();
        let own = match who {
            "nobody" | "expired" | "disabled" => absent,
            _ => {
                let me = self.actor(who).await.get("/api/v1/me").await.expect(200);
                me.body["acting_as"].as_str().unwrap().to_owned()
            }
        };
        things.insert("my_assignment".into(), own);
        things
    }
}

/// A token of yesterday.
async fn expired(world: &World) -> String {
    world.clock.hold_at(noon("2023-10-14"));
    let unit = world.units["D"].clone();
    let (_, token) = world.enrol("expired", "leader".parse().unwrap(), Some(unit)).await;
    world.clock.hold_at(noon(TODAY));
    token
}

/// A good token of an account that was disabled since.
async fn disabled(world: &World) -> String {
    let unit = world.units["D"].clone();
    let (user, token) = world.enrol("disabled", "leader".parse().unwrap(), Some(unit)).await;
    let now = world.clock.system().millis();
    let done = world.db.write(move |conn| {
        Ok(diesel::update(users::table.find(user)).set(users::disabled_at.eq(now)).execute(conn)?)
    });
    assert_eq!(done.await.unwrap(), 1);
    token
}
