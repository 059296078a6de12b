//! What a document goes back to, and what goes back to it.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{document_relations as relations, documents},
    },
    documents::{
        model::{self, Row},
        wire::{DocumentRelation, Lineage, LineageEdge, LineageNode},
        workflow::Effect,
    },
    error::{Code, Error, Fault, Result},
    ids::Id,
    org_units::model as units,
};
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Steps each way when the caller names none.
const DEPTH: i64 = 5;
/// Most steps each way.
const MAX_DEPTH: i64 = 20;
/// Most documents in one answer.
const MAX_NODES: usize = 500;
/// How many ids stand in one query.
const CHUNK: usize = 500;

/// Which way to follow the relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To what a document goes back to.
    Up,
    /// To what goes back to a document.
    Down,
}

/// The visible documents above and below one, at most `depth` steps away. What lies behind an
/// invisible document is not followed.
pub fn lineage(conn: &mut AnyConn, actor: &Actor, id: Id, depth: Option<i64>) -> Result<Lineage> {
    let depth = depth.unwrap_or(DEPTH);
    if !(1..=MAX_DEPTH).contains(&depth) {
        let fault = Fault::parameter("depth", Code::LimitOutOfRange);
        return Err(fault.with("min", 1).with("max", MAX_DEPTH).into());
    }
    let mut met = Met { seen: HashSet::from([id]), rows: vec![model::find(conn, actor, id)?], full: false };
    for way in [Way::Up, Way::Down] {
        let mut rim = vec![id];
        for _ in 0..depth {
            if rim.is_empty() {
                break;
            }
            rim = met.step(conn, actor, rim, way)?;
        }
    }
    wire(conn, met.rows, met.full)
}

fn wire(conn: &mut AnyConn, rows: Vec<Row>, truncated: bool) -> Result<Lineage> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let edges: Vec<(Id, Id, DocumentRelation)> = relations::table
        .filter(relations::from_id.eq_any(&ids).and(relations::to_id.eq_any(&ids)))
        .order((relations::from_id, relations::to_id, relations::relation))
        .select((relations::from_id, relations::to_id, relations::relation))
        .load(conn)?;
    Ok(Lineage {
        edges: edges.into_iter().map(|(from, to, relation)| LineageEdge { from, to, relation }).collect(),
        nodes: nodes(conn, rows)?,
        truncated,
    })
}

/// Documents that were followed, seen or not.
#[derive(Debug)]
pub struct Followed {
    pub ids: BTreeSet<Id>,
    /// There were more.
    pub truncated: bool,
}

/// Follows relations from some documents to the end, whoever asks: up to all that they go back to, down
/// to what puts them into practice, which is not what amends, replaces or repeals them.
pub fn follow(conn: &mut AnyConn, from: &[Id], way: Way) -> Result<Followed> {
    let told = |relation: &DocumentRelation| way == Way::Up || Effect::of(*relation).is_none();
    let relation: Vec<DocumentRelation> = DocumentRelation::ALL.iter().copied().filter(told).collect();
    let mut followed = Followed { ids: BTreeSet::new(), truncated: false };
    let mut rim = from.to_vec();
    loop {
        let found: Vec<Id> = documents::table
            .filter(documents::id.eq_any(&rim).and(documents::deleted_at.is_null()))
            .order(documents::id)
            .select(documents::id)
            .load(conn)?;
        let mut new: Vec<Id> = found.into_iter().filter(|id| !followed.ids.contains(id)).collect();
        let room = MAX_NODES - followed.ids.len();
        followed.truncated |= new.len() > room;
        new.truncate(room);
        if new.is_empty() {
            return Ok(followed);
        }
        followed.ids.extend(&new);
        let there = relations::relation.eq_any(relation.clone());
        rim = match way {
            Way::Up => {
                let above = relations::table.filter(relations::from_id.eq_any(new).and(there));
                above.select(relations::to_id).distinct().load(conn)?
            }
            Way::Down => {
                let below = relations::table.filter(relations::to_id.eq_any(new).and(there));
                below.select(relations::from_id).distinct().load(conn)?
            }
        };
    }
}

