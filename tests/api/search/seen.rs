//! Who finds what.

use super::{search, titles};
use crate::harness::World;
use serde_json::json;

async fn paper(world: &World, who: &str, unit: &str, title: &str, status: &str) {
    let body = json!({"type": "CV", "issuer_unit_id": world.unit(unit), "title": title, "status": status,
        "content": "Nội dung về phòng cháy"});
    world.as_(who).await.post("/api/v1/documents", body).await.expect(201);
}

#[actix_web::test]
async fn what_is_not_read_is_not_found() {
    let world = World::new().await;
    paper(&world, "officer@D", "D", "Phòng cháy huyện", "issued").await;
    paper(&world, "officer@D", "D", "Phòng cháy dự thảo", "draft").await;
    paper(&world, "officer@A", "A", "Phòng cháy xã A", "issued").await;
    paper(&world, "officer@B", "B", "Phòng cháy xã B", "issued").await;
    for unit in ["A", "B"] {
        let task = json!({"title": format!("Diễn tập phòng cháy {unit}"), "unit_id": world.unit(unit), "class": "routine"});
        world.as_("leader@D").await.post("/api/v1/tasks", task).await.expect(201);
    }
    for (who, sees) in [
        (
            "leader@D",
            vec![
                "Diễn tập phòng cháy A",
                "Diễn tập phòng cháy B",
                "Phòng cháy dự thảo",
                "Phòng cháy huyện",
                "Phòng cháy xã A",
                "Phòng cháy xã B",
            ],
        ),
        ("viewer@A", vec!["Diễn tập phòng cháy A", "Phòng cháy huyện", "Phòng cháy xã A"]),
        ("service@B1", vec!["Phòng cháy huyện", "Phòng cháy xã B"]),
        ("admin@D", vec![]),
    ] {
        for q in ["phong chay", "noi dung phong chay"] {
            let answer = search(&world.as_(who).await, q, "").await.expect(200);
            let mut found = titles(&answer);
            found.sort_unstable();
            let sees: Vec<&str> =
                sees.iter().copied().filter(|t| q.len() < 12 || !t.starts_with("Diễn")).collect();
            assert_eq!(found, sees, "{who} {q}");
        }
    }
    let admin = world.as_("admin@D").await;
    assert_eq!(titles(&search(&admin, "don vi a1", "").await.expect(200)), ["Đơn vị A1"]);
    assert_eq!(search(&admin, "x", "&kinds=task").await.expect(403).code(), "forbidden");
    assert_eq!(search(&admin, "x", "&kinds=org_unit,document").await.expect(403).code(), "forbidden");
    search(&world.nobody(), "x", "").await.expect(401);
}

#[actix_web::test]
async fn units_above_and_below_are_found_and_no_others() {
    let world = World::new().await;
    let answer = search(&world.as_("leader@A").await, "đơn vị", "&kinds=org_unit").await.expect(200);
    let mut found = titles(&answer);
    found.sort_unstable();
    assert_eq!(found, ["Đơn vị A", "Đơn vị A1", "Đơn vị A2", "Đơn vị D"]);
}

#[actix_web::test]
async fn below_the_depth_of_detail_only_inspectors_find() {
    let mut world = World::new().await;
    world.add_unit("A1x", "branch", "branch", "A1").await;
    paper(&world, "leader@A", "A1x", "Phòng cháy tổ", "issued").await;
    assert_eq!(titles(&search(&world.as_("leader@D").await, "to chay", "").await), [""; 0]);
    assert_eq!(titles(&search(&world.as_("inspector@D").await, "chay to", "").await), ["Phòng cháy tổ"]);
}
