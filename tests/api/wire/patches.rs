//! Merge patches: what changes nothing leaves nothing, for every record that takes one.

use super::rows_stored;
use crate::{
    harness::Caller,
    matrix::{Row, Stage, fill, rows},
};
use actix_web::http::Method;

fn patches() -> impl Iterator<Item = (&'static Row, &'static str)> {
    rows().filter(|row| row.method() == "PATCH").filter_map(|row| Some((row, row.effect?.by)))
}

async fn version(caller: &Caller<'_>, at: &str) -> String {
    caller.get(at).await.expect(200).header("etag").to_owned()
}

#[actix_web::test]
async fn a_patch_that_changes_nothing_leaves_nothing() {
    let stage = Stage::new().await;
    assert!(patches().count() >= 6, "every room with a patch has its row");
    for (row, by) in patches() {
        let things = stage.with_own(by, &stage.things).await;
        let at = row.address(&things);
        let good = fill(row.good_body().unwrap(), &things);
        let (caller, any) = (stage.actor(by).await, stage.actor(by).await.with("if-match", "*"));
        for (body, changes) in [("{}", false), (good.as_str(), true), (good.as_str(), false), ("{}", false)] {
            let (before, read) = (rows_stored(&stage).await, version(&caller, &at).await);
            let answer = any.send(Method::PATCH, &at, Some(body.into())).await.expect(200);
            let now = version(&caller, &at).await;
            assert_eq!(answer.header("etag"), now, "{} {body}", row.call);
            assert_eq!(now != read, changes, "{} {body}: from {read} to {now}", row.call);
            assert_eq!(
                rows_stored(&stage).await["events"] != before["events"],
                changes,
                "{} {body}",
                row.call
            );
            assert_eq!(answer.body, caller.get(&at).await.expect(200).body, "{} {body}", row.call);
        }
        let stale = stage.actor(by).await.with("if-match", "\"v99\"");
        stale.send(Method::PATCH, &at, Some("{}".into())).await.expect(412);
    }
}

#[actix_web::test]
async fn null_clears_what_may_be_empty_and_is_refused_elsewhere() {
    let stage = Stage::new().await;
    for (call, by, nulls) in [
        ("org-units/{A1}", "admin@D", r#"{"code": null, "name": null, "effective_on": null}"#),
        ("terms/{term}", "leader@D", r#"{"name": null}"#),
        ("report-regimes/{regime_A}", "leader@A", r#"{"name": null, "cut_offs": null, "source": null}"#),
        ("users/{user}", "admin@A", r#"{"username": null, "display_name": null}"#),
        ("tasks/{registered}", "officer@A", r#"{"title": null, "class": null, "weight": null}"#),
        ("recurring-duties/{duty_own}", "officer@A", r#"{"title": null, "every": null, "due_day": null}"#),
        (
            "resolution-items/{item_of_A}",
            "officer@A",
            r#"{"kind": null, "text": null, "ordinal": null, "levels": null}"#,
        ),
        ("disseminations/{study}", "officer@A", r#"{"waves": null}"#),
        (
            "dissemination-sessions/{session}",
            "officer@A",
            r#"{"form": null, "held_on": null, "rapporteurs": null, "attendance": null}"#,
        ),
        ("documents/{paper_of_A}", "leader@D", r#"{"title": null, "parents": null}"#),
        (
            "settings",
            "root",
            r#"{"due_soon_days": null, "stale_days": null, "reads_kept_days": null, "loading_window_ends_on": null}"#,
        ),
    ] {
        let at = fill(&format!("/api/v1/{call}"), &stage.things);
        let caller = stage.actor(by).await.with("if-match", "*");
        let answer = caller.send(Method::PATCH, &at, Some(nulls.into())).await.expect(400);
        let members: serde_json::Value = serde_json::from_str(nulls).unwrap();
        let mut faults = answer.faults();
        faults.sort();
        let mut expected: Vec<_> =
            members.as_object().unwrap().keys().map(|name| format!("#/{name} wrong_type")).collect();
        expected.sort();
        assert_eq!(faults, expected, "{call}");
    }
    let at = fill("/api/v1/tasks/{registered}", &stage.things);
    let caller = stage.actor("officer@A").await.with("if-match", "*");
    let set = r#"{"code": "DV-01", "description": "Hai km"}"#.to_owned();
    caller.send(Method::PATCH, &at, Some(set)).await.expect(200);
    let cleared = caller.send(Method::PATCH, &at, Some(r#"{"code": null}"#.into())).await.expect(200);
    assert_eq!((cleared.body["code"].as_str(), cleared.body["description"].as_str()), (None, Some("Hai km")));
}
