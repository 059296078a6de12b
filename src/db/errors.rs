//! What a database error means to a caller: the one place that reads the words of the databases.
//!
//! diesel hides the SQLSTATE, so what has no `DatabaseErrorKind` is told by its English text
//! (the connections ask PostgreSQL for it). A text that is not known is an internal error.

use diesel::result::{
    DatabaseErrorInformation,
    DatabaseErrorKind::{
        ClosedConnection, ForeignKeyViolation, ReadOnlyTransaction, RestrictViolation, SerializationFailure,
        UnableToSendCommand, UniqueViolation,
    },
    Error as Diesel,
};

use crate::error::{Code, Error};

/// Texts of PostgreSQL (with their SQLSTATE) and of SQLite, and what they mean here.
const TEXTS: &[(&str, Code)] = &[
    ("deadlock detected", Code::ConcurrentChange), // 40P01
    // The only row many requests queue for is the one of an Idempotency-Key.
    ("canceling statement due to lock timeout", Code::IdempotencyInFlight), // 55P03
    ("could not obtain lock on", Code::IdempotencyInFlight),                // 55P03, NOWAIT
    ("canceling statement due to", Code::Unavailable),                      // 57014
    ("interrupted", Code::Unavailable),                                     // SQLITE_INTERRUPT
    ("No space left on device", Code::StorageFull),                         // 53100
    ("too many clients", Code::Unavailable),                                // 53300
    ("remaining connection slots are reserved", Code::Unavailable),         // 53300
    ("out of memory", Code::Unavailable),                                   // 53200, SQLITE_NOMEM
    ("the database system is", Code::Unavailable),                          // 57P03, starting or stopping
    ("terminating connection", Code::Unavailable),                          // 57P01, 25P03
    ("database or disk is full", Code::StorageFull),                        // SQLITE_FULL
    ("is locked", Code::Unavailable),                                       // SQLITE_BUSY, SQLITE_LOCKED
];

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        match error {
            Diesel::NotFound => Self::not_found(),
            Diesel::DatabaseError(UniqueViolation, info) => {
                Self::new(Code::AlreadyExists).with("what", what_exists(&*info))
            }
            // PostgreSQL knows the constraint, SQLite nothing: no place can be named on both.
            Diesel::DatabaseError(ForeignKeyViolation | RestrictViolation, info) => {
                Self { cause: Some(info.message().into()), ..Self::field("", Code::UnknownReference) }
            }
            Diesel::DatabaseError(SerializationFailure, info) => {
                known(Code::ConcurrentChange, info.message())
            }
            // A server that was demoted to standby: the next connection finds the new primary.
            Diesel::DatabaseError(ClosedConnection | UnableToSendCommand | ReadOnlyTransaction, info) => {
                Self::unavailable(info.message())
            }
            Diesel::DatabaseError(_, info) => by_text(info.message()),
            Diesel::RollbackErrorOnCommit { commit_error, .. } => Self::from(*commit_error),
            Diesel::BrokenTransactionManager => {
                Self::unavailable("the transaction was lost with its connection")
            }
            other => Self::internal(other),
        }
    }
}

fn by_text(message: &str) -> Error {
    let found = TEXTS.iter().find(|(text, _)| message.contains(text));
    known(found.map_or(Code::Internal, |(_, code)| *code), message)
}

fn known(code: Code, message: &str) -> Error {
    match code {
        Code::Unavailable => Error::unavailable(message),
        // The job is gone with its transaction: whoever sent the request can send it again.
        Code::ConcurrentChange | Code::IdempotencyInFlight => {
            Error { cause: Some(message.into()), ..Error::new(code).retry_after(1) }
        }
        code => Error { cause: Some(message.into()), ..Error::new(code) },
    }
}

/// The columns whose value is taken, in the same words from both databases; where an index is not on
/// plain columns, its name. Never the value: it may be personal.
fn what_exists(info: &dyn DatabaseErrorInformation) -> String {
    let columns = info.details().and_then(postgres_columns).or_else(|| sqlite_columns(info.message()));
    columns.or_else(|| info.constraint_name().map(Into::into)).unwrap_or_default()
}

/// From `Key (unit_id, email)=(7, a@b.vn) already exists.`, whatever the language around it.
fn postgres_columns(detail: &str) -> Option<String> {
    let (_, from) = detail.split_once('(')?;
    let (columns, _) = from.split_once(")=(")?;
    let plain = columns.chars().all(|c| c.is_ascii_alphanumeric() || "_, ".contains(c));
    plain.then(|| columns.into())
}

/// From `UNIQUE constraint failed: users.unit_id, users.email` or `…: index 'users_email'`.
fn sqlite_columns(message: &str) -> Option<String> {
    let (_, columns) = message.split_once("UNIQUE constraint failed: ")?;
    if let Some(index) = columns.strip_prefix("index ") {
        return Some(index.trim_matches('\'').into());
    }
    let names = columns.split(", ").map(|c| c.split_once('.').map_or(c, |(_, name)| name));
    Some(names.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_name_the_same_columns() {
        let one = "UNIQUE constraint failed: users.email";
        assert_eq!(sqlite_columns(one), postgres_columns("Key (email)=(a@b.vn) already exists."));
        let two = "UNIQUE constraint failed: users.unit_id, users.email";
        assert_eq!(sqlite_columns(two), postgres_columns("Key (unit_id, email)=(7, a)=(b) already exists."));
        assert_eq!(sqlite_columns(two).as_deref(), Some("unit_id, email"));
    }

    #[test]
    fn an_index_over_an_expression_is_named() {
        assert_eq!(postgres_columns("Key (lower(email))=(x) already exists."), None);
        let index = sqlite_columns("UNIQUE constraint failed: index 'users_email'");
        assert_eq!(index.as_deref(), Some("users_email"));
    }

    #[test]
    fn texts_have_their_meaning() {
        for (text, code) in [
            ("deadlock detected", Code::ConcurrentChange),
            ("canceling statement due to lock timeout", Code::IdempotencyInFlight),
            ("canceling statement due to statement timeout", Code::Unavailable),
            ("could not extend file \"base/1/2\": No space left on device", Code::StorageFull),
            ("database or disk is full", Code::StorageFull),
            ("database is locked", Code::Unavailable),
            ("FATAL: sorry, too many clients already", Code::Unavailable),
            ("no such table: users", Code::Internal),
        ] {
            assert_eq!(by_text(text).code, code, "{text}");
        }
        for passing in ["database is locked", "deadlock detected", "canceling statement due to lock timeout"]
        {
            assert!(by_text(passing).retry_after.is_some(), "{passing}");
        }
    }

    #[test]
    fn plain_errors_have_their_meaning() {
        assert_eq!(Error::from(Diesel::NotFound).code, Code::NotFound);
        assert_eq!(Error::from(Diesel::BrokenTransactionManager).code, Code::Unavailable);
        assert_eq!(Error::from(Diesel::RollbackTransaction).code, Code::Internal);
    }
}
