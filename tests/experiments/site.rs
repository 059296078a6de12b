//! A database with a district, a commune and their people, and the services that run on it.

use crate::{
    pg::Server,
    process::{self, Client, KeyFile, Service, Start},
};
use serde_json::json;
use std::{
    fs,
    net::TcpListener,
    path::PathBuf,
    sync::atomic::{AtomicU16, Ordering},
    thread,
    time::Duration,
};
use tiendo::db::Backend;

/// Who gives tasks to the commune in every experiment: leader of the district.
pub const LEADER: &str = "bithu";

/// A port that nobody has, for a server that is to come back where it was. Below those that the system
/// gives to clients: one of them would take it while the server is away.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let own = u16::try_from(std::process::id() % 10_000).unwrap();
    loop {
        let port = 20_000 + (own + NEXT.fetch_add(1, Ordering::Relaxed)) % 10_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// Everything an experiment needs; gone when dropped.
pub struct Site {
    pub url: String,
    pub key: KeyFile,
    /// Where its service listens, whenever one runs.
    pub address: String,
    /// The commune that gets tasks.
    pub commune: String,
    /// A token of the leader, good for a quarter of an hour.
    pub token: String,
    folder: Option<PathBuf>,
    server: Option<Server>,
}

impl Site {
    /// On a new database of this kind.
    pub fn new(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => {
                let folder = std::env::temp_dir().join(format!("tiendo_exp_{}", tiendo::ids::Id::new()));
                fs::create_dir(&folder).unwrap();
                let mut site = Self::at(format!("sqlite://{}", folder.join("tiendo.db").display()));
                site.folder = Some(folder);
                site
            }
            Backend::Postgres => {
                let server = Server::new();
                let mut site = Self::at(server.url());
                site.server = Some(server);
                site
            }
        }
    }

    /// On an empty database that is there already.
    pub fn at(url: String) -> Self {
        let (key, address) = (KeyFile::new(), format!("127.0.0.1:{}", free_port()));
        process::create_admin(&url);
        let mut service = Start::new(&url, &key.0).at(&address).run();
        let mut admin = Client::new(&address, &service.log_in()).unwrap();
        let mut unit = |body: serde_json::Value| {
            admin.send("POST", "/api/v1/org-units", &[], &body.to_string()).unwrap().expect(201).id()
        };
        let district =
            unit(json!({"code": "H", "name": "Huyện ủy", "level": "district", "kind": "party_committee"}));
        let commune =
            unit(json!({"code": "X", "name": "Đảng ủy xã", "level": "commune", "kind": "party_committee",
            "parent_id": district}));
        process::create_user(&url, LEADER, "leader", Some("H"));
        let token = process::token(&process::log_in(&address, LEADER));
        assert_eq!(service.stop(Duration::from_secs(20)), Some(0));
        Self { url, key, address, commune, token, folder: None, server: None }
    }

    /// The server of PostgreSQL that it has for itself.
    pub fn server(&self) -> &Server {
        self.server.as_ref().expect("on PostgreSQL")
    }

    /// A service at the usual address, not yet started.
    pub fn service(&self) -> Start {
        Start::new(&self.url, &self.key.0).at(&self.address)
    }

    /// Starts the service.
    pub fn start(&self) -> Service {
        self.service().run()
    }

    /// Starts the service, and lets the leader log in.
    pub fn open(&mut self) -> Service {
        let service = self.start();
        self.renew();
        service
    }

    /// A new token of the leader, from a service that runs. A service that is not served for a moment
    /// (a connection of its that rested finds its server gone only when it is used) is asked again, as
    /// Retry-After tells a client to.
    pub fn renew(&mut self) {
        let mut answer = process::try_log_in(&self.address, LEADER);
        for _ in 0..20 {
            if answer.status != 503 {
                break;
            }
            assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
            thread::sleep(Duration::from_millis(100));
            answer = process::try_log_in(&self.address, LEADER);
        }
        self.token = process::token(&answer.expect(200));
    }

    /// A task for the commune; its title is the key that tells it from all others.
    pub fn task(&self, key: &str) -> String {
        json!({"title": key, "unit_id": self.commune, "class": "key", "due_on": "2199-12-31"}).to_string()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
    }
}
