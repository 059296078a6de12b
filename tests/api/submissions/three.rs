//! Two who write one report, one who returns it, one who corrects what was approved before: at the same time.

use super::{Reported, reported};
use futures_util::future::join3;
use serde_json::{Value, json};

/// What happened to a record, and who did it.
async fn told(this: &Reported, path: &str) -> Vec<String> {
    let page = this.world.as_("viewer@D").await.get(&format!("/api/v1/{path}/history")).await.expect(200);
    let items = page.body["items"].as_array().unwrap().iter();
    let line = |item: &Value| {
        let kind = item["kind"].as_str().unwrap().split('.').next_back().unwrap();
        format!("v{} {kind} by {}", item["version"], item["by"]["name"].as_str().unwrap())
    };
    items.map(line).collect()
}

/// The figure of the district for a month, as it was known on a day.
async fn known(this: &Reported, month: &str, day: &str) -> Value {
    let path = format!(
        "/api/v1/reports/indicator-rollup?indicator_id={}&unit_id={}&from={month}&to={month}&as_of={day}&explain=true",
        this.poor,
        this.world.unit("D")
    );
    let told = this.world.as_("viewer@D").await.get(&path).await.expect(200).body;
    json!([told["whole"]["actual"], told["whole"]["units_reported"], told["explain"]["corrected_since"]])
}

/// The keys of a report with what stands there.
async fn lines(this: &Reported, id: &str) -> Value {
    let shown = this.show("viewer@D", id).await;
    let said = |key: &str| {
        let line = shown["lines"].as_array().unwrap().iter().find(|line| line["key"] == key).unwrap();
        if line["text"].is_null() { line["value"].clone() } else { line["text"].clone() }
    };
    json!([said("ngheo"), said("tong"), said("danh_gia")])
}

