//! Logging in and out, changing hats, one's own account.

use crate::{
    auth::{
        gate::{Gate, Reading, Writing},
        keys::Verified,
        password,
        sessions::{self, Refreshed, Tokens},
    },
    clock::Clock,
    db::{
        AnyConn,
        schema::{org_units, users},
    },
    error::{Code, Error, Fault, Result},
    events::{Author, Changes, Event, Tx},
    http::{
        Answer, Body,
        fields::{Faults, Line},
        request::RequestId,
    },
    ids::Id,
    policy::{Action, Role},
    text,
};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use deserr::Deserr;
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(login).service(refresh).service(logout).service(act_as).service(me).service(change_password);
}

/// A name and its password.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"username": "bithu.mocaybac", "password": "tien-do-2023"}))]
pub struct Login {
    username: Line<1, 100>,
    password: Line<1, 128>,
}

/// A refresh token.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RefreshToken {
    refresh_token: Line<1, 500>,
}

/// The assignment to act under from now on.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ActAs {
    assignment_id: Id,
}

/// The own password, old and new.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PasswordChange {
    current_password: Line<1, 128>,
    new_password: Line<8, 128>,
}

/// Log in
///
/// Gives an access token for 15 minutes and a refresh token. The session acts under the oldest
/// assignment in force; `POST /auth/act-as` changes that. After five failures the account slows down
/// for the address they came from.
///
/// Who: anybody.
#[utoipa::path(tag = "auth", security(()), request_body = Login, responses((status = 200, body = Tokens)))]
#[post("/auth/login")]
async fn login(gate: web::Data<Gate>, req: HttpRequest, body: Body<Login>) -> Result<HttpResponse> {
    let Login { username, password } = body.0;
    let (account, address, now) = (text::fold(&username), gate.address(&req), gate.clock.system());
    gate.throttle.check(&account, &address, now)?;
    let key = username_key(&username);
    let known = gate.db.read(move |conn| sessions::account(conn, &key)).await?;
    let fits = password::fits(password.0, known.as_ref().map(|(_, hash)| hash.clone())).await?;
    let Some((user, _)) = known.filter(|_| fits) else {
        gate.throttle.failed(&account, &address, now);
        return Err(Error::new(Code::InvalidCredentials));
    };
    gate.throttle.succeeded(&account, &address);
    let (inner, clock, request_id) = (gate.clone(), gate.clock.clone(), RequestId::of(&req));
    let tokens = gate
        .db
        .write(move |conn| {
            let posts = sessions::posts(conn, user, clock.today())?;
            let post = posts.first().ok_or_else(|| Error::new(Code::NoAssignment))?;
            sessions::open(
                &mut anonymous(conn, &clock, request_id),
                &inner.keys,
                user,
                post,
                "session.opened",
            )
        })
        .await?;
    Ok(HttpResponse::Ok().json(tokens))
}

/// Get the next tokens
///
/// A refresh token is used once. If the answer was lost, the same token gives the same answer for 60
/// seconds; any other use of a spent token ends the session.
///
/// Who: the holder of the token.
#[utoipa::path(tag = "auth", security(()), request_body = RefreshToken, responses((status = 200, body = Tokens)))]
#[post("/auth/refresh")]
async fn refresh(gate: web::Data<Gate>, req: HttpRequest, body: Body<RefreshToken>) -> Result<HttpResponse> {
    let (inner, clock, request_id) = (gate.clone(), gate.clock.clone(), RequestId::of(&req));
    let token = body.0.refresh_token.0;
    let outcome = gate
        .db
        .write(move |conn| {
            let today = clock.today();
            sessions::refresh(&mut anonymous(conn, &clock, request_id), &inner.keys, &token, today)
        })
        .await?;
    match outcome {
        Refreshed::Tokens(tokens) => Ok(HttpResponse::Ok().json(tokens)),
        Refreshed::Reused => Err(Error::new(Code::InvalidRefreshToken)),
    }
}

