//! Targets and how units stand to them: the scoreboard, one target, and whether those below add up.

pub mod balance;
pub mod board;
pub mod goals;
pub mod query;
pub mod routes;
pub mod standing;
pub mod wire;

use crate::{
    auth::Actor,
    db::{AnyConn, schema::targets as table},
    documents::model as documents,
    error::Result,
    http::{Cursor, Page, request::Language},
    ids::Id,
    measures::{Ratio, TargetVerdict},
    org_units::{model::Row as Unit, tree::Tree},
    reports::{
        tag::Asked,
        targets::{
            query::TargetBoardQuery,
            wire::{TargetBoard, TargetBoardItem, TargetBoardRow, TargetCounts, TargetProgress},
        },
    },
    targets::{
        facts::{self, TargetFact},
        model as targets,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The scoreboard of a unit that the caller has found inside its territory.
pub fn scoreboard(
    conn: &mut AnyConn,
    actor: &Actor,
    unit: &Unit,
    query: &TargetBoardQuery,
    asked: &Asked,
) -> Result<TargetBoard> {
    let day = asked.day;
    let tree = Tree::on(conn, unit.root_id, day)?;
    let children: Vec<Id> = match query.children.0 {
        true => {
            let all = tree.children(unit.id).into_iter();
            all.map(|child| child.id).filter(|id| tree.in_force(*id, day)).collect()
        }
        false => Vec::new(),
    };
    let units: Vec<Id> = [unit.id].into_iter().chain(children.iter().copied()).collect();
    let facts = declared(conn, actor, &units, query, day)?;
    let judged = board::judged(conn, unit, facts, query.period, day)?;
    let of = |id: Id| judged.iter().filter(move |(of, _)| *of == id).map(|(_, item)| item);
    let row = |id: &Id| {
        let counts = TargetCounts::of(of(*id));
        Some(TargetBoardRow {
            unit: tree.get(*id)?.reference(),
            words: words(&counts, asked.language),
            counts,
        })
    };
    let rows = children.iter().filter_map(row).collect();
    let counts = TargetCounts::of(of(unit.id));
    let items: Vec<TargetBoardItem> = of(unit.id).cloned().collect();
    let page = page(items, unit, query, actor)?;
    Ok(TargetBoard {
        as_of: day,
        unit: tree.get(unit.id).map_or_else(|| unit.reference(), |then| then.reference()),
        words: words(&counts, asked.language),
        counts,
        items: page.items,
        next_cursor: page.next_cursor,
        rows,
    })
}

/// The targets that are looked at: those of a document whatever their time, else those for a period, else
/// those whose time holds the day.
fn declared(
    conn: &mut AnyConn,
    actor: &Actor,
    units: &[Id],
    query: &TargetBoardQuery,
    day: NaiveDate,
) -> Result<Vec<TargetFact>> {
    if let Some(document) = query.document_id {
        documents::find(conn, actor, document)?;
        let rows = table::table
            .filter(table::unit_id.eq_any(units).and(targets::of_document(document)))
            .select(targets::Row::as_select())
            .load(conn)?;
        return facts::of_rows(conn, rows, day);
    }
    // A period closes at most a month away from the calendar's; which exactly, each regime says.
    let window = query.period.and_then(|period| crate::measures::Regime::calendar().window(period));
    let month = chrono::Days::new(62);
    let days = window.map_or((day, day), |(first, last)| {
        (first.checked_sub_days(month).unwrap_or(first), last.checked_add_days(month).unwrap_or(last))
    });
    facts::of_units(conn, units, days, day)
}

fn page(
    items: Vec<TargetBoardItem>,
    unit: &Unit,
    query: &TargetBoardQuery,
    actor: &Actor,
) -> Result<Page<TargetBoardItem>> {
    let scope = format!(
        "target_board|{}|{:?}|{:?}|{:?}|{}",
        unit.id,
        query.period,
        query.document_id,
        query.as_of,
        actor.scope_key()
    );
    let key = |item: &TargetBoardItem| {
        [item.indicator.code.clone(), item.starts_on.to_string(), item.target_id.to_string()]
    };
    let from: Option<[String; 3]> = query.cursor.as_ref().map(|cursor| cursor.open(&scope)).transpose()?;
    let mut items = items;
    items.sort_by_key(key);
    items.retain(|item| from.as_ref().is_none_or(|from| key(item) > *from));
    Ok(Page::cut(items, query.limit.0, |item| Cursor::seal(&key(item), &scope)))
}

/// One target with its figure, its verdict and its pace.
pub fn progress(conn: &mut AnyConn, unit: &Unit, row: targets::Row, asked: &Asked) -> Result<TargetProgress> {
    let facts = facts::of_rows(conn, vec![row.clone()], asked.day)?;
    let binds = !facts.is_empty();
    let item = board::judged(conn, unit, facts, None, asked.day)?.pop().map(|(_, item)| item);
    let words = item.as_ref().and_then(|item| item.told(asked.language));
    Ok(TargetProgress { as_of: asked.day, unit: unit.reference(), target_id: row.id, binds, item, words })
}

/// The sentence of officials: "14/21 chỉ tiêu đạt và vượt; 07/21 đang trong lộ trình".
pub fn words(counts: &TargetCounts, language: Language) -> String {
    let parts = [
        (counts.met + counts.exceeded, "chỉ tiêu đạt và vượt", "targets met and exceeded"),
        (counts.on_track + counts.pending, "đang trong lộ trình", "on track"),
        (counts.hard_to_meet, "khó đạt", "hard to meet"),
        (counts.met_late, "đạt muộn", "met late"),
        (counts.not_met + counts.missed, "chưa đạt", "not met"),
        (counts.no_data, "chưa có số liệu", "without data"),
    ];
    let said = parts.iter().enumerate().filter(|(i, (n, _, _))| *i == 0 || *n > 0).map(|(_, (n, vi, en))| {
        let label = if language == Language::Vi { vi } else { en };
        format!("{n:02}/{:02} {label}", counts.total)
    });
    said.collect::<Vec<_>>().join("; ")
}

impl TargetCounts {
    fn none() -> Self {
        Self {
            total: 0,
            exceeded: 0,
            met: 0,
            on_track: 0,
            hard_to_meet: 0,
            not_met: 0,
            no_data: 0,
            met_late: 0,
            missed: 0,
            pending: 0,
            achieved: Ratio::of_counts(0, 0),
        }
    }

    /// Of targets that were judged.
    pub fn of<'a>(items: impl Iterator<Item = &'a TargetBoardItem>) -> Self {
        let mut counts = Self::none();
        for item in items {
            counts.total += 1;
            let slot = match item.against.verdict {
                Some(TargetVerdict::Exceeded) => &mut counts.exceeded,
                Some(TargetVerdict::Met) => &mut counts.met,
                Some(TargetVerdict::OnTrack) => &mut counts.on_track,
                Some(TargetVerdict::HardToMeet) => &mut counts.hard_to_meet,
                Some(TargetVerdict::NotMet) => &mut counts.not_met,
                Some(TargetVerdict::MetLate) => &mut counts.met_late,
                Some(TargetVerdict::Missed) => &mut counts.missed,
                Some(TargetVerdict::Pending) => &mut counts.pending,
                Some(TargetVerdict::NoData) | None => &mut counts.no_data,
            };
            *slot += 1;
        }
        counts.achieved = Ratio::of_counts(counts.met + counts.exceeded, counts.total);
        counts
    }
}
