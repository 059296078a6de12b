//! One prepared world on a database of its own, and callers to act in it.
//!
//! The tree: district D, communes A and B below it, branches A1, A2 below A and B1 below B. The
//! business day stands still at 15 October 2023 until a test moves it.

use crate::{conformance, scratch::Scratch};
use actix_web::{
    body::to_bytes,
    dev::{Service, ServiceResponse},
    http::{Method, header::HeaderMap},
    test::{TestRequest, init_service},
};
use chrono::NaiveDate;
use diesel::{connection::SimpleConnection, prelude::*};
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use std::{collections::HashMap, rc::Rc, time::Duration};
use tiendo::{
    app::{Shared, build},
    audit::sealer,
    auth::{Gate, keys::Keys, sessions, throttle::Throttle},
    clock::{Clock, Instant},
    config::Settings,
    db::{AnyConn, Backend, Db, DbConfig},
    events::{
        self, Author, Tx,
        seal::{BATCH, batch},
        verify::{Report, verify},
    },
    ids::Id,
    people::create::{Ground, NewAssignment, NewUser, insert_assignment, insert_user},
    place::Place,
    policy::Role,
};

type Call = dyn Fn(actix_http::Request) -> LocalBoxFuture<'static, ServiceResponse>;

/// A running application over a database of its own.
pub struct World {
    pub db: Db,
    pub clock: Clock,
    /// The service's private key, as its file would hold it.
    pub key: String,
    pub shared: Shared,
    pub units: HashMap<&'static str, Place>,
    /// Set by tests that spoil the log.
    pub spoilt: std::cell::Cell<bool>,
    tokens: std::cell::RefCell<HashMap<String, String>>,
    users: std::cell::RefCell<HashMap<String, Id>>,
    call: Rc<Call>,
    // Last: the connections go before the database.
    pub scratch: Scratch,
}

/// How many services stand over each database and are asked in turn: `TEST_NODES`, else one.
fn nodes() -> usize {
    std::env::var("TEST_NODES").map_or(1, |nodes| nodes.parse().unwrap())
}

/// One service, with threads and memory of its own; keys, clock and database are those of all.
fn node(url: &str, key: &str, clock: &Clock, settings: Settings) -> Shared {
    let mut config = DbConfig::new(url);
    config.readers = 2;
    config.writers = 4;
    config.reporters = 1;
    // A busy machine is no fault of the service.
    (config.read_deadline, config.write_deadline) = (Duration::from_secs(60), Duration::from_secs(60));
    config.silence = Duration::from_secs(60);
    // The same server as its own replica: every read that may be stale goes that way.
    config.replica_url = std::env::var_os("TEST_REPLICA").map(|_| url.into());
    let db = Db::open(config).unwrap();
    assert!(nodes() == 1 || db.backend() == Backend::Postgres, "SQLite takes one node: unset TEST_NODES");
    let (keys, clock) = (Keys::from_pem(key).unwrap(), clock.clone());
    let actors = Default::default();
    let gate = Gate { db, keys, clock, actors, throttle: Throttle::default(), trust_proxy: false };
    let shared = Shared::new(gate, settings);
    shared.ready.set(true);
    shared
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The stable code of a problem.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// Fails with the whole answer when the status is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{} {}", self.status, self.text);
        self
    }

    /// Fails with the whole answer unless it is this problem.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.code(), code, "{}", answer.text);
        answer
    }

    /// Fails with the whole answer unless this member, and no other, is at fault in this way.
    #[track_caller]
    pub fn expect_fault(self, status: u16, pointer: &str, code: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.faults(), [format!("#{pointer} {code}")], "{}", answer.text);
        answer
    }

    /// The field errors as `place code`.
    pub fn faults(&self) -> Vec<String> {
        let place = |e: &Value| {
            e["pointer"]
                .as_str()
                .or(e["parameter"].as_str())
                .or(e["header"].as_str())
                .unwrap_or_default()
                .to_owned()
        };
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|e| format!("{} {}", place(e), e["code"].as_str().unwrap())).collect()
    }

    pub fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_else(|| panic!("no id in {}", self.text)).to_owned()
    }
}

/// Somebody who asks.
pub struct Caller<'a> {
    world: &'a World,
    token: Option<String>,
    headers: Vec<(String, String)>,
}

pub const TODAY: &str = "2023-10-15";

