//! Reasons are words about two people: shown in the history, and erased with either.

use super::{items, kinds, lend};
use crate::harness::World;
use diesel::prelude::*;
use serde_json::{Value, json};
use tiendo::db::schema::{events, idempotency_keys, personal_values};

/// Every text in which words about people could stand.
async fn everything(world: &World) -> String {
    let read = world.db.read(|conn| {
        let mut all: Vec<String> = events::table.select(events::changes).load(conn)?;
        all.extend(events::table.select(events::reason).load::<Option<String>>(conn)?.into_iter().flatten());
        all.extend(personal_values::table.select(personal_values::value).load::<String>(conn)?);
        let answers = idempotency_keys::table.select(idempotency_keys::answer);
        all.extend(answers.load::<Option<String>>(conn)?.into_iter().flatten());
        Ok(all.join("\n"))
    });
    read.await.unwrap()
}

#[actix_web::test]
async fn words_go_with_the_personal_data_of_either() {
    for erased in ["leader@A", "officer@A1"] {
        let world = World::new().await;
        let holder = world.as_("leader@A").await.with("idempotency-key", "mot-lan");
        let path = super::deputies_of(&world, "leader@A").await;
        let mut body = super::days(&world, "officer@A1", "2023-10-15", "2023-10-31").await;
        body["reason"] = "Mổ ruột thừa".into();
        let made = holder.post(&path, body).await.expect(201).id();
        let end = json!({"reason": "Đã xuất viện"});
        world.as_("leader@A").await.post(&format!("/api/v1/deputies/{made}/end"), end).await.expect(200);
        let other = lend(&world, "leader@A2", "officer@A2", "2023-10-15", "2023-10-31").await;
        let root = world.root().await;
        let of = async |who: &str| {
            let path = format!("/api/v1/users/{}/history", world.user(who).await);
            let history = root.get(&path).await.expect(200);
            assert_eq!(kinds(&history)[2..4], ["deputy.appointed", "deputy.ended"], "{who}");
            let change = |n: usize, field: &str| items(&history)[n]["changes"][field].clone();
            (change(2, "reason"), change(3, "end_reason"))
        };
        for who in ["leader@A", "officer@A1"] {
            assert_eq!(of(who).await, (json!([null, "Mổ ruột thừa"]), json!([null, "Đã xuất viện"])));
        }
        let log: Vec<String> =
            world.db.read(|c| Ok(events::table.select(events::changes).load(c)?)).await.unwrap();
        assert!(!log.iter().any(|changes| changes.contains("ruột") || changes.contains("viện")));
        assert!(everything(&world).await.contains("Mổ ruột thừa"));
        let user = format!("/api/v1/users/{}", world.user(erased).await);
        root.post(&format!("{user}/disable"), json!({})).await.expect(200);
        root.post(&format!("{user}/erase"), json!({"reason": "Theo yêu cầu"})).await.expect(200);
        let left = everything(&world).await;
        assert!(!left.contains("ruột") && !left.contains("xuất viện"), "{left}");
        let shown = root.get(&format!("/api/v1/deputies/{made}")).await.expect(200);
        assert_eq!((&shown.body["reason"], shown.header("etag")), (&json!("***"), "\"v3\""));
        for who in ["leader@A", "officer@A1"] {
            assert_eq!(of(who).await, (json!([null, "***"]), json!([null, "***"])));
        }
        let other = root.get(&format!("/api/v1/deputies/{}", other.id())).await.expect(200);
        assert_eq!(other.body["reason"], "Đi học lớp cao cấp");
        assert_ne!(shown.body["holder"], Value::Null);
    }
}
