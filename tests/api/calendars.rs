//! Calendars: what an instance is born with, days, regimes and their periods.

mod days;
mod periods;
mod regimes;

use crate::harness::{Answer, Caller, World};
use serde_json::{Value, json};

const DAYS: &str = "/api/v1/working-days";
const REGIMES: &str = "/api/v1/report-regimes";

/// A body with some of its members replaced.
fn with(mut body: Value, more: &Value) -> Value {
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn day_off(more: Value) -> Value {
    let body = json!({"on": "2023-11-20", "kind": "off", "occasion": "other", "name": "Ngày nghỉ thử",
        "source": "Thông báo"});
    with(body, &more)
}

/// A regime of A that closes months on the 20th.
fn regime(world: &World, more: Value) -> Value {
    let body = json!({"code": "xa-A", "name": "Kỳ báo cáo của xã A", "system": "party", "unit_id": world.unit("A"),
        "cut_offs": [{"from": "2020-01", "day": 20}], "source": "Quy chế làm việc"});
    with(body, &more)
}

fn at(folder: &str, record: &Answer) -> String {
    format!("{folder}/{}", record.id())
}

/// The id of a regime that the reader sees, by its code.
async fn id_of(caller: &Caller<'_>, code: &str) -> String {
    let page = caller.get(&format!("{REGIMES}?code={code}")).await.expect(200);
    page.body["items"][0]["id"].as_str().unwrap_or_else(|| panic!("{code} is not seen")).to_owned()
}

/// The values of one member of the items of a page.
fn all(page: &Answer, member: &str) -> Vec<String> {
    let one = |item: &Value| item[member].as_str().unwrap_or_default().to_owned();
    page.body["items"].as_array().unwrap().iter().map(one).collect()
}
