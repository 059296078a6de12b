//! Logging in and out, changing hats, one's own account.

use crate::http::Routes;
use crate::{
    auth::{
        account::{self, username_key},
        gate::{Gate, Reading, WriteQuery, Writing},
        password::{self, check_strength},
        sessions::{self, Refreshed, Tokens},
        wire::{ActAs, Login, Me, PasswordChange, PublicKeys, RefreshToken},
    },
    clock::Clock,
    db::AnyConn,
    error::{Code, Error, Result},
    events::{Author, Tx},
    http::{Answer, Body, Query, query::NoQuery, request::RequestId},
    policy::Action,
};
use actix_web::{HttpRequest, HttpResponse, get, post, web};

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(login).service(refresh).service(logout).service(act_as).service(me).service(change_password);
}

/// Log in
///
/// Gives an access token for 15 minutes and a refresh token. The session acts under the oldest
/// assignment in force, and without any of one's own under one whose holder's deputy one is;
/// `POST /auth/act-as` changes that. After five failures the account slows down
/// for the address they came from.
///
/// Who: anybody.
#[utoipa::path(tag = "auth", security(()), request_body = Login, responses((status = 200, body = Tokens)))]
#[post("/auth/login")]
async fn login(gate: web::Data<Gate>, req: HttpRequest, body: Body<Login>) -> Result<HttpResponse> {
    let Login { username, password } = body.0;
    let (account, address, now) = (username_key(&username), gate.address(&req), gate.clock.system());
    gate.throttle.check(&account, &address, now)?;
    let key = account.clone();
    let known = gate.db.read(move |conn| account::to_log_in(conn, &key)).await?;
    let fits = password::fits(password.0, known.as_ref().map(|(_, hash)| hash.clone())).await?;
    // Again: guesses that came all at once were let in before the first of them had failed.
    gate.throttle.check(&account, &address, now)?;
    let Some((user, hash)) = known.filter(|_| fits) else {
        gate.throttle.failed(&account, &address, now);
        return Err(Error::new(Code::InvalidCredentials));
    };
    gate.throttle.succeeded(&account, &address);
    let (inner, clock, request_id) = (gate.clone(), gate.clock.clone(), RequestId::of(&req));
    let tokens = gate
        .db
        .write(move |conn| {
            sessions::log_in(&mut anonymous(conn, &clock, request_id), &inner.keys, user, &hash)
        })
        .await?;
    Ok(HttpResponse::Ok().json(tokens))
}

/// Get the next tokens
///
/// A refresh token is used once. If the answer was lost, the same token gives the same next one for 60
/// seconds, until that is used; any other use of a spent token ends the session.
///
/// Who: the holder of the token.
#[utoipa::path(tag = "auth", security(()), request_body = RefreshToken, responses((status = 200, body = Tokens)))]
#[post("/auth/refresh")]
async fn refresh(gate: web::Data<Gate>, req: HttpRequest, body: Body<RefreshToken>) -> Result<HttpResponse> {
    let (inner, clock, request_id) = (gate.clone(), gate.clock.clone(), RequestId::of(&req));
    let token = body.0.refresh_token.0;
    let outcome = gate
        .db
        .write(move |conn| sessions::refresh(&mut anonymous(conn, &clock, request_id), &inner.keys, &token))
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

/// Act under another assignment
///
/// One's own, or as a deputy somebody else's (`deputises` of `GET /me`): then both names stand in the
/// log, and it ends by itself. Answers like a log-in, with a session of its own; the one before goes on
/// until it ends.
///
/// Who: everybody, for their own assignments and those whose holders' deputies they are.
#[utoipa::path(tag = "auth", request_body = ActAs, params(WriteQuery), responses((status = 200, body = Tokens)))]
#[post("/auth/act-as")]
async fn act_as(cx: Writing, gate: web::Data<Gate>, body: Body<ActAs>) -> Result<HttpResponse> {
    let who = cx.who();
    cx.write(Action::OneSelf, move |tx, _| {
        Answer::ok(&sessions::act_as(tx, &gate.keys, who, body.0.assignment_id)?)
    })
    .await
}

/// Who am I
///
/// The own account, its assignments in force, those of others it may act under as a deputy, and the one
/// this token acts under.
///
/// Who: everybody.
#[utoipa::path(tag = "auth", responses((status = 200, body = Me)))]
#[get("/me")]
async fn me(cx: Reading, _: Query<NoQuery>) -> Result<HttpResponse> {
    let (today, who) = (cx.today(), cx.who());
    let me = cx.read(Action::OneSelf, move |conn, _| account::me(conn, who, today)).await?;
    Ok(HttpResponse::Ok().json(me))
}

/// Change the own password
///
/// Ends all other sessions of the account. Of two changes at once one wins, the other is told (409).
///
/// Who: everybody, with the current password.
#[utoipa::path(tag = "auth", request_body = PasswordChange, params(WriteQuery), responses((status = 204)))]
#[post("/me/password")]
async fn change_password(cx: Writing, body: Body<PasswordChange>) -> Result<HttpResponse> {
    let PasswordChange { current_password, new_password } = body.0;
    let (who, address, now) = (cx.who(), cx.address(), cx.gate().clock.system());
    let (name, old) = cx.ask(Action::OneSelf, move |conn, _| account::password_of(conn, who.user)).await?;
    let (key, throttle) = (username_key(&name), &cx.gate().throttle);
    throttle.check(&key, &address, now)?;
    let fits = password::fits(current_password.0, Some(old.clone())).await?;
    if fits {
        throttle.succeeded(&key, &address);
        check_strength(&new_password, &name, "/new_password")?;
    } else {
        throttle.failed(&key, &address, now);
    }
    let new = if fits { Some(password::hash(new_password.0).await?) } else { None };
    cx.write(Action::OneSelf, move |tx, actor| {
        // Only here, behind the Idempotency-Key: sent again after success, the current one is the new one.
        let new = new.clone().ok_or_else(|| Error::field("/current_password", Code::WrongPassword))?;
        account::change_password(tx, actor, who, &old, &new)
    })
    .await
}

fn anonymous<'a>(conn: &'a mut AnyConn, clock: &Clock, request_id: String) -> Tx<'a> {
    Tx { conn, author: Author::default(), request_id, at: clock.business(), recorded_at: clock.system() }
}

/// The public keys
///
/// Portals verify access tokens with these (RFC 7517).
///
/// Who: anybody.
#[utoipa::path(tag = "auth", security(()), responses((status = 200, body = PublicKeys)))]
#[get("/.well-known/jwks.json")]
pub async fn jwks(gate: web::Data<Gate>, _: Query<NoQuery>) -> HttpResponse {
    HttpResponse::Ok().insert_header(("Cache-Control", "public, max-age=300")).json(gate.keys.jwks())
}
