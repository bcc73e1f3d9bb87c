//! The operations that the server says it has.

use std::fmt;

use reqwest::Method;
use serde_json::Value;
use tests::Person;

/// One operation of `GET /api/v1/openapi.json`.
#[derive(Debug)]
pub struct Operation {
    /// Its name, for example `styles_create`.
    pub name: String,
    /// Its method.
    pub method: Method,
    /// Its path below `/api/v1`, for example `/styles/{id}`.
    pub path: String,
    /// Whether anybody may.
    pub is_open: bool,
    /// The scopes, one of which a token needs; none if no token reaches it.
    pub scopes: Vec<String>,
    /// Whether it takes a body.
    pub has_body: bool,
}

/// All of them.
pub async fn operations(anybody: &Person) -> Vec<Operation> {
    let document: Value = anybody
        .get("/openapi.json")
        .await
        .expect("the document is served");
    let everywhere = &document["security"];
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, about) in methods.as_object().expect("methods") {
            let security = about.get("security").unwrap_or(everywhere);
            let ways = security.as_array().expect("every operation says who may");
            assert!(!ways.is_empty(), "{method} {path} does not say who may");
            let tokens = ways.iter().filter_map(|way| way.get("token")?.as_array());
            let scopes = tokens
                .flatten()
                .filter_map(|scope| Some(scope.as_str()?.to_owned()));
            operations.push(Operation {
                name: about["operationId"].as_str().expect("a name").to_owned(),
                method: method.to_uppercase().parse().expect("a method"),
                path: path.strip_prefix("/api/v1").expect("one API").to_owned(),
                is_open: ways
                    .iter()
                    .any(|way| way.as_object().is_some_and(serde_json::Map::is_empty)),
                scopes: scopes.collect(),
                has_body: about.get("requestBody").is_some(),
            });
        }
    }
    operations
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.name, self.method, self.path)
    }
}
