//! The index of words, asked in the language of each database.
//!
//! Both know folded words and pairs of neighbours, and answer alike: SQLite from FTS5 with positions,
//! PostgreSQL from tsvectors into which the pairs are written. The triggers of the migration
//! `search` keep the index; nobody writes to it.

use diesel::{
    BoolExpressionMethods,
    dsl::sql,
    expression::BoxableExpression,
    sql_types::{Bool, Text},
};

use super::{Backend, MultiBackend};

/// How much of a word the index of PostgreSQL holds, in characters.
pub const LONGEST_WORD: usize = 64;

/// What the words of a text must be like. Words are folded: letters and digits only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// The word is there; `open`: or one that begins so.
    Word { word: String, open: bool },
    /// The two words are neighbours; `open`: the second may be the beginning of one.
    Pair { first: String, second: String, open: bool },
    /// Each of these.
    All(Vec<Formula>),
    /// One of these.
    Any(Vec<Formula>),
}

impl Formula {
    /// A word; a very long one by its beginning.
    pub fn word(word: &str, open: bool) -> Self {
        Self::Word { word: cut(word), open: open || is_long(word) }
    }

    /// Two neighbours; very long ones only by being there.
    pub fn pair(first: &str, second: &str, open: bool) -> Self {
        if is_long(first) || is_long(second) {
            return Self::All(vec![Self::word(first, false), Self::word(second, open)]);
        }
        Self::Pair { first: first.into(), second: second.into(), open }
    }

    fn say(&self, backend: Backend) -> String {
        let join = |parts: &[Self], sign: &str| {
            let parts: Vec<String> = parts.iter().map(|part| part.say(backend)).collect();
            format!("({})", parts.join(sign))
        };
        let quoted = |text: &str, open: bool| match (backend, open) {
            (Backend::Sqlite, false) => format!("\"{text}\""),
            (Backend::Sqlite, true) => format!("\"{text}\" *"),
            (Backend::Postgres, false) => format!("'{text}'"),
            (Backend::Postgres, true) => format!("'{text}':*"),
        };
        match (self, backend) {
            (Self::Word { word, open }, _) => quoted(word, *open),
            (Self::Pair { first, second, open }, _) => quoted(&format!("{first} {second}"), *open),
            (Self::All(parts), Backend::Sqlite) => join(parts, " AND "),
            (Self::Any(parts), Backend::Sqlite) => join(parts, " OR "),
            (Self::All(parts), Backend::Postgres) => join(parts, " & "),
            (Self::Any(parts), Backend::Postgres) => join(parts, " | "),
        }
    }
}

fn is_long(word: &str) -> bool {
    word.chars().nth(LONGEST_WORD - 1).is_some()
}

fn cut(word: &str) -> String {
    word.chars().take(LONGEST_WORD).collect()
}

/// What is in the index: the texts of each kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Title, number and abstract.
    Document,
    /// The plain text of a document.
    Content,
    Task,
    OrgUnit,
}

impl Source {
    const fn name(self) -> &'static str {
        match self {
            Self::Document => "'document'",
            Self::Content => "'content'",
            Self::Task => "'task'",
            Self::OrgUnit => "'org_unit'",
        }
    }
}

/// A condition on rows of a table.
pub type Condition<T> = Box<dyn BoxableExpression<T, MultiBackend, SqlType = Bool>>;

/// The rows whose `column`, an id, names a text that fulfils the formula by itself. Not for contents,
/// which PostgreSQL keeps in parts.
pub fn holds<T: 'static>(
    backend: Backend,
    column: &'static str,
    source: Source,
    formula: &Formula,
) -> Condition<T> {
    matches(backend, column, &[source], formula)
}

/// The rows whose texts of these sources fulfil the formula together, each word in any of them.
pub fn holds_together<T: 'static>(
    backend: Backend,
    column: &'static str,
    sources: &[Source],
    formula: &Formula,
) -> Condition<T> {
    let each = |parts: &[Formula]| -> Vec<Condition<T>> {
        parts.iter().map(|part| holds_together(backend, column, sources, part)).collect()
    };
    let joined = match formula {
        Formula::All(parts) => join(each(parts), |a, b| Box::new(a.and(b))),
        Formula::Any(parts) => join(each(parts), |a, b| Box::new(a.or(b))),
        Formula::Word { .. } | Formula::Pair { .. } => None,
    };
    joined.unwrap_or_else(|| matches(backend, column, sources, formula))
}

/// Joins neighbours until one is left: a chain of a hundred would be too deep for SQLite's parser.
fn join<T>(
    mut parts: Vec<Condition<T>>,
    both: fn(Condition<T>, Condition<T>) -> Condition<T>,
) -> Option<Condition<T>> {
    while parts.len() > 1 {
        let mut joined = Vec::new();
        let mut rest = parts.into_iter();
        while let Some(first) = rest.next() {
            joined.push(match rest.next() {
                Some(second) => both(first, second),
                None => first,
            });
        }
        parts = joined;
    }
    parts.pop()
}

fn matches<T: 'static>(
    backend: Backend,
    column: &'static str,
    sources: &[Source],
    formula: &Formula,
) -> Condition<T> {
    let sources: Vec<&str> = sources.iter().map(|source| source.name()).collect();
    let (before, after) = match backend {
        Backend::Sqlite => ("n IN (SELECT rowid FROM search_words WHERE search_words MATCH ", "))"),
        Backend::Postgres => ("words @@ CAST(", " AS tsquery))"),
    };
    let entries = format!("SELECT id FROM search_entries WHERE source IN ({})", sources.join(", "));
    let from = format!("{column} IN ({entries} AND {before}");
    Box::new(sql::<Bool>(&from).bind::<Text, _>(formula.say(backend)).sql(after))
}