/// The visible ones of the documents that were followed, and how these hang together.
pub fn among(conn: &mut AnyConn, actor: &Actor, followed: &Followed) -> Result<Lineage> {
    let rows: Vec<Row> = model::visible(actor)
        .filter(documents::id.eq_any(followed.ids.clone()))
        .order(documents::id)
        .select(Row::as_select())
        .load(conn)?;
    wire(conn, rows, followed.truncated)
}

/// For each of some documents, itself and every document that puts it into practice, over any number of
/// steps, whoever asks. One query a step, however many documents.
pub fn below(conn: &mut AnyConn, of: &[Id]) -> Result<HashMap<Id, BTreeSet<Id>>> {
    let bearing = DocumentRelation::ALL.iter().copied().filter(|relation| Effect::of(*relation).is_none());
    let bearing: Vec<DocumentRelation> = bearing.collect();
    let mut served: HashMap<Id, Vec<Id>> = HashMap::new();
    let (mut met, mut rim): (HashSet<Id>, Vec<Id>) = (of.iter().copied().collect(), of.to_vec());
    while !rim.is_empty() {
        let mut next = Vec::new();
        for chunk in rim.chunks(CHUNK) {
            let steps: Vec<(Id, Id)> = relations::table
                .inner_join(documents::table.on(documents::id.eq(relations::from_id)))
                .filter(relations::to_id.eq_any(chunk).and(documents::deleted_at.is_null()))
                .filter(relations::relation.eq_any(bearing.clone()))
                .select((relations::to_id, relations::from_id))
                .load(conn)?;
            for (to, from) in steps {
                served.entry(to).or_default().push(from);
                next.extend(met.insert(from).then_some(from));
            }
        }
        rim = next;
    }
    Ok(of.iter().map(|id| (*id, reach(*id, &served))).collect())
}

/// Everything that is reached from a document by these steps, with itself.
fn reach(id: Id, steps: &HashMap<Id, Vec<Id>>) -> BTreeSet<Id> {
    let (mut reached, mut rim) = (BTreeSet::from([id]), vec![id]);
    while let Some(next) = rim.pop() {
        rim.extend(steps.get(&next).into_iter().flatten().copied().filter(|id| reached.insert(*id)));
    }
    reached
}

/// The documents met so far, in the order of their distance.
struct Met {
    seen: HashSet<Id>,
    rows: Vec<Row>,
    full: bool,
}

impl Met {
    /// Goes one step further from the rim; gives the new rim.
    fn step(&mut self, conn: &mut AnyConn, actor: &Actor, rim: Vec<Id>, way: Way) -> Result<Vec<Id>> {
        let (above, below) = match way {
            Way::Up => (Some(rim), None),
            Way::Down => (None, Some(rim)),
        };
        let above = relations::table
            .filter(relations::from_id.eq_any(above.unwrap_or_default()))
            .select(relations::to_id);
        let below = relations::table
            .filter(relations::to_id.eq_any(below.unwrap_or_default()))
            .select(relations::from_id);
        let most = i64::try_from(MAX_NODES).map_err(Error::internal)?;
        let found: Vec<Row> = model::visible(actor)
            .filter(documents::id.eq_any(above).or(documents::id.eq_any(below)))
            .order(documents::id)
            .limit(most + 1)
            .select(Row::as_select())
            .load(conn)?;
        let mut next = Vec::new();
        for row in found {
            if self.seen.contains(&row.id) {
                continue;
            }
            if self.rows.len() >= MAX_NODES {
                self.full = true;
                break;
            }
            self.seen.insert(row.id);
            next.push(row.id);
            self.rows.push(row);
        }
        Ok(next)
    }
}

/// Rows as others show them, each with its issuer.
pub fn nodes(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<LineageNode>> {
    let issuers: Vec<Id> = rows.iter().map(|row| row.issuer_unit_id).collect();
    let units = units::references(conn, &issuers)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let unit = units.get(&row.issuer_unit_id)?.clone();
            Some(LineageNode {
                id: row.id,
                doc_type: row.doc_type,
                number_text: row.number_text,
                title: row.title,
                issued_on: row.issued_on,
                unit,
            })
        })
        .collect())
}
