//! Where the data set lies between runs, and the copy that is measured.

use crate::{
    data::{self, Scale},
    service::Place,
};
use std::{
    fs,
    path::{Path, PathBuf},
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
