//! Who learns: chosen when a style begins, with figures, and named by the style ever after.

use serde_json::json;
use tests::Stack;
use wire::{
    learning::{BUILT_IN_PRIOR, LearnerCard, LearnerKind},
    problem::Code,
    style::StyleCard,
};

#[tokio::test(flavor = "multi_thread")]
async fn every_learner_can_be_chosen_and_makes_a_first_picture() {
    let stack = Stack::start().await;
    let offered: Vec<LearnerCard> = stack
        .stranger("nobody")
        .get("/learners")
        .await
        .expect("open to strangers, as is the page about it");
    let kinds: Vec<LearnerKind> = offered.iter().map(|card| card.kind).collect();
    assert_eq!(kinds, LearnerKind::ALL);

    let ana = stack.artist("ana").await;
    for card in offered {
        let name = card.kind.name();
        let new = json!({"name": name, "prompts": ["a lake at dawn"], "learner": name});
        let style: StyleCard = ana.post("/styles", &new).await.expect(name);
        assert_eq!((style.learner, &*style.prior), (card.kind, BUILT_IN_PRIOR));
        let picture = ana.next(style.id, &[]).await;
        assert_eq!(picture.provenance.version, 0, "{name}");
    }
    let unknown = json!({"name": "x", "prompts": ["a lake"], "learner": "sarsa"});
    let refused = ana.post::<StyleCard>("/styles", &unknown).await;
    assert!(refused.expect_err("no such learner").is(422, Code::Invalid));
}
