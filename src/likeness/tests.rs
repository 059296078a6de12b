#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

use super::{
    compare::Index,
    passages::{Names, passages},
};
use crate::text::fold;
use proptest::prelude::*;

const UNITS: [&str; 4] =
    ["Huyện ủy Mỏ Cày Bắc", "Đảng ủy xã Phú Mỹ", "Đảng ủy xã Hưng Khánh Trung A", "Chi bộ ấp 1"];

/// How many passages there are, and how many of them stand in the other text.
fn copied(own: &str, other: &str) -> (usize, usize) {
    let names = Names::of(UNITS);
    let (own, other) = (passages(own, &names), passages(other, &names));
    (own.len(), Index::new(&own).copied(&other).len())
}

const ITEM: &str = "Phấn đấu đến cuối năm 2023 xã Phú Mỹ giảm tỷ lệ hộ nghèo còn dưới 2,5% tổng số hộ";

#[test]
fn a_copy_is_known_whatever_was_swapped_in_it() {
    for copy in [
        ITEM.to_owned(),
        ITEM.replace("2,5", "13,75").replace("2023", "2024"),
        ITEM.replace("Phú Mỹ", "Hưng Khánh Trung A"),
        ITEM.to_uppercase(),
        fold(ITEM),
        format!("3. {ITEM};"),
        format!("b) {ITEM}."),
        ITEM.replace(' ', "\u{a0}\u{a0}"),
        ITEM.replace("Phấn đấu", "Quyết tâm"),
    ] {
        assert_eq!(copied(ITEM, &copy), (1, 1), "{copy}");
        assert_eq!(copied(&copy, ITEM), (1, 1), "{copy}");
    }
}

#[test]
fn what_is_another_sentence_is_no_copy() {
    for other in [
        "Phấn đấu đến cuối năm 2023 xã Phú Mỹ có thêm hai tuyến đường ấp được bê tông hóa và thắp sáng",
        "Đến cuối năm 2023 vận động nhân dân xã Phú Mỹ tham gia bảo hiểm y tế đạt 95% dân số trở lên",
        "",
        "Phấn đấu đến cuối năm",
    ] {
        assert_eq!(copied(ITEM, other), (1, 0), "{other}");
    }
}

#[test]
fn headings_and_short_lines_are_not_compared() {
    let names = Names::default();
    assert_eq!(
        passages("CHƯƠNG TRÌNH HÀNH ĐỘNG\nKính gửi: các chi bộ\nI. Mục tiêu; 1. Chung", &names).len(),
        0
    );
    let text = format!("I. MỤC TIÊU\n1. {ITEM}. {ITEM};\n- {ITEM}");
    let found = passages(&text, &names);
    assert_eq!(found.len(), 3);
    assert!(
        text[found[1].at.clone()].starts_with("Phấn đấu")
            && text[found[1].at.clone()].ends_with("tổng số hộ")
    );
}

#[test]
fn only_what_is_proper_to_a_unit_is_its_name() {
    let names = Names::of(UNITS);
    let of = |text: &str| passages(text, &names)[0].shingles.clone();
    let here = of("Nhân dân xã Phú Mỹ đóng góp ngày công làm đường ấp");
    assert_eq!(here, of("Nhân dân xã Hưng Khánh Trung A đóng góp ngày công làm đường ấp"));
    assert_ne!(here, of("Nhân dân xã Tân Bình đóng góp ngày công làm đường ấp"));
    assert_ne!(here, of("Nhân dân ấp Phú Mỹ đóng góp ngày công làm đường ấp"));
}

/// A sentence of its own: 24 words out of many, none twice near another.
fn item() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(0..5_000_usize, 12..30)
}

fn written(item: &[usize]) -> String {
    item.iter().map(|n| format!("từ{}", alphabetic(*n))).collect::<Vec<_>>().join(" ")
}

fn alphabetic(n: usize) -> String {
    n.to_string()
        .chars()
        .map(|digit| char::from(b'a' + u8::try_from(digit.to_digit(10).unwrap()).unwrap()))
        .collect()
}

proptest! {
    #[test]
    fn neither_order_nor_case_nor_marks_hide_a_copy(
        (items, order) in proptest::collection::vec(item(), 1..12)
            .prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle())),
        dressed in 0..4_u8,
    ) {
        let text = |items: &[Vec<usize>]| items.iter().map(|item| written(item)).collect::<Vec<_>>().join(";\n");
        let (own, copy) = (text(&items), text(&order));
        let copy = match dressed {
            0 => copy,
            1 => copy.to_uppercase(),
            2 => copy.lines().map(fold).collect::<Vec<_>>().join("\n"),
            _ => copy.lines().enumerate().map(|(n, line)| format!("{}. {line}\n", n + 1)).collect(),
        };
        prop_assert_eq!(copied(&own, &copy), (items.len(), items.len()));
    }

    #[test]
    fn any_two_texts_are_compared_without_harm(own in "\\PC{0,300}", other in "[a-zA-ZĐđ0-9 .;:\n]{0,300}") {
        let (all, found) = copied(&own, &other);
        prop_assert!(found <= all);
        prop_assert_eq!(copied(&own, &own).1, copied(&own, &own).0);
    }
}
