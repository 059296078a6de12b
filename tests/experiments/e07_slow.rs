//! E7: thousands of connections that send a head or a body byte by byte, beside ordinary callers.
//!
//! - Passes: 99 of 100 ordinary requests are answered within 1 s, every slow connection is cut within
//!   15 s however steadily it dribbles, the service stays under 1 GB of memory.
//! - Full: 10,000 slow connections and 100 callers. Short: 600 and 20. Needs as many open files (`ulimit
//!   -n`) as slow connections, and some; with fewer it is not tried.

use crate::{Form, Outcome, e05_stall::state, load::Caller, site::Site};
use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tiendo::db::Backend;

/// When a slow connection has to be gone.
const CUT: Duration = Duration::from_secs(15);
/// Between two of its bytes.
const DRIBBLE: Duration = Duration::from_secs(2);

/// Runs it.
pub fn run(form: Form) -> Outcome {
    let (slow, callers) = form.pick((600, 20), (10_000, 100));
    if open_files() < slow + 1_000 {
        return Outcome::Skipped(format!(
            "{} open files are allowed; say ulimit -n {}",
            open_files(),
            slow + 1_000
        ));
    }
    let mut site = Site::new(Backend::Sqlite);
    let service = site.open();
    let (over, count) = (AtomicBool::new(false), AtomicUsize::new(0));
    let times = Mutex::new(Vec::new());
    let (mut longest, mut memory) = (Duration::ZERO, 0);
    thread::scope(|scope| {
        for _ in 0..callers {
            scope.spawn(|| {
                let (mut caller, mut mine) = (Caller::new(&site), Vec::new());
                while !over.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    caller.send("GET", "/api/v1/tasks?limit=5", &[], "").unwrap().expect(200);
                    mine.push(begun.elapsed());
                    thread::sleep(Duration::from_millis(200));
                }
                times.lock().unwrap().extend(mine);
            });
        }
        // The callers also end when something here fails.
        let end = EndAtDrop(&over);
        let mut open: Vec<Slow> = (0..slow).map(|number| Slow::open(&site, number % 2 == 0)).collect();
        while !open.is_empty() {
            let round = Instant::now();
            open.retain_mut(|slow| {
                let alive = slow.dribble();
                if !alive {
                    count.fetch_add(1, Ordering::Relaxed);
                    longest = longest.max(slow.begun.elapsed());
                }
                assert!(slow.begun.elapsed() < CUT + DRIBBLE, "a slow connection is still open");
                alive
            });
            memory = memory.max(state(service.pid()).1);
            thread::sleep(DRIBBLE.saturating_sub(round.elapsed()));
        }
        drop(end);
    });
    let mut times = times.into_inner().unwrap();
    times.sort();
    let p99 = times[times.len() * 99 / 100];
    assert!(p99 < crate::within(Duration::from_secs(1)), "99 of 100 ordinary requests took up to {p99:?}");
    assert!(memory < 1_000_000, "{memory} KB of memory");
    Outcome::Held(vec![format!(
        "{} slow connections, found cut after {} ms at most; {} ordinary requests, p99 {} ms; memory {memory} KB",
        count.into_inner(),
        longest.as_millis(),
        times.len(),
        p99.as_millis()
    )])
}

struct EndAtDrop<'a>(&'a AtomicBool);

impl Drop for EndAtDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A connection that sends a byte now and then.
struct Slow {
    stream: TcpStream,
    begun: Instant,
    byte: u8,
}

impl Slow {
    /// One that is slow within its body, or already within its head.
    fn open(site: &Site, in_body: bool) -> Self {
        let mut stream = TcpStream::connect(&site.address).unwrap();
        let mut head = format!(
            "POST /api/v1/tasks HTTP/1.1\r\nHost: tiendo\r\nAuthorization: Bearer {}\r\n",
            site.token
        );
        head.push_str(if in_body {
            "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
        } else {
            "X-Slow: "
        });
        stream.write_all(head.as_bytes()).unwrap();
        stream.set_nonblocking(true).unwrap();
        Self { stream, begun: Instant::now(), byte: if in_body { b' ' } else { b'x' } }
    }

    /// Sends one more byte; `false` once the service has answered or ended the connection.
    fn dribble(&mut self) -> bool {
        match self.stream.read(&mut [0; 512]) {
            Err(e) if e.kind() == ErrorKind::WouldBlock => self.stream.write_all(&[self.byte]).is_ok(),
            _ => false,
        }
    }
}

/// How many files a process may have open.
fn open_files() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap_or(usize::MAX)
}
