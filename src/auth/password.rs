//! Passwords: argon2id, on a few threads of their own so that neither the workers nor the database
//! ever wait for a hash, and so that a burst of log-ins cannot eat the memory.

use crate::{
    error::{Code, Error, Fault, Result},
    text,
};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use crossbeam_channel::{Sender, TrySendError, bounded};
use std::sync::OnceLock;
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// Threads that hash; 19 MiB each while they do.
const HASHERS: usize = 2;
/// Log-ins that may wait; more are turned away with 503.
const WAITING: usize = 128;

fn hashers() -> &'static Sender<Job> {
    static QUEUE: OnceLock<Sender<Job>> = OnceLock::new();
    QUEUE.get_or_init(|| {
        let (jobs, queue) = bounded::<Job>(WAITING);
        for n in 0..HASHERS {
            let queue = queue.clone();
            let thread = std::thread::Builder::new().name(format!("hasher-{n}"));
            // A hasher that cannot start leaves the work to the others; with none, jobs answer 503.
            let started = thread.spawn(move || queue.iter().for_each(|job| job()));
            if let Err(e) = started {
                log::error!("no thread for hashing: {e}");
            }
        }
        jobs
    })
}

async fn on_a_hasher<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let (answer, done) = oneshot::channel();
    let job: Job = Box::new(move || {
        if !answer.is_closed() {
            let _ = answer.send(work());
        }
    });
    hashers().try_send(job).map_err(|e| match e {
        TrySendError::Full(_) => Error::unavailable("too many log-ins wait for their hash"),
        TrySendError::Disconnected(_) => Error::unavailable("no hasher runs"),
    })?;
    done.await.map_err(Error::unavailable)
}

/// The hash of a password (argon2id, m = 19 MiB, t = 2, p = 1). Slow on purpose: about 20 ms.
pub fn hash_now(password: &str) -> Result<String> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(Error::internal)
}

/// The hash of a password, off the workers.
pub async fn hash(password: String) -> Result<String> {
    on_a_hasher(move || hash_now(&password)).await?
}

/// Whether a password fits. For an unknown name pass `None`: a dummy is hashed, so that the answer
/// takes as long as for a known one.
pub async fn fits(password: String, stored: Option<String>) -> Result<bool> {
    on_a_hasher(move || {
        let known = stored.is_some();
        let stored = match stored {
            Some(hash) => hash,
            None => dummy()?,
        };
        let hash = PasswordHash::new(&stored).map_err(Error::internal)?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && known)
    })
    .await?
}

fn dummy() -> Result<String> {
    static DUMMY: OnceLock<String> = OnceLock::new();
    if let Some(hash) = DUMMY.get() {
        return Ok(hash.clone());
    }
    let hash = hash_now("nobody has this password")?;
    Ok(DUMMY.get_or_init(|| hash).clone())
}

/// Refuses passwords that everybody guesses first: few different characters, plain runs, the own name.
pub fn check_strength(password: &str, username: &str, pointer: &str) -> Result<()> {
    const COMMON: [&str; 14] = [
        "password",
        "matkhau",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyui",
        "iloveyou",
        "anhyeuem",
        "abcd1234",
        "admin123",
        "tiendo123",
        "vietnam1",
        "password1",
        "matkhau123",
    ];
    let plain = text::fold(password).replace(' ', "");
    let kinds: std::collections::HashSet<char> = plain.chars().collect();
    let name = text::fold(username).replace(' ', "");
    if kinds.len() < 4 || COMMON.contains(&plain.as_str()) || plain == name {
        return Err(Fault::at(pointer, Code::WeakPassword).into());
    }
    Ok(())
}
