//! Likeness: a programme against the resolution it goes back to and those of twenty other communes.

use crate::folding::programme;
use divan::{Bencher, black_box, counter::BytesCount};
use tiendo::{
    ids::Id,
    likeness::{
        comparison::{Comparison, Text},
        passages::{Names, passages},
    },
};

/// Passages shown of each other text.
const SHOWN: usize = 20;

fn names() -> Names {
    Names::of(["Huyện ủy Mỏ Cày Bắc", "Đảng ủy xã Phú Mỹ", "Đảng ủy xã Tân Phú Tây", "Chi bộ ấp 1"])
}

/// The programme of a commune: those with an odd number changed the words of every third line.
fn of_commune(number: usize) -> String {
    let copied = programme(40).replace("Phú Mỹ", "Tân Phú Tây");
    let line = |(i, line): (usize, &str)| match (i + number) % 3 {
        0 if number % 2 == 1 => format!(
            "{i}. Chi bộ ấp {number} tự xây dựng mô hình vườn mẫu, nhà sạch theo tình hình của ấp mình"
        ),
        _ => line.to_owned(),
    };
    copied.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

#[divan::bench]
fn passages_of_a_programme(bencher: Bencher) {
    let (text, names) = (of_commune(1), names());
    bencher.counter(BytesCount::of_str(&text)).bench(|| passages(black_box(&text), &names));
}

/// All that an answer about a programme computes, reading texts from the database apart.
#[divan::bench]
fn one_against_its_parent_and_twenty(bencher: Bencher) {
    let (own, parent, names) = (of_commune(0), programme(40), names());
    let others: Vec<(Id, String)> =
        (1..=20).map(|n| (Id::of_name(&format!("xã {n}")), of_commune(n))).collect();
    bencher.bench(|| {
        let own = Text::new(black_box(&own).clone(), &names);
        let mut comparison = Comparison::new(&own, &names, SHOWN);
        comparison.parent(Id::of_name("huyện"), parent.clone());
        for (id, text) in &others {
            comparison.sibling(*id, text.clone());
        }
        comparison.siblings()
    });
}
