//! The data set: what it holds is said in `benches/README.md`.

mod check;
pub mod copies;
pub mod land;
mod people;
pub mod plan;
pub mod practice;
mod sql;
pub mod templates;

use crate::service::{Place, Service, create_admin};
use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use plan::Run;
use std::time::Instant;
use tiendo::{
    auth::keys::Keys,
    clock::Clock,
    db::{AnyConn, Backend},
    events::seal::{BATCH, batch},
};

/// Tasks at scale 1.
const TASKS: usize = 100_000;

/// How large the data set is, in tenths: 1, 10 or 100.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scale(pub usize);

impl Scale {
    /// How many tasks there are; each has five reports.
    pub const fn tasks(self) -> usize {
        TASKS / 10 * self.0
    }
}

impl std::str::FromStr for Scale {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "0.1" => Ok(Self(1)),
            "1" => Ok(Self(10)),
            "10" => Ok(Self(100)),
            _ => Err("a scale is 0.1, 1 or 10".into()),
        }
    }
}

impl std::fmt::Display for Scale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            1 => "0.1",
            10 => "1",
            _ => "10",
        })
    }
}

/// The business day.
pub fn today() -> NaiveDate {
    Clock::real().today()
}

/// Fills an empty database; panics when the service then says anything else than what was meant.
pub fn make(place: &Place, scale: Scale) {
    let (begun, today) = (Instant::now(), today());
    let say = |what: &str| println!("  {:>6.1} s  {what}", begun.elapsed().as_secs_f64());
    create_admin(place);
    let service = Service::start(place);
    people::load(&mut service.client("admin"), &land::lines());
    say("units");
    people::enrol(&service);
    say("accounts");
    practice::issue(&service, today);
    templates::make(&service, &practice::resolution());
    practice::follow(&service, today);
    practice::figures(&service, today);
    service.stop();
    say("a resolution, its programmes, an indicator");
    let mut conn = AnyConn::open(&place.url).expect("the database");
    let run = Run { first: 0, many: scale.tasks(), only: None };
    copies::make(&mut conn, &run, today, true);
    say("tasks, reports, states and the log");
    // Planners that know of a small table only would read the whole log for each batch of seals.
    sql::run(&mut conn, "ANALYZE");
    seal(&mut conn, place);
    say("log sealed");
    finish(&mut conn);
    say("tables settled");
    drop(conn);
    let service = Service::start(place);
    check::service(&service, place, scale.tasks());
    service.stop();
    check::log(place);
    say("checked");
}

/// What the service itself would do once it finds the rows.
///
/// **Here is the place for functions of the library that derive rows from those above**, on this connection.
pub fn finish(conn: &mut AnyConn) {
    for statement in sql::Words(conn.backend()).settle() {
        sql::run(conn, statement);
    }
}

/// Seals all events.
pub fn seal(conn: &mut AnyConn, place: &Place) {
    let keys = Keys::load_or_create(&place.key).expect("the key");
    let begin = if conn.backend() == Backend::Sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" };
    loop {
        conn.batch_execute(begin).expect("a transaction");
        let sealed =
            batch(conn, BATCH, Clock::real().system(), true, &|head| keys.sign_head(head)).expect("seals");
        conn.batch_execute("COMMIT").expect("a transaction");
        if !sealed.more {
            return;
        }
    }
}
