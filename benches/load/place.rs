//! Where the data set lies between runs, and the copy that is measured.

use crate::{
    data::{self, Scale},
    service::Place,
};
use diesel::prelude::*;
use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};
use tiendo::db::{
    AnyConn,
    schema::{event_chain, events},
};

/// The folder that keeps a finished data set of today.
fn folder(scale: Scale) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/load").join(format!("sqlite-{scale}"))
}

fn at(folder: &Path) -> Place {
    Place { url: format!("sqlite://{}", folder.join("tiendo.db").display()), key: folder.join("tiendo.key") }
}

/// The finished data set on SQLite, made when there is none of today.
pub fn sqlite(scale: Scale) -> Place {
    let folder = folder(scale);
    let done = folder.join("made-on");
    let place = at(&folder);
    // Due dates lie around the day on which it is made.
    if fs::read_to_string(&done).is_ok_and(|day| day == data::today().to_string()) {
        return place;
    }
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder below target");
    println!("making the data set ×{scale} on SQLite");
    data::make(&place, scale);
    fs::write(done, data::today().to_string()).expect("a file");
    place
}

/// Makes the data set, on a database that is given or on SQLite, and says where it is.
pub fn data_only(url: Option<String>, scale: Scale) {
    let place = match url {
        Some(url) => {
            let key = std::env::temp_dir().join(format!("tiendo-load-{}.key", std::process::id()));
            let place = Place { url, key };
            data::make(&place, scale);
            place
        }
        None => sqlite(scale),
    };
    println!("{} with the key {}", place.url, place.key.display());
}

/// A copy of the data set on SQLite, to be measured and thrown away.
pub fn copy(folder: &Path, scale: Scale) -> Place {
    let (from, to) = (sqlite(scale), at(folder));
    let file = |place: &Place| place.url.trim_start_matches("sqlite://").to_owned();
    fs::copy(file(&from), file(&to)).expect("room for a copy");
    fs::copy(&from.key, &to.key).expect("the key");
    to
}

/// Waits until a running service has sealed every event.
pub fn wait_for_seals(place: &Place) {
    let begun = Instant::now();
    let mut conn = AnyConn::open_to_read(&place.url).expect("the database");
    loop {
        let all: i64 = events::table.count().get_result(&mut conn).expect("a count");
        let sealed: i64 = event_chain::table.select(event_chain::n).first(&mut conn).expect("the chain");
        if all == sealed {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{sealed} of {all} events are sealed");
        thread::sleep(Duration::from_millis(200));
    }
}
