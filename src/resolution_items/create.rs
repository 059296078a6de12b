//! Taking documents apart: many items at once, done whole or not at all.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::resolution_items as items},
    documents::{self, model as papers, rules::refuse_classified, save::listed},
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, answer::same_content, version::IfMatch},
    ids::Id,
    resolution_items::{
        model::{self, Row},
        outline::{DEEPEST, MOST, Outline},
        rules::{Catalogue, plain},
        save,
        wire::{ResolutionItem, ResolutionItemCreate, ResolutionItems, ResolutionItemsCreate},
    },
};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// Adds items to a document. Those that are there already, with the same content, are given as they
/// are: a request whose answer was lost may be sent again.
pub fn create(
    tx: &mut Tx,
    actor: &Actor,
    document: Id,
    expected: Option<&IfMatch>,
    new: &ResolutionItemsCreate,
) -> Result<Answer> {
    let new = &new.items.0;
    let (paper, issuer) = documents::save::open(tx, actor, document)?;
    expected.map_or(Ok(()), |expected| expected.check(paper.version))?;
    refuse_stamps(new)?;
    if new.is_empty() {
        return Err(Error::field("/items", Code::MayNotBeEmpty));
    }
    let draft = draft(tx, &paper, new)?;
    for row in &draft.rows {
        save::insert(tx, row)?;
    }
    let mut spots = draft.outline.in_order(None);
    spots.retain(|spot| draft.ids.contains(&spot.node.id));
    let wired = model::wire(tx.conn, &spots)?;
    let wired: HashMap<Id, ResolutionItem> = wired.into_iter().map(|item| (item.id, item)).collect();
    for item in draft.rows.iter().filter_map(|row| wired.get(&row.id)) {
        save::append(tx, "resolution_item.created", &issuer, item, Changes::new_record(item)?, None)?;
    }
    let answer =
        ResolutionItems { items: draft.ids.iter().filter_map(|id| wired.get(id)).cloned().collect() };
    if draft.rows.is_empty() {
        return Answer::ok(&answer);
    }
    Answer::added(format!("/api/v1/documents/{document}/items"), &answer)
}

/// The tree with the new items in it, or all that is wrong with them.
fn draft(tx: &mut Tx, paper: &papers::Row, new: &[ResolutionItemCreate]) -> Result<Draft> {
    let outline = model::outline(tx.conn, paper.id)?;
    let known = known(tx.conn, paper.id, &outline, new)?;
    let units = Catalogue::load(tx.conn)?;
    let mut draft = Draft { outline, ids: Vec::new(), rows: Vec::new(), faults: Vec::new() };
    for one in new {
        let at = draft.at("");
        draft.faults.extend(units.faults(&at, one.levels.as_ref(), one.unit_kinds.as_ref()));
        match one.id.filter(|id| known.contains(id)) {
            Some(id) => draft.ids.push(id),
            None => draft.add(tx, paper, one)?,
        }
    }
    if !draft.faults.is_empty() {
        return Err(Error::faults(draft.faults));
    }
    if draft.outline.0.len() > MOST {
        return Err(Fault::at("/items", Code::TooMany).with("max", MOST).into());
    }
    Ok(draft)
}

fn refuse_stamps(new: &[ResolutionItemCreate]) -> Result<()> {
    let at = |i: usize, member: &str| format!("/items/{i}/{member}");
    let places: Vec<(String, String)> = (0..new.len()).map(|i| (at(i, "label"), at(i, "text"))).collect();
    let texts: Vec<(&str, Option<&str>)> = new
        .iter()
        .zip(&places)
        .flat_map(|(one, (label, text))| [(&**label, one.label.as_deref()), (&**text, Some(&*one.text))])
        .collect();
    refuse_classified(None, &texts)
}

