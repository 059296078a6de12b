//! A balancer as stands before two nodes: requests in turn to those that are ready, and again to the other
//! node where that is safe.

use crate::{
    process::Client,
    wire::{Message, connect},
};
use std::{
    collections::HashMap,
    io::{BufReader, ErrorKind, Result},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Between two questions whether a node is ready.
const CHECK: Duration = Duration::from_millis(100);
/// How long a request may look for a node that takes it.
const PATIENCE: Duration = Duration::from_secs(15);

/// The proxy; it serves as long as the process lives. It keeps its own socket, so that callers find one
/// whichever nodes are there.
pub struct Proxy {
    pub address: String,
    again: Arc<AtomicUsize>,
}

impl Proxy {
    /// Stands before these nodes.
    pub fn before(nodes: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let nodes: Vec<_> = nodes.into_iter().map(Node::watched).collect();
        let (turn, again) = (Arc::new(AtomicUsize::new(0)), Arc::<AtomicUsize>::default());
        let counted = Arc::clone(&again);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (nodes, turn, again) = (nodes.clone(), Arc::clone(&turn), Arc::clone(&counted));
                let mut line = Line { nodes, turn, again, open: HashMap::new() };
                thread::spawn(move || drop(line.serve(client)));
            }
        });
        Self { address, again }
    }

    /// How many requests had to be sent a second time.
    pub fn again(&self) -> usize {
        self.again.load(Ordering::Relaxed)
    }
}

/// A node and what it last said about itself.
#[derive(Clone)]
struct Node {
    address: String,
    ready: Arc<AtomicBool>,
}

impl Node {
    fn watched(address: String) -> Self {
        let node = Self { address, ready: Arc::new(AtomicBool::new(false)) };
        let watched = node.clone();
        thread::spawn(move || {
            loop {
                let said = Client::patient(&watched.address, "", Duration::from_secs(2))
                    .and_then(|mut client| client.get("/health/ready"));
                watched.ready.store(said.is_ok_and(|answer| answer.status == 200), Ordering::Relaxed);
                thread::sleep(CHECK);
            }
        });
        node
    }
}

/// What serves one client.
struct Line {
    nodes: Vec<Node>,
    turn: Arc<AtomicUsize>,
    again: Arc<AtomicUsize>,
    /// Connections that wait for the next request.
    open: HashMap<usize, BufReader<TcpStream>>,
}

impl Line {
    fn serve(&mut self, client: TcpStream) -> Result<()> {
        client.set_nodelay(true)?;
        let mut client = BufReader::new(client);
        loop {
            let request = Message::read(&mut client)?;
            self.pass(&request)?.write(client.get_mut())?;
        }
    }

    /// What may not be repeated gets a connection of its own, since a kept one may just be closing; and
    /// only a node that cannot be reached at all is passed over for it.
    fn pass(&mut self, request: &Message) -> Result<Message> {
        let (begun, mut once) = (Instant::now(), false);
        loop {
            let node = self.turn.fetch_add(1, Ordering::Relaxed) % self.nodes.len();
            if !self.nodes[node].ready.load(Ordering::Relaxed) {
                if begun.elapsed() > PATIENCE {
                    return Err(ErrorKind::TimedOut.into());
                }
                thread::sleep(Duration::from_millis(2));
                continue;
            }
            let kept = if request.is_repeatable() { self.open.remove(&node) } else { None };
            let failed = match kept.map_or_else(|| connect(&self.nodes[node].address), Ok) {
                Err(e) => e,
                Ok(mut server) => match request.exchange(&mut server) {
                    Ok(mut answer) => {
                        let closing =
                            answer.header("connection").is_some_and(|c| c.eq_ignore_ascii_case("close"));
                        if !closing {
                            self.open.insert(node, server);
                        }
                        // What ends is the connection to the node, not the client's.
                        answer.headers.retain(|(name, _)| name != "connection");
                        return Ok(answer);
                    }
                    Err(e) if !request.is_repeatable() => return Err(e),
                    Err(e) => e,
                },
            };
            if begun.elapsed() > PATIENCE {
                return Err(failed);
            }
            if !std::mem::replace(&mut once, true) {
                self.again.fetch_add(1, Ordering::Relaxed);
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
}
