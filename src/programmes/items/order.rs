//! Places of items as ranks. Pure.

use crate::{ids::Id, resolution_items::rank::between};

/// Items with their ranks, in order.
#[derive(Debug, Clone, Default)]
pub struct Order(pub Vec<(Id, String)>);

impl Order {
    /// Where an item stands, from 1.
    pub fn ordinal(&self, id: Id) -> i32 {
        let at = self.0.iter().position(|(one, _)| *one == id).unwrap_or_default();
        i32::try_from(at).unwrap_or(i32::MAX).saturating_add(1)
    }

    /// The rank of a new item at a place, from 1; beyond the last: last.
    pub fn rank_at(&self, ordinal: Option<usize>) -> String {
        let at = ordinal.map_or(self.0.len(), |wanted| wanted.saturating_sub(1).min(self.0.len()));
        let rank = |i: usize| self.0.get(i).map(|(_, rank)| rank.as_str());
        between(at.checked_sub(1).and_then(rank), rank(at))
    }

    /// Puts a new item at a place and gives its rank.
    pub fn insert(&mut self, id: Id, ordinal: Option<usize>) -> String {
        let rank = self.rank_at(ordinal);
        let at = self.0.partition_point(|(_, other)| *other < rank);
        self.0.insert(at, (id, rank.clone()));
        rank
    }

    /// The rank of an item that may move; where it stands already, it stays as it is.
    pub fn moved(&self, id: Id, ordinal: Option<usize>) -> Option<String> {
        let wanted = ordinal?.clamp(1, self.0.len().max(1));
        let here = self.0.iter().position(|(one, _)| *one == id)?;
        if here + 1 == wanted {
            return None;
        }
        let others = Self(self.0.iter().filter(|(one, _)| *one != id).cloned().collect());
        Some(others.rank_at(Some(wanted)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever moves where, the item stands where it was put and all others keep their ranks.
        #[test]
        fn a_move_moves_one(moves in prop::collection::vec((0_usize..12, 1_usize..15), 1..60)) {
            let ids: Vec<Id> = (0..12).map(|_| Id::new()).collect();
            let mut order = Order::default();
            for id in &ids {
                order.insert(*id, None);
            }
            for (which, to) in moves {
                let id = ids[which];
                let before = order.clone();
                if let Some(rank) = order.moved(id, Some(to)) {
                    order.0.retain(|(one, _)| *one != id);
                    order.0.push((id, rank));
                    order.0.sort_by(|a, b| a.1.cmp(&b.1));
                }
                prop_assert_eq!(usize::try_from(order.ordinal(id)).unwrap(), to.min(12));
                for (one, rank) in &before.0 {
                    prop_assert!(*one == id || order.0.contains(&(*one, rank.clone())));
                }
            }
        }
    }
}
