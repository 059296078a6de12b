//! What an item must say before its programme can be adopted (thứ tự ưu tiên, thời gian, lộ trình, trách
//! nhiệm của tập thể và cá nhân). Pure.

use crate::{
    error::{Code, Fault},
    programmes::items::model::Row,
};

/// The members an item lacks, in their order on the wire. `actions::facts` counts by the same rule.
pub fn missing(row: &Row) -> Vec<&'static str> {
    let no_way = row.start_on.is_none() && row.roadmap == "[]";
    [
        ("priority", row.priority.is_none()),
        ("start_on", no_way),
        ("due_on", row.due_on.is_none()),
        ("lead_collective", row.lead_collective.is_none()),
        ("lead_individual", row.lead_individual.is_none()),
    ]
    .into_iter()
    .filter_map(|(member, lacks)| lacks.then_some(member))
    .collect()
}

/// Every lack of every item, by its place in the list.
pub fn faults(rows: &[Row]) -> Vec<Fault> {
    let of = |(i, row): (usize, &Row)| {
        let id = row.id.to_string();
        missing(row).into_iter().map(move |member| {
            Fault::at(format!("/items/{i}/{member}"), Code::MayNotBeEmpty).with("id", id.clone())
        })
    };
    rows.iter().enumerate().flat_map(of).collect()
}
