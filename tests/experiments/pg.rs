//! Scratch clusters of PostgreSQL, made and removed by the experiments themselves.

use crate::{Outcome, load::wait_until, process::signal, site::free_port};
use diesel::{RunQueryDsl, connection::SimpleConnection, prelude::*, sql_query, sql_types::Integer};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tiendo::db::{AnyConn, Backend};

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

/// The same on SQLite and, where there can be one, on PostgreSQL; a line of figures from each.
pub fn on_both(experiment: impl Fn(Backend) -> String) -> Outcome {
    let on_sqlite = experiment(Backend::Sqlite);
    match missing() {
        None => Outcome::Held(vec![on_sqlite, experiment(Backend::Postgres)]),
        Some(why) => Outcome::Skipped(format!("it held on SQLite, but {why}")),
    }
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

/// Runs one of the programs, and says whether it succeeded; PostgreSQL refuses root, so root becomes
/// `postgres` for it.
fn succeeds(program: &str, arguments: &[&str]) -> bool {
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
    done.unwrap().success()
}

fn run(program: &str, arguments: &[&str]) {
    assert!(succeeds(program, arguments), "{program} {arguments:?}");
}

fn new_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("tiendo_pg_{}", tiendo::ids::Id::new()));
    make_folder(&folder);
    folder
}

fn make_folder(folder: &Path) {
    fs::create_dir(folder).unwrap();
    if am_root() {
        assert!(Command::new("chown").arg("postgres").arg(folder).status().unwrap().success());
    }
}

/// Whether a process does nothing any more. A killed one stays listed until its parent has looked at it,
/// which for a server left to itself is the first process of the machine, in its own time.
fn has_ended(pid: u32) -> bool {
    let state = fs::read_to_string(format!("/proc/{pid}/stat"));
    // The state stands behind the name in brackets.
    state.map_or(true, |stat| stat.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with(['Z', 'X'])))
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

    /// A standby that streams from this server.
    pub fn standby(&self) -> Self {
        let standby = Self { folder: new_folder(), port: free_port() };
        self.copy_to(&standby);
        standby
    }

    fn copy_to(&self, standby: &Self) {
        let port = self.port.to_string();
        let (from, to) = (["-h", "127.0.0.1", "-p", &port, "-U", NAME], data(&standby.folder));
        run(
            "pg_basebackup",
            &[&from[..], &["-D", &to, "-R", "-X", "stream", "-c", "fast", "--no-sync"]].concat(),
        );
        standby.start();
    }

    fn start(&self) {
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c max_connections=200 -c hot_standby=on",
            self.port,
            self.folder.display()
        );
        let log = self.folder.join("log").display().to_string();
        let started =
            succeeds("pg_ctl", &["-D", &data(&self.folder), "-w", "-l", &log, "-o", &options, "start"]);
        assert!(started, "no start: {}", fs::read_to_string(&log).unwrap_or_default());
    }

    /// Makes commits wait for a standby that has written them, from now on.
    pub fn wait_for_standby(&self) {
        let mut conn = self.open();
        conn.batch_execute("ALTER SYSTEM SET synchronous_standby_names = '*'").unwrap();
        conn.batch_execute("SELECT pg_reload_conf()").unwrap();
        let begun = Instant::now();
        while pids(&mut conn, "SELECT pid FROM pg_stat_replication WHERE sync_state = 'sync'").is_empty() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the standby does not stream");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The address of the one database.
    pub fn url(&self) -> String {
        format!("postgres://{NAME}@127.0.0.1:{}/{NAME}", self.port)
    }

    /// A connection of one's own.
    pub fn open(&self) -> AnyConn {
        AnyConn::open(&self.url()).unwrap()
    }

    /// All its processes.
    pub fn processes(&self) -> Vec<u32> {
        let mut all = vec![self.postmaster()];
        all.extend(pids(&mut self.open(), "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"));
        all
    }

    /// The processes that send the log to standbys.
    pub fn senders(&self) -> Vec<u32> {
        pids(&mut self.open(), "SELECT pid FROM pg_stat_replication")
    }

    fn postmaster(&self) -> u32 {
        let file = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        file.lines().next().unwrap().parse().unwrap()
    }

    /// SIGKILL for these processes, which are all of it.
    pub fn kill(&self, processes: &[u32]) {
        processes.iter().for_each(|pid| signal(*pid, "KILL"));
        wait_until("killed", Duration::from_secs(10), || processes.iter().all(|pid| has_ended(*pid)));
    }

    /// Makes a standby the primary; commits no longer wait for anybody.
    pub fn promote(&self) {
        run("pg_ctl", &["-D", &data(&self.folder), "-w", "promote"]);
    }

    /// Makes what was killed a standby of another server, on the port it had.
    pub fn follow(&self, primary: &Self) {
        // With the lock of its socket: a new server believes it as long as the old process is listed.
        fs::remove_dir_all(&self.folder).unwrap();
        make_folder(&self.folder);
        primary.copy_to(self);
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
            while !has_ended(pid) && begun.elapsed() < Duration::from_secs(10) {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[derive(QueryableByName)]
struct Pid {
    #[diesel(sql_type = Integer)]
    pid: i32,
}

fn pids(conn: &mut AnyConn, question: &str) -> Vec<u32> {
    let rows: Vec<Pid> = sql_query(question).load(conn).unwrap();
    rows.into_iter().map(|row| u32::try_from(row.pid).unwrap()).collect()
}
