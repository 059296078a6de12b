//! E4: the disk is full. The SQLite file lies on a tmpfs of 64 MB, which a stranger's file and then the
//! writes themselves fill to the last byte.
//!
//! - Passes: writes are refused with 507 as `problem+json`, reads go on (200), nothing acknowledged is
//!   lost and the file is sound; within 10 s after there is room again writes succeed without a restart.
//! - Full: filled and freed 5 times. Short: once. Needs root, to mount.

use crate::{
    Form, Outcome,
    check::{Record, check},
    load::{Caller, wait_until},
    site::Site,
};
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Duration,
};

const WRITERS: usize = 4;
/// What a stranger leaves of the 64 MB, so that it does not take the service all day to fill it.
const LEFT: u64 = 3 * 1024 * 1024;

/// Runs it.
pub fn run(form: Form) -> Outcome {
    let small = match Small::mount() {
        Ok(small) => small,
        Err(why) => return Outcome::Skipped(why),
    };
    let mut site = Site::at(format!("sqlite://{}", small.0.join("tiendo.db").display()));
    let _service = site.start();
    let (record, next, refused) = (Record::default(), AtomicUsize::new(0), AtomicUsize::new(0));
    let mut slowest = Duration::ZERO;
    for _ in 0..form.pick(1, 5) {
        site.renew();
        let stranger = small.fill();
        thread::scope(|scope| {
            for _ in 0..WRITERS {
                scope.spawn(|| {
                    let mut caller = Caller::new(&site);
                    let mut told = 0;
                    while told < 20 {
                        let key = format!("E4-{}", next.fetch_add(1, Ordering::Relaxed));
                        let answer = caller.make(&key).unwrap();
                        match answer.status {
                            201 => record.acknowledge(&key),
                            507 => {
                                let kind = answer.header("content-type");
                                assert!(kind.starts_with("application/problem+json"), "{answer:?}");
                                assert_eq!(answer.json()["code"], "storage_full", "{answer:?}");
                                refused.fetch_add(1, Ordering::Relaxed);
                                told += 1;
                                caller.send("GET", "/api/v1/tasks?limit=5", &[], "").unwrap().expect(200);
                            }
                            _ => panic!("{answer:?}"),
                        }
                    }
                });
            }
        });
        fs::remove_file(stranger).unwrap();
        let mut caller = Caller::new(&site);
        let key = format!("E4-{}", next.fetch_add(1, Ordering::Relaxed));
        let took = wait_until("writes again", Duration::from_secs(10), || {
            caller.make(&key).is_ok_and(|answer| answer.status == 201)
        });
        record.acknowledge(&key);
        slowest = slowest.max(took);
    }
    let (refused, slowest) = (refused.into_inner(), slowest.as_millis());
    let figures = check(&site.url, &record);
    Outcome::Held(vec![format!("{refused} refused (507), writes again after {slowest} ms; {figures}")])
}

/// A small disk in memory; gone when dropped.
struct Small(PathBuf);

impl Small {
    fn mount() -> Result<Self, String> {
        let place = std::env::temp_dir().join(format!("tiendo_full_{}", tiendo::ids::Id::new()));
        fs::create_dir(&place).map_err(|e| e.to_string())?;
        let mut mount = Command::new("mount");
        let mount = mount.args(["-t", "tmpfs", "-o", "size=64m", "tmpfs"]).arg(&place).stderr(Stdio::null());
        match mount.status() {
            Ok(status) if status.success() => Ok(Self(place)),
            _ => {
                let _ = fs::remove_dir(&place);
                Err("a tmpfs cannot be mounted here; that takes root".into())
            }
        }
    }

    /// Takes all room but a little.
    fn fill(&self) -> PathBuf {
        let (path, chunk) = (self.0.join("stranger"), vec![0; 64 * 1024]);
        let mut file = File::create(&path).unwrap();
        while free(&self.0) > LEFT {
            file.write_all(&chunk).unwrap();
        }
        path
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // Lazily: the service that is on it ends a moment later when an experiment fails.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = fs::remove_dir(&self.0);
    }
}

/// Bytes that are free on a disk.
fn free(place: &Path) -> u64 {
    let output = Command::new("df").args(["--output=avail", "-B1"]).arg(place).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().last().unwrap().trim().parse().unwrap()
}
