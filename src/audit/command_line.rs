//! `tiendo audit verify`.

use crate::{
    auth::keys::Keys,
    db::AnyConn,
    error::{Error, Result},
    events::verify::{Report, verify},
};
use std::path::Path;

/// Checks the event chain of a database, beside a running service, against its own heads and those
/// that were kept elsewhere. Findings go to standard error, one a line; any is an error.
pub fn run(url: &str, key_file: &Path, heads: &[String]) -> Result<()> {
    let keys = Keys::load(key_file)?;
    let kept = kept(heads)?;
    let mut conn = AnyConn::open_to_read(url)?;
    let report = verify(&mut conn, &kept, &|jws| keys.open_head(jws))
        .map_err(|e| Error::internal(format!("the log cannot be read (has `tiendo migrate` run?): {e}")))?;
    say(&report)
}

/// Heads given as files or as themselves; a file may hold several, between blanks.
fn kept(heads: &[String]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for head in heads {
        let text = match Path::new(head).is_file() {
            true => std::fs::read_to_string(head).map_err(|e| Error::internal(format!("{head}: {e}")))?,
            false => head.clone(),
        };
        let before = found.len();
        found.extend(text.split_whitespace().map(ToOwned::to_owned));
        if found.len() == before {
            return Err(Error::internal(format!("there is no head in {head}")));
        }
    }
    Ok(found)
}

fn say(report: &Report) -> Result<()> {
    for broken in &report.broken {
        eprintln!("{broken}");
    }
    if report.more > 0 {
        eprintln!("and {} more", report.more);
    }
    println!("events checked: {}", report.checked);
    println!("sealed up to position: {}", report.sealed);
    println!("not yet sealed: {}", report.unsealed);
    println!("heads checked: {}", report.heads);
    println!("personal values checked: {}", report.values);
    match report.broken.len() + report.more {
        0 => Ok(()),
        found => Err(Error::internal(format!("the log does not verify: {found} findings"))),
    }
}
