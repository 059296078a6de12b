//! Keeping and reading versions.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::programme_versions as versions},
    error::{Error, Result},
    events::Tx,
    http::Page,
    ids::Id,
    programmes::{
        items::{model as items, order::Order},
        model as programme,
        versions::diff,
        wire::{AffectedTask, ProgrammeDiff, ProgrammeVersion, ProgrammeVersionBrief},
        workflow::ProgrammeCommand,
    },
    resolution_items,
};
use chrono::NaiveDate;
use diesel::{dsl::max, prelude::*};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Where an item stood among the others, in a kept version only.
pub const RANK: &str = "rank";
/// What an item served.
const SERVES: &str = "resolution_item_ids";

/// A row of the table.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = versions)]
pub struct Row {
    pub programme_id: Id,
    pub n: i32,
    pub root_id: Id,
    pub revision: i32,
    pub round: i32,
    pub step: ProgrammeCommand,
    pub kept_at: Instant,
    pub kept_by: Option<Id>,
    pub title: String,
    pub items: String,
    pub document_id: Option<Id>,
    pub affected: String,
}

impl Row {
    /// Its items as they were, each with its rank.
    pub fn items(&self) -> Result<Vec<Map<String, Value>>> {
        serde_json::from_str(&self.items).map_err(Error::internal)
    }

    fn affected(&self) -> Result<Vec<AffectedTask>> {
        serde_json::from_str(&self.affected).map_err(Error::internal)
    }

    fn brief(self) -> Result<ProgrammeVersionBrief> {
        Ok(ProgrammeVersionBrief {
            affected_tasks: self.affected()?,
            n: self.n,
            revision: self.revision,
            round: self.round,
            step: self.step,
            kept_at: self.kept_at,
            kept_by: self.kept_by,
            title: self.title,
            document_id: self.document_id,
        })
    }
}

/// Keeps a programme as a step hands it over.
pub fn keep(tx: &mut Tx, row: &programme::Row, step: ProgrammeCommand) -> Result<Row> {
    keep_with(tx, row, step, &[])
}

/// The same, with the tasks an issue touched.
pub fn keep_with(
    tx: &mut Tx,
    row: &programme::Row,
    step: ProgrammeCommand,
    affected: &[AffectedTask],
) -> Result<Row> {
    let last: Option<i32> =
        versions::table.filter(versions::programme_id.eq(row.id)).select(max(versions::n)).first(tx.conn)?;
    let kept = Row {
        programme_id: row.id,
        n: last.unwrap_or(0) + 1,
        root_id: row.root_id,
        revision: row.revision,
        round: row.round,
        step,
        kept_at: tx.at,
        kept_by: tx.author.user,
        title: row.title.clone(),
        items: serde_json::to_string(&now(tx.conn, row.id)?).map_err(Error::internal)?,
        document_id: row.document_id.filter(|_| step == ProgrammeCommand::Issue),
        affected: serde_json::to_string(affected).map_err(Error::internal)?,
    };
    diesel::insert_into(versions::table).values(&kept).execute(tx.conn)?;
    Ok(kept)
}

/// The items as they stand, whoever asks, each with its rank.
pub fn now(conn: &mut AnyConn, programme: Id) -> Result<Vec<Map<String, Value>>> {
    let rows = items::of(conn, programme)?;
    let order = Order(rows.iter().map(|row| (row.id, row.rank.clone())).collect());
    let ranks: Vec<String> = rows.iter().map(|row| row.rank.clone()).collect();
    let wired = items::wire(conn, None, rows, &order)?;
    wired
        .iter()
        .zip(ranks)
        .map(|(item, rank)| {
            let Value::Object(mut members) = serde_json::to_value(item).map_err(Error::internal)? else {
                return Err(Error::internal("an item is no object"));
            };
            members.insert(RANK.into(), rank.into());
            Ok(members)
        })
        .collect()
}

/// The last version an issue kept.
pub fn last_issue(conn: &mut AnyConn, programme: Id) -> Result<Option<Row>> {
    let of = versions::programme_id.eq(programme).and(versions::step.eq(ProgrammeCommand::Issue));
    let last = versions::table.filter(of).order(versions::n.desc()).select(Row::as_select());
    Ok(last.first(conn).optional()?)
}

