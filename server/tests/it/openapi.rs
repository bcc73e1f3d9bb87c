//! The committed document is what the code serves.

use std::path::PathBuf;

use serde_json::Value;
use server::router;

fn served() -> Value {
    serde_json::to_value(router::operations().to_openapi()).unwrap()
}

/// Method, path and operation of everything there is.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (method.clone(), path.clone(), operation.clone()))
    });
    all.collect()
}

#[test]
fn the_committed_document_is_what_the_code_serves() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let served = router::operations().to_openapi().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("ATELIER_BLESS").is_some() {
        std::fs::write(&file, served).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&file).unwrap();
    let same = committed == served;
    assert!(
        same,
        "docs/openapi.json is old; run this test with ATELIER_BLESS=1 and commit it"
    );
}

#[test]
fn strangers_may_do_only_this() {
    let document = served();
    let is_open = |operation: &Value| operation["security"] == serde_json::json!([{}]);
    let mut open: Vec<String> = operations(&document)
        .into_iter()
        .filter(|(_, _, operation)| is_open(operation))
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    open.sort();
    assert_eq!(
        open,
        [
            "get /api/v1/docs",
            "get /api/v1/health/alive",
            "get /api/v1/health/ready",
            "get /api/v1/learners",
            "get /api/v1/openapi.json",
            "get /api/v1/taxonomy",
            "post /api/v1/log-in",
            "post /api/v1/log-out",
            "post /api/v1/sign-up",
        ]
    );
    assert_eq!(document["security"], serde_json::json!([{ "session": [] }]));
}

#[test]
fn every_operation_is_named_once_and_says_what_it_refuses() {
    let mut names = Vec::new();
    for (method, path, operation) in operations(&served()) {
        let name = operation["operationId"].as_str().unwrap().to_owned();
        assert!(name.contains('_'), "{name} should read noun_verb");
        assert!(
            operation["summary"].is_string(),
            "{method} {path} lacks a summary"
        );
        let answers = operation["responses"].as_object().unwrap();
        for (status, answer) in answers
            .iter()
            .filter(|(status, _)| status.starts_with(['4', '5']))
        {
            let schema = &answer["content"]["application/json"]["schema"]["$ref"];
            assert_eq!(
                schema, "#/components/schemas/Problem",
                "{method} {path} {status}"
            );
        }
        let is_closed = operation["security"] != serde_json::json!([{}]);
        assert!(
            !is_closed || answers.contains_key("401"),
            "{method} {path} lacks its 401"
        );
        names.push(name);
    }
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all, "an operation id is used twice");
}
