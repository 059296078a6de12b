//! What a check of the chain can find, each in one line.

use crate::events::chain::{Seal, Stored, hash};
use std::{collections::BTreeSet, fmt};

/// One place where the log is not what was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// An event says something else than when it was sealed.
    Changed { n: i64, event: String },
    /// Two events stand in each other's place.
    Swapped { n: i64, event: String, other_n: i64, other: String },
    /// Events are gone from the middle; the ids are known while their seals remain.
    Removed { n: i64, event: Option<String>, to: i64, last: Option<String> },
    /// The log ends too early.
    Cut { n: i64, event: Option<String>, to: i64, last: Option<String> },
    /// A seal does not go on from the one before: that one was made anew.
    Resealed { n: i64, event: String },
    /// An event among sealed ones that was never sealed: put in later.
    Unsealed { n: i64, event: String },
    /// A head that the service's key did not sign, or not so.
    Forged { n: i64 },
    /// A signed head names another hash: the chain was made anew up to there.
    Rewritten { n: i64, event: String },
    /// Signed heads are gone from before this one.
    HeadRemoved { n: i64 },
    /// What a person's value is now is not what the event refers to.
    Personal { n: i64, event: String, value: String },
    /// The chain's own note of its end names another hash than its last seal.
    End { n: i64 },
}

impl Broken {
    /// The position in the chain it is found at.
    pub const fn position(&self) -> i64 {
        match self {
            Self::Changed { n, .. }
            | Self::Swapped { n, .. }
            | Self::Removed { n, .. }
            | Self::Cut { n, .. }
            | Self::Resealed { n, .. }
            | Self::Unsealed { n, .. }
            | Self::Forged { n }
            | Self::Rewritten { n, .. }
            | Self::HeadRemoved { n }
            | Self::Personal { n, .. }
            | Self::End { n } => *n,
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { n, event } => {
                write!(f, "changed: event {event} at position {n} is not what was sealed")
            }
            Self::Swapped { n, event, other_n, other } => write!(
                f,
                "swapped: event {event} at position {n} and event {other} at position {other_n} stand in \
                 each other's place"
            ),
            Self::Removed { n, event, to, last } => {
                write!(f, "removed: {} gone", Range { n, event, to, last })
            }
            Self::Cut { n, event, to, last } => write!(
                f,
                "cut: the log should go on to position {to}, but {} gone",
                Range { n, event, to, last }
            ),
            Self::Resealed { n, event } => write!(
                f,
                "resealed: event {event} at position {n} was sealed anew, the next one does not follow it"
            ),
            Self::Unsealed { n, event } => {
                write!(f, "unsealed: event {event} has no seal, but stands before position {n}")
            }
            Self::Forged { n } => {
                write!(f, "forged head: the head of position {n} is not signed with the service's key")
            }
            Self::Rewritten { n, event } => write!(
                f,
                "rewritten: a signed head names another hash for event {event} at position {n}: the chain \
                 was made anew up to there"
            ),
            Self::HeadRemoved { n } => {
                write!(f, "removed head: signed heads before the one of position {n} are gone")
            }
            Self::Personal { n, event, value } => write!(
                f,
                "changed value: the personal value {value} of event {event} at position {n} is not what was \
                 sealed"
            ),
            Self::End { n } => {
                write!(f, "changed end: the note of the chain's end does not fit the seal at position {n}")
            }
        }
    }
}

/// Positions in words.
struct Range<'a> {
    n: &'a i64,
    event: &'a Option<String>,
    to: &'a i64,
    last: &'a Option<String>,
}

impl<'a> fmt::Display for Range<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = |id: &'a Option<String>| id.as_deref().unwrap_or("(its seal too)");
        if self.n == self.to {
            return write!(f, "event {} at position {} is", event(self.event), self.n);
        }
        write!(
            f,
            "the events from {} at position {} to {} at position {} are",
            event(self.event),
            self.n,
            event(self.last),
            self.to
        )
    }
}

/// Most events among which partners of a swap are looked for: each is tried with each.
const SUSPECTS: usize = 200;

/// What happened to events whose hash is not that of their seal.
pub fn explain(suspects: &[(Seal, Stored)]) -> Vec<Broken> {
    let (mut found, mut paired) = (Vec::new(), BTreeSet::new());
    let few = suspects.get(..SUSPECTS).unwrap_or(suspects);
    for (i, (seal, event)) in suspects.iter().enumerate() {
        if paired.contains(&seal.n) {
            continue;
        }
        let others = few.iter().skip(i + 1).filter(|(other, _)| !paired.contains(&other.n));
        let partner = others.into_iter().find(|other| swapped((seal, event), (&other.0, &other.1)));
        let partner = partner.map(|(other, _)| (other.n, other.event_id.clone()));
        found.push(match partner {
            Some((other_n, other)) => {
                paired.insert(other_n);
                Broken::Swapped { n: seal.n, event: seal.event_id.clone(), other_n, other }
            }
            None => Broken::Changed { n: seal.n, event: seal.event_id.clone() },
        });
    }
    found
}

/// Two events of which each fits its seal as soon as it gets back what the other one has now: the
/// place in the log, the content, both, or the whole row.
fn swapped((a_seal, a): (&Seal, &Stored), (b_seal, b): (&Seal, &Stored)) -> bool {
    type Mix = fn(&Stored, &Stored) -> Stored;
    let mixes: [Mix; 4] = [
        |a, b| Stored { tx: b.tx, seq: b.seq, ..a.clone() },
        |a, b| Stored { id: a.id.clone(), tx: a.tx, seq: a.seq, ..b.clone() },
        |a, b| Stored { id: a.id.clone(), ..b.clone() },
        |_, b| b.clone(),
    ];
    let fits = |seal: &Seal, event: &Stored| hash(seal.n, &seal.prev_hash, event) == seal.hash;
    mixes.iter().any(|mix| fits(a_seal, &mix(a, b)) && fits(b_seal, &mix(b, a)))
}
