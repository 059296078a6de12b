//! Running lines: reading them, giving each its own savepoint, and answering for each.

use crate::{
    auth::Actor,
    clock::Instant,
    db::AnyConn,
    error::{Code, Error, Result, Said},
    events::{Author, Tx},
    exchange::imports::ops::{self, Loaded},
    http::{
        body,
        fields::{Faults, Line},
        problem::Problem,
        request::Language,
    },
};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use diesel::Connection;
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// Largest file of lines.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// Lines in one transaction: others write in between.
pub const CHUNK: usize = 200;

/// A file of lines.
pub struct Lines;

impl PartialSchema for Lines {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(MAX_BYTES)).build().into()
    }
}
impl ToSchema for Lines {}

/// What became of a file.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Imported {
    #[schema(example = 2)]
    pub accepted: i64,
    #[schema(example = 0)]
    pub rejected: i64,
    pub lines: Vec<LineAnswer>,
}

/// What became of a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineAnswer {
    /// Counted from 1; blank lines count too.
    #[schema(example = 1, minimum = 1)]
    pub line: i64,
    /// As a single request would have answered.
    #[schema(example = 201)]
    pub status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// A line of a file.
#[derive(Debug, Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
struct Stated {
    op: Line<1, 60>,
    at: At,
    data: serde_json::Value,
}

/// A moment in RFC 3339, with any offset.
#[derive(Debug, Clone, Copy)]
struct At(Instant);

impl Deserr<Faults> for At {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        at: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        let moment = match value {
            Value::String(text) => Instant::parse(&text),
            _ => None,
        };
        moment.map(Self).ok_or_else(|| {
            Faults::one(at, Code::Malformed, vec![("expected", Said::alike("2023-09-05T16:59:00+07:00"))])
        })
    }
}

/// Who loads, when, and in which language to answer.
#[derive(Clone)]
pub struct Loading {
    pub loader: Actor,
    pub request_id: String,
    /// Now by the business clock: nothing may be stated later.
    pub now: Instant,
    pub recorded_at: Instant,
    pub language: Language,
}

impl Loading {
    /// Runs some lines inside the open transaction, each whole or not at all. Most files have no fault, and
    /// a savepoint for every line makes the search index write itself out each time: so all share one, and
    /// only when a line is refused are they done again, each in its own.
    pub fn run(&self, conn: &mut AnyConn, lines: &[(i64, Vec<u8>)]) -> Result<Vec<LineAnswer>> {
        let together = |conn: &mut AnyConn| -> Result<Vec<LineAnswer>> {
            lines.iter().map(|(number, text)| Ok(answered(*number, self.done(conn, text)?))).collect()
        };
        match conn.transaction(together) {
            Err(error) if error.code.status() < 500 => {
                lines.iter().map(|(number, text)| self.one(conn, *number, text)).collect()
            }
            done => done,
        }
    }

    fn one(&self, conn: &mut AnyConn, line: i64, text: &[u8]) -> Result<LineAnswer> {
        match conn.transaction(|conn| self.done(conn, text)) {
            Ok(loaded) => Ok(answered(line, loaded)),
            // A failure of ours is no fault of the line: the whole chunk is undone and says so.
            Err(error) if error.code.status() >= 500 => Err(error),
            Err(error) => {
                let problem = Problem::new(&error, self.language, self.request_id.clone());
                Ok(LineAnswer { line, status: error.code.status(), id: None, problem: Some(problem) })
            }
        }
    }

    fn done(&self, conn: &mut AnyConn, text: &[u8]) -> Result<Loaded> {
        let stated: Stated = body::parse(text)?;
        let at = stated.at.0;
        if at > self.now {
            return Err(Error::field("/at", Code::InFuture));
        }
        let author = Author {
            imported_by: self.loader.user,
            on_behalf_of: self.loader.on_behalf_of,
            ..Author::default()
        };
        let mut tx =
            Tx { conn, author, request_id: self.request_id.clone(), at, recorded_at: self.recorded_at };
        ops::run(&mut tx, &self.loader, &stated.op, stated.data)
    }
}

fn answered(line: i64, Loaded { status, id }: Loaded) -> LineAnswer {
    LineAnswer { line, status, id: Some(id), problem: None }
}

/// The lines of a file with their numbers, without blank ones.
/// They are bytes still: one that is no text is a fault of that line, not of the file.
pub fn lines(bytes: &[u8]) -> Vec<(i64, Vec<u8>)> {
    let numbered = (1_i64..).zip(bytes.split(|byte| *byte == b'\n'));
    numbered
        .map(|(number, line)| (number, line.trim_ascii().to_vec()))
        .filter(|(_, line)| !line.is_empty())
        .collect()
}

impl Imported {
    /// Adds answers of some lines.
    pub fn add(&mut self, answers: Vec<LineAnswer>) {
        for answer in answers {
            match answer.problem {
                None => self.accepted += 1,
                Some(_) => self.rejected += 1,
            }
            self.lines.push(answer);
        }
    }
}
