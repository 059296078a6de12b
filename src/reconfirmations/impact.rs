//! What one document touches, issued or still a draft.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{programme_item_links as served, programme_items as items, task_links as links},
    },
    documents::{
        lineage, model as papers,
        wire::{DocumentRelation, LineageNode},
        workflow::Effect,
    },
    error::{Error, Result},
    ids::Id,
    reconfirmations::{
        causes::{self, Cause},
        model,
        records::Among,
        touched::{self, Key, Touched},
        wire::{ChangedDocument, DocumentImpact, HiddenImpact, Impact, TouchedItem, TouchedTarget},
        workflow::TouchedKind,
    },
    resolution_items::{
        model as clauses,
        wire::{ResolutionItem, ResolutionItemKind},
    },
    tasks::{cascade::reach::unseen, wire::ParentKind},
};
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Most records of a kind in one answer.
const MOST: usize = 500;

/// What a document touches, as far as the actor sees it; the rest is counted.
pub fn impact(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<DocumentImpact> {
    let paper = papers::find(conn, actor, id)?;
    let causes = [causes::of(conn, &paper)?];
    let mut seen = touched::by(conn, &causes, &Among { actor: Some(actor), ..Among::default() })?;
    let all = touched::by(conn, &causes, &Among::default())?;
    let hidden = |kind| unseen(all.count(kind), seen.count(kind));
    let (programmes, tasks) = (hidden(TouchedKind::Programme)?, hidden(TouchedKind::Task)?);
    let truncated = seen.cut(MOST);
    let [cause] = causes;
    let told = told(conn, &cause, &seen)?;
    let mut changed = Vec::new();
    for (relation, document) in documents(conn, actor, id)? {
        changed.push(one(conn, &told, relation, document)?);
    }
    let documents = unseen(cause.changed.len(), changed.len())?;
    Ok(DocumentImpact {
        document: lineage::nodes(conn, vec![paper])?.pop().ok_or_else(Error::not_found)?,
        issued: cause.issued,
        changed,
        hidden: HiddenImpact { documents, programmes, tasks },
        truncated,
    })
}

/// The documents that one changes and the actor sees, each with the strongest thing done to it.
fn documents(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Vec<(DocumentRelation, LineageNode)>> {
    let parents = model::changed(conn, actor, &[id])?.remove(&id).unwrap_or_default();
    let mut strongest: BTreeMap<Id, DocumentRelation> = BTreeMap::new();
    for parent in parents {
        let relation = strongest.entry(parent.document_id).or_insert(parent.relation);
        if Effect::of(parent.relation) > Effect::of(*relation) {
            *relation = parent.relation;
        }
    }
    let mut nodes = model::nodes(conn, actor, &strongest.keys().copied().collect::<Vec<_>>())?;
    let node = |(id, relation)| Some((relation, nodes.remove(&id)?));
    Ok(strongest.into_iter().filter_map(node).collect())
}

/// Records that are told, each with the documents through which it is touched.
type Told = Vec<(BTreeSet<Id>, Impact)>;

fn told(conn: &mut AnyConn, cause: &Cause, seen: &Touched) -> Result<Told> {
    let answers = model::answers(conn, cause.id)?;
    let owners = model::owners(conn, seen.records.values())?;
    let impact = |((_, subject), through): (&Key, &BTreeSet<Id>)| {
        let record = seen.records.get(subject)?.clone();
        let owner = owners.get(&record.unit_id)?;
        let reconfirmation = model::answered(cause.issued, answers.get(subject));
        Some((through.clone(), Impact { record: model::brief(record, owner), reconfirmation }))
    };
    Ok(seen.through.iter().filter_map(impact).collect())
}

fn one(
    conn: &mut AnyConn,
    told: &Told,
    relation: DocumentRelation,
    document: LineageNode,
) -> Result<ChangedDocument> {
    let of = |kind| {
        let here = told.iter().filter(|(through, _)| through.contains(&document.id));
        let impacts = here.map(|(_, impact)| impact).filter(|impact| impact.record.kind == kind);
        impacts.cloned().collect::<Vec<_>>()
    };
    let (programmes, tasks) = (of(TouchedKind::Programme), of(TouchedKind::Task));
    let targets = targets(conn, document.id, &programmes, &tasks)?;
    Ok(ChangedDocument { document, relation, programmes, tasks, targets })
}

/// The targets of a document that the caller has found, with what serves them of what is told.
fn targets(
    conn: &mut AnyConn,
    document: Id,
    programmes: &[Impact],
    tasks: &[Impact],
) -> Result<Vec<TouchedTarget>> {
    let outline = clauses::outline(conn, document)?;
    let mut spots = outline.in_order(None);
    spots.retain(|spot| spot.node.kind == ResolutionItemKind::Target);
    let ids: Vec<Id> = spots.iter().map(|spot| spot.node.id).collect();
    let told = |impacts: &[Impact]| impacts.iter().map(|impact| impact.record.id).collect::<BTreeSet<_>>();
    let (programmes, tasks) = (told(programmes), told(tasks));
    let (mut by_task, mut by_item): (HashMap<Id, Vec<Id>>, HashMap<Id, Vec<TouchedItem>>) =
        Default::default();
    for chunk in ids.chunks(MOST) {
        for (target, task) in named(conn, chunk)?.into_iter().filter(|(_, task)| tasks.contains(task)) {
            by_task.entry(target).or_default().push(task);
        }
        for (target, item) in linked(conn, chunk)? {
            let told = programmes.contains(&item.programme_id);
            by_item.entry(target).or_default().extend(told.then_some(item));
        }
    }
    let target = |item: ResolutionItem| TouchedTarget {
        programme_items: by_item.remove(&item.id).unwrap_or_default(),
        task_ids: by_task.remove(&item.id).unwrap_or_default(),
        item,
    };
    Ok(clauses::wire(conn, &spots)?.into_iter().map(target).collect())
}

/// The tasks that name these targets.
fn named(conn: &mut AnyConn, targets: &[Id]) -> Result<Vec<(Id, Id)>> {
    let named = links::kind.eq(ParentKind::ResolutionItem).and(links::target_id.eq_any(targets));
    let named = links::table.filter(named).order((links::target_id, links::task_id));
    Ok(named.select((links::target_id, links::task_id)).load(conn)?)
}

/// The items of programmes that serve these targets.
fn linked(conn: &mut AnyConn, targets: &[Id]) -> Result<Vec<(Id, TouchedItem)>> {
    let rows: Vec<(Id, Id, Id, String)> = served::table
        .inner_join(items::table.on(items::id.eq(served::item_id)))
        .filter(served::resolution_item_id.eq_any(targets).and(items::deleted_at.is_null()))
        .order((served::resolution_item_id, items::id))
        .select((served::resolution_item_id, items::id, items::programme_id, items::text))
        .load(conn)?;
    let item = |(target, id, programme_id, text)| (target, TouchedItem { id, programme_id, text });
    Ok(rows.into_iter().map(item).collect())
}
