//! `tiendo demo`: the articles' districts in October 2023, loaded through the service's own commands.

use crate::{
    auth::{Actor, password},
    clock::Clock,
    db::{AnyConn, Db, schema::org_units},
    error::{Error, Result},
    events::{Author, Tx},
    exchange::imports::read::{CHUNK, Loading, lines},
    http::{
        body,
        fields::{Faults, Few, Words},
        request::Language,
    },
    ids::Id,
    org_units::model as units,
    people::create::{Ground, NewAssignment, NewUser, insert_assignment, insert_user},
    policy::Role,
};
use deserr::Deserr;
use diesel::prelude::*;

/// The business day of the demo: its districts still exist.
pub const TODAY: &str = "2023-10-15";
/// The one password of all demo accounts.
pub const PASSWORD: &str = "tien-do-2023";

/// The data, in the order in which it is loaded.
const FILES: [(&str, &str); 8] = [
    ("org-units.ndjson", include_str!("../demo/org-units.ndjson")),
    ("terms.ndjson", include_str!("../demo/terms.ndjson")),
    ("congresses.ndjson", include_str!("../demo/congresses.ndjson")),
    ("persons.ndjson", include_str!("../demo/persons.ndjson")),
    ("holdings.ndjson", include_str!("../demo/holdings.ndjson")),
    ("documents.ndjson", include_str!("../demo/documents.ndjson")),
    ("tasks.ndjson", include_str!("../demo/tasks.ndjson")),
    ("figures.ndjson", include_str!("../demo/figures.ndjson")),
];
/// Huyện ủy Mỏ Cày Bắc.
const DISTRICT: &str = "016f5e67-12f8-725c-9863-6f7b53dbe460";
const USERS: &str = include_str!("../demo/users.ndjson");

/// Who loads: the demo itself administers the whole instance.
fn loader() -> Actor {
    Actor {
        user: Some(Id::of_name("demo")),
        assignment: None,
        on_behalf_of: None,
        session: None,
        role: Role::Admin,
        unit: None,
        detail_depth: None,
        names_depth: None,
    }
}

/// Fills an empty database. Any line that is refused is an error: the data is the project's own.
pub async fn load(db: &Db, clock: &Clock) -> Result<()> {
    let units: i64 = db.read(|conn| Ok(org_units::table.count().get_result(conn)?)).await?;
    if units > 0 {
        return Err(Error::internal("the demo wants an empty database"));
    }
    for (file, text) in FILES {
        let all = lines(text.as_bytes());
        for some in all.chunks(CHUNK) {
            let (some, clock) = (some.to_vec(), clock.clone());
            db.write(move |conn| run(conn, &clock, file, &some)).await?;
        }
    }
    let hash = password::hash(PASSWORD.into()).await?;
    let clock = clock.clone();
    db.write(move |conn| enrol_all(conn, &clock, &hash)).await
}

fn run(conn: &mut AnyConn, clock: &Clock, file: &str, some: &[(i64, Vec<u8>)]) -> Result<()> {
    let loading = Loading {
        loader: loader(),
        request_id: format!("demo-{file}"),
        now: clock.business(),
        recorded_at: clock.system(),
        language: Language::En,
    };
    for answer in loading.run(conn, some)? {
        if let Some(problem) = answer.problem {
            let text = serde_json::to_string(&problem).unwrap_or_default();
            return Err(Error::internal(format!("demo/{file} line {}: {text}", answer.line)));
        }
    }
    Ok(())
}

/// A line of `users.ndjson`.
#[derive(Debug, Deserr)]
#[deserr(error = Faults)]
struct UserLine {
    data: DemoUser,
}

#[derive(Debug, Deserr)]
#[deserr(error = Faults)]
struct DemoUser {
    id: Id,
    username: Words<100>,
    display_name: Words<200>,
    assignments: Few<DemoAssignment, 10>,
}

#[derive(Debug, Deserr)]
#[deserr(error = Faults)]
struct DemoAssignment {
    id: Id,
    #[deserr(default)]
    unit_id: Option<Id>,
    role: Role,
}

fn enrol_all(conn: &mut AnyConn, clock: &Clock, hash: &str) -> Result<()> {
    for (line, text) in lines(USERS.as_bytes()) {
        let user: UserLine =
            body::parse(&text).map_err(|e| Error::internal(format!("demo/users.ndjson line {line}: {e}")))?;
        enrol(conn, clock, user.data, hash)?;
    }
    Ok(())
}

fn enrol(conn: &mut AnyConn, clock: &Clock, user: DemoUser, hash: &str) -> Result<()> {
    let author = Author { imported_by: loader().user, ..Author::default() };
    let mut tx = Tx {
        conn,
        author,
        request_id: "demo-users".into(),
        at: clock.business(),
        recorded_at: clock.system(),
    };
    let mut assignments = Vec::new();
    for given in user.assignments.0 {
        let unit = match given.unit_id {
            Some(id) => Some(units::find(tx.conn, &loader(), id)?.place()),
            None => None,
        };
        assignments.push(NewAssignment {
            id: given.id,
            role: given.role,
            unit,
            ground: Ground::Post,
            ground_note: None,
            valid_from: None,
            valid_to: None,
        });
    }
    let account = NewUser {
        id: user.id,
        username: user.username.0,
        display_name: user.display_name.0,
        password_hash: hash.into(),
    };
    let first = assignments.first().and_then(|assignment| assignment.unit.clone());
    insert_user(&mut tx, &account, first.as_ref())?;
    assignments.iter().try_for_each(|assignment| insert_assignment(&mut tx, user.id, assignment))
}

/// What the demo says when it is ready.
pub fn welcome(address: &str) -> String {
    format!(
        r#"
tiendo is ready: http://{address}   (documentation: http://{address}/docs/)
The business day is 15 October 2023. All accounts have the password {PASSWORD}

  leader of the district    bithu.mocaybac
  officer of the district   vanphong.mocaybac
  inspector                 ubkt.mocaybac
  leader of a commune       {commune}
  branch secretary          {branch}
  viewer                    xem.mocaybac
  portal (service)          cong.bentre
  administrator             quantri

Try:
  TOKEN=$(curl -s http://{address}/api/v1/auth/login -H 'Content-Type: application/json' \
    -d '{{"username":"bithu.mocaybac","password":"{PASSWORD}"}}' | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
  curl -s "http://{address}/api/v1/reports/task-rollup?unit_id={district}" -H "Authorization: Bearer $TOKEN"
  curl -s "http://{address}/api/v1/tasks?timeliness=overdue&limit=5" -H "Authorization: Bearer $TOKEN"
"#,
        commune = "bithu.phumy.mocaybac",
        branch = "bithu.ap1.phumy",
        district = DISTRICT,
    )
}
