//! The life of a document, as data: what it is follows from what happened to it.
//!
//! ```text
//! draft ── issue ──▶ issued ── enter-into-force ──▶ in_force ── expire ──▶ expired
//!                       └──── another document ────▶ amended · replaced · repealed
//! ```
//!
//! Nobody sets a state by hand: a paper is replaced because another one says so, and is in force again
//! when that one is taken out of the register.

use crate::documents::wire::{DocumentRelation, DocumentStatus};

/// What decides a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub issued: bool,
    pub in_force: bool,
    pub expired: bool,
    /// The strongest thing another issued document does to it.
    pub effect: Option<Effect>,
}

/// What one document does to another; the later ones are stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    Amended,
    Replaced,
    Repealed,
}

impl Effect {
    /// The effect of a relation; most have none.
    pub const fn of(relation: DocumentRelation) -> Option<Self> {
        match relation {
            DocumentRelation::Amends => Some(Self::Amended),
            DocumentRelation::Replaces => Some(Self::Replaced),
            DocumentRelation::Repeals => Some(Self::Repealed),
            DocumentRelation::Concretises
            | DocumentRelation::Implements
            | DocumentRelation::BasedOn
            | DocumentRelation::Concludes
            | DocumentRelation::Establishes => None,
        }
    }
}

/// The state that follows from these facts. An amended document binds on; a replaced one does not,
/// whether or not its time had run out before.
pub const fn status(facts: Facts) -> DocumentStatus {
    match facts {
        Facts { issued: false, .. } => DocumentStatus::Draft,
        Facts { effect: Some(Effect::Repealed), .. } => DocumentStatus::Repealed,
        Facts { effect: Some(Effect::Replaced), .. } => DocumentStatus::Replaced,
        Facts { expired: true, .. } => DocumentStatus::Expired,
        Facts { effect: Some(Effect::Amended), .. } => DocumentStatus::Amended,
        Facts { in_force: true, .. } => DocumentStatus::InForce,
        _ => DocumentStatus::Issued,
    }
}

/// True while the document still binds: only then can it enter into force or expire.
pub const fn binds(status: DocumentStatus) -> bool {
    matches!(status, DocumentStatus::Issued | DocumentStatus::InForce | DocumentStatus::Amended)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUED: Facts = Facts { issued: true, in_force: false, expired: false, effect: None };

    #[test]
    fn a_state_follows_from_what_happened() {
        for (facts, is) in [
            (Facts { issued: false, ..ISSUED }, DocumentStatus::Draft),
            (Facts { issued: false, effect: Some(Effect::Repealed), ..ISSUED }, DocumentStatus::Draft),
            (ISSUED, DocumentStatus::Issued),
            (Facts { in_force: true, ..ISSUED }, DocumentStatus::InForce),
            (Facts { in_force: true, effect: Some(Effect::Amended), ..ISSUED }, DocumentStatus::Amended),
            (Facts { in_force: true, expired: true, ..ISSUED }, DocumentStatus::Expired),
            (Facts { expired: true, effect: Some(Effect::Amended), ..ISSUED }, DocumentStatus::Expired),
            (Facts { expired: true, effect: Some(Effect::Replaced), ..ISSUED }, DocumentStatus::Replaced),
            (Facts { in_force: true, effect: Some(Effect::Repealed), ..ISSUED }, DocumentStatus::Repealed),
        ] {
            assert_eq!(status(facts), is, "{facts:?}");
        }
    }

    #[test]
    fn the_strongest_effect_counts() {
        let effects = [DocumentRelation::Amends, DocumentRelation::Repeals, DocumentRelation::Replaces];
        assert_eq!(effects.iter().filter_map(|r| Effect::of(*r)).max(), Some(Effect::Repealed));
        assert_eq!(Effect::of(DocumentRelation::Concretises), None);
    }
}
