//! Sign up, log in, log out; what belongs to the person who asks.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use axum_extra::extract::CookieJar;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    account::{ChangePassword, DeleteMe, LogIn, Me, SignUp},
    problem::{Code, Problem},
};

use super::{Caller, Json, device};
use crate::{
    actions::{
        change_password::change_password, delete_artist::delete_artist, end_session::end_session,
        log_in::log_in, refresh_session::refresh_session, sign_up::sign_up,
    },
    app::App,
    bus::cancels,
    error::ApiError,
    session::{self, Session, clear_cookies, session_cookies},
    store,
};

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(post_sign_up))
        .routes(routes!(post_log_in))
        .routes(routes!(post_log_out))
        .routes(routes!(post_refresh))
        .routes(routes!(get_me, delete_me))
        .routes(routes!(put_password))
}

/// A new account, logged in at once.
#[utoipa::path(
    post, path = "/sign-up", tag = "account", operation_id = "account_sign_up", security(()),
    request_body = SignUp,
    responses(
        (status = 201, description = "The account; both cookies are set", body = Me),
        (status = 403, description = "Not from one of our pages", body = Problem),
        (status = 409, description = "The e-mail has an account, or the invitation is spent", body = Problem),
        (status = 422, description = "A field is out of bounds", body = Problem),
        (status = 429, description = "Too many sign-ups from this address", body = Problem),
    ),
)]
async fn post_sign_up(
    State(app): State<App>,
    Caller(address): Caller,
    headers: HeaderMap,
    Json(wish): Json<SignUp>,
) -> Result<(StatusCode, CookieJar, Json<Me>), ApiError> {
    app.limits.sign_up(address)?;
    let (me, fresh) = sign_up(&app, wish, &device::words(&headers)).await?;
    app.limits.let_in(&me.email, address);
    Ok((
        StatusCode::CREATED,
        session_cookies(&app.config, &fresh),
        Json(me),
    ))
}

/// E-mail and password become a session.
#[utoipa::path(
    post, path = "/log-in", tag = "account", operation_id = "account_log_in", security(()),
    request_body = LogIn,
    responses(
        (status = 200, description = "Both cookies are set", body = Me),
        (status = 401, description = "Unknown e-mail or wrong password", body = Problem),
        (status = 403, description = "Not from one of our pages", body = Problem),
        (status = 422, description = "The body is not what it should be", body = Problem),
        (status = 429, description = "Too many tries at this account or from this address", body = Problem),
    ),
)]
async fn post_log_in(
    State(app): State<App>,
    Caller(address): Caller,
    headers: HeaderMap,
    Json(given): Json<LogIn>,
) -> Result<(CookieJar, Json<Me>), ApiError> {
    app.limits.log_in(address)?;
    let (me, fresh) = log_in(&app, given, &device::words(&headers), address).await?;
    Ok((session_cookies(&app.config, &fresh), Json(me)))
}

/// The session ends, if there is one, and the cookies go in any case.
#[utoipa::path(
    post, path = "/log-out", tag = "account", operation_id = "account_log_out", security(()),
    responses(
        (status = 204, description = "Nobody is logged in here any more"),
        (status = 403, description = "Not from one of our pages", body = Problem),
    ),
)]
async fn post_log_out(
    State(app): State<App>,
    session: Result<Session, ApiError>,
) -> Result<(StatusCode, CookieJar), ApiError> {
    match session {
        Ok(Session(person, session)) => match end_session(&app, &person, session).await {
            Err(failure) if failure.code() != Code::NotFound => return Err(failure),
            // Ended elsewhere in the meantime.
            _ => {}
        },
        Err(refusal) if matches!(refusal.code(), Code::NotLoggedIn | Code::NotAllowed) => {}
        Err(failure) => return Err(failure),
    }
    Ok((StatusCode::NO_CONTENT, clear_cookies(&app.config)))
}

/// The refresh token is traded for the next one. Browsers need not call this: every request that
/// comes with an old access token and a good refresh token is renewed in passing.
#[utoipa::path(
    post, path = "/session/refresh", tag = "account", operation_id = "session_refresh",
    responses(
        (status = 204, description = "Both cookies are set anew"),
        (status = 401, description = "The session is over", body = Problem),
        (status = 403, description = "Not from one of our pages", body = Problem),
    ),
)]
async fn post_refresh(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<(StatusCode, CookieJar), ApiError> {
    let token = session::refresh_cookie(&headers, &app)
        .ok_or_else(|| ApiError::new(Code::NotLoggedIn, "log in first"))?;
    let fresh = refresh_session(&app, &token).await?;
    Ok((StatusCode::NO_CONTENT, session_cookies(&app.config, &fresh)))
}

/// Who I am.
#[utoipa::path(
    get, path = "/me", tag = "account", operation_id = "me_show",
    responses(
        (status = 200, description = "The person who asks", body = Me),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "A token does not reach this far", body = Problem),
    ),
)]
async fn get_me(State(app): State<App>, Session(person, _): Session) -> Result<Json<Me>, ApiError> {
    let account = store::artists::by_id(&app.db, person.id).await?;
    Ok(Json(account.ok_or_else(ApiError::not_found)?.me))
}

/// My account and everything in it goes, for good.
#[utoipa::path(
    delete, path = "/me", tag = "account", operation_id = "me_delete",
    request_body = DeleteMe,
    responses(
        (status = 204, description = "It is gone, and so are the cookies"),
        (status = 401, description = "Nobody is logged in, or the password is wrong", body = Problem),
        (status = 403, description = "Not from one of our pages, or with a token", body = Problem),
        (status = 409, description = "Nobody else is an admin", body = Problem),
        (status = 422, description = "The body is not what it should be", body = Problem),
        (status = 429, description = "Too many tries", body = Problem),
    ),
)]
async fn delete_me(
    State(app): State<App>,
    Session(person, _): Session,
    Json(wish): Json<DeleteMe>,
) -> Result<(StatusCode, CookieJar), ApiError> {
    let in_vain = delete_artist(&app, &person, wish).await?;
    cancels::tell(&app, &in_vain).await;
    Ok((StatusCode::NO_CONTENT, clear_cookies(&app.config)))
}

/// A new password; every other session ends, and every token is revoked.
#[utoipa::path(
    put, path = "/me/password", tag = "account", operation_id = "me_change_password",
    request_body = ChangePassword,
    responses(
        (status = 204, description = "It holds from now on"),
        (status = 401, description = "Nobody is logged in, or the current one is wrong", body = Problem),
        (status = 403, description = "Not from one of our pages, or with a token", body = Problem),
        (status = 422, description = "The new one is too short, too long or too plain", body = Problem),
        (status = 429, description = "Too many tries", body = Problem),
    ),
)]
async fn put_password(
    State(app): State<App>,
    Session(person, session): Session,
    Json(change): Json<ChangePassword>,
) -> Result<StatusCode, ApiError> {
    change_password(&app, &person, session, change).await?;
    Ok(StatusCode::NO_CONTENT)
}
