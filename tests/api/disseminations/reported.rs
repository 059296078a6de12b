//! The report: right on each day, the missing ones first, each figure explained.

use super::{MEMBERS, class, paper, plan, report, rows, send, step};
use crate::harness::World;
use serde_json::{Value, json};

fn planned(number: i64) -> Value {
    json!({"waves": [{"audience": "cadres_and_members", "planned": [{"class": "party_members", "value": number}]}]})
}

/// Sent on the 15th to A, B, A1 and A2, study due on the 18th. A holds classes on the 16th and the 17th
/// and is complete on the 18th; B is complete on the 19th and sent back on the 21st; A1 never begins;
/// A2 is exempt on the 17th; B1 studies by itself on the 20th.
async fn story(world: &World) -> String {
    let paper = paper(world).await;
    let sent = send(world, &paper, &["A", "B", "A1", "A2"], "2023-10-18").await;
    let receipt =
        sent.body["sent"].as_array().unwrap().iter().find(|one| one["unit"]["code"] == "A2").unwrap();
    let receipt = receipt["receipt_id"].as_str().unwrap().to_owned();
    let a = plan(world, "officer@A", &paper, planned(100)).await.expect(201).id();
    let b = plan(world, "officer@B", &paper, planned(50)).await.expect(201).id();
    world.go_to("2023-10-17").await;
    let exempt = format!("/api/v1/receipts/{receipt}/exempt");
    world.as_("leader@D").await.post(&exempt, json!({"reason": "Không áp dụng"})).await.expect(200);
    for (day, number) in [("2023-10-16", 60), ("2023-10-17", 60)] {
        step(world, "officer@A", &a, "sessions", class(day, number)).await.expect(201);
    }
    world.go_to("2023-10-20").await;
    step(world, "officer@A", &a, MEMBERS, json!({"completed_on": "2023-10-18"})).await.expect(200);
    let mut number = class("2023-10-19", 40);
    number["attendance"] =
        json!([{"class": "party_members", "attended": 40}, {"class": "others", "attended": 3}]);
    step(world, "officer@B", &b, "sessions", number).await.expect(201);
    step(world, "officer@B", &b, MEMBERS, json!({"completed_on": "2023-10-19"})).await.expect(200);
    let b1 = plan(world, "officer@B1", &paper, json!({})).await.expect(201).id();
    step(world, "officer@B1", &b1, "sessions", class("2023-10-20", 12)).await.expect(201);
    let check = json!({"kind": "test", "checked_on": "2023-10-20", "examined": 60, "passed": 45});
    step(world, "officer@A", &a, "study-checks", check).await.expect(201);
    world.go_to("2023-10-21").await;
    let good = json!({"sampled": 20, "understood": 18, "outcome": "confirmed"});
    step(world, "leader@D", &a, "verifications", good).await.expect(201);
    let bad = json!({"sampled": 20, "understood": 4, "outcome": "sent_back", "reason": "Học chiếu lệ"});
    step(world, "leader@D", &b, "verifications", bad).await.expect(201);
    paper
}

#[actix_web::test]
async fn it_is_right_on_each_of_six_days_the_missing_ones_first() {
    let world = World::new().await;
    let paper = story(&world).await;
    let waiting = |unit: &str| format!("{unit} not_started in_time");
    for (day, expected) in [
        ("2023-10-14", vec![]),
        ("2023-10-15", ["A", "A1", "A2", "B"].map(waiting).to_vec()),
        (
            "2023-10-17",
            [
                "A1 not_started in_time",
                "B not_started in_time",
                "A in_progress in_time",
                "A2 not_started exempt",
            ]
            .map(str::to_owned)
            .to_vec(),
        ),
        (
            "2023-10-19",
            [
                "A1 not_started overdue 1",
                "B completed completed_late 1",
                "A completed completed_on_time",
                "A2 not_started exempt",
            ]
            .map(str::to_owned)
            .to_vec(),
        ),
        (
            "2023-10-20",
            [
                "A1 not_started overdue 2",
                "B1 in_progress no_due_date",
                "B completed completed_late 1",
                "A completed completed_on_time",
                "A2 not_started exempt",
            ]
            .map(str::to_owned)
            .to_vec(),
        ),
        (
            "2023-10-21",
            [
                "A1 not_started overdue 3",
                "B in_progress overdue 3",
                "B1 in_progress no_due_date",
                "A verified completed_on_time",
                "A2 not_started exempt",
            ]
            .map(str::to_owned)
            .to_vec(),
        ),
    ] {
        let told = report(&world, "viewer@D", &paper, &format!("&as_of={day}")).await;
        assert_eq!(rows(&told), expected, "{day}");
    }
    let told = report(&world, "viewer@D", &paper, "").await;
    // 60 and 60 of 100 are 100; 40 of 50; B1 planned nothing. Only A was examined.
    let expected = json!({"units": 4, "exempt": 1, "started": 3, "completed": 1, "verified": 1,
        "completed_on_time": 1, "completed_late": 0, "overdue": 2, "sessions": 4,
        "completed_pct": {"num": 1, "den": 4, "value": 25}, "verified_pct": {"num": 1, "den": 4, "value": 25},
        "on_time_pct": {"num": 1, "den": 3, "value": 33.33}, "attended": {"num": 140, "den": 150, "value": 93.33},
        "understood": {"num": 45, "den": 60, "value": 75}});
    assert_eq!(told["total"], expected);
    let b1 = &told["rows"][2];
    assert_eq!(b1["attended"], json!({"num": 0, "den": 0, "value": null}));
    assert_eq!(b1["understood"], json!({"num": 0, "den": 0, "value": null}), "no check is no data");
    assert_eq!(b1["classes"], json!([{"class": "party_members", "planned": null, "attended": 12}]));
    // A commune sees its own part.
    let part = rows(&report(&world, "viewer@B", &paper, "").await);
    assert_eq!(part, ["B in_progress overdue 3", "B1 in_progress no_due_date"]);
}