/// Log out
///
/// Ends the session: its refresh and access tokens stop at once. Repeating it is harmless.
///
/// Who: the holder of the token.
#[utoipa::path(tag = "auth", security(()), request_body = RefreshToken, responses((status = 204)))]
#[post("/auth/logout")]
async fn logout(gate: web::Data<Gate>, req: HttpRequest, body: Body<RefreshToken>) -> Result<HttpResponse> {
    if let Some((session, _)) = gate.keys.open_refresh_token(&body.0.refresh_token) {
        let (clock, request_id) = (gate.clock.clone(), RequestId::of(&req));
        gate.db
            .write(move |conn| sessions::end(&mut anonymous(conn, &clock, request_id), session, "logout"))
            .await?;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// Act under another of one's assignments
///
/// Answers like a log-in, with a session of its own; the one before goes on until it ends.
///
/// Who: everybody, for their own assignments.
#[utoipa::path(tag = "auth", request_body = ActAs, params(crate::auth::gate::WriteQuery), responses((status = 200, body = Tokens)))]
#[post("/auth/act-as")]
async fn act_as(cx: Writing, gate: web::Data<Gate>, body: Body<ActAs>) -> Result<HttpResponse> {
    let (today, user) = (cx.today(), cx.who().user);
    cx.write(Action::OneSelf, move |tx, _| {
        let post =
            sessions::posts(tx.conn, user, today)?.into_iter().find(|post| post.id == body.0.assignment_id);
        let post = post.ok_or_else(|| Error::field("/assignment_id", Code::UnknownReference))?;
        Answer::ok(&sessions::open(tx, &gate.keys, user, &post, "session.acted_as")?)
    })
    .await
}

/// The account as `GET /me` shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub user: MyAccount,
    pub assignments: Vec<MyAssignment>,
    /// The assignment this token acts under.
    pub acting_as: Id,
}

#[derive(Debug, Serialize, Queryable, ToSchema)]
pub struct MyAccount {
    pub id: Id,
    #[schema(example = "bithu.mocaybac")]
    pub username: String,
    #[schema(example = "Bí thư Huyện ủy Mỏ Cày Bắc")]
    pub display_name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MyAssignment {
    pub id: Id,
    /// Null: the whole instance.
    pub unit: Option<MyUnit>,
    pub role: Role,
}

#[derive(Debug, Clone, Serialize, Queryable, ToSchema)]
pub struct MyUnit {
    pub id: Id,
    #[schema(example = "BT-MCB")]
    pub code: String,
    #[schema(example = "Huyện ủy Mỏ Cày Bắc")]
    pub name: String,
    #[schema(example = "district")]
    pub level: String,
}

/// Who am I
///
/// The own account, its assignments in force, and the one this token acts under.
///
/// Who: everybody.
#[utoipa::path(tag = "auth", responses((status = 200, body = Me)))]
#[get("/me")]
async fn me(cx: Reading, _: crate::http::Query<crate::http::query::NoQuery>) -> Result<HttpResponse> {
    let (today, who) = (cx.today(), cx.who());
    let me = cx.read(Action::OneSelf, move |conn, _| find_me(conn, who, today)).await?;
    Ok(HttpResponse::Ok().json(me))
}

fn find_me(conn: &mut AnyConn, who: Verified, today: chrono::NaiveDate) -> Result<Me> {
    let user =
        users::table.find(who.user).select((users::id, users::username, users::display_name)).first(conn)?;
    let posts = sessions::posts(conn, who.user, today)?;
    let units: Vec<MyUnit> = org_units::table
        .filter(org_units::id.eq_any(posts.iter().filter_map(|post| post.unit).collect::<Vec<_>>()))
        .select((org_units::id, org_units::code, org_units::name, org_units::level))
        .load(conn)?;
    let unit = |id: Option<Id>| units.iter().find(|unit| Some(unit.id) == id).cloned();
    let assignments = posts
        .iter()
        .map(|post| MyAssignment { id: post.id, unit: unit(post.unit), role: post.role })
        .collect();
    Ok(Me { user, assignments, acting_as: who.assignment })
}

/// Change the own password
///
/// Ends all other sessions of the account.
///
/// Who: everybody, with the current password.
#[utoipa::path(tag = "auth", request_body = PasswordChange, params(crate::auth::gate::WriteQuery), responses((status = 204)))]
#[post("/me/password")]
async fn change_password(cx: Writing, body: Body<PasswordChange>) -> Result<HttpResponse> {
    let PasswordChange { current_password, new_password } = body.0;
    let who = cx.who();
    let (name, stored): (String, String) = cx
        .gate()
        .db
        .read(move |conn| {
            Ok(users::table.find(who.user).select((users::username, users::password_hash)).first(conn)?)
        })
        .await?;
    if !password::fits(current_password.0, Some(stored)).await? {
        return Err(Error::field("/current_password", Code::WrongPassword));
    }
    check_strength(&new_password, &name, "/new_password")?;
    let hash = password::hash(new_password.0).await?;
    cx.write(Action::OneSelf, move |tx, actor| {
        let version: i32 = diesel::update(users::table.find(who.user))
            .set((
                users::password_hash.eq(hash),
                users::version.eq(users::version + 1),
                users::updated_at.eq(tx.recorded_at.millis()),
            ))
            .returning(users::version)
            .get_result(tx.conn)?;
        sessions::end_all(tx, who.user, Some(who.session), "password changed")?;
        tx.append(Event {
            kind: "user.password_changed",
            subject_type: "user",
            subject_id: who.user,
            subject_version: version,
            place: actor.unit.as_ref(),
            changes: Changes::none(),
            reason: None,
        })?;
        Ok(Answer::nothing())
    })
    .await
}

/// Refuses passwords that everybody guesses first: few different characters, plain runs, the own name.
pub fn check_strength(password: &str, username: &str, pointer: &str) -> Result<()> {
    const COMMON: [&str; 14] = [
        "password",
        "matkhau",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyui",
        "iloveyou",
        "anhyeuem",
        "abcd1234",
        "admin123",
        "tiendo123",
        "vietnam1",
        "password1",
        "matkhau123",
    ];
    let plain = text::fold(password).replace(' ', "");
    let kinds: std::collections::HashSet<char> = plain.chars().collect();
    let name = text::fold(username).replace(' ', "");
    if kinds.len() < 4 || COMMON.contains(&plain.as_str()) || plain == name {
        return Err(Fault::at(pointer, Code::WeakPassword).into());
    }
    Ok(())
}

/// The form under which a user name is looked up: it ignores case and accents, so that two accounts
/// cannot differ by a mark one does not see.
pub fn username_key(username: &str) -> String {
    text::fold(username)
}

fn anonymous<'a>(conn: &'a mut AnyConn, clock: &Clock, request_id: String) -> Tx<'a> {
    Tx { conn, author: Author::default(), request_id, at: clock.business(), recorded_at: clock.system() }
}

/// The public keys
///
/// Portals verify access tokens with these (RFC 7517).
///
/// Who: anybody.
#[utoipa::path(tag = "auth", security(()), responses((status = 200, body = serde_json::Value)))]
#[get("/.well-known/jwks.json")]
pub async fn jwks(gate: web::Data<Gate>) -> HttpResponse {
    HttpResponse::Ok().insert_header(("Cache-Control", "public, max-age=300")).json(gate.keys.jwks())
}
