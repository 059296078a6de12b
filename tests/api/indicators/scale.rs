//! How long figures of indicators take, whatever other values there are: a district of 15 communes and 225
//! branches, 60 indicators, 36 periods, 486,000 values.

use super::{approved, define};
use crate::{
    bulk::Bulk,
    harness::World,
    plans::{Heard, scans},
};
use actix_web::{
    body::to_bytes,
    test::{TestRequest, call_service, init_service},
};
use serde_json::{Value, json};
use std::{
    ops::Range,
    time::{Duration, Instant},
};
use tiendo::app::build;

const COMMUNES: usize = 15;
const BRANCHES: usize = 225;
const INDICATORS: usize = 60;
const PERIODS: usize = 36;

/// How much longer it may take with other values than alone: an index that is forty times as large is a little
/// deeper. What is over in some milliseconds is also noise.
const BOUND: f64 = 1.4;
const NOISE: Duration = Duration::from_millis(5);

/// The indicator that is asked for over all periods.
const ONE: usize = 7;

/// Kinds of records: ids carry them.
const UNIT: u8 = 21;
const INDICATOR: u8 = 22;
/// Values of a batch of indicators: a kind for each, so that no id comes twice.
const VALUE: u8 = 30;
const TARGET: u8 = 50;

fn id(kind: u8, n: usize) -> String {
    format!("018b2c{kind:02x}-0000-7000-8000-{n:012x}")
}

/// The district's own id, and the rows below it.
struct Ground {
    rows: Bulk,
    top: String,
}

impl Ground {
    async fn new(world: &World) -> Self {
        let (rows, district) = (Bulk::new(world), &world.units["D"]);
        let (top, path, unit) = (format!("'{}'", district.id), &district.path, rows.id(UNIT, "i"));
        let commune = rows.id(UNIT, &format!("i % {COMMUNES}"));
        let of = |commune: &str, branch: &str| {
            format!("CASE WHEN i < {COMMUNES} THEN {commune} ELSE {branch} END")
        };
        let parent = of(&top, &commune);
        let way = format!("'{path}' || {} || {unit} || '/'", of("''", &format!("{commune} || '/'")));
        let (level, kind) = (of("'commune'", "'branch'"), of("'party_committee'", "'branch'"));
        let depth = of("1", "2");
        rows.fill(world, 0..COMMUNES + BRANCHES, vec![
            ("org_units (id,root_id,code,name,name_key,search_text,level,kind,parent_id,path,depth,traits,version,created_at,updated_at)",
             format!("{unit},{top},'U' || i,'Đơn vị ' || i,'don vi','',{level},{kind},{parent},{way},{depth},'[]',1,0,0")),
            ("org_unit_versions (unit_id,n,root_id,valid_from,code,name,level,kind,parent_id)",
             format!("{unit},1,{top},'2000-01-01','U' || i,'Đơn vị ' || i,{level},{kind},{parent}")),
        ]).await;
        Self { rows, top }
    }

    async fn indicators(&self, world: &World, numbers: Range<usize>) {
        let (top, indicator) = (&self.top, self.rows.id(INDICATOR, "i"));
        self.rows.fill(world, numbers, vec![
            ("indicators (id,root_id,unit_id,code,name,search_text,measure_unit,direction,decimals,over_periods,over_units,factor,level,period_kind,regime,dimensions,version,created_at,updated_at)",
             format!("{indicator},{top},{top},'X' || i,'Chỉ tiêu ' || i,'chi tieu','hộ','higher',2,'sum','sum',1,'branch','month','decree_09','[]',1,0,0")),
        ]).await;
    }

    /// The value of each branch for some indicators and periods, counted back from September 2023.
    async fn values(&self, world: &World, batch: u8, indicators: Range<usize>, periods: Range<usize>) {
        let (top, value) = (&self.top, self.rows.id(VALUE + batch, "i"));
        let per_indicator = BRANCHES * periods.len();
        let indicator = self.rows.id(INDICATOR, &format!("{} + i / {per_indicator}", indicators.start));
        let unit = self.rows.id(UNIT, &format!("{COMMUNES} + i % {BRANCHES}"));
        let back = |more: usize| format!("{} + i / {BRANCHES} % {}", periods.start + more, periods.len());
        let period = format!("substr(CAST({} AS TEXT), 1, 7)", self.rows.month("14", &back(0)));
        let (first, last) = (self.rows.month("15", &back(1)), self.rows.month("14", &back(0)));
        let figure = "CAST(i % 1000 AS TEXT) || '.25'";
        let at = 1_602_000_000_000_i64;
        self.rows.fill(world, 0..indicators.len() * per_indicator, vec![
            ("indicator_values (id,root_id,indicator_id,unit_id,period,starts_on,ends_on,cell,status,value,qualifier,estimated,source,approved_unit_id,approved_at,states,changed_at,version,created_at)",
             format!("{value},{top},{indicator},{unit},{period},{first},{last},'','approved',{figure},'exactly',FALSE,'loaded',{top},{at},1,{at},1,{at}")),
            ("indicator_value_states (value_id,n,root_id,took_effect_at,command,status,value,qualifier,estimated)",
             format!("{value},1,{top},{at},'load','approved',{figure},'exactly',FALSE")),
        ]).await;
    }
}

