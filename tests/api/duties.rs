//! Recurring duties: what comes of them, when, and that nothing comes twice.

mod making;
mod refusals;
mod rounds;

use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// A monthly duty of branch A1, due on the 25th, taken on by itself unless somebody else gives it.
async fn duty(world: &World, by: &str, body: Value) -> String {
    let mut duty = json!({"title": "Sinh hoạt chi bộ thường kỳ", "unit_id": world.unit("A1"), "every": "month",
        "due_day": 25, "lead_individual": "Bí thư Chi bộ", "expected_product": "Biên bản"});
    duty.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
    world.as_(by).await.post("/api/v1/recurring-duties", duty).await.expect(201).id()
}

fn at(duty: &str) -> String {
    format!("/api/v1/recurring-duties/{duty}")
}

async fn step(world: &World, by: &str, duty: &str, step: &str) -> Answer {
    world.as_(by).await.post(&format!("{}/{step}", at(duty)), json!({"reason": "Chuẩn bị đại hội"})).await
}

/// The tasks of a duty, in the order of their due dates: `period start..due status`.
async fn tasks(world: &World, duty: &str) -> Vec<String> {
    let path = format!("/api/v1/tasks?duty_id={duty}");
    let page = world.as_("leader@D").await.get(&path).await.expect(200).body;
    let word = |task: &Value, name: &str| task[name].as_str().unwrap_or("-").to_owned();
    let told = |task: &Value| {
        let days = format!("{}..{}", word(task, "start_on"), word(task, "due_on"));
        format!("{} {days} {}", word(task, "duty_period"), word(task, "status"))
    };
    page["items"].as_array().unwrap().iter().map(told).collect()
}

/// What is to come: `period start..due`, with a `+` where the task is there.
async fn upcoming(world: &World, duty: &str, until: &str) -> Vec<String> {
    let path = format!("{}/upcoming?until={until}", at(duty));
    let page = world.as_("viewer@A1").await.get(&path).await.expect(200).body;
    let told = |one: &Value| {
        let word = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        let made = if one["task_id"].is_null() { "" } else { " +" };
        format!("{} {}..{}{made}", word("period"), word("start_on"), word("due_on"))
    };
    page["items"].as_array().unwrap().iter().map(told).collect()
}
