//! Accounts, sessions and tokens.

use wire::{
    account::{
        ChangePassword, DeleteMe, LogIn, Me, NewToken, SessionCard, SignUp, TokenCard, TokenMade,
    },
    ids::{SessionId, TokenId},
};

use super::{ApiError, Method, Read, act, submit, write};

/// Who is logged in.
pub fn me() -> Read<Me> {
    Read::new("/me".into())
}

/// Makes an account and logs in.
pub async fn sign_up(account: &SignUp) -> Result<(), ApiError> {
    submit(Method::Post, "/sign-up".into(), account)
        .await
        .map(|_| ())
}

/// Logs in.
pub async fn log_in(credentials: &LogIn) -> Result<(), ApiError> {
    submit(Method::Post, "/log-in".into(), credentials)
        .await
        .map(|_| ())
}

/// Ends this session.
pub async fn log_out() -> Result<(), ApiError> {
    act(Method::Post, "/log-out".into()).await
}

/// Sets a new password.
pub async fn change_password(change: &ChangePassword) -> Result<(), ApiError> {
    submit(Method::Put, "/me/password".into(), change)
        .await
        .map(|_| ())
}

/// Deletes the account and everything in it.
pub async fn delete_me(confirmation: &DeleteMe) -> Result<(), ApiError> {
    submit(Method::Delete, "/me".into(), confirmation)
        .await
        .map(|_| ())
}

/// Every log-in of mine.
pub fn sessions() -> Read<Vec<SessionCard>> {
    Read::new("/me/sessions".into())
}

/// Ends one of them.
pub async fn end_session(id: SessionId) -> Result<(), ApiError> {
    act(Method::Delete, format!("/me/sessions/{id}")).await
}

/// My access tokens.
pub fn tokens() -> Read<Vec<TokenCard>> {
    Read::new("/me/tokens".into())
}

/// Makes a token; the answer is the only one that holds its secret.
pub async fn make_token(token: &NewToken) -> Result<TokenMade, ApiError> {
    write(Method::Post, "/me/tokens".into(), token).await
}

/// Revokes a token.
pub async fn revoke_token(id: TokenId) -> Result<(), ApiError> {
    act(Method::Delete, format!("/me/tokens/{id}")).await
}
