//! Periodic reports: drafted, handed in, returned with comments, approved by each unit of the chain.

mod above;
mod at_once;
mod corrected;
mod counted;
mod criteria;
mod ending;
mod life;
mod loaded;
mod refusals;
mod three;

use crate::{
    forms::{form_of, indicator},
    harness::{Answer, World},
};
use serde_json::{Value, json};

/// A monthly form of D for communes with two figures, of which the first is compulsory, and a text.
pub struct Reported {
    pub world: World,
    pub form: String,
    pub poor: String,
}

pub async fn reported(more: Value) -> Reported {
    let world = World::new().await;
    let poor = indicator(&world, "HO_NGHEO").await;
    let all = indicator(&world, "TONG_HO").await;
    let mut body = json!({"lock_working_days": null, "items": [
        {"key": "ngheo", "kind": "indicator", "indicator_id": poor, "label": "Số hộ nghèo", "required": true,
            "nil_allowed": true, "max": 500},
        {"key": "tong", "kind": "indicator", "indicator_id": all, "label": "Tổng số hộ"},
        {"key": "danh_gia", "kind": "narrative", "label": "Đánh giá chung"},
        {"key": "qua_han", "kind": "task_figure", "figure": "overdue", "label": "Đầu việc quá hạn"}],
        "rules": [{"key": "qua_tong", "left": "ngheo", "op": "<=", "right": "TONG_HO", "severity": "error",
            "text_vi": "Số hộ nghèo không lớn hơn tổng số hộ"}]});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let form = form_of(&world, "officer@D", body).await.expect(201).id();
    Reported { world, form, poor }
}

impl Reported {
    /// Starts a draft.
    pub async fn start(&self, by: &str, unit: &str, period: &str) -> Answer {
        let body = json!({"form_id": self.form, "unit_id": self.world.unit(unit), "period": period});
        self.world.as_(by).await.post("/api/v1/submissions", body).await
    }

    pub async fn save(&self, by: &str, id: &str, lines: Value) -> Answer {
        let path = format!("/api/v1/submissions/{id}");
        let caller = self.world.as_(by).await.with("if-match", "*");
        caller.send("PATCH".parse().unwrap(), &path, Some(json!({"lines": lines}).to_string())).await
    }

    pub async fn step(&self, by: &str, id: &str, step: &str, body: Value) -> Answer {
        self.world.as_(by).await.post(&format!("/api/v1/submissions/{id}/{step}"), body).await
    }

    pub async fn show(&self, by: &str, id: &str) -> Value {
        self.world.as_(by).await.get(&format!("/api/v1/submissions/{id}")).await.expect(200).body
    }

    /// Starts, fills and hands in the report of a commune.
    pub async fn handed_in(&self, by: &str, unit: &str, period: &str, poor: i64) -> String {
        let id = self.start(by, unit, period).await.expect(201).id();
        self.save(by, &id, json!([{"key": "ngheo", "value": poor}, {"key": "tong", "value": 400}]))
            .await
            .expect(200);
        self.step(by, &id, "submit", json!({})).await.expect(200);
        id
    }
}
