//! Copies of the templates: the rows the service wrote for each of them, in every table, with the ids, units, words
//! and days of another task. So a copy has the shape the service gives a task, whatever columns there are.
//!
//! All tasks make their first step in the first round, in the order of their numbers, then all their second one, and
//! so on: the log grows in the order in which things happened.

use super::{
    land::{self, kind},
    plan::{self, FIRST_DAYS_AGO, ROUND_DAYS, ROUNDS, Run},
    sql::{Words, columns, quoted, run, take_indexes, texts},
    templates::{self, BRANCH, COMMUNE, DISTRICT, REPORTS, TEMPLATES},
};
use chrono::NaiveDate;
use tiendo::db::AnyConn;

/// The tables a task leaves rows in, and the column that names it there.
const TABLES: [(&str, &str); 4] =
    [("tasks", "id"), ("task_states", "task_id"), ("progress_reports", "task_id"), ("events", "subject_id")];
/// More than there are tasks: a record's number is its round times this, and the number of the task.
const ROUND: usize = 1 << 24;
/// The round in which work is handed in: with its confirmation a task is complete as of that day.
const HANDED_IN: usize = REPORTS + 1;
/// Stands for the moment of creation in the log of a template.
const CREATED: &str = "@created@";

/// How the copies of a run are written.
struct Copies<'a> {
    words: Words,
    run: &'a Run,
    today: NaiveDate,
}

/// Fills the tables with the tasks of a run. `anew`: there are none yet, so indexes are made at the end.
pub fn make(conn: &mut AnyConn, tasks: &Run, today: NaiveDate, anew: bool) {
    let words = Words(conn.backend());
    run(conn, words.hurry());
    let tables = TABLES.map(|(table, _)| table);
    let indexes = if anew { take_indexes(conn, &tables) } else { Vec::new() };
    run(conn, "BEGIN");
    sources(conn);
    run(conn, &plan::statements(words, tasks, &today.to_string()));
    let copies = Copies { words, run: tasks, today };
    run(conn, words.through_indexes(true));
    copies.write(conn, "tasks", "TRUE", &copies.task());
    run(conn, words.through_indexes(false));
    copies.write(conn, "task_states", "TRUE", &copies.state());
    for round in 0..ROUNDS {
        if (1..=REPORTS).contains(&round) {
            copies.write(conn, "progress_reports", &format!("s.k = {round}"), &copies.report());
        }
        let of_round = format!("s.subject_version = {}", round + 1);
        copies.write(conn, "events", &of_round, &copies.event(round));
    }
    run(conn, "COMMIT");
    for index in indexes {
        run(conn, &index);
    }
}

/// Puts the rows of the templates aside, in temporary tables.
fn sources(conn: &mut AnyConn) {
    let ids: Vec<String> =
        (0..TEMPLATES.len()).map(|t| quoted(&land::id(kind::TASK, templates::number(t)))).collect();
    let ids = ids.join(",");
    for (table, task) in TABLES {
        let k = match table {
            "progress_reports" => ", row_number() OVER (PARTITION BY task_id ORDER BY created_at, id) AS k",
            _ => "",
        };
        let statements = format!(
            "DROP TABLE IF EXISTS load_{table};
             CREATE TEMPORARY TABLE load_{table} AS SELECT {table}.*{k} FROM {table} WHERE {task} IN ({ids});
             CREATE INDEX load_{table}_source ON load_{table} ({task});"
        );
        run(conn, &statements);
    }
    for changes in texts(conn, "SELECT changes AS one FROM load_events WHERE subject_version = 1") {
        let changes: serde_json::Value = serde_json::from_str(&changes).expect("JSON");
        let created = changes["created_at"][1].as_str().expect("a moment");
        let created = quoted(created);
        run(conn, &format!("UPDATE load_events SET changes = replace(changes, {created}, '{CREATED}')"));
    }
}

