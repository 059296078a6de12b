//! Cursors: sealed once a page, opened once a page.

use divan::{Bencher, black_box};
use tiendo::{http::Cursor, ids::Id};

/// What a page of tasks depends on, as the list says it.
const SCOPE: &str = "tasks|2023-10-15|(Some(0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d), None, None, None)|(None, \
    (None, None, None, None), None, None)|(Some(AnyOf([InProgress])), None, None, None)|(None, None, None, \
    Some(DueOn))|0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d/officer";

fn keys() -> [String; 2] {
    ["2023-12-31".into(), Id::of_name("task").to_string()]
}

#[divan::bench]
fn seal(bencher: Bencher) {
    let keys = keys();
    bencher.bench(|| Cursor::seal(black_box(&keys), black_box(SCOPE)));
}

#[divan::bench]
fn open(bencher: Bencher) {
    let given = serde_json::Value::String(Cursor::seal(&keys(), SCOPE));
    let cursor: Cursor = deserr::deserialize::<_, _, tiendo::http::fields::Faults>(given).unwrap();
    assert_eq!(cursor.open::<2>(SCOPE).unwrap(), keys());
    bencher.bench(|| black_box(&cursor).open::<2>(black_box(SCOPE)).unwrap());
}