impl Ground {
    /// A target of every branch for each indicator and some months, counted back from September 2023.
    async fn targets(&self, world: &World, batch: u8, months: Range<usize>) {
        let (top, target) = (&self.top, self.rows.id(TARGET + batch, "i"));
        let per_month = INDICATORS * BRANCHES;
        let indicator = self.rows.id(INDICATOR, &format!("i / {BRANCHES} % {INDICATORS}"));
        let unit = self.rows.id(UNIT, &format!("{COMMUNES} + i % {BRANCHES}"));
        let back = |more: usize| format!("{} + i / {per_month}", months.start + more);
        let period = format!("substr(CAST({} AS TEXT), 1, 7)", self.rows.month("14", &back(0)));
        let (first, last) = (self.rows.month("15", &back(1)), self.rows.month("14", &back(0)));
        let at = 1_502_000_000_000_i64;
        self.rows.fill(world, 0..months.len() * per_month, vec![
            ("targets (id,root_id,unit_id,indicator_id,period,due_exclusive,starts_on,ends_on,status,version,changed_at,created_at)",
             format!("{target},{top},{unit},{indicator},{period},FALSE,{first},{last},'agreed',1,{at},{at}")),
            ("target_versions (target_id,n,root_id,took_effect_at,command,status,ends_on,value,qualifier,path)",
             format!("{target},1,{top},{at},'load','agreed',{last},'12.5','exactly','[]'")),
        ]).await;
    }
}

/// The quickest of some answers to a question, and what it said.
async fn quickest(world: &World, path: &str) -> (Duration, Value) {
    // Not through the harness: it holds every answer against the OpenAPI document.
    let service = init_service(build(world.shared.clone())).await;
    let token = format!("Bearer {}", world.as_("leader@D").await.token().unwrap());
    let (mut best, mut told) = (Duration::MAX, Value::Null);
    for _ in 0..12 {
        let request = TestRequest::get().uri(path).insert_header(("authorization", token.clone()));
        let begun = Instant::now();
        let response = call_service(&service, request.to_request()).await;
        let status = response.status();
        let body = to_bytes(response.into_body()).await.ok().unwrap();
        best = best.min(begun.elapsed());
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        told = serde_json::from_slice(&body).unwrap();
    }
    (best, told)
}

fn say(name: &str, took: Duration) {
    println!("{name:>60}: {:>8.1} ms", took.as_secs_f64() * 1000.0);
}

/// Every indicator of a unit for one period.
async fn board(world: &World, unit: &str, branches: usize, name: &str) -> Duration {
    let path =
        format!("/api/v1/reports/indicator-board?unit_id={unit}&from=2023-09&to=2023-09&limit={INDICATORS}");
    let (took, told) = quickest(world, &path).await;
    let items = told["items"].as_array().unwrap();
    assert_eq!(items.len(), INDICATORS);
    assert!(
        items.iter().all(|item| item["units_reported"] == branches && item["actual"].is_number()),
        "{told}"
    );
    say(name, took);
    took
}

/// One indicator of a unit over all periods.
async fn trend(world: &World, unit: &str, branches: usize, name: &str) -> Duration {
    let path = format!(
        "/api/v1/reports/indicator-trend?unit_id={unit}&indicator_id={}&from=2020-10&to=2023-09",
        id(INDICATOR, ONE)
    );
    let (took, told) = quickest(world, &path).await;
    let points = told["points"].as_array().unwrap();
    assert_eq!(points.len(), PERIODS);
    assert!(points.iter().all(|point| point["units_reported"] == branches), "{told}");
    say(name, took);
    took
}

fn bound(with: Duration, alone: Duration) {
    let ratio = with.as_secs_f64() / alone.as_secs_f64();
    println!("{:>60}: {ratio:>8.2}", "times what it takes alone");
    assert!(with <= alone.mul_f64(BOUND) + NOISE, "{with:?} after {alone:?}");
}

