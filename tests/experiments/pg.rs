//! Scratch clusters of PostgreSQL, made and removed by the experiments themselves.

use crate::{process::signal, site::free_port};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// The name of the database and of who owns it.
const NAME: &str = "postgres";

/// A running server of PostgreSQL; gone with its files when dropped.
pub struct Server {
    folder: PathBuf,
    pub port: u16,
}

/// Why there can be no PostgreSQL here.
pub fn missing() -> Option<String> {
    programs().is_none().then(|| "no /usr/lib/postgresql/*/bin/initdb: apt-get install postgresql".into())
}

fn programs() -> Option<PathBuf> {
    let mut versions: Vec<_> =
        fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|e| e.path()).collect();
    versions.sort();
    versions.into_iter().map(|path| path.join("bin")).rfind(|bin| bin.join("initdb").exists())
}

fn am_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0)
}

/// Runs one of the programs; PostgreSQL refuses root, so root becomes `postgres` for it.
fn run(program: &str, arguments: &[&str]) {
    let path = programs().expect("PostgreSQL is installed").join(program);
    let mut command = if am_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(path);
        command
    } else {
        Command::new(path)
    };
    // pg_ctl hands its output on to the server, which would keep a pipe open.
    let done = command.args(arguments).current_dir("/").stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(done.unwrap().success(), "{program} {arguments:?}");
}

fn new_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("tiendo_pg_{}", tiendo::ids::Id::new()));
    fs::create_dir(&folder).unwrap();
    if am_root() {
        assert!(Command::new("chown").arg("postgres").arg(&folder).status().unwrap().success());
    }
    folder
}

fn data(folder: &Path) -> String {
    folder.join("data").display().to_string()
}

impl Server {
    /// A new cluster, durable as by default, whose standbys are waited for when there are any.
    pub fn new() -> Self {
        let server = Self { folder: new_folder(), port: free_port() };
        run("initdb", &["-D", &data(&server.folder), "-U", NAME, "-A", "trust", "-E", "UTF8", "--no-sync"]);
        server.start();
        server
    }

    fn start(&self) {
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c max_connections=200 -c hot_standby=on",
            self.port,
            self.folder.display()
        );
        run("pg_ctl", &["-D", &data(&self.folder), "-w", "-o", &options, "start"]);
    }

    /// The address of the one database.
    pub fn url(&self) -> String {
        format!("postgres://{NAME}@127.0.0.1:{}/{NAME}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // However an experiment ended: nothing goes on running, and nothing is left behind.
        if let Ok(file) = fs::read_to_string(self.folder.join("data/postmaster.pid"))
            && let Some(Ok(pid)) = file.lines().next().map(str::parse::<u32>)
        {
            signal(pid, "CONT");
            signal(pid, "QUIT");
            let begun = Instant::now();
            while Path::new(&format!("/proc/{pid}")).exists() && begun.elapsed() < Duration::from_secs(10) {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}
