//! How long the matrix of a hundred documents and 240 units takes, whatever tasks there are.

mod ground;

use crate::harness::World;
use actix_web::{
    body::to_bytes,
    test::{TestRequest, call_service, init_service},
};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Text},
};
use ground::Ground;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tiendo::{
    app::{Shared, build},
    db::Backend,
};

/// How much longer it may take with tasks than without.
/// Much less would be noise.
const BOUND: f64 = 1.3;

/// How long answers took.
struct Times {
    /// With nothing kept.
    cold: Duration,
    /// The quickest with all kept.
    warm: Duration,
    told: Value,
    size: usize,
}

/// One answer.
async fn once(world: &World, shared: &Shared, question: &str) -> (Duration, Value, usize) {
    // Not through the harness: it holds every answer against the OpenAPI document.
    let service = init_service(build(shared.clone())).await;
    let token = format!("Bearer {}", world.as_("leader@D").await.token().unwrap());
    let path = format!("/api/v1/reports/coverage?{question}");
    let request = TestRequest::get().uri(&path).insert_header(("authorization", token));
    let begun = Instant::now();
    let response = call_service(&service, request.to_request()).await;
    let status = response.status();
    let body = to_bytes(response.into_body()).await.ok().unwrap();
    let took = begun.elapsed();
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    (took, serde_json::from_slice(&body).unwrap(), body.len())
}

/// What the service shares, with nothing kept: the rows come without events.
fn fresh(world: &World) -> Shared {
    Shared { keeper: actix_web::web::Data::default(), ..world.shared.clone() }
}

/// The same question some times.
async fn time(world: &World, shared: &Shared, question: &str) -> Times {
    let (cold, told, size) = once(world, shared, question).await;
    let mut warm = Duration::MAX;
    for _ in 0..5 {
        let (took, again, _) = once(world, shared, question).await;
        assert!(again == told, "what is kept says something else");
        warm = warm.min(took);
    }
    Times { cold, warm, told, size }
}

/// Asks for the whole and prints how long it took.
async fn whole(world: &World, shared: &Shared, name: &str, tasks: usize) -> Times {
    let times = time(world, shared, "limit=100").await;
    let (cold, warm) = (times.cold.as_millis(), times.warm.as_millis());
    println!("{name:>44}: {warm:>6} ms, cold {cold:>6} ms, {} KB", times.size / 1000);
    assert_eq!(times.told["rows"].as_array().unwrap().len(), ground::PAIRS);
    assert_eq!(times.told["total"]["tasks"], tasks);
    assert!(times.told["next_cursor"].is_null());
    times
}

/// A task is called off, and the whole is asked for; the quickest of three.
async fn after_a_change(world: &World, shared: &Shared, tasks: usize) -> Duration {
    let mut best = Duration::MAX;
    for n in 1..=3 {
        let path = format!("/api/v1/tasks/{}/cancel", ground::task(n));
        world.as_("leader@D").await.post(&path, json!({"reason": "Rà soát lại"})).await.expect(200);
        let (took, told, _) = once(world, shared, "limit=100").await;
        assert_eq!(told["total"]["tasks"], tasks - n);
        best = best.min(took);
    }
    println!("{:>44}: {:>6} ms", "after a change of one", best.as_millis());
    best
}

/// How many rows were read by scans of whole tables that grow with what is not asked for. Only PostgreSQL
/// counts them.
async fn scanned(world: &World) -> Vec<(String, i64)> {
    // It counts when a transaction has ended, a second later at most.
    actix_web::rt::time::sleep(Duration::from_secs(2)).await;
    let count = |conn: &mut tiendo::db::AnyConn| {
        if conn.backend() == Backend::Sqlite {
            return Ok(Vec::new());
        }
        let read = "SELECT CAST(relname AS TEXT) AS name, seq_tup_read AS rows FROM pg_stat_user_tables
            WHERE schemaname = current_schema() AND relname IN
            ('tasks', 'task_states') ORDER BY 1";
        let found: Vec<Scanned> = diesel::sql_query(read).load(conn)?;
        Ok(found.into_iter().map(|one| (one.name, one.rows)).collect())
    };
    world.db.read(count).await.unwrap()
}

#[derive(diesel::QueryableByName)]
struct Scanned {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// `cargo test --test api matrix_is_bound -- --ignored --nocapture`, and with `TEST_DATABASE_URL` too.
#[actix_web::test]
#[ignore = "minutes; measures times, so nothing else should run"]
async fn the_matrix_is_bound_by_its_answer_whatever_tasks_there_are() {
    let world = World::new().await;
    world.as_("leader@D").await;
    let ground = Ground::new(&world);
    ground.papers(&world).await;
    whole(&world, &fresh(&world), "100 documents sent to 240 units", 0).await;
    ground.studies(&world).await;
    whole(&world, &fresh(&world), "with 24,000 studies", 0).await;
    ground.programmes(&world).await;
    let none = whole(&world, &fresh(&world), "with 6,000 programmes", 0).await.warm;
    let bound = |name: &str, took: Duration| {
        let ratio = took.as_secs_f64() / none.as_secs_f64();
        println!("{:>44}: {ratio:.2}", "ratio");
        assert!(ratio <= BOUND, "{name}: {took:?} after {none:?}");
    };
    let (mut done, mut shared) = (0, fresh(&world));
    for serving in [25_000, 100_000] {
        ground.tasks(&world, done..serving, true).await;
        shared = fresh(&world);
        let name = format!("with {serving} tasks that serve them");
        bound(&name, whole(&world, &shared, &name, serving).await.warm);
        done = serving;
    }
    bound("after a change", after_a_change(&world, &shared, done).await);
    done -= 3;
    let small = format!("limit=100&unit_id={}", ground.branch());
    for (name, question) in
        [("one branch of it", &*small), ("a fortnight before", "limit=100&as_of=2023-10-01")]
    {
        let times = time(&world, &shared, question).await;
        let (cold, warm) = (times.cold.as_millis(), times.warm.as_millis());
        println!("{name:>44}: {warm:>6} ms, at first {cold:>6} ms");
    }
    println!("{:>44}: {:?}", "days and tasks held", shared.keeper.held());
    let mut others = 0;
    for more in [100_000, 400_000] {
        ground.tasks(&world, others..more, false).await;
        let (scans, name) = (scanned(&world).await, format!("and {more} tasks that serve nothing"));
        bound(&name, whole(&world, &fresh(&world), &name, done).await.warm);
        assert_eq!(scanned(&world).await, scans, "a table was read to the end");
        others = more;
    }
    ground.older(&world).await;
    let name = "and 1,000 older documents sent to 240 units";
    let times = time(&world, &fresh(&world), "limit=100").await;
    let (cold, warm) = (times.cold.as_millis(), times.warm.as_millis());
    println!("{name:>44}: {warm:>6} ms, cold {cold:>6} ms");
    assert_eq!(times.told["rows"].as_array().unwrap().len(), ground::PAIRS);
}
