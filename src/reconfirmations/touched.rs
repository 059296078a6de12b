//! Which records a document touches: those that put what it changes into practice. What puts the new
//! document itself into practice has taken it up already, and is not asked.

use crate::{
    db::AnyConn,
    error::Result,
    ids::Id,
    reconfirmations::{
        causes::Cause,
        records::{self, Among, Record, Subject},
        reissues::{self, Reissue},
        workflow::TouchedKind,
    },
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A document and a record that it touches, in the order in which these are listed.
pub type Key = (Id, Subject);

/// What documents touch.
#[derive(Debug, Default)]
pub struct Touched {
    /// For each document and record: the changed documents that the record puts into practice.
    pub through: BTreeMap<Key, BTreeSet<Id>>,
    pub records: HashMap<Subject, Record>,
}

/// Finds what some documents touch among records. The work grows with the records that put into practice
/// what is changed, whatever others there are.
pub fn by(conn: &mut AnyConn, causes: &[Cause], among: &Among) -> Result<Touched> {
    let papers: BTreeSet<Id> =
        causes.iter().flat_map(|cause| cause.changed.iter().chain([&cause.id])).copied().collect();
    let serving = records::serving(conn, &Vec::from_iter(papers))?;
    let ids: Vec<Id> = causes.iter().map(|cause| cause.id).collect();
    let mut through = reached(causes, &serving, &reissues::of(conn, &ids)?);
    let subjects: BTreeSet<Subject> = through.keys().map(|(_, subject)| *subject).collect();
    let found = among.open(conn, &Vec::from_iter(subjects))?;
    let mut records: HashMap<Subject, Record> =
        found.into_iter().map(|record| (record.subject, record)).collect();
    let ends: HashMap<Id, _> = causes.iter().map(|cause| (cause.id, cause.end)).collect();
    through.retain(|(cause, subject), _| {
        let record = records.get(subject);
        record.zip(ends.get(cause)).is_some_and(|(record, end)| record.created_at < *end)
    });
    let left: HashSet<Subject> = through.keys().map(|(_, subject)| *subject).collect();
    records.retain(|subject, _| left.contains(subject));
    Ok(Touched { through, records })
}

/// What puts into practice what is changed and not what changes it; of a programme issued again what its
/// issue touched.
fn reached(
    causes: &[Cause],
    serving: &HashMap<Id, HashSet<Subject>>,
    reissues: &BTreeMap<Id, Reissue>,
) -> BTreeMap<Key, BTreeSet<Id>> {
    let (none, plain) = (HashSet::new(), Reissue::default());
    let mut through: BTreeMap<Key, BTreeSet<Id>> = BTreeMap::new();
    for cause in causes {
        let up_to_date = serving.get(&cause.id).unwrap_or(&none);
        let reissue = reissues.get(&cause.id).unwrap_or(&plain);
        for changed in &cause.changed {
            let there = serving.get(changed).unwrap_or(&none).iter().copied();
            let there = there.filter(|subject| !reissue.left.contains(&subject.id));
            let touched = reissue.touched.iter().map(|id| Subject { kind: TouchedKind::Task, id: *id });
            for subject in there.chain(touched).filter(|subject| !up_to_date.contains(subject)) {
                through.entry((cause.id, subject)).or_default().insert(*changed);
            }
        }
    }
    through
}

impl Touched {
    /// How many records of a kind there are, each once.
    pub fn count(&self, kind: TouchedKind) -> usize {
        self.records.keys().filter(|subject| subject.kind == kind).count()
    }

    /// Leaves so many records of each kind, the first ones; true when there were more.
    pub fn cut(&mut self, most: usize) -> bool {
        let mut truncated = false;
        for kind in TouchedKind::ALL.iter().copied() {
            let all: BTreeSet<Subject> =
                self.records.keys().filter(|subject| subject.kind == kind).copied().collect();
            for subject in all.into_iter().skip(most) {
                truncated = true;
                self.records.remove(&subject);
            }
        }
        self.through.retain(|(_, subject), _| self.records.contains_key(subject));
        truncated
    }
}
