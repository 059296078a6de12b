//! A job: a closure of some room above, and somebody who waits for its answer.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    time::Instant,
};

use tokio::sync::oneshot;

use super::AnyConn;
use crate::error::{Code, Error, Result};

/// What the caller wants to become of the changes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Keep,
    Undo,
}

/// A job without its types, as the queues hold it.
pub(super) trait Job: Send {
    /// Whether its time is over or its caller gone: then it must not start.
    fn is_late(&self) -> bool;
    /// Answers without running.
    fn refuse(self: Box<Self>, error: Error);
    /// Runs, catching a panic, and keeps the answer until the fate of the transaction is known.
    fn run(self: Box<Self>, conn: &mut AnyConn) -> Done;
}

/// A job that has run and whose caller still waits.
pub(super) struct Done {
    /// What to do with its changes: a failed job's are never kept.
    pub wish: Wish,
    /// The code it failed with.
    pub failed: Option<Code>,
    tell: Box<dyn FnOnce(Result<()>) + Send>,
}

impl Done {
    /// Whether it met trouble of ours, which may have left the connection unfit.
    pub fn is_suspect(&self) -> bool {
        self.failed.is_some_and(|code| code.status() >= 500)
    }

    /// Gives the caller the job's own answer, or the reason why the transaction came to nothing.
    ///
    /// That reason outweighs a refusal by the job: it may rest on changes of other jobs that are
    /// undone as well ("already exists"). Only trouble of ours is told as it was.
    pub fn tell(self, fate: Result<()>) {
        (self.tell)(fate);
    }
}

/// A job with its types.
pub(super) struct Task<T, F> {
    pub work: F,
    pub wish: Wish,
    pub until: Instant,
    pub answer: oneshot::Sender<Result<T>>,
}

impl<T, F> Job for Task<T, F>
where
    T: Send + 'static,
    F: FnOnce(&mut AnyConn) -> Result<T> + Send,
{
    fn is_late(&self) -> bool {
        self.answer.is_closed() || Instant::now() >= self.until
    }

    fn refuse(self: Box<Self>, error: Error) {
        // A caller that is gone needs no answer.
        let _ = self.answer.send(Err(error));
    }

    fn run(self: Box<Self>, conn: &mut AnyConn) -> Done {
        let Self { work, wish, answer, .. } = *self;
        // The connection may be seen half-changed after a panic: whoever runs the job rolls it back.
        let value = catch_unwind(AssertUnwindSafe(|| work(conn))).unwrap_or_else(|p| Err(panicked(&*p)));
        let failed = value.as_ref().err().map(|e| e.code);
        Done {
            wish: if failed.is_none() { wish } else { Wish::Undo },
            failed,
            tell: Box::new(move |fate| {
                let _ = answer.send(match value {
                    Err(own) if own.code.status() >= 500 => Err(own),
                    value => fate.and(value),
                });
            }),
        }
    }
}

fn panicked(payload: &(dyn Any + Send)) -> Error {
    let text = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text.as_str(),
        _ => "without a text",
    };
    log::error!("a database job panicked: {text}");
    Error::internal(format!("a database job panicked: {text}"))
}
