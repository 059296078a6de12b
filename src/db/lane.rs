//! A lane: one bounded queue and the threads that serve it.

use std::{
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crossbeam_channel::{Sender, TrySendError, bounded};
use tokio::sync::oneshot;

use super::{
    AnyConn,
    checkpoint::Checkpoint,
    job::{Job, Task, Wish},
    pulse::Pulse,
    target::Target,
    worker::{Duty, Link, Worker},
};
use crate::error::{Error, Result};

/// What a lane is to be.
pub(super) struct Plan {
    pub name: &'static str,
    pub target: Target,
    pub duty: Duty,
    pub threads: usize,
    pub queue: usize,
    pub deadline: Duration,
    pub pulse: Arc<Pulse>,
}

/// How often somebody who waits looks whether the database still answers at all.
const LOOK: Duration = Duration::from_millis(250);

pub(super) struct Lane {
    /// `None` once the lane is shut. The lock is only ever written to for that.
    queue: RwLock<Option<Sender<Box<dyn Job>>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    connected: Arc<AtomicUsize>,
    deadline: Duration,
    pulse: Arc<Pulse>,
}

impl Plan {
    /// Connects every thread before the first one starts.
    pub fn open(self) -> Result<Lane> {
        let connected = Arc::default();
        let links = (0..self.threads)
            .map(|_| Link::open(&self.target, self.duty, self.deadline, &connected).map(Some));
        let links = links.collect::<Result<Vec<_>>>()?;
        self.start(links, connected)
    }

    /// Starts the threads and lets them connect when they can.
    pub fn open_later(self) -> Result<Lane> {
        let links = (0..self.threads).map(|_| None).collect();
        self.start(links, Arc::default())
    }

    fn start(self, links: Vec<Option<Link>>, connected: Arc<AtomicUsize>) -> Result<Lane> {
        let (queue, jobs) = bounded(self.queue);
        let threads = links.into_iter().map(|link| {
            let worker = Worker {
                name: self.name,
                target: self.target.clone(),
                duty: self.duty,
                deadline: self.deadline,
                jobs: jobs.clone(),
                connected: Arc::clone(&connected),
                link,
                checkpoint: Checkpoint::default(),
            };
            thread::Builder::new().name(self.name.into()).spawn(move || worker.live())
        });
        let threads = threads.collect::<std::io::Result<Vec<_>>>();
        let threads =
            threads.map_err(|e| Error::internal(format!("cannot start the thread {}: {e}", self.name)))?;
        Ok(Lane {
            queue: RwLock::new(Some(queue)),
            threads: Mutex::new(threads),
            connected,
            deadline: self.deadline,
            pulse: self.pulse,
        })
    }
}

/// Why a job is refused while nothing comes from the database.
const SILENT: &str = "the database does not answer";

impl Lane {
    /// Queues a job and waits for its answer.
    pub async fn run<T: Send + 'static>(
        &self,
        wish: Wish,
        work: impl FnOnce(&mut AnyConn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        if self.pulse.is_silent() {
            return Err(Error::unavailable(SILENT));
        }
        let (answer, mut answered) = oneshot::channel();
        let until = Instant::now() + self.deadline;
        self.send(Box::new(Task { work, wish, until, answer }))?;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match tokio::time::timeout(left.min(LOOK), &mut answered).await {
                Ok(Ok(answer)) => return answer,
                Ok(Err(_)) => return Err(Error::unavailable("the database thread gave up the job")),
                Err(_) if left <= LOOK => {
                    return Err(Error::unavailable("the database did not answer in time"));
                }
                Err(_) if self.pulse.is_silent() => return Err(Error::unavailable(SILENT)),
                Err(_) => {}
            }
        }
    }

    fn send(&self, job: Box<dyn Job>) -> Result<()> {
        let queue = self.queue.read().unwrap_or_else(PoisonError::into_inner);
        let Some(queue) = &*queue else {
            return Err(Error::unavailable("the database is closing"));
        };
        queue.try_send(job).map_err(|e| match e {
            TrySendError::Full(_) => Error::unavailable("the queue to the database is full"),
            TrySendError::Disconnected(_) => Error::unavailable("the database threads have ended"),
        })
    }

    /// Jobs that no thread has taken yet.
    pub fn queued(&self) -> usize {
        let queue = self.queue.read().unwrap_or_else(PoisonError::into_inner);
        queue.as_ref().map_or(0, Sender::len)
    }

    /// Whether any thread has a connection that leads somewhere.
    pub fn answers(&self) -> bool {
        self.connected.load(Ordering::Relaxed) > 0 && !self.pulse.is_silent()
    }

    /// Takes no more jobs; the threads finish the accepted ones and end.
    pub fn shut(&self) {
        self.queue.write().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Waits for the end of the threads; returns how many ended now.
    pub fn join(&self) -> usize {
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        threads.into_iter().map(JoinHandle::join).count()
    }
}