#[actix_web::test]
async fn each_figure_is_explained_and_leads_to_its_records() {
    let world = World::new().await;
    let paper = story(&world).await;
    // Without the exempt one, so that lists show just what is counted.
    let part = format!("&unit_id={}&explain=true", world.unit("B"));
    for (more, records) in [("&explain=true", false), (part.as_str(), true)] {
        let told = report(&world, "viewer@D", &paper, more).await;
        let measures = told["explain"]["measures"].as_array().unwrap();
        assert_eq!(measures.len(), 14);
        let mut followed = 0;
        for measure in measures {
            let name = measure["measure"].as_str().unwrap();
            let figure = &told["total"][name];
            if measure["den"].is_null() {
                assert_eq!(&measure["num"]["value"], figure, "{name}");
            } else {
                assert_eq!(measure["num"]["value"], figure["num"], "{name}");
                assert_eq!(measure["den"]["value"], figure["den"], "{name}");
            }
            let gaps = measure["left_out"].as_array().unwrap();
            if name.ends_with("_pct") {
                let left: i64 = gaps.iter().map(|gap| gap["units"].as_i64().unwrap()).sum();
                let all = i64::try_from(told["rows"].as_array().unwrap().len()).unwrap();
                assert_eq!(figure["den"].as_i64().unwrap() + left, all, "{name}");
            }
            for part in [&measure["num"], &measure["den"]] {
                let Some(url) = part["records_url"].as_str() else { continue };
                let listed = world.as_("viewer@D").await.get(url).await.expect(200).body;
                assert_eq!(json!(listed["items"].as_array().unwrap().len()), part["value"], "{url}");
                followed += 1;
            }
        }
        assert_eq!(followed >= 4, records);
    }
    let told = report(&world, "viewer@D", &paper, "&explain=true").await;
    let gaps = |name: &str| {
        let measures = told["explain"]["measures"].as_array().unwrap();
        let one = measures.iter().find(|measure| measure["measure"] == name).unwrap();
        let gaps = one["left_out"].as_array().unwrap().iter();
        gaps.map(|gap| format!("{} {}", gap["reason"].as_str().unwrap(), gap["units"])).collect::<Vec<_>>()
    };
    assert_eq!(gaps("attended"), ["exempt 1", "no_planned_number 2", "class_without_planned_number 1"]);
    assert_eq!(gaps("understood"), ["exempt 1", "no_check 3"]);
}

#[actix_web::test]
async fn a_correction_and_another_plan_show_from_their_own_day() {
    let world = World::new().await;
    let paper = paper(&world).await;
    let study = plan(&world, "officer@A", &paper, planned(100)).await.expect(201).id();
    let session =
        step(&world, "officer@A", &study, "sessions", class("2023-10-15", 50)).await.expect(201).id();
    let at = format!("/api/v1/dissemination-sessions/{session}");
    world.go_to("2023-10-17").await;
    let fewer = json!({"attendance": [{"class": "party_members", "attended": 30}]});
    world.as_("officer@A").await.patch(&at, 1, fewer).await.expect(200);
    world.go_to("2023-10-18").await;
    let path = format!("/api/v1/disseminations/{study}");
    world.as_("officer@A").await.patch(&path, 3, planned(60)).await.expect(200);
    world.go_to("2023-10-19").await;
    world.as_("officer@A").await.delete(&at, 2).await.expect(204);
    for (day, state, num, den) in [
        ("2023-10-15", "in_progress", 50, 100),
        ("2023-10-16", "in_progress", 50, 100),
        ("2023-10-17", "in_progress", 30, 100),
        ("2023-10-18", "in_progress", 30, 60),
        ("2023-10-19", "not_started", 0, 60),
    ] {
        let told = report(&world, "viewer@D", &paper, &format!("&as_of={day}")).await;
        let row = &told["rows"][0];
        assert_eq!((&row["state"], &row["attended"]["num"]), (&json!(state), &json!(num)), "{day}");
        assert_eq!(row["attended"]["den"], json!(den), "{day}");
    }
}

#[actix_web::test]
async fn it_comes_in_pages_and_not_again_while_nothing_changed() {
    let world = World::new().await;
    let paper = story(&world).await;
    let (mut found, mut more) = (Vec::new(), String::new());
    loop {
        let page = report(&world, "viewer@D", &paper, &format!("&limit=2{more}")).await;
        found.extend(rows(&page));
        match page["next_cursor"].as_str() {
            Some(next) => more = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(found, rows(&report(&world, "viewer@D", &paper, "").await));
    let path = format!("/api/v1/reports/disseminations?document_id={paper}");
    let tag = world.as_("viewer@D").await.get(&path).await.expect(200).header("etag").to_owned();
    world.as_("viewer@D").await.with("if-none-match", &tag).get(&path).await.expect(304);
    plan(&world, "officer@A1", &paper, json!({})).await.expect(201);
    world.as_("viewer@D").await.with("if-none-match", &tag).get(&path).await.expect(200);
}
