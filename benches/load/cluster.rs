//! A scratch PostgreSQL with its own defaults and full durability, gone when dropped.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A running cluster.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    /// Where its database is.
    pub url: String,
    /// The process all others of the cluster come from.
    pub pid: u32,
    /// Of the program, for the record.
    pub version: String,
    port: u16,
}

/// The folder of the server's programs: the newest of Debian's, or one of the path.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let whole =
        |folder: &PathBuf| ["initdb", "pg_ctl", "pgbench"].iter().all(|name| folder.join(name).exists());
    if let Some(newest) = versions.map(|version| version.path().join("bin")).filter(whole).max() {
        return newest;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).find(whole);
    found.expect("no PostgreSQL server: apt-get install postgresql, or measure with --db sqlite")
}

/// PostgreSQL refuses to run as root: then its own user runs it.
fn as_postgres(program: &Path) -> Command {
    if fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        return command;
    }
    Command::new(program)
}

fn run(mut command: Command) {
    let done = command.current_dir("/").stdout(Stdio::null()).status().expect("PostgreSQL's programs run");
    assert!(done.success(), "{command:?}");
}

impl Cluster {
    /// Makes and starts one.
    pub fn start() -> Self {
        let programs = programs();
        let folder = std::env::temp_dir().join(format!("tiendo-load-{}", std::process::id()));
        let data = folder.join("data");
        fs::create_dir_all(&folder).expect("a temporary folder");
        if fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
            let mut own = Command::new("chown");
            own.arg("postgres").arg(&folder);
            run(own);
        }
        let mut init = as_postgres(&programs.join("initdb"));
        init.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "-D"])
            .arg(&data);
        run(init);
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let mut start = as_postgres(&programs.join("pg_ctl"));
        let options =
            format!("-p {port} -k {} -c listen_addresses=127.0.0.1 -c max_connections=200", folder.display());
        start.args(["start", "-w", "-o", &options, "-l"]).arg(folder.join("log")).arg("-D").arg(&data);
        run(start);
        let pid = fs::read_to_string(data.join("postmaster.pid")).expect("a running server");
        let pid = pid.lines().next().and_then(|line| line.parse().ok()).expect("a process");
        let version =
            Command::new(programs.join("postgres")).arg("--version").output().expect("it runs").stdout;
        let version = String::from_utf8_lossy(&version).replace("postgres (PostgreSQL)", "PostgreSQL");
        let version = version.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        Self { folder, programs, url, pid, version, port }
    }

    /// PostgreSQL's own load program, towards this cluster.
    pub fn pgbench(&self) -> Command {
        let mut command = Command::new(self.programs.join("pgbench"));
        command.args([
            "-h",
            "127.0.0.1",
            "-U",
            "postgres",
            "-p",
            &self.port.to_string(),
            "-n",
            "-M",
            "prepared",
        ]);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = as_postgres(&self.programs.join("pg_ctl"));
        stop.args(["stop", "-m", "immediate", "-D"]).arg(self.folder.join("data")).current_dir("/");
        let _ = stop.stdout(Stdio::null()).status();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
