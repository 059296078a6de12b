//! Very many rows, made by the database itself.

use crate::harness::World;
use diesel::connection::SimpleConnection;
use std::ops::Range;
use tiendo::db::{AnyConn, Backend};

/// The words of the database for numbers, ids and days.
pub struct Bulk {
    backend: Backend,
}

impl Bulk {
    pub fn new(world: &World) -> Self {
        Self { backend: AnyConn::open_to_read(&world.scratch.url).unwrap().backend() }
    }

    /// The id of a record by its kind and number.
    pub fn id(&self, kind: u8, n: &str) -> String {
        match self.backend {
            Backend::Sqlite => format!("printf('018b2c{kind:02x}-0000-7000-8000-%012x', {n})"),
            Backend::Postgres => {
                format!("('018b2c{kind:02x}-0000-7000-8000-' || lpad(to_hex({n}), 12, '0'))")
            }
        }
    }

    /// So many days after the first of September 2023.
    pub fn day(&self, n: &str) -> String {
        match self.backend {
            Backend::Sqlite => format!("date('2023-09-01', '+' || ({n}) || ' days')"),
            Backend::Postgres => format!("(DATE '2023-09-01' + ({n}))"),
        }
    }

    /// A day of the month so many months before September 2023.
    pub fn month(&self, day: &str, back: &str) -> String {
        match self.backend {
            Backend::Sqlite => format!("date('2023-09-{day}', '-' || ({back}) || ' months')"),
            Backend::Postgres => {
                format!(
                    "CAST(DATE '2023-09-{day}' - make_interval(months => CAST({back} AS INTEGER)) AS DATE)"
                )
            }
        }
    }

    /// So many days after the first of September 2023, as a moment.
    pub fn moment(&self, n: &str) -> String {
        format!("(1693526400000 + ({n}) * CAST(86400000 AS BIGINT))")
    }

    /// Fills tables with a row for each number; `i` is the number.
    pub async fn fill(&self, world: &World, numbers: Range<usize>, tables: Vec<(&str, String)>) {
        let (from, end) = (numbers.start, numbers.end - 1);
        let numbers = match self.backend {
            Backend::Sqlite => format!(
                "WITH RECURSIVE numbers (i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM numbers WHERE i < {end})"
            ),
            Backend::Postgres => format!("WITH numbers (i) AS (SELECT generate_series({from}, {end}))"),
        };
        let mut statements: Vec<String> = tables
            .into_iter()
            .map(|(into, values)| format!("INSERT INTO {into} {numbers} SELECT {values} FROM numbers"))
            .collect();
        if self.backend == Backend::Postgres {
            statements.push("ANALYZE".into());
        }
        world.db.write(move |conn| Ok(conn.batch_execute(&statements.join(";"))?)).await.unwrap();
    }
}
