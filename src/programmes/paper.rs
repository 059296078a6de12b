//! The text of a programme, as people and the likeness check read it. Pure.

use crate::{http::fields::Day, programmes::items::model::Row, tasks::wire::RoadmapStep};
use chrono::NaiveDate;

/// Title and items, each with its time and who answers for it.
pub fn text(title: &str, items: &[(Row, Vec<RoadmapStep>)]) -> String {
    let mut lines = vec![title.to_owned()];
    for (i, (row, roadmap)) in items.iter().enumerate() {
        lines.push(String::new());
        lines.push(format!("{}. {}", i + 1, row.text));
        let time = [("Từ", row.start_on), ("Đến", row.due_on)];
        let time = time.iter().filter_map(|(word, on)| on.map(|on| format!("{word} {}", written(on))));
        lines.extend(time);
        lines.extend(roadmap.iter().map(|step| format!("- {}; {}", &*step.title, day(step.due_on))));
        lines.extend(row.lead_collective.as_ref().map(|who| format!("Chủ trì: {who}")));
        lines.extend(row.lead_individual.as_ref().map(|who| format!("Phụ trách: {who}")));
    }
    lines.join("\n")
}

fn day(on: Day) -> String {
    written(on.0)
}

/// As papers write it.
fn written(on: NaiveDate) -> String {
    on.format("%d/%m/%Y").to_string()
}
