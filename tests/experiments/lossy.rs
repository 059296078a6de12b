//! A bad network: a proxy that loses requests and answers.

use crate::wire::{Message, connect};
use std::{
    io::{BufReader, Result},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Of a hundred requests so many are lost, and of a hundred answers to the others as many.
const LOST_OF_100: u64 = 35;

/// The proxy; it serves as long as the process lives.
pub struct Lossy {
    pub address: String,
    tally: Arc<Tally>,
}

struct Tally {
    behind: String,
    dice: Mutex<u64>,
    requests: AtomicUsize,
    answers: AtomicUsize,
}

impl Lossy {
    /// Stands before the service at an address.
    pub fn before(behind: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (requests, answers) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let dice = Mutex::new(0x9e37_79b9_7f4a_7c15);
        let tally = Arc::new(Tally { behind: behind.into(), dice, requests, answers });
        let shared = Arc::clone(&tally);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let tally = Arc::clone(&shared);
                // However it ends, the client learns it from its closed connection.
                thread::spawn(move || drop(tally.serve(client)));
            }
        });
        Self { address, tally }
    }

    /// How many requests and how many answers were lost.
    pub fn lost(&self) -> (usize, usize) {
        (self.tally.requests.load(Ordering::Relaxed), self.tally.answers.load(Ordering::Relaxed))
    }
}

impl Tally {
    /// Whether this one is lost (a step of xorshift: the same losses in every run).
    fn loses(&self) -> bool {
        let mut dice = self.dice.lock().unwrap_or_else(PoisonError::into_inner);
        *dice ^= *dice << 13;
        *dice ^= *dice >> 7;
        *dice ^= *dice << 17;
        *dice % 100 < LOST_OF_100
    }

    fn serve(&self, client: TcpStream) -> Result<()> {
        let mut client = BufReader::new(client);
        let mut server = connect(&self.behind)?;
        loop {
            let request = Message::read(&mut client)?;
            if self.loses() {
                self.requests.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
            if self.loses() {
                self.answers.fetch_add(1, Ordering::Relaxed);
                request.write(server.get_mut())?;
                // At once: the client comes again while the service is still at work.
                client.get_ref().shutdown(Shutdown::Both)?;
                return Message::read(&mut server).map(|_| ());
            }
            request.exchange(&mut server)?.write(client.get_mut())?;
        }
    }
}
