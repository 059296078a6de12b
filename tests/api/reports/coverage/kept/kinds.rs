//! Each kind of event that the code can write stands in one of the lists.

use std::{collections::BTreeSet, fs, path::Path};
use tiendo::tasks::kept::kinds::{Touch, of};

/// Where words of the same shape are no events: rights, operations of imports, names of columns.
const ASIDE: [&str; 4] = ["policy/", "exchange/imports/", "search/", "tasks/kept/kinds.rs"];
/// Single words of that shape.
const NO_EVENTS: [&str; 2] = ["bithu.mocaybac", "bithu.phumy"];

/// Every `"word.word"` of a source file.
fn words(source: &str) -> impl Iterator<Item = &str> {
    let part = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    source.split('"').filter(move |word| {
        word.split_once('.').is_some_and(|(subject, what)| part(subject) && part(what) && what.len() > 2)
    })
}

fn files(at: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path.to_str().unwrap().to_owned());
        }
    }
}

#[test]
fn every_kind_of_event_is_known_to_touch_what_is_kept_or_not() {
    let top = concat!(env!("CARGO_MANIFEST_DIR"), "/src/");
    let mut sources = Vec::new();
    files(Path::new(top), &mut sources);
    let (mut met, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    for path in sources {
        let room = path.trim_start_matches(top);
        if ASIDE.iter().any(|aside| room.starts_with(aside)) {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for word in words(&source).filter(|word| !NO_EVENTS.contains(word) && !word.ends_with(".ndjson")) {
            met.insert(word.to_owned());
            if of(word).is_none() {
                unknown.insert(format!("{room}: {word}"));
            }
        }
    }
    assert!(unknown.is_empty(), "put into a list of tasks/kept/kinds.rs, or aside here: {unknown:#?}");
    assert!(met.len() > 140 && met.contains("task.assigned"), "{}", met.len());
    // Whatever is said of a task changes a task.
    for kind in met.iter().filter(|kind| kind.starts_with("task.")) {
        assert!(matches!(of(kind), Some(Touch::Fact | Touch::Links)), "{kind}");
    }
    assert_eq!(of("task.teleported"), None);
}