/// `cargo test --test api figures_are_bound -- --ignored --nocapture`, and with `TEST_DATABASE_URL` too.
#[actix_web::test]
#[ignore = "minutes; measures times, so nothing else should run"]
async fn figures_are_bound_by_their_answer_whatever_values_there_are() {
    let world = World::new().await;
    let ground = Ground::new(&world).await;
    ground.indicators(&world, 0..INDICATORS).await;
    let (top, commune, branch) = (world.unit("D"), id(UNIT, 0), id(UNIT, COMMUNES));
    let in_commune = BRANCHES / COMMUNES;
    // The one indicator over all its periods, and nothing else; then all indicators of the one period.
    ground.values(&world, 0, ONE..ONE + 1, 0..PERIODS).await;
    let line = trend(&world, &top, BRANCHES, "one indicator over 36 periods, alone").await;
    let thin = trend(&world, &branch, 1, "of a branch").await;
    ground.values(&world, 1, 0..ONE, 0..1).await;
    ground.values(&world, 2, ONE + 1..INDICATORS, 0..1).await;
    let all = board(&world, &top, BRANCHES, "60 indicators for one period, alone").await;
    let few = board(&world, &branch, 1, "of a branch").await;
    ground.values(&world, 3, 0..ONE, 1..PERIODS).await;
    ground.values(&world, 4, ONE + 1..INDICATORS, 1..PERIODS).await;
    for (batch, name) in [(0, "60 indicators, 36 periods stored"), (5, "72 periods"), (6, "120 indicators")] {
        match batch {
            5 => ground.values(&world, 5, 0..INDICATORS, PERIODS..2 * PERIODS).await,
            6 => {
                ground.indicators(&world, INDICATORS..2 * INDICATORS).await;
                ground.values(&world, 6, INDICATORS..2 * INDICATORS, 0..PERIODS).await;
            }
            _ => {}
        }
        println!("{name}");
        bound(board(&world, &top, BRANCHES, "60 indicators for one period").await, all);
        board(&world, &commune, in_commune, "of a commune").await;
        bound(board(&world, &branch, 1, "of a branch").await, few);
        bound(trend(&world, &top, BRANCHES, "one indicator over 36 periods").await, line);
        trend(&world, &commune, in_commune, "of a commune").await;
        bound(trend(&world, &branch, 1, "of a branch").await, thin);
    }
    // A target of each branch is more to say; targets of other months are not.
    ground.targets(&world, 0, 0..1).await;
    println!("a target of every branch for each indicator");
    let judged = board(&world, &top, BRANCHES, "60 indicators for one period, judged").await;
    ground.targets(&world, 1, 1..4).await;
    println!("and those of three more months");
    bound(board(&world, &top, BRANCHES, "60 indicators for one period, judged").await, judged);
}

/// Whatever the figures are asked for, values are found by an index that knows the last days of periods: what
/// is older or newer than the question is not read.
#[actix_web::test]
async fn values_are_read_by_unit_and_period_and_no_table_to_its_end() {
    let world = World::new().await;
    let of = define(&world, json!({})).await.expect(201).id();
    let share = json!({"code": "TY_LE", "over_units": "ratio", "measure_unit": "%"});
    let share = define(&world, share).await.expect(201).id();
    define(&world, json!({"code": "CHIA", "formula": "HO_NGHEO / TY_LE"})).await.expect(201);
    let parts = json!({"numerator": 1, "denominator": 4});
    approved(&world, &share, "A", "2023-09", parts.clone()).await;
    approved(&world, &share, "B", "2023-08", parts).await;
    approved(&world, &of, "A", "2023-09", json!({"value": 3})).await;
    approved(&world, &of, "B", "2023-08", json!({"value": 4})).await;
    // What was known before reads the states of values that changed since.
    world.go_to("2023-10-16").await;
    approved(&world, &of, "B", "2023-09", json!({"value": 4})).await;
    let heard = Heard::listen(&world).await;
    let (top, viewer) = (world.unit("D"), world.as_("viewer@D").await);
    for question in [
        format!("indicator-board?unit_id={top}&from=2023-09&to=2023-09"),
        format!("indicator-board?unit_id={top}&from=2023-08&to=2023-09&as_of=2023-10-15"),
        format!("indicator-trend?unit_id={top}&indicator_id={of}&from=2023-01&to=2023-09&cumulative=true"),
        format!("indicator-rollup?unit_id={top}&indicator_id={share}&from=2023-08&to=2023-09&explain=true"),
    ] {
        viewer.get(&format!("/api/v1/reports/{question}")).await.expect(200);
    }
    let plans = heard.plans(&world).await;
    let whole = scans(&plans);
    assert!(whole.is_empty(), "{whole:#?}");
    let of_values: Vec<_> = plans
        .iter()
        .filter(|(question, _)| question.replace(['`', '"'], "").contains("FROM indicator_values "))
        .collect();
    assert!(!of_values.is_empty(), "{plans:#?}");
    for (question, plan) in of_values {
        let by = |step: &String| {
            (step.contains("SEARCH indicator_values") || step.contains("Index Cond"))
                && ["unit_id", "ends_on"].iter().all(|column| step.contains(column))
        };
        assert!(plan.iter().any(by), "{question}: {plan:#?}");
    }
    let states = |(question, _): &&(String, Vec<String>)| question.contains("indicator_value_states");
    assert!(plans.iter().any(|one| states(&one)), "{plans:#?}");
}
