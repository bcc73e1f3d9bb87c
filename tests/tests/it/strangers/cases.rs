//! What each operation is tried with. An operation without its case fails here.

use serde_json::{Value, json};
use tests::Person;
use uuid::Uuid;
use wire::{
    account::{Scope, SessionCard},
    ids::{ArtistId, ImageId, SessionId, StyleId, TokenId},
    style::StyleCard,
};

use super::document::Operation;

/// What ben has that somebody else might want.
#[derive(Debug, PartialEq, Eq)]
pub struct Belongings {
    account: ArtistId,
    /// His style.
    pub style: StyleId,
    image: ImageId,
    session: SessionId,
    token: TokenId,
}

impl Belongings {
    /// Finds them, or makes them the first time.
    pub async fn of(ben: &Person) -> Self {
        let styles: Vec<StyleCard> = ben.get("/styles").await.expect("a list");
        let style = if let Some(card) = styles.first() {
            card.id
        } else {
            let style = ben.create_style("Ben's own", &["a lake at dawn"]).await;
            let drawing = tests::drawing::png(64, 64);
            let put = ben.put_drawing(style, &drawing, None).await;
            put.expect("the drawing is taken");
            style
        };
        let sessions: Vec<SessionCard> = ben.get("/me/sessions").await.expect("a list");
        let tokens: Vec<wire::account::TokenCard> = ben.get("/me/tokens").await.expect("a list");
        let token = match tokens.first() {
            Some(card) => card.id,
            None => ben.make_token(&[Scope::Read]).await.card.id,
        };
        let image = ben.next(style, &[]).await.id;
        Self {
            account: ben.me().await.expect("logged in").id,
            style,
            image,
            session: sessions[0].id,
            token,
        }
    }

    /// Texts that nobody else may ever read.
    pub fn ids(&self) -> [String; 5] {
        let Self {
            account,
            style,
            image,
            session,
            token,
        } = self;
        [
            account.to_string(),
            style.to_string(),
            image.to_string(),
            session.to_string(),
            token.to_string(),
        ]
    }
}

/// The operation's path, about something of ben's.
pub fn path(operation: &Operation, bens: &Belongings) -> String {
    let things: [(&str, &dyn ToString); 5] = [
        ("/admin/artists/{id}", &bens.account),
        ("/styles/{id}", &bens.style),
        ("/images/{id}", &bens.image),
        ("/me/sessions/{id}", &bens.session),
        ("/me/tokens/{id}", &bens.token),
    ];
    let path = &operation.path;
    let Some((_, id)) = things
        .into_iter()
        .find(|(prefix, _)| path.starts_with(prefix))
    else {
        assert!(
            !path.contains('{'),
            "{operation} has no case: give it something of ben's"
        );
        return path.clone();
    };
    path.replace("{id}", &id.to_string())
        .replace("{number}", "0")
}

/// A body that would do, were it sent by whoever may.
pub fn body(operation: &Operation) -> Value {
    let body = match operation.name.as_str() {
        "account_sign_up" => json!({"email": "n", "password": "p", "name": "n"}),
        "account_log_in" => json!({"email": "nobody@example.org", "password": "no password"}),
        "me_delete" => json!({"password": "the long password of ben"}),
        "me_change_password" => {
            json!({"current": "the long password of ben", "new": "another long password"})
        }
        "tokens_make" => json!({"name": "mine now", "scopes": ["read"]}),
        "styles_create" => json!({"name": "New", "prompts": ["a lake at dawn"]}),
        "drawings_put" => json!("no picture"),
        "styles_edit" => json!({"name": "Mine now"}),
        "admin_change_role" => json!({"role": "admin"}),
        "images_rate" => json!({"id": Uuid::new_v4(), "stars": 1}),
        _ => Value::Null,
    };
    assert!(
        operation.has_body != body.is_null(),
        "{operation} has no case: give it a body"
    );
    body
}

/// Whether being logged in is not enough.
pub fn needs_role(operation: &Operation) -> bool {
    operation.name == "metrics_show" || operation.path.starts_with("/admin/")
}
