//! A few tasks put through the service itself; all others are their copies, row by row.

use super::land::{self, FIRST_BRANCH, FIRST_COMMUNE, FIRST_DISTRICT, kind};
use crate::service::Service;
use serde_json::{Value, json};

/// How far a task got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    Reporting,
    Submitted,
    Completed,
    Cancelled,
}

/// One course of a task: it is assigned, reported on five times, and then perhaps handed in and confirmed.
pub struct Template {
    /// The district assigns it over the commune's head, and confirms it.
    pub by_district: bool,
    pub end: End,
    /// It serves the resolution.
    pub serves: bool,
    progress: [u32; 5],
}

const fn course(by_district: bool, end: End, serves: bool, progress: [u32; 5]) -> Template {
    Template { by_district, end, serves, progress }
}

/// All courses; a task's course is its place in `SLOTS`.
pub const TEMPLATES: [Template; 8] = [
    course(false, End::Reporting, false, [10, 25, 40, 55, 70]),
    course(true, End::Reporting, false, [5, 10, 20, 30, 35]),
    course(true, End::Submitted, false, [20, 40, 60, 80, 100]),
    course(false, End::Completed, false, [15, 40, 65, 85, 100]),
    course(true, End::Completed, false, [30, 50, 70, 90, 100]),
    course(false, End::Cancelled, false, [5, 5, 10, 10, 15]),
    course(true, End::Reporting, true, [10, 20, 45, 60, 80]),
    course(false, End::Submitted, false, [25, 50, 75, 90, 100]),
];
/// The course of each of twenty tasks: half are under way, a tenth waits for an answer, a third is done.
pub const SLOTS: [usize; 20] = [0, 3, 6, 2, 0, 4, 1, 3, 0, 7, 3, 0, 6, 5, 3, 0, 1, 4, 3, 0];

/// Reports on each task.
pub const REPORTS: usize = 5;
/// Days and words that stand for those of each copy; nothing else in the rows looks like them.
pub const DUE: &str = "2035-05-17";
pub const START: &str = "2035-01-03";
pub const TITLE: &str = "Việc mẫu tên";
pub const PRODUCT: &str = "Việc mẫu sản phẩm";
pub const CLASS: &str = "key";
pub const FIELD: &str = "economy";
pub const WEIGHT: u32 = 2;

/// Where the templates lie: the first branch of the first commune of the first district.
pub const BRANCH: usize = FIRST_BRANCH;
pub const COMMUNE: usize = FIRST_COMMUNE;
pub const DISTRICT: usize = FIRST_DISTRICT;

/// The number of a template's task: the first tasks of the first district are the templates.
pub const fn number(template: usize) -> usize {
    template * land::DISTRICTS
}

/// The code of a template's task.
pub fn code(template: usize) -> String {
    format!("MAU-{template}")
}

/// The id of a report on a template.
pub fn report(template: usize, round: usize) -> usize {
    template * 8 + round
}

const NOTES: [&str; REPORTS] = [
    "Đã họp chi bộ, phân công đảng viên phụ trách từng tổ nhân dân tự quản",
    "Đã vận động được hai phần ba số hộ đồng thuận hiến đất, còn lại tiếp tục gặp gỡ",
    "Đang thi công đoạn giữa, vật tư đã về đủ; mưa nhiều nên chậm năm ngày",
    "Đã nghiệm thu khối lượng đợt hai với Ban giám sát đầu tư của cộng đồng",
    "Hoàn thiện hồ sơ, hình ảnh; đề nghị cấp ủy cấp trên kiểm tra thực tế",
];

/// Puts every template through the service.
pub fn make(service: &Service, resolution: &str) {
    let mut district = service.client(&land::username("leader", DISTRICT));
    let mut commune = service.client(&land::username("leader", COMMUNE));
    let mut branch = service.client(&land::username("officer", BRANCH));
    for (t, template) in TEMPLATES.iter().enumerate() {
        let task = land::id(kind::TASK, number(t));
        let assigner = land::unit(if template.by_district { DISTRICT } else { COMMUNE });
        let new = json!({"id": task, "code": code(t), "title": TITLE, "expected_product": PRODUCT,
            "unit_id": land::unit(BRANCH), "assigner_unit_id": assigner, "class": CLASS, "field": FIELD, "weight": WEIGHT,
            "start_on": START, "due_on": DUE, "lead_individual": "Bí thư Chi bộ",
            "document_id": template.serves.then_some(resolution)});
        let judge = if template.by_district { &mut district } else { &mut commune };
        judge.post("/tasks", &new).expect("an answer").expect(201);
        let step = |client: &mut crate::http::Client, command: &str, body: Value| {
            let answer = client.post(&format!("/tasks/{task}/{command}"), &body).expect("an answer");
            assert!(matches!(answer.status, 200 | 201), "{}", answer.text);
        };
        for (i, (progress, note)) in template.progress.iter().zip(NOTES).enumerate() {
            let id = land::id(kind::TEMPLATE_REPORT, report(t, i + 1));
            step(&mut branch, "progress-reports", json!({"id": id, "progress": progress, "note": note}));
        }
        if matches!(template.end, End::Submitted | End::Completed) {
            step(&mut branch, "submit", json!({}));
        }
        if template.end == End::Completed {
            step(judge, "confirm", json!({"result": "met"}));
        }
        if template.end == End::Cancelled {
            step(judge, "cancel", json!({"reason": "Trùng với nhiệm vụ đã giao cho đơn vị khác"}));
        }
    }
}
