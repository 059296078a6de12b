use super::*;

fn id(name: &str) -> Id {
    Id::of_name(name)
}

fn node(name: &str, parent: &str, rank: &str, levels: &[&str]) -> Node {
    Node {
        id: id(name),
        version: 1,
        parent_id: (!parent.is_empty()).then(|| id(parent)),
        kind: ResolutionItemKind::Clause,
        rank: rank.into(),
        levels: levels.iter().map(|word| (*word).to_owned()).collect(),
        unit_kinds: Vec::new(),
    }
}

fn outline() -> Outline {
    Outline(vec![
        node("II.2", "II", "000002", &[]),
        node("II", "", "000002", &["commune"]),
        node("I", "", "000001", &[]),
        node("II.1", "II", "000001", &["branch"]),
        node("II.1.a", "II.1", "000001", &[]),
    ])
}

#[test]
fn items_are_read_as_they_are_printed() {
    let outline = outline();
    let order: Vec<_> =
        outline.in_order(None).into_iter().map(|spot| (spot.node.id, spot.ordinals)).collect();
    let told = [
        ("I", vec![1]),
        ("II", vec![2]),
        ("II.1", vec![2, 1]),
        ("II.1.a", vec![2, 1, 1]),
        ("II.2", vec![2, 2]),
    ];
    assert_eq!(order, told.map(|(name, ordinals)| (id(name), ordinals)));
    let ranks: Vec<_> = outline.in_order(None).into_iter().map(|spot| spot.ranks).collect();
    assert!(ranks.is_sorted(), "ranks tell the order of reading");
}

#[test]
fn what_concerns_nobody_above_concerns_nobody_below() {
    let outline = outline();
    let relevant = |level: &str| -> Vec<Id> {
        let spots = outline.in_order(Some((level, "branch")));
        spots.into_iter().filter(|spot| spot.relevant).map(|spot| spot.node.id).collect()
    };
    assert_eq!(relevant("commune"), [id("I"), id("II"), id("II.2")]);
    assert_eq!(relevant("branch"), [id("I")]);
}

#[test]
fn depths_and_heights_are_counted_in_items() {
    let outline = outline();
    assert_eq!(outline.depth(None), 0);
    assert_eq!(outline.depth(Some(id("II.1.a"))), 3);
    assert_eq!((outline.height(id("II")), outline.height(id("I"))), (3, 1));
    assert_eq!(outline.below(id("II.1")), [id("II.1"), id("II.1.a")]);
}

#[test]
fn a_place_is_counted_without_the_item_that_takes_it() {
    let outline = outline();
    assert!(*outline.rank_at(None, Some(1), None) < *"000001");
    assert_eq!(outline.rank_at(None, Some(1), Some(id("I"))), "000001");
    assert_eq!(outline.rank_at(None, None, None), "000003");
    assert_eq!(outline.rank_at(None, Some(99), None), "000003");
    assert_eq!(outline.rank_at(Some(id("I")), Some(5), None), "000001");
    let between = outline.rank_at(Some(id("II")), Some(2), None);
    assert!(*"000001" < *between && *between < *"000002");
}

#[test]
fn a_circle_ends() {
    let outline = Outline(vec![node("a", "b", "1", &[]), node("b", "a", "1", &[])]);
    assert_eq!(outline.depth(Some(id("a"))), 2);
    assert!(outline.in_order(None).is_empty());
}
