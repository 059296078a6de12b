//! What the `type` of a problem leads to.

use crate::harness::World;
use tiendo::error::Code;

const PATH: &str = "/api/v1/errors";
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

#[actix_web::test]
async fn the_type_of_a_problem_leads_to_its_place_on_the_page() {
    let world = World::empty().await;
    let kind = world.nobody().get("/api/v1/nothing").await.expect(404).body["type"].clone();
    let (address, anchor) = kind.as_str().unwrap().split_once('#').unwrap();
    let page = world.nobody().with("accept", BROWSER).get(address).await.expect(200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.text.contains(&format!("<h2 id=\"{anchor}\">")), "{anchor}");
    for code in Code::ALL {
        for text in [&format!("<h2 id=\"{}\">", code.slug()), code.title_vi(), code.title_en()] {
            assert!(page.text.contains(text), "{}: {text}", code.slug());
        }
    }
}

/// `default-src 'none'` lets nothing be loaded or run: the page must not need it.
#[actix_web::test]
async fn the_page_lives_within_the_strict_policy() {
    let world = World::empty().await;
    let page = world.nobody().with("accept", "text/html").get(PATH).await.expect(200);
    assert_eq!(page.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    for needed in ["<script", "<style", "style=", "<link", "<img", "src=", "javascript:", " on"] {
        let inside = page.text.split('<').skip(1).any(|tag| {
            let tag = format!("<{}", tag.split('>').next().unwrap());
            tag.contains(needed)
        });
        assert!(!inside, "{needed}");
    }
    assert_eq!(page.text.matches("<code>").count(), page.text.matches("</code>").count());
    assert!(!page.text.contains('`'), "an unmarked backtick");
}

#[actix_web::test]
async fn programs_get_json() {
    let world = World::empty().await;
    for (accept, html) in [
        (None, false),
        (Some("*/*"), false),
        (Some("application/json"), false),
        (Some("application/json, text/html"), false),
        (Some("text/html;q=0.5, application/json"), false),
        (Some("image/png"), false),
        (Some("no media type"), false),
        (Some("text/html"), true),
        (Some(BROWSER), true),
        (Some("application/json;q=0.1, text/html;q=0.2"), true),
    ] {
        let caller = world.nobody();
        let caller = accept.map_or(world.nobody(), |accept| caller.with("accept", accept));
        let answer = caller.get(PATH).await.expect(200);
        assert_eq!(answer.header("content-type").starts_with("text/html"), html, "{accept:?}");
        let varies: Vec<&str> = answer.headers.get_all("vary").map(|value| value.to_str().unwrap()).collect();
        assert!(varies.join(",").split(',').any(|name| name.trim() == "Accept"), "{varies:?}");
    }
}

#[actix_web::test]
async fn one_code_is_given_alone() {
    let world = World::empty().await;
    let all = world.nobody().get(PATH).await.expect(200);
    for line in all.body["items"].as_array().unwrap() {
        let path = format!("{PATH}/{}", line["code"].as_str().unwrap());
        assert_eq!(&world.nobody().get(&path).await.expect(200).body, line);
    }
    for unknown in ["nothing", "STALE_VERSION", "stale_version%20"] {
        let refused = world.nobody().get(&format!("{PATH}/{unknown}")).await.expect(404);
        assert_eq!(refused.code(), "not_found");
    }
}
