//! A JSON schema in a few words.

use maud::{Markup, html};
use serde_json::Value;

/// For example "list of `ImageCard`", or "string (uuid) or null".
pub fn type_of(schema: &Value) -> Markup {
    if let Some(name) = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
    {
        return html! { a href={ "#type-" (name) } { (name) } };
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(parts) = schema[choice].as_array() {
            let parts: Vec<Markup> = parts.iter().map(type_of).collect();
            return either(&parts);
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<Markup> = values
            .iter()
            .map(|value| html! { code { (value.to_string()) } })
            .collect();
        return either(&values);
    }
    match &schema["type"] {
        Value::Array(kinds) => {
            let kinds: Vec<Markup> = kinds.iter().map(|kind| named(kind, schema)).collect();
            either(&kinds)
        }
        kind => named(kind, schema),
    }
}

/// What an object holds, or what any other schema is.
pub fn properties(schema: &Value) -> Markup {
    if let Some(variants) = schema["oneOf"].as_array() {
        return html! {
            @for variant in variants {
                div.variant {
                    @if let Some(words) = variant["description"].as_str() { p { (words) } }
                    (properties(variant))
                }
            }
        };
    }
    let Some(fields) = schema["properties"].as_object() else {
        return html! { p { span.type { (type_of(schema)) } } };
    };
    let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
    html! {
        dl {
            @for (name, field) in fields {
                dt {
                    code { (name) } " " span.type { (type_of(field)) }
                    @if !required.iter().any(|given| given == name) { " (may be left out)" }
                }
                dd { (field["description"].as_str().unwrap_or_default()) }
            }
        }
    }
}

fn named(kind: &Value, schema: &Value) -> Markup {
    match kind.as_str() {
        Some("array") => html! { "list of " (type_of(&schema["items"])) },
        Some("object") if schema["properties"].is_object() => properties(schema),
        Some("null") | None => html! { (kind.as_str().unwrap_or("anything")) },
        Some(kind) => html! {
            (kind)
            @if let Some(format) = schema["format"].as_str() { " (" (format) ")" }
        },
    }
}

fn either(parts: &[Markup]) -> Markup {
    html! {
        @for (i, part) in parts.iter().enumerate() {
            @if i > 0 { " or " }
            (part)
        }
    }
}
