//! Signed heads: shown, checked, and no tokens.

use super::Victim;
use crate::harness::World;
use diesel::connection::SimpleConnection;
use serde_json::json;
use tiendo::{auth::keys::Keys, clock::Instant, events::chain::Head};

#[actix_web::test]
async fn heads_are_shown_newest_first_and_signed() {
    let world = World::new().await;
    let inspector = world.as_("inspector@D").await;
    assert_eq!(inspector.get("/api/v1/audit/heads").await.expect(200).body["items"], json!([]));
    for day in ["2023-10-16", "2023-10-17", "2023-10-18"] {
        world.go_to(day).await;
        world.seal().await;
    }
    let inspector = world.as_("inspector@D").await;
    let all = inspector.get("/api/v1/audit/heads").await.expect(200);
    let items = all.body["items"].as_array().unwrap();
    let positions: Vec<i64> = items.iter().map(|head| head["n"].as_i64().unwrap()).collect();
    assert!(positions.len() >= 3 && positions.is_sorted_by(|a, b| a > b), "{positions:?}");
    let keys = Keys::from_pem(&world.key).unwrap();
    for shown in items {
        let head = keys.open_head(shown["jws"].as_str().unwrap()).unwrap();
        let mut same = serde_json::to_value(&head).unwrap();
        same["jws"] = shown["jws"].clone();
        assert_eq!(*shown, same);
    }
    let counted: i64 = items.iter().map(|head| head["count"].as_i64().unwrap()).sum();
    assert_eq!(counted, positions[0], "no event lies between two heads uncounted");
    let first = inspector.get("/api/v1/audit/heads?limit=1").await.expect(200);
    let rest =
        format!("/api/v1/audit/heads?limit=200&cursor={}", first.body["next_cursor"].as_str().unwrap());
    assert_eq!(inspector.get(&rest).await.expect(200).body["items"].as_array().unwrap(), &items[1..]);
    // Kept elsewhere, they still fit.
    let kept: Vec<String> = items.iter().map(|head| head["jws"].as_str().unwrap().into()).collect();
    assert_eq!(world.verify(&kept).broken, []);
}

#[actix_web::test]
async fn a_head_is_signed_once_a_minute_while_events_come() {
    let world = World::new().await;
    let heads =
        async || world.root().await.get("/api/v1/audit/heads").await.body["items"].as_array().unwrap().len();
    let seal = async || tiendo::audit::sealer::seal(&world.shared.gate, false, None).await.unwrap();
    world.seal().await;
    let before = heads().await;
    world.as_("leader@A").await;
    seal().await;
    assert_eq!(heads().await, before, "the last one is not a minute old");
    world.clock.hold_at(world.clock.system().plus_millis(60_000));
    // On PostgreSQL other tests may hold the last events back, so that something is left to sign.
    world.seal().await;
    let now = heads().await;
    assert!(now > before);
    world.clock.hold_at(world.clock.system().plus_millis(60_000));
    seal().await;
    assert_eq!(heads().await, now, "nothing new, nothing to sign");
}

#[actix_web::test]
async fn a_head_is_no_token_and_a_token_no_head() {
    let world = World::new().await;
    let keys = Keys::from_pem(&world.key).unwrap();
    let leader = world.as_("leader@A").await;
    assert!(keys.open_head(&leader.token().unwrap()).is_none());
    let head = head(1);
    let jws = keys.sign_head(&head).unwrap();
    assert_eq!(keys.open_head(&jws), Some(head.clone()));
    world.bearing(&jws).get("/api/v1/me").await.expect(401);
    let other = Keys::from_pem(&Keys::generate().unwrap()).unwrap();
    assert!(keys.open_head(&other.sign_head(&head).unwrap()).is_none());
    let mut parts: Vec<&str> = jws.split('.').collect();
    parts[2] = "";
    assert!(keys.open_head(&parts.join(".")).is_none());
}

fn head(n: i64) -> Head {
    let at = Instant::parse("2023-10-15T05:00:00Z").unwrap();
    Head { n, event_id: "x".into(), hash: "0".repeat(64), count: n, sealed_at: at.to_string() }
}

#[actix_web::test]
async fn forged_and_removed_heads_are_named() {
    let mut victim = Victim::new().await;
    let forged =
        |n: i64| format!("forged head: the head of position {n} is not signed with the service's key");
    let stranger = Keys::from_pem(&Keys::generate().unwrap()).unwrap();
    let insert = |n: i64, jws: &str| {
        format!(
            "INSERT INTO chain_heads (n, event_id, hash, count, sealed_at, jws)
             SELECT {n}, event_id, hash, 1, 1, '{jws}' FROM event_seals WHERE n = 3"
        )
    };
    let by_stranger = insert(3, &stranger.sign_head(&head(3)).unwrap());
    assert_eq!(victim.after(&by_stranger), [forged(3)]);
    // One far ahead does not make the log look cut.
    let far = insert(1_000_000, &stranger.sign_head(&head(1_000_000)).unwrap());
    assert_eq!(victim.after(&far), [forged(1_000_000)]);
    let last = i64::try_from(victim.last()).unwrap();
    for change in ["hash = 'x'", "event_id = 'x'", "jws = 'x'", "jws = jws || 'x'"] {
        let found = victim.after(&format!("UPDATE chain_heads SET {change} WHERE n = {last}"));
        assert_eq!(found, [forged(last)], "{change}");
    }
    let found = victim.after(&format!("DELETE FROM chain_heads WHERE n < {last}"));
    assert_eq!(found, [format!("removed head: signed heads before the one of position {last} are gone")]);
    // Given ones: a stranger's, and one of the service that tells of more than there is.
    let kept = |keys: &Keys, n: i64| vec![keys.sign_head(&head(n)).unwrap()];
    let nothing = |conn: &mut tiendo::db::AnyConn| conn.batch_execute("SELECT 1").unwrap();
    assert_eq!(victim.after_doing(&kept(&stranger, 3), nothing), [forged(0)]);
    let own = Keys::from_pem(&victim.world.key).unwrap();
    let found = victim.after_doing(&kept(&own, last + 2), nothing);
    assert!(found.len() == 1 && found[0].starts_with("cut: "), "{found:?}");
    let found = victim.after_doing(&kept(&own, 3), nothing);
    assert!(found.len() == 1 && found[0].starts_with("rewritten: "), "{found:?}");
}