/// The first moment of the afternoon of a day in Vietnam.
pub fn noon(day: &str) -> Instant {
    Instant::parse(&format!("{day}T12:00:00+07:00")).unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl World {
    /// A migrated, empty instance.
    pub async fn empty() -> Self {
        Self::with(Settings::default()).await
    }

    pub async fn with(settings: Settings) -> Self {
        let scratch = Scratch::migrated();
        let clock = Clock::held_at(noon(TODAY));
        let key = Keys::generate().unwrap();
        let shared = node(&scratch.url, &key, &clock, settings.clone());
        let mut services = vec![init_service(build(shared.clone())).await];
        for _ in 1..nodes() {
            services.push(init_service(build(node(&scratch.url, &key, &clock, settings.clone()))).await);
        }
        let (services, turn) = (Rc::new(services), std::cell::Cell::new(0));
        let call: Rc<Call> = Rc::new(move |request| {
            let (services, next) = (services.clone(), turn.replace(turn.get() + 1));
            Box::pin(async move {
                services[next % services.len()].call(request).await.unwrap().map_into_boxed_body()
            })
        });
        Self {
            db: shared.gate.db.clone(),
            clock,
            key,
            shared,
            units: HashMap::new(),
            spoilt: Default::default(),
            tokens: Default::default(),
            users: Default::default(),
            call,
            scratch,
        }
    }

    /// The tree of the module's head, with one person per role and unit made when first asked for.
    pub async fn new() -> Self {
        let mut world = Self::empty().await;
        for (code, level, kind, parent) in [
            ("D", "district", "party_committee", ""),
            ("A", "commune", "party_committee", "D"),
            ("B", "commune", "party_committee", "D"),
            ("A1", "branch", "branch", "A"),
            ("A2", "branch", "branch", "A"),
            ("B1", "branch", "branch", "B"),
        ] {
            world.add_unit(code, level, kind, parent).await;
        }
        world
    }

    /// Adds a unit through the API, as who administers the instance.
    pub async fn add_unit(&mut self, code: &'static str, level: &str, kind: &str, parent: &str) -> String {
        let parent_id = self.units.get(parent).map(|place| place.id.to_string());
        let body = json!({"code": code, "name": format!("Đơn vị {code}"), "level": level, "kind": kind, "parent_id": parent_id});
        let id = self.root().await.post("/api/v1/org-units", body).await.expect(201).id();
        let place = self.place(&id).await;
        self.units.insert(code, place);
        id
    }

    /// Where a unit lies now.
    pub async fn place(&self, id: &str) -> Place {
        use tiendo::{db::schema::org_units, org_units::model::Row};
        let id: Id = id.parse().unwrap();
        self.db
            .read(move |c| Ok(org_units::table.find(id).select(Row::as_select()).first::<Row>(c)?.place()))
            .await
            .unwrap()
    }

    /// The id of a unit of the tree.
    pub fn unit(&self, code: &str) -> String {
        self.units[code].id.to_string()
    }

    /// Somebody without a token.
    pub fn nobody(&self) -> Caller<'_> {
        Caller { world: self, token: None, headers: vec![] }
    }

    /// Who administers the whole instance.
    pub async fn root(&self) -> Caller<'_> {
        self.someone("admin", "").await
    }

    /// `role@unit`, e.g. `leader@D`; `role@unit#2` is another person of the same kind.
    pub async fn as_(&self, who: &str) -> Caller<'_> {
        let (role, unit) = who.split_once('@').unwrap();
        self.someone(role, unit).await
    }

    async fn someone(&self, role: &str, unit: &str) -> Caller<'_> {
        let name = format!("{role}@{unit}");
        if !self.tokens.borrow().contains_key(&name) {
            let place = (!unit.is_empty()).then(|| self.units[unit.split('#').next().unwrap()].clone());
            let (user, token) = self.enrol(&name, role.parse().unwrap(), place).await;
            self.users.borrow_mut().insert(name.clone(), user);
            self.tokens.borrow_mut().insert(name.clone(), token);
        }
        Caller { world: self, token: Some(self.tokens.borrow()[&name].clone()), headers: vec![] }
    }

    /// The account behind `role@unit`.
    pub async fn user(&self, who: &str) -> Id {
        self.as_(who).await;
        self.users.borrow()[who]
    }

    /// A caller with any token.
    pub fn bearing(&self, token: &str) -> Caller<'_> {
        Caller { world: self, token: Some(token.into()), headers: vec![] }
    }

    /// Makes an account (password `mật khẩu thử`) and a token for it.
    pub async fn enrol(&self, name: &str, role: Role, place: Option<Place>) -> (Id, String) {
        let (shared, clock, name) = (self.shared.clone(), self.clock.clone(), name.to_owned());
        let user = Id::new();
        let token = self
            .db
            .write(move |conn| {
                let mut tx = Tx {
                    conn,
                    author: Author::default(),
                    request_id: "test".into(),
                    at: clock.business(),
                    recorded_at: clock.system(),
                };
                let account = NewUser {
                    id: user,
                    username: name.clone(),
                    display_name: name,
                    password_hash: password_hash().into(),
                };
                insert_user(&mut tx, &account, place.as_ref())?;
                let assignment = NewAssignment {
                    id: Id::new(),
                    role,
                    unit: place,
                    ground: Ground::Post,
                    ground_note: None,
                    valid_from: None,
                    valid_to: None,
                };
                insert_assignment(&mut tx, user, &assignment)?;
                let post = sessions::posts(tx.conn, user, clock.today())?.remove(0);
                Ok(sessions::open(&mut tx, &shared.gate.keys, user, &post, "session.opened")?.access_token)
            })
            .await
            .unwrap();
        (user, token)
    }

    /// Moves both clocks to noon of a day and gives everybody a fresh token.
    pub async fn go_to(&self, day: &str) {
        self.clock.hold_at(noon(day));
        let names: Vec<(String, Id)> =
            self.users.borrow().iter().map(|(name, id)| (name.clone(), *id)).collect();
        for (name, user) in names {
            let (shared, clock) = (self.shared.clone(), self.clock.clone());
            let token = self
                .db
                .write(move |conn| {
                    let mut tx = Tx {
                        conn,
                        author: Author::default(),
                        request_id: "test".into(),
                        at: clock.business(),
                        recorded_at: clock.system(),
                    };
                    let post = sessions::posts(tx.conn, user, clock.today())?.remove(0);
                    Ok(sessions::open(&mut tx, &shared.gate.keys, user, &post, "session.opened")?
                        .access_token)
                })
                .await
                .unwrap();
            self.tokens.borrow_mut().insert(name, token);
        }
    }

    /// Seals everything there is and signs the end.
    pub async fn seal(&self) {
        // On PostgreSQL any transaction of the server, also one of another test, holds the sealer back.
        // Waiting for them first, all is sealed in one go, under one head.
        for _ in 0..9000 {
            let settled = self.db.read(|conn| {
                let settled = events::log::settled_after(conn, events::Position::default());
                let settled: Vec<i64> = settled.select(tiendo::db::schema::events::seq).load(conn)?;
                Ok(i64::try_from(settled.len()).unwrap() == events::log::count(conn)?)
            });
            if settled.await.unwrap() {
                sealer::seal(&self.shared.gate, true, None).await.unwrap();
                return;
            }
            actix_web::rt::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("a transaction stays open");
    }

    /// Checks the log as it is, against kept heads too.
    pub fn verify(&self, kept: &[String]) -> Report {
        let keys = Keys::from_pem(&self.key).unwrap();
        let mut conn = AnyConn::open_to_read(&self.scratch.url).unwrap();
        verify(&mut conn, kept, &|jws| keys.open_head(jws)).unwrap()
    }

    /// How many events the log holds.
    pub async fn events(&self) -> i64 {
        self.db.read(|conn: &mut AnyConn| tiendo::events::log::count(conn)).await.unwrap()
    }
}

