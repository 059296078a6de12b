//! A page of 50 tasks as JSON, as the handlers write it.

use crate::folding::TITLE;
use chrono::NaiveDate;
use divan::{Bencher, black_box, counter::BytesCount};
use tiendo::{
    clock::Instant,
    http::{
        Page,
        query::{AnyOf, narrow_lines, narrow_page},
    },
    ids::Id,
    measures::{Status, Timeliness},
    org_units::wire::UnitRef,
    tasks::{
        lean::TaskLine,
        weight,
        wire::{Class, ParentKind, Task, TaskAction, TaskParent},
    },
};

fn unit() -> UnitRef {
    UnitRef {
        id: Id::of_name("xã"),
        code: "MCB-PM".into(),
        name: "Đảng ủy xã Phú Mỹ".into(),
        level: "commune".into(),
    }
}

fn due() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2023, 12, 31)
}

fn line(number: usize) -> TaskLine {
    TaskLine {
        id: Id::of_name(&format!("task {number}")),
        code: Some(format!("MCB-28915-{number:02}")),
        title: TITLE.into(),
        unit_id: unit().id,
        unit: unit(),
        class: Class::Key,
        status: Status::InProgress,
        timeliness: Timeliness::InTime,
        progress: 45,
        due_on: due(),
        submitted_on: None,
        completed_on: None,
        version: 3,
    }
}

fn task(number: usize) -> Task {
    let line = line(number);
    let action = |name| TaskAction { name, allowed: true, because: None, reason_required: false };
    let at = Instant::from_millis(1_697_331_600_000);
    Task {
        id: line.id,
        code: line.code,
        title: line.title,
        description: Some("Phối hợp với Bảo hiểm xã hội huyện rà soát từng ấp, lập danh sách hộ.".into()),
        unit: line.unit,
        unit_id: line.unit_id,
        assigner_unit_id: Id::of_name("huyện"),
        class: line.class,
        field: Some("society".into()),
        weight: weight::ONE,
        start_on: NaiveDate::from_ymd_opt(2023, 1, 5),
        due_on: line.due_on,
        original_due_on: line.due_on,
        document_id: Some(Id::of_name("nghị quyết")),
        parents: vec![TaskParent { kind: ParentKind::ResolutionItem, id: Id::of_name("mục") }],
        duty_id: None,
        duty_period: None,
        source: None,
        lead_individual: Some("Phó Bí thư Thường trực Đảng ủy xã".into()),
        expected_product: Some("Báo cáo kết quả của Ủy ban nhân dân xã".into()),
        status: line.status,
        timeliness: line.timeliness,
        progress: 45,
        counted_progress: 45,
        result: None,
        submitted_on: None,
        completed_on: None,
        last_reported_on: NaiveDate::from_ymd_opt(2023, 10, 2),
        imported: false,
        version: line.version,
        created_at: at,
        updated_at: at,
        clarity: None,
        parts: None,
        actions: ["report", "submit", "edit", "request_extension", "cancel"].map(action).to_vec(),
    }
}

fn page<T>(make: impl Fn(usize) -> T) -> Page<T> {
    Page { items: (0..50).map(make).collect(), next_cursor: Some("A".repeat(90)) }
}

fn fields(names: &str) -> AnyOf<String> {
    AnyOf(names.split(',').map(str::to_owned).collect())
}

/// What the list of a portal shows.
const SHOWN: &str = "id,title,unit,status,timeliness,progress,due_on";

/// `fields` asks for little, and only that was read.
#[divan::bench]
fn fifty_lean_rows(bencher: Bencher) {
    let fields = fields(SHOWN);
    let write = |page| serde_json::to_string(&narrow_lines(page, Some(&fields))).unwrap();
    let size = BytesCount::of_str(&write(page(line)));
    bencher.counter(size).with_inputs(|| page(line)).bench_values(|page| write(black_box(page)));
}

/// The same members out of whole rows, as for the past and for questions that no index answers.
#[divan::bench]
fn fifty_rows_cut_down(bencher: Bencher) {
    let fields = fields(SHOWN);
    let write = |page| serde_json::to_string(&narrow_page(page, Some(&fields)).unwrap()).unwrap();
    assert_eq!(
        write(page(task)).len(),
        serde_json::to_string(&narrow_lines(page(line), Some(&fields))).unwrap().len()
    );
    let size = BytesCount::of_str(&write(page(task)));
    bencher.counter(size).with_inputs(|| page(task)).bench_values(|page| write(black_box(page)));
}

#[divan::bench]
fn fifty_whole_rows(bencher: Bencher) {
    let write = |page| serde_json::to_string(&narrow_page(page, None).unwrap()).unwrap();
    let size = BytesCount::of_str(&write(page(task)));
    bencher.counter(size).with_inputs(|| page(task)).bench_values(|page| write(black_box(page)));
}