/// The day on which a programme was last handed in for review.
pub fn submitted_on(conn: &mut AnyConn, programme: Id) -> Result<Option<NaiveDate>> {
    let of = versions::programme_id.eq(programme).and(versions::step.eq(ProgrammeCommand::SubmitForReview));
    let last = versions::table.filter(of).order(versions::n.desc()).select(versions::kept_at);
    Ok(last.first::<Instant>(conn).optional()?.map(Instant::day))
}

/// What the last issue touched.
pub fn affected(conn: &mut AnyConn, programme: Id) -> Result<Vec<AffectedTask>> {
    last_issue(conn, programme)?.map_or(Ok(Vec::new()), |row| row.affected())
}

/// All versions of a programme, in short.
pub fn list(conn: &mut AnyConn, actor: &Actor, programme: Id) -> Result<Page<ProgrammeVersionBrief>> {
    let rows = all(conn, actor, programme)?;
    let items = rows.into_iter().map(Row::brief).collect::<Result<_>>()?;
    Ok(Page { items, next_cursor: None })
}

fn all(conn: &mut AnyConn, actor: &Actor, programme: Id) -> Result<Vec<Row>> {
    let id = programme::find(conn, actor, programme)?.row.id;
    let of = versions::table.filter(versions::programme_id.eq(id));
    Ok(of.order(versions::n).select(Row::as_select()).load(conn)?)
}

fn find(conn: &mut AnyConn, actor: &Actor, programme: Id, n: i32) -> Result<Row> {
    let id = programme::find(conn, actor, programme)?.row.id;
    Ok(versions::table.find((id, n)).select(Row::as_select()).first(conn)?)
}

/// One version.
pub fn show(conn: &mut AnyConn, actor: &Actor, programme: Id, n: i32) -> Result<ProgrammeVersion> {
    let row = find(conn, actor, programme, n)?;
    let items = seen(conn, actor, row.items()?)?;
    let plain = |mut item: Map<String, Value>| {
        item.remove(RANK);
        Value::Object(item)
    };
    let items = items.into_iter().map(plain).collect();
    let brief = row.brief()?;
    Ok(ProgrammeVersion {
        n: brief.n,
        revision: brief.revision,
        round: brief.round,
        step: brief.step,
        kept_at: brief.kept_at,
        kept_by: brief.kept_by,
        title: brief.title,
        document_id: brief.document_id,
        affected_tasks: brief.affected_tasks,
        items,
    })
}

/// What changed between two versions; without numbers between the last two.
pub fn compare(
    conn: &mut AnyConn,
    actor: &Actor,
    programme: Id,
    from: Option<i32>,
    to: Option<i32>,
) -> Result<ProgrammeDiff> {
    let numbers: Vec<i32> = all(conn, actor, programme)?.iter().map(|row| row.n).collect();
    let to = to.or(numbers.last().copied()).ok_or_else(Error::not_found)?;
    let from = from.unwrap_or(to - 1);
    let (old, new) = (find(conn, actor, programme, from)?, find(conn, actor, programme, to)?);
    let title = if old.title == new.title { Vec::new() } else { vec![old.title.clone(), new.title.clone()] };
    let (old, new) = (seen(conn, actor, old.items()?)?, seen(conn, actor, new.items()?)?);
    Ok(ProgrammeDiff { from, to, title, items: diff::between(&old, &new) })
}

/// Items without the clauses that the actor does not see.
fn seen(
    conn: &mut AnyConn,
    actor: &Actor,
    mut items: Vec<Map<String, Value>>,
) -> Result<Vec<Map<String, Value>>> {
    let id = |value: &Value| value.as_str()?.parse::<Id>().ok();
    let named = |item: &Map<String, Value>| -> Vec<Id> {
        item.get(SERVES).and_then(Value::as_array).into_iter().flatten().filter_map(id).collect()
    };
    let all: Vec<Id> = items.iter().flat_map(named).collect();
    let seen: HashSet<Id> = resolution_items::model::seen(conn, actor, all)?.into_iter().collect();
    for item in &mut items {
        if let Some(Value::Array(list)) = item.get_mut(SERVES) {
            list.retain(|value| id(value).is_some_and(|id| seen.contains(&id)));
        }
    }
    Ok(items)
}
