//! Numbers as people type them, read as exact decimals.

use divan::{Bencher, black_box, counter::ItemsCount};
use tiendo::measures::{
    Decimal,
    spoken::{self, Asked},
};

/// What stands in the cells of reports, each with what the indicator asks for.
const TYPED: [(&str, Option<u32>, Option<&str>); 10] = [
    ("95", Some(0), Some("hộ")),
    ("1.234", Some(0), Some("hộ")),
    ("1.234.567,5", Some(2), Some("triệu đồng")),
    ("98,62 %", Some(2), Some("%")),
    ("trên 650 hộ", Some(0), Some("hộ")),
    ("ước 1,2 tỷ đồng", Some(3), Some("triệu đồng")),
    ("khoảng 45 - 50 %", Some(0), Some("%")),
    ("68,5 triệu đồng/năm", Some(1), Some("triệu đồng/năm")),
    ("-0,75", Some(2), None),
    ("12.500 kg", None, None),
];

/// What is refused with its reason: two readings, the English manner, groups that are none.
const REFUSED: [(&str, Option<u32>, Option<&str>); 4] = [
    ("1.234", Some(3), None),
    ("1,234.5", Some(2), None),
    ("12.34.567", None, None),
    ("không rõ số liệu", None, Some("hộ")),
];

fn read_all(bencher: Bencher, texts: &[(&str, Option<u32>, Option<&str>)], readable: bool) {
    let read = |(text, decimals, unit): &(&str, Option<u32>, Option<&str>)| {
        spoken::read(text, &Asked { decimals: *decimals, unit: *unit })
    };
    // A bench of refusals would be as quick as it is wrong.
    texts.iter().for_each(|typed| assert_eq!(read(typed).is_ok(), readable, "{typed:?}"));
    bencher.counter(ItemsCount::of_iter(texts)).bench(|| {
        for typed in texts {
            let _ = black_box(read(black_box(typed)));
        }
    });
}

#[divan::bench]
fn ten_as_typed(bencher: Bencher) {
    read_all(bencher, &TYPED, true);
}

#[divan::bench]
fn four_refused(bencher: Bencher) {
    read_all(bencher, &REFUSED, false);
}

/// As columns and JSON hold them.
#[divan::bench]
fn a_stored_decimal() -> Decimal {
    black_box("1234567.25").parse().unwrap()
}

#[divan::bench]
fn print_a_decimal(bencher: Bencher) {
    let number: Decimal = "1234567.25".parse().unwrap();
    bencher.bench(|| black_box(number).to_string());
}