/// The items of a list that are there already. Another content, another document or a deleted one is a
/// conflict, of which nothing more is said.
fn known(
    conn: &mut AnyConn,
    document: Id,
    outline: &Outline,
    new: &[ResolutionItemCreate],
) -> Result<HashSet<Id>> {
    let wanted: HashMap<Id, &ResolutionItemCreate> =
        new.iter().filter_map(|one| Some((one.id?, one))).collect();
    let ids: Vec<Id> = wanted.keys().copied().collect();
    let rows: Vec<Row> =
        items::table.filter(items::id.eq_any(ids)).order(items::id).select(Row::as_select()).load(conn)?;
    let mut found = HashSet::new();
    for row in rows {
        let same_place = row.document_id == document && row.deleted_at.is_none();
        let ordinals = model::ordinals(outline, row.id);
        let item = row.wire(ordinals)?;
        let same = wanted.get(&item.id).map(|one| same_content(one, &item)).transpose()?;
        if !same_place || same != Some(true) {
            return Err(Error::new(Code::IdConflict));
        }
        found.insert(item.id);
    }
    Ok(found)
}

/// A tree that grows by a list of items.
struct Draft {
    outline: Outline,
    /// The items of the list so far, new or known.
    ids: Vec<Id>,
    rows: Vec<Row>,
    faults: Vec<Fault>,
}

impl Draft {
    /// The pointer of a member of the next item.
    fn at(&self, member: &str) -> String {
        format!("/items/{}{member}", self.ids.len())
    }

    fn fault(&mut self, member: &str, code: Code, why: Option<Phrase>) {
        let fault = Fault::at(self.at(member), code);
        self.faults.push(match why {
            Some(why) => fault.with("why", why),
            None => fault,
        });
    }

    fn add(&mut self, tx: &Tx, paper: &papers::Row, new: &ResolutionItemCreate) -> Result<()> {
        let id = new.id.unwrap_or_else(Id::new);
        if self.ids.contains(&id) {
            self.fault("/id", Code::NotPermittedHere, Some(Phrase::Twice));
        }
        let parent_id = self.parent(new);
        if self.outline.depth(parent_id) >= DEEPEST {
            let member = if new.parent.is_some() { "/parent" } else { "/parent_id" };
            self.fault(member, Code::NotPermittedHere, Some(Phrase::Depth));
        }
        let ordinal = new.ordinal.and_then(|ordinal| usize::try_from(ordinal.0).ok());
        let row = Row {
            id,
            root_id: paper.root_id,
            document_id: paper.id,
            parent_id,
            kind: new.kind,
            rank: self.outline.rank_at(parent_id, ordinal, None),
            label: new.label.as_deref().map(str::to_owned),
            text: new.text.0.clone(),
            field: new.field.as_deref().map(str::to_owned),
            levels: listed(&new.levels.as_ref().map(plain).unwrap_or_default())?,
            unit_kinds: listed(&new.unit_kinds.as_ref().map(plain).unwrap_or_default())?,
            amending_document_id: None,
            version: 1,
            created_at: tx.at,
            updated_at: tx.at,
            deleted_at: None,
        };
        self.outline.0.push(row.node()?);
        self.ids.push(id);
        self.rows.push(row);
        Ok(())
    }

    /// The item below which a new one stands; what is wrong with it is noted.
    fn parent(&mut self, new: &ResolutionItemCreate) -> Option<Id> {
        match (new.parent_id, new.parent) {
            (Some(_), Some(_)) => {
                self.fault("/parent", Code::NotPermittedHere, Some(Phrase::NotBothParents));
                None
            }
            (Some(id), None) => {
                if self.outline.get(id).is_none() {
                    self.fault("/parent_id", Code::UnknownReference, None);
                }
                Some(id)
            }
            (None, Some(at)) => {
                let earlier = usize::try_from(at.0).ok().and_then(|at| self.ids.get(at)).copied();
                if earlier.is_none() {
                    self.fault("/parent", Code::UnknownReference, None);
                }
                earlier
            }
            (None, None) => None,
        }
    }
}
