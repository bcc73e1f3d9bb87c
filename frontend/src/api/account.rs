//! Accounts, sessions and tokens.

use serde::de::IgnoredAny;
use wire::{
    account::{
        ChangePassword, DeleteMe, LogIn, Me, NewToken, SessionCard, SignUp, TokenCard, TokenMade,
    },
    ids::{SessionId, TokenId},
    problem::Code,
};

use super::{ApiError, Method, act, get, write};

/// Who is logged in, if anybody is.
pub async fn me() -> Result<Option<Me>, ApiError> {
    match get("/me".into()).await {
        Err(error) if error.code() == Some(Code::NotLoggedIn) => Ok(None),
        answer => answer.map(Some),
    }
}

/// Makes an account and logs in.
pub async fn sign_up(account: &SignUp) -> Result<(), ApiError> {
    write::<IgnoredAny>(Method::Post, "/sign-up".into(), account)
        .await
        .map(|_| ())
}

/// Logs in.
pub async fn log_in(credentials: &LogIn) -> Result<(), ApiError> {
    write::<IgnoredAny>(Method::Post, "/log-in".into(), credentials)
        .await
        .map(|_| ())
}

/// Ends this session.
pub async fn log_out() -> Result<(), ApiError> {
    act(Method::Post, "/log-out".into()).await
}

/// Sets a new password.
pub async fn change_password(change: &ChangePassword) -> Result<(), ApiError> {
    write::<IgnoredAny>(Method::Put, "/me/password".into(), change)
        .await
        .map(|_| ())
}

/// Deletes the account and everything in it.
pub async fn delete_me(confirmation: &DeleteMe) -> Result<(), ApiError> {
    write::<IgnoredAny>(Method::Delete, "/me".into(), confirmation)
        .await
        .map(|_| ())
}

/// Every log-in of mine.
pub async fn sessions() -> Result<Vec<SessionCard>, ApiError> {
    get("/me/sessions".into()).await
}

/// Ends one of them.
pub async fn end_session(id: SessionId) -> Result<(), ApiError> {
    act(Method::Delete, format!("/me/sessions/{id}")).await
}

/// My access tokens.
pub async fn tokens() -> Result<Vec<TokenCard>, ApiError> {
    get("/me/tokens".into()).await
}

/// Makes a token; the answer is the only one that holds its secret.
pub async fn make_token(token: &NewToken) -> Result<TokenMade, ApiError> {
    write(Method::Post, "/me/tokens".into(), token).await
}

/// Revokes a token.
pub async fn revoke_token(id: TokenId) -> Result<(), ApiError> {
    act(Method::Delete, format!("/me/tokens/{id}")).await
}