/// "Two reporters edit one draft, a reviewer returns it on a phone while a third corrects an approved period:
/// nothing lost, everything in history, figures restated."
#[actix_web::test]
async fn two_write_one_draft_one_returns_it_on_a_phone_and_a_third_corrects_an_approved_period() {
    let this = reported(json!({})).await;
    let world = &this.world;

    // On 15 October August is approved: 42 poor households in A, 7 in B.
    let august_a = this.handed_in("officer@A", "A", "2023-08", 42).await;
    let august_b = this.handed_in("officer@B", "B", "2023-08", 7).await;
    for id in [&august_a, &august_b] {
        this.step("leader@D", id, "approve", json!({})).await.expect(200);
    }

    // On the 16th two officers of A write September. Whoever read an old version is told both versions; whoever
    // writes where a colleague does is told to take over; nobody writes over anybody.
    world.go_to("2023-10-16").await;
    let (first, second) = (world.as_("officer@A").await, world.as_("officer@A#2").await);
    let september = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    let path = format!("/api/v1/submissions/{september}");
    let line = |key: &str, value: i64| json!({"lines": [{"key": key, "value": value}]});
    first.patch(&path, 1, line("ngheo", 41)).await.expect(200);
    let stale = second.patch(&path, 1, line("tong", 400)).await.expect_problem(412, "stale_version");
    assert!(stale.text.contains("v1") && stale.text.contains("v2"), "{}", stale.text);
    second.patch(&path, 2, line("tong", 400)).await.expect_problem(409, "invalid_state");
    second.post(&format!("{path}/take-over"), json!({})).await.expect(200);
    second.patch(&path, 3, line("tong", 400)).await.expect(200);
    first.patch(&path, 2, line("ngheo", 40)).await.expect_problem(412, "stale_version");
    first.patch(&path, 4, line("ngheo", 40)).await.expect_problem(409, "invalid_state");
    assert_eq!(lines(&this, &september).await, json!([41, 400, null]), "both stand there");
    first.post(&format!("{path}/take-over"), json!({})).await.expect(200);
    let text = json!({"lines": [{"key": "danh_gia", "text": "Giảm chậm"}]});
    first.patch(&path, 5, text).await.expect(200);
    first.post(&format!("{path}/submit"), json!({})).await.expect(200);
    assert_eq!(lines(&this, &september).await, json!([41, 400, "Giảm chậm"]));

    // The leader of D returns it on a phone, whose connection breaks: the phone sends the same again. At that
    // moment B has 7 of August corrected to 9.
    let kept = this.show("viewer@D", &august_b).await["lines"][0]["from"]["value_id"].clone();
    let value = format!("indicator-values/{}", kept.as_str().unwrap());
    let phone = world.as_("leader@D").await.with("idempotency-key", "tra-lai-thang-9");
    let (give_back, sent_back) = (
        format!("{path}/return"),
        json!({"reason": "Chưa trừ hộ thoát nghèo", "lines": [{"key": "ngheo", "comment": "Chưa trừ 2 hộ"}]}),
    );
    let (officer, leader) = (world.as_("officer@B").await, world.as_("leader@D#2").await);
    let events = world.events().await;
    let third = async || {
        let ask = json!({"value": 9, "reason": "Sót 2 hộ ấp Phước Hậu"});
        let corrections = format!("/api/v1/{value}/corrections");
        let asked = officer.post(&corrections, ask).await.expect(201).id();
        leader.post(&format!("{corrections}/{asked}/approve"), json!({})).await
    };
    let at_once =
        join3(phone.post(&give_back, sent_back.clone()), third(), phone.post(&give_back, sent_back.clone()));
    let (once, corrected, again) = at_once.await;
    corrected.expect(200);
    assert_eq!((once.status, again.status), (200, 200), "{} {}", once.text, again.text);
    assert_eq!(once.text, again.text, "the phone has the answer that got lost");
    assert_eq!(world.events().await - events, 3, "one return, one request, one correction");
    // Pressed once more later, without the key, it is no second return.
    let late = world.as_("leader@D").await.post(&give_back, sent_back).await;
    late.expect_problem(409, "invalid_state");
    assert_eq!(lines(&this, &september).await, json!([41, 400, "Giảm chậm"]), "returned as it was");

    // On the 17th the second officer answers and hands in again, and D approves.
    world.go_to("2023-10-17").await;
    let answered = json!([{"key": "ngheo", "value": 39, "answer": "Đã trừ 2 hộ"}]);
    this.save("officer@A#2", &september, answered).await.expect(200);
    this.step("officer@A#2", &september, "submit", json!({})).await.expect(200);
    this.step("leader@D", &september, "approve", json!({})).await.expect(200);
    assert_eq!(lines(&this, &september).await, json!([39, 400, "Giảm chậm"]));

    // Every step stands in the history, with who did it; refusals left nothing.
    assert_eq!(
        told(&this, &format!("submissions/{september}")).await,
        [
            "v1 started by officer@A",
            "v2 saved by officer@A",
            "v3 taken_over by officer@A#2",
            "v4 saved by officer@A#2",
            "v5 taken_over by officer@A",
            "v6 saved by officer@A",
            "v7 submitted by officer@A",
            "v8 returned by leader@D",
            "v9 saved by officer@A#2",
            "v10 submitted by officer@A#2",
            "v11 approved by leader@D",
        ]
    );
    assert_eq!(
        told(&this, &value).await,
        ["v2 correction_requested by officer@B", "v3 corrected by leader@D#2"]
    );
    let august = [
        "v1 started by officer@B",
        "v2 saved by officer@B",
        "v3 submitted by officer@B",
        "v4 approved by leader@D",
    ];
    assert_eq!(told(&this, &format!("submissions/{august_b}")).await, august);
    let diff = world.as_("viewer@D").await.get(&format!("{path}/diff")).await.expect(200).body;
    let changed = &diff["lines"][0];
    assert_eq!((&changed["before"]["value"], &changed["after"]["value"]), (&json!(41), &json!(39)));

    // What was approved for August, and what it says now.
    let verify = |id: &str| format!("/api/v1/submissions/{id}/verify");
    let viewer = world.as_("viewer@D").await;
    let of_a = viewer.get(&verify(&august_a)).await.expect(200).body;
    let of_b = viewer.get(&verify(&august_b)).await.expect(200).body;
    assert_eq!((&of_a["differs"], &of_a["lines"]), (&json!(false), &json!([])));
    assert_eq!((&of_b["differs"], &of_b["lines"]), (&json!(true), &json!(["ngheo"])));
    let used = viewer.get(&format!("/api/v1/{value}/used-in")).await.expect(200).body;
    assert_eq!(used["forms"][0]["submission_id"], august_b);

    // The district: 42 + 7 until the 15th, 42 + 9 from the 16th on; September counts from its approval on. The
    // last figure of each row: how many values were changed after the day.
    for (month, day, figure) in [
        ("2023-08", "2023-10-14", json!([null, 0, 0])),
        ("2023-08", "2023-10-15", json!([49, 2, 1])),
        ("2023-08", "2023-10-16", json!([51, 2, 0])),
        ("2023-08", "2023-10-17", json!([51, 2, 0])),
        ("2023-09", "2023-10-16", json!([null, 0, 0])),
        ("2023-09", "2023-10-17", json!([39, 1, 0])),
    ] {
        assert_eq!(known(&this, month, day).await, figure, "{month} on {day}");
    }
}
