//! The `OpenAPI` document as a page.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Map, Value};

use super::schema::{properties, type_of};

/// Stands where each answer's own nonce goes.
pub const NONCE: &str = "NONCE-OF-THIS-ANSWER";

/// The methods an operation may have, in the order they are shown.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The whole page.
pub fn render(document: &Value) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (text(&document["info"]["title"])) " API" }
                style nonce=(NONCE) { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                a.skip href="#operations" { "Skip to the operations" }
                (header(document))
                div.columns {
                    (contents(document))
                    main #operations {
                        @for tag in items(&document["tags"]) { (chapter(document, tag)) }
                        (schemas(document))
                    }
                }
            }
        }
    };
    page.into_string()
}

fn header(document: &Value) -> Markup {
    html! {
        header {
            h1 { (text(&document["info"]["title"])) " API" }
            p { (text(&document["info"]["description"])) }
            p {
                "Version " (text(&document["info"]["version"])) ". "
                a href="openapi.json" { "openapi.json" }
                " is the same for programs. A path marked "
                span.lock { "session" } " wants the cookies of a log-in; "
                span.lock { "token" } " names the scope that a personal access token needs: "
                code { "Authorization: Bearer atelier_…" } "."
            }
        }
    }
}

fn contents(document: &Value) -> Markup {
    html! {
        nav aria-label="Contents" {
            @for tag in items(&document["tags"]) {
                @let name = text(&tag["name"]);
                a.tag href={ "#tag-" (name) } { (name) }
                ul {
                    @for (method, path, operation) in operations(document, name) {
                        li {
                            a href={ "#" (text(&operation["operationId"])) } {
                                span.method.(method) { (method) } " " (path)
                            }
                        }
                    }
                }
            }
            a.tag href="#schemas" { "types" }
        }
    }
}

fn chapter(document: &Value, tag: &Value) -> Markup {
    let name = text(&tag["name"]);
    html! {
        section aria-labelledby={ "tag-" (name) } {
            h2 id={ "tag-" (name) } { (name) }
            p { (text(&tag["description"])) }
            @for (method, path, operation) in operations(document, name) {
                (article(method, path, operation, &document["security"]))
            }
        }
    }
}

fn article(method: &str, path: &str, operation: &Value, default_security: &Value) -> Markup {
    let security = operation.get("security").unwrap_or(default_security);
    html! {
        article id=(text(&operation["operationId"])) {
            h3 { span.method.(method) { (method) } " " code { (path) } }
            p.security { (locks(security)) }
            p { (text(&operation["summary"])) }
            @if let Some(more) = operation["description"].as_str() { p { (more) } }
            @if !items(&operation["parameters"]).is_empty() {
                h4 { "Parameters" }
                dl {
                    @for parameter in items(&operation["parameters"]) {
                        dt {
                            code { (text(&parameter["name"])) } " "
                            span.type { (type_of(&parameter["schema"])) }
                            " in the " (text(&parameter["in"]))
                        }
                        dd { (text(&parameter["description"])) }
                    }
                }
            }
            @for (kind, body) in fields(&operation["requestBody"]["content"]) {
                h4 { "Body" }
                p { span.type { (type_of(&body["schema"])) } " as " (kind) }
            }
            h4 { "Answers" }
            dl {
                @for (status, answer) in fields(&operation["responses"]) {
                    dt {
                        code.status.(status_class(status)) { (status) }
                        @for (_, body) in fields(&answer["content"]) {
                            " " span.type { (type_of(&body["schema"])) }
                        }
                    }
                    dd { (text(&answer["description"])) }
                }
            }
        }
    }
}

/// Any one of these opens the operation; an empty one opens it to everybody.
fn locks(security: &Value) -> Markup {
    html! {
        @for (i, way) in items(security).iter().enumerate() {
            @if i > 0 { " or " }
            @if fields(way).is_empty() { span.lock.open { "open to everybody" } }
            @for (scheme, scopes) in fields(way) {
                span.lock {
                    (scheme)
                    @for scope in items(scopes) { " " (text(scope)) }
                }
            }
        }
    }
}

fn schemas(document: &Value) -> Markup {
    html! {
        section aria-labelledby="schemas" {
            h2 #schemas { "types" }
            @for (name, schema) in fields(&document["components"]["schemas"]) {
                article id={ "type-" (name) } {
                    h3 { code { (name) } }
                    @if let Some(words) = schema["description"].as_str() { p { (words) } }
                    (properties(schema))
                }
            }
        }
    }
}

fn operations<'a>(document: &'a Value, tag: &str) -> Vec<(&'static str, &'a str, &'a Value)> {
    let all = fields(&document["paths"])
        .into_iter()
        .flat_map(|(path, item)| {
            METHODS
                .into_iter()
                .filter_map(move |method| Some((method, path, item.get(method)?)))
        });
    all.filter(|(_, _, operation)| operation["tags"][0].as_str() == Some(tag))
        .collect()
}

fn status_class(status: &str) -> &'static str {
    if status.starts_with('2') {
        "good"
    } else {
        "bad"
    }
}

/// A list's items, or none.
fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// An object's fields, or none.
fn fields(value: &Value) -> Vec<(&str, &Value)> {
    let pairs = value.as_object().map(Map::iter).into_iter().flatten();
    pairs.map(|(name, value)| (name.as_str(), value)).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::router;

    #[test]
    fn every_operation_and_type_has_its_place() {
        let document = serde_json::to_value(router::operations().to_openapi()).unwrap();
        let page = super::render(&document);
        for (path, item) in super::fields(&document["paths"]) {
            for (method, operation) in super::fields(item) {
                let id = operation["operationId"].as_str().unwrap();
                assert!(
                    page.contains(&format!("<article id=\"{id}\">")),
                    "{method} {path}"
                );
            }
        }
        for (name, _) in super::fields(&document["components"]["schemas"]) {
            assert!(page.contains(&format!("id=\"type-{name}\"")), "{name}");
        }
        for target in page
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(
                page.contains(&format!("id=\"{target}\"")),
                "dead link to {target}"
            );
        }
    }
}
