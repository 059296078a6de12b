//! What the two databases say differently, in one text for both.

use diesel::{QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_query, sql_types::Text};
use tiendo::db::{AnyConn, Backend};

/// The words of a database for numbers, ids, days and moments.
#[derive(Clone, Copy)]
pub struct Words(pub Backend);

impl Words {
    /// The id of a record by its kind and number, as `land::id` makes it.
    pub fn id(self, kind: u8, n: &str) -> String {
        match self.0 {
            Backend::Sqlite => format!("printf('018b2c{kind:02x}-0000-7000-8000-%012x', {n})"),
            Backend::Postgres => {
                format!("('018b2c{kind:02x}-0000-7000-8000-' || lpad(to_hex({n}), 12, '0'))")
            }
        }
    }

    /// So many days after a day; negative ones before it.
    pub fn day(self, from: &str, days: &str) -> String {
        match self.0 {
            Backend::Sqlite => format!("date('{from}', ({days}) || ' days')"),
            Backend::Postgres => format!("(DATE '{from}' + CAST({days} AS INTEGER))"),
        }
    }

    /// Seconds since 1970 as the service writes moments in JSON.
    pub fn moment(self, seconds: &str) -> String {
        match self.0 {
            Backend::Sqlite => format!("strftime('%Y-%m-%dT%H:%M:%S.000Z', {seconds}, 'unixepoch')"),
            Backend::Postgres => {
                format!(
                    "to_char(to_timestamp({seconds}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\".000Z\"')"
                )
            }
        }
    }

    /// A table expression `numbers (n)` from 0 up to, but not with, `end`.
    pub fn numbers(self, end: usize) -> String {
        match self.0 {
            Backend::Sqlite => format!(
                "WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {end})"
            ),
            Backend::Postgres => {
                format!("WITH numbers (n) AS (SELECT CAST(generate_series(0, {end} - 1) AS BIGINT))")
            }
        }
    }

    /// Keeps PostgreSQL from reading tables whole: what a trigger asks is planned while its table is empty,
    /// and asked once for each row that fills it.
    pub fn through_indexes(self, only: bool) -> &'static str {
        match (self.0, only) {
            (Backend::Sqlite, _) => "",
            (Backend::Postgres, true) => "SET LOCAL enable_seqscan = off",
            (Backend::Postgres, false) => "SET LOCAL enable_seqscan = on",
        }
    }

    /// Makes a connection that only fills a database fast; what it writes is safe once the work is done.
    pub fn hurry(self) -> &'static str {
        match self.0 {
            Backend::Sqlite => {
                "PRAGMA foreign_keys=OFF; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=FILE;"
            }
            Backend::Postgres => {
                "SET synchronous_commit=off; SET maintenance_work_mem='512MB'; SET work_mem='128MB';"
            }
        }
    }

    /// Leaves the planner and the files as a service that has run for a while leaves them.
    pub fn settle(self) -> &'static [&'static str] {
        match self.0 {
            Backend::Sqlite => &["PRAGMA optimize=0x10002", "PRAGMA journal_mode=WAL"],
            Backend::Postgres => &["VACUUM ANALYZE", "CHECKPOINT"],
        }
    }
}

/// A text as a literal.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Text)]
    one: String,
}

/// The texts a query gives in its column `one`.
pub fn texts(conn: &mut AnyConn, query: &str) -> Vec<String> {
    let rows: Vec<One> = sql_query(query).load(conn).unwrap_or_else(|e| panic!("{e}: {query}"));
    rows.into_iter().map(|row| row.one).collect()
}

/// The columns of a table, in order.
pub fn columns(conn: &mut AnyConn, table: &str) -> Vec<String> {
    let query = match conn.backend() {
        Backend::Sqlite => format!("SELECT name AS one FROM pragma_table_info('{table}')"),
        Backend::Postgres => format!(
            "SELECT CAST(attname AS TEXT) AS one FROM pg_attribute
             WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
        ),
    };
    texts(conn, &query)
}

/// Takes the indexes of tables away that are no constraints; gives what makes them anew.
pub fn take_indexes(conn: &mut AnyConn, tables: &[&str]) -> Vec<String> {
    let names: Vec<String> = tables.iter().map(|table| quoted(table)).collect();
    let names = names.join(",");
    let (made, dropped) = match conn.backend() {
        Backend::Sqlite => {
            let from = format!(
                "FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})"
            );
            (format!("SELECT sql AS one {from}"), format!("SELECT name AS one {from}"))
        }
        Backend::Postgres => {
            let from = format!(
                "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                 WHERE i.indrelid IN (SELECT CAST(t AS regclass) FROM unnest(ARRAY[{names}]) AS t)
                   AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"
            );
            (
                format!("SELECT pg_get_indexdef(i.indexrelid) AS one {from}"),
                format!("SELECT CAST(c.relname AS TEXT) AS one {from}"),
            )
        }
    };
    let made = texts(conn, &made);
    for name in texts(conn, &dropped) {
        run(conn, &format!("DROP INDEX {name}"));
    }
    made
}

/// Runs statements.
pub fn run(conn: &mut AnyConn, statements: &str) {
    conn.batch_execute(statements).unwrap_or_else(|e| panic!("{e}: {statements}"));
}
