//! Places in a list as texts: between any two there is room for a third, so that a move changes what
//! moves and nothing else, and an order of long ago can be told from the ranks of that day. Pure.

/// Figures of a rank, in their order.
const FIGURES: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// One more than the greatest figure.
const BASE: usize = FIGURES.len();
/// Figures of a rank at the end of a list; what comes between two has more.
const WHOLE: usize = 6;

/// A rank after one and before another; none: the list begins or ends there. Compared as texts. The
/// two must differ and stand in order.
pub fn between(before: Option<&str>, after: Option<&str>) -> String {
    let before = figures(before.unwrap_or_default());
    match after {
        None => next(&before),
        Some(after) => halfway(&before, &figures(after)),
    }
}

fn figures(rank: &str) -> Vec<usize> {
    rank.bytes().filter_map(|byte| FIGURES.iter().position(|figure| *figure == byte)).collect()
}

fn written(figures: &[usize]) -> String {
    figures.iter().filter_map(|figure| FIGURES.get(*figure)).copied().map(char::from).collect()
}

/// The next whole rank: a list that grows at its end keeps short ranks.
fn next(before: &[usize]) -> String {
    let mut number = before.iter().take(WHOLE).fold(0, |number, figure| number * BASE + figure) + 1;
    let mut rank = [0; WHOLE];
    for figure in rank.iter_mut().rev() {
        *figure = number % BASE;
        number /= BASE;
    }
    written(&rank)
}

/// Halfway between two: the figures both have, then one between, as soon as there is one.
fn halfway(before: &[usize], after: &[usize]) -> String {
    let mut rank = Vec::new();
    let mut bounded = true;
    loop {
        let low = before.get(rank.len()).copied().unwrap_or(0);
        let high = if bounded { after.get(rank.len()).copied().unwrap_or(BASE) } else { BASE };
        if high > low + 1 {
            rank.push((low + high) / 2);
            return written(&rank);
        }
        bounded = bounded && high == low;
        rank.push(low);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_list_is_counted_on() {
        let first = between(None, None);
        let second = between(Some(&first), None);
        assert_eq!((&*first, &*second), ("000001", "000002"));
        assert_eq!(between(Some("000001i"), None), "000002");
        assert_eq!(between(Some("00000z"), None), "000010");
    }

    #[test]
    fn there_is_always_room_between_two() {
        for (before, after) in [
            (None, Some("000001")),
            (Some("000001"), Some("000002")),
            (Some("000001"), Some("000001i")),
            (Some("00000z"), Some("000010")),
            (Some("000001zz"), Some("000002")),
            (None, Some("000000001")),
        ] {
            let rank = between(before, after);
            assert!(
                before.is_none_or(|before| before < &*rank) && after.is_none_or(|after| &*rank < after),
                "{rank}"
            );
        }
    }

    /// Thousands of entries at places that only look random stay in the order they were put in.
    #[test]
    fn any_order_can_be_made() {
        let (mut list, mut seed): (Vec<String>, usize) = (Vec::new(), 7);
        for n in 0..2000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = if n % 3 == 0 { list.len() / 2 } else { (seed >> 33) % (list.len() + 1) };
            let before = at.checked_sub(1).and_then(|i| list.get(i)).cloned();
            let rank = between(before.as_deref(), list.get(at).map(String::as_str));
            list.insert(at, rank);
        }
        assert!(list.is_sorted_by(|a, b| a < b));
    }
}
