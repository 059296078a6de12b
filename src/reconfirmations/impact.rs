//! What one document touches, issued or still a draft.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::task_links as links},
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
        wire::{ChangedDocument, DocumentImpact, HiddenImpact, Impact, TouchedTarget},
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
    let targets = targets(conn, document.id, &tasks)?;
    Ok(ChangedDocument { document, relation, programmes, tasks, targets })
}

/// The targets of a document that the caller has found, with those of these tasks that name them.
fn targets(conn: &mut AnyConn, document: Id, tasks: &[Impact]) -> Result<Vec<TouchedTarget>> {
    let outline = clauses::outline(conn, document)?;
    let mut spots = outline.in_order(None);
    spots.retain(|spot| spot.node.kind == ResolutionItemKind::Target);
    let ids: Vec<Id> = spots.iter().map(|spot| spot.node.id).collect();
    let told: BTreeSet<Id> = tasks.iter().map(|impact| impact.record.id).collect();
    let mut served: HashMap<Id, Vec<Id>> = HashMap::new();
    for chunk in ids.chunks(MOST) {
        let named = links::kind.eq(ParentKind::ResolutionItem).and(links::target_id.eq_any(chunk));
        let named = links::table.filter(named).order((links::target_id, links::task_id));
        let named: Vec<(Id, Id)> = named.select((links::target_id, links::task_id)).load(conn)?;
        for (target, task) in named.into_iter().filter(|(_, task)| told.contains(task)) {
            served.entry(target).or_default().push(task);
        }
    }
    let target =
        |item: ResolutionItem| TouchedTarget { task_ids: served.remove(&item.id).unwrap_or_default(), item };
    Ok(clauses::wire(conn, &spots)?.into_iter().map(target).collect())
}