type Columns = Vec<(&'static str, String)>;

impl Copies<'_> {
    /// Copies the rows of the templates that fulfil a condition, with some columns otherwise.
    fn write(&self, conn: &mut AnyConn, table: &str, condition: &str, otherwise: &Columns) {
        let task = TABLES.iter().find(|(name, _)| *name == table).expect("a table of a task").1;
        // The database numbers events itself.
        let all: Vec<String> = columns(conn, table)
            .into_iter()
            .filter(|column| !["seq", "tx"].contains(&column.as_str()))
            .collect();
        for (column, _) in otherwise {
            assert!(all.iter().any(|known| known == column), "{table} has no {column}");
        }
        let values: Vec<String> = all
            .iter()
            .map(|column| match otherwise.iter().find(|(name, _)| name == column) {
                Some((_, value)) => value.clone(),
                None => format!("s.{column}"),
            })
            .collect();
        let (all, values) = (all.join(","), values.join(","));
        // CROSS JOIN: SQLite then reads the plan in its order.
        run(
            conn,
            &format!(
                "INSERT INTO {table} ({all}) SELECT {values} FROM load_plan p CROSS JOIN load_{table} s
                 WHERE s.{task} = p.source AND {condition} ORDER BY p.n"
            ),
        );
    }

    /// The number of a task's record of a round.
    fn number(&self, round: &str) -> String {
        format!("({round}) * {ROUND} + p.n + {}", self.run.first)
    }

    /// The day of a step.
    fn day(&self, round: &str) -> String {
        let many = self.run.many;
        let days = format!("({round}) * {ROUND_DAYS} + p.n * {ROUND_DAYS} / {many} - {FIRST_DAYS_AGO}");
        self.words.day(&self.today.to_string(), &days)
    }

    /// The moment of a step in seconds: in the seven hours from nine o'clock, Vietnam's time.
    fn seconds(&self, round: &str) -> String {
        let (first, many) = (self.today - chrono::Days::new(200), self.run.many);
        assert_eq!(FIRST_DAYS_AGO, 200);
        let from = first.and_hms_opt(2, 0, 0).expect("a time").and_utc().timestamp();
        format!(
            "({from} + (({round}) * {ROUND_DAYS} + p.n * {ROUND_DAYS} / {many}) * 86400
              + p.n * {ROUND_DAYS} % {many} * 25200 / {many})"
        )
    }

    fn millis(&self, round: &str) -> String {
        format!("{} * 1000", self.seconds(round))
    }

    /// A day that only some templates have.
    fn day_if(&self, column: &str, round: usize) -> String {
        format!("CASE WHEN s.{column} IS NULL THEN NULL ELSE {} END", self.day(&round.to_string()))
    }

    /// Who did it: the officer who leads this task, or the leader who judges it.
    fn who(&self, column: &str, kind: u8) -> String {
        let (officer, judge) =
            if kind == kind::USER { ("p.officer", "p.judge") } else { ("p.officer_as", "p.judge_as") };
        let was = |role: &str, unit: usize| quoted(&land::person(kind, role, unit));
        format!(
            "CASE s.{column} WHEN {} THEN {officer} WHEN {} THEN {judge} ELSE s.{column} END",
            was("officer", BRANCH),
            was("leader", COMMUNE)
        )
    }

    fn task(&self) -> Columns {
        let last = self.millis("s.version - 1");
        let plain = |column: &'static str| (column, format!("p.{column}"));
        let mut columns: Columns =
            ["id", "code", "title", "unit_id", "class", "field", "start_on", "due_on"].map(plain).into();
        columns.extend([
            ("assigner_unit_id", "p.assigner_id".into()),
            ("weight_milli", "p.weight * 1000".into()),
            ("original_due_on", "p.due_on".into()),
            ("judged_due_on", "p.due_on".into()),
            ("expected_product", "p.product".into()),
            ("submitted_on", self.day_if("submitted_on", HANDED_IN)),
            ("submitted_by", self.who("submitted_by", kind::USER)),
            ("completed_on", self.day_if("completed_on", HANDED_IN)),
            ("last_reported_on", self.day("5")),
            ("search_text", "p.folded".into()),
            ("created_at", self.millis("0")),
            ("changed_at", last.clone()),
            ("updated_at", last),
        ]);
        columns
    }

    fn state(&self) -> Columns {
        vec![
            ("task_id", "p.id".into()),
            ("took_effect_at", self.millis("s.n - 1")),
            ("unit_id", "p.unit_id".into()),
            ("weight_milli", "p.weight * 1000".into()),
            ("due_on", "p.due_on".into()),
            ("submitted_on", self.day_if("submitted_on", HANDED_IN)),
            ("completed_on", self.day_if("completed_on", HANDED_IN)),
        ]
    }

    fn report(&self) -> Columns {
        vec![
            ("id", self.words.id(kind::REPORT, &self.number("s.k"))),
            ("task_id", "p.id".into()),
            ("reported_on", self.day("s.k")),
            ("entered_by", "p.officer".into()),
            ("took_effect_at", self.millis("s.k")),
            ("created_at", self.millis("s.k")),
        ]
    }

    fn event(&self, round: usize) -> Columns {
        let k = round.to_string();
        vec![
            ("id", self.words.id(kind::EVENT, &self.number(&k))),
            ("occurred_at", self.millis(&k)),
            ("recorded_at", self.millis(&k)),
            ("actor_user", self.who("actor_user", kind::USER)),
            ("acting_as", self.who("acting_as", kind::ASSIGNMENT)),
            ("request_id", self.words.id(kind::REQUEST, &self.number(&k))),
            ("unit_id", "p.unit_id".into()),
            ("unit_path", "p.unit_path".into()),
            ("subject_id", "p.id".into()),
            ("changes", if round == 0 { self.first_changes() } else { self.later_changes(round) }),
        ]
    }

    /// What the log tells of a new task.
    fn first_changes(&self) -> String {
        let unit = land::lines().swap_remove(BRANCH);
        let was = |field: &str| unit["data"][field].as_str().expect("a text").to_owned();
        let unit = format!(
            r#"{{"id":"{}","code":"{}","name":"{}","level":"branch"}}"#,
            was("id"),
            was("code"),
            was("name")
        );
        let is_now = r#"'{"id":"' || p.unit_id || '","code":"' || p.unit_code || '","name":"' || p.unit_name
            || '","level":"' || p.unit_level || '"}'"#;
        let new = |field: &str, value: &str| format!(r#""{field}":[null,{value}]"#);
        let text = |field: &str, value: &str| new(field, &format!("\"{value}\""));
        let now = |field: &str, column: &str| format!(r#"'"{field}":[null,"' || {column} || '"]'"#);
        let assigner = |unit: usize| text("assigner_unit_id", &land::unit(unit));
        let by_district = now("assigner_unit_id", "p.assigner_id");
        replaced(
            "s.changes",
            &[
                (quoted(&unit), is_now.into()),
                (quoted(&text("unit_id", &land::unit(BRANCH))), now("unit_id", "p.unit_id")),
                (quoted(&assigner(DISTRICT)), by_district.clone()),
                (quoted(&assigner(COMMUNE)), by_district),
                ("p.source".into(), "p.id".into()),
                ("'\"' || 'MAU-' || p.template || '\"'".into(), "'\"' || p.code || '\"'".into()),
                (quoted(templates::TITLE), "p.title".into()),
                (quoted(templates::PRODUCT), "p.product".into()),
                (quoted(&text("class", templates::CLASS)), now("class", "p.class")),
                (quoted(&text("field", templates::FIELD)), now("field", "p.field")),
                (
                    quoted(&new("weight", &templates::WEIGHT.to_string())),
                    r#"'"weight":[null,' || p.weight || ']'"#.into(),
                ),
                (quoted(templates::DUE), "CAST(p.due_on AS TEXT)".into()),
                (quoted(templates::START), "CAST(p.start_on AS TEXT)".into()),
                (quoted(CREATED), self.words.moment(&self.seconds("0"))),
            ],
        )
    }

    /// What the log tells of a later step: its day, the day of the report before it, and its report.
    fn later_changes(&self, round: usize) -> String {
        let today = self.today.to_string();
        let day = |round: usize| format!("CAST({} AS TEXT)", self.day(&round.to_string()));
        let first = if (2..=REPORTS).contains(&round) {
            // All reports on a template are of one day, so its log tells of none that changed.
            let report = r#"'"report_id":'"#;
            let told = format!(
                r#"'"last_reported_on":["' || {} || '","' || {} || '"],"report_id":'"#,
                day(round - 1),
                day(round)
            );
            vec![(report.into(), told)]
        } else {
            vec![(quoted(&today), day(round.min(HANDED_IN)))]
        };
        let report = self.words.id(kind::TEMPLATE_REPORT, &format!("p.template * 8 + {round}"));
        let mut all = first;
        all.push((report, self.words.id(kind::REPORT, &self.number(&round.to_string()))));
        replaced("s.changes", &all)
    }
}

/// A text in which one is put for the other, in order.
fn replaced(text: &str, all: &[(String, String)]) -> String {
    all.iter().fold(text.to_owned(), |text, (was, is)| format!("replace({text}, {was}, {is})"))
}