/// Whatever a test did: in the end the log can be sealed, and verifies.
impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() || self.spoilt.get() {
            return;
        }
        let keys = Keys::from_pem(&self.key).unwrap();
        let mut conn = AnyConn::open(&self.scratch.url).unwrap();
        let sealed = |conn: &mut AnyConn| {
            let now = self.clock.system();
            conn.batch_execute(if conn.backend() == Backend::Sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" })
                .unwrap();
            let done = batch(conn, BATCH, now, true, &|head| keys.sign_head(head)).unwrap();
            conn.batch_execute("COMMIT").unwrap();
            done.more
        };
        while sealed(&mut conn) {}
        assert_eq!(self.verify(&[]).broken, []);
    }
}

/// The hash of the one password of all test accounts, made once.
pub fn password_hash() -> &'static str {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| tiendo::auth::password::hash_now(PASSWORD).unwrap())
}

pub const PASSWORD: &str = "mật khẩu thử 2023";

impl Caller<'_> {
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body.to_string())).await
    }

    /// PATCH of the version given.
    pub async fn patch(&self, path: &str, version: i64, body: Value) -> Answer {
        self.clone_with("if-match", &format!("\"v{version}\""))
            .send(Method::PATCH, path, Some(body.to_string()))
            .await
    }

    pub async fn delete(&self, path: &str, version: i64) -> Answer {
        self.clone_with("if-match", &format!("\"v{version}\"")).send(Method::DELETE, path, None).await
    }

    fn clone_with(&self, name: &str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.push((name.into(), value.into()));
        Self { world: self.world, token: self.token.clone(), headers }
    }

    /// Any request; a body goes as JSON unless a content type was set. An answer that is not as the
    /// OpenAPI document says fails the test.
    pub async fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        self.ask(method, path, body.map(String::into_bytes)).await
    }

    /// The same with a body of bytes.
    pub async fn send_bytes(&self, method: Method, path: &str, body: Vec<u8>) -> Answer {
        self.ask(method, path, Some(body)).await
    }

    /// The access token.
    pub fn token(&self) -> Option<String> {
        self.token.clone()
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Vec<u8>>) -> Answer {
        let mut request = TestRequest::default().method(method.clone()).uri(path);
        if let Some(token) = &self.token {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        if let Some(body) = body {
            if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
                request = request.insert_header(("content-type", "application/json"));
            }
            request = request.set_payload(body);
        }
        for (name, value) in &self.headers {
            request = request.insert_header((name.as_str(), value.as_str()));
        }
        let response = (self.world.call)(request.to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body()).await.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        let answer = Answer { status, headers, body, text };
        conformance::check(method.as_str(), path, &answer);
        answer
    }
}
