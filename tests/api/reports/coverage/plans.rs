//! No question that the matrix asks of the database reads a table to its end for the sake of a few rows.

use super::{day, dispatch, matrix, paper, post, programme, study};
use crate::{
    harness::World,
    plans::{Heard, scans},
};
use serde_json::json;

#[actix_web::test]
async fn every_question_of_the_matrix_is_answered_by_an_index() {
    let world = World::new().await;
    let paper = paper(&world, json!({"issued_on": "2023-10-10"})).await;
    dispatch(&world, &paper, &["A", "A1", "B"], json!({"programme_due_on": day(3)})).await;
    study(&world, "A", &paper, (day(0), 20), true).await;
    programme(&world, "A", std::slice::from_ref(&paper), 1, (day(0), day(9))).await;
    let heard = Heard::listen(&world).await;
    let new = json!({"title": "Vận động", "unit_id": world.unit("A"), "class": "key", "due_on": day(2),
        "document_id": paper});
    for _ in 0..2 {
        for question in ["limit=20", &format!("document_id={paper}"), "as_of=2023-10-14&explain=true"] {
            matrix(&world, "leader@D", question).await;
        }
        post(&world, "leader@D", "tasks", new.clone()).await;
        world.go_to(&day(1).to_string()).await;
    }
    let plans = heard.plans(&world).await;
    assert!(plans.len() > 20, "{plans:#?}");
    let scans = scans(&plans);
    assert!(scans.is_empty(), "{scans:#?}");
}
