//! Random texts and questions: never a failure, and exactly what a plain reading of the rule finds.

use super::search;
use crate::{dice::Dice, harness::World};
use serde_json::json;
use std::collections::BTreeSet;

/// Syllables that share beginnings, none of which is an abbreviation.
const WORDS: [&str; 10] = ["an", "anh", "ban", "bang", "chim", "chi", "ong", "bướm", "hoá", "hoàn"];

fn words(dice: &mut Dice, most: usize) -> Vec<&'static str> {
    (0..=dice.below(most)).map(|_| dice.pick(&WORDS)).collect()
}

fn plain(word: &str) -> String {
    word.replace('ư', "u").replace('ớ', "o").replace(['á', 'à'], "a")
}

#[actix_web::test]
async fn exactly_the_papers_with_every_word_are_found() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await;
    let mut dice = Dice::new(0x9E37_79B9_7F4A_7C15);
    let mut papers = Vec::new();
    for _ in 0..30 {
        let (title, gist, content) = (words(&mut dice, 2), words(&mut dice, 2), words(&mut dice, 3));
        let body = json!({"type": "CV", "issuer_unit_id": world.unit("D"), "title": title.join(" "),
            "abstract": gist.join("-"), "content": content.join("\n")});
        let id = leader.post("/api/v1/documents", body).await.expect(201).id();
        let all: Vec<String> = [title, gist, content].concat().into_iter().map(plain).collect();
        papers.push((id, all));
    }
    let mut met = 0;
    for _ in 0..60 {
        let mut asked: Vec<String> = words(&mut dice, 3).into_iter().map(plain).collect();
        let last = asked.pop().unwrap();
        let beginning: String = last.chars().take(1 + dice.below(last.len())).collect();
        let has = |words: &[String]| {
            asked.iter().all(|word| words.contains(word))
                && words.iter().any(|word| word.starts_with(&beginning))
        };
        let expected: BTreeSet<&str> =
            papers.iter().filter(|(_, words)| has(words)).map(|(id, _)| id.as_str()).collect();
        let q = format!("{} {beginning}", asked.join(" "));
        let answer = search(&leader, &q, "&kinds=document&limit=200").await.expect(200);
        let items = answer.body["items"].as_array().unwrap();
        let found: BTreeSet<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(found, expected, "{q}");
        assert_eq!(found.len(), items.len(), "{q}: something was found twice");
        met += found.len();
    }
    assert!(met > 100, "{met}");
}

#[actix_web::test]
async fn operators_of_the_databases_are_words_or_nothing() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await;
    let body = json!({"type": "CV", "issuer_unit_id": world.unit("D"), "title": "Near and or not 100% a_b"});
    leader.post("/api/v1/documents", body).await.expect(201);
    for (q, many) in [
        ("near", 1),
        ("NEAR(and or, 2)", 0),
        ("NOT and", 1),
        ("and OR", 1),
        ("a AND b", 1),
        ("\"near and\"", 1),
        ("near*", 1),
        ("nea*r", 0),
        ("^near", 1),
        ("words:near", 0),
        ("{words}: near", 0),
        ("-near", 1),
        ("near' OR '1'='1", 0),
        ("near'; DROP TABLE tasks; --", 0),
        ("near & !or | (not)", 1),
        ("near:* <-> and", 1),
        ("near\\", 1),
        ("100%", 1),
        ("%", -1),
        ("a_b", 1),
        ("_", -1),
        ("near\u{a0}AND", 1),
        ("'", -1),
        ("((((near", 1),
    ] {
        let answer = search(&leader, q, "&kinds=document").await;
        if many < 0 {
            answer.expect(400);
        } else {
            let found = answer.expect(200).body["items"].as_array().unwrap().len();
            assert_eq!(found, usize::try_from(many).unwrap(), "{q}");
        }
    }
}

#[actix_web::test]
async fn no_question_makes_it_fail() {
    let world = World::new().await;
    super::corpus::record(&world).await;
    let leader = world.as_("leader@D").await;
    let mut dice = Dice::new(0xD1B5_4A32_D192_ED03);
    let odd: Vec<char> =
        "\"'*:^()-+{}|&!<>~\\%_,;.NEARndORAD nghịquyếtTUđĐðNQ0019½ﷺ字가ß\u{301}\u{a0}".chars().collect();
    for _ in 0..150 {
        let length = 1 + dice.below(40);
        let q: String = (0..length).map(|_| odd[dice.below(odd.len())]).collect();
        let answer = search(&leader, &q, "").await;
        match answer.status {
            200 => {}
            400 => assert!(answer.faults().iter().all(|fault| fault.starts_with("q ")), "{q:?}"),
            other => panic!("{q:?}: {other} {}", answer.text),
        }
    }
    // As many parts as fit.
    search(&leader, &"a ".repeat(100), "").await.expect(200);
    let numbers: Vec<String> = (1..=70).map(|n| n.to_string()).collect();
    search(&leader, &numbers.join(" "), "").await.expect(200);
    search(&leader, &"tỉnh ủy ".repeat(25), "").await.expect(200);
    search(&leader, &"thành ủy 1 tỉnh ủy 2 ".repeat(9), "").await.expect(200);
}
