//! Histories of the oracle, written straight into the tables: what a row, a state or a request holds is
//! said here by the words of the migrations, without the code that writes them in the service.

use crate::{
    harness,
    oracle::{Task, What, World, date, moment, status_after},
};
use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use tiendo::{clock::Instant, ids::Id};

/// The end of all days of a history.
const EVER: i64 = i64::MAX - 1;

/// Rows to be written, as SQL values both databases read alike.
#[derive(Default)]
pub struct Books {
    units: Vec<String>,
    versions: Vec<String>,
    tasks: Vec<String>,
    states: Vec<String>,
    extensions: Vec<String>,
    parts: Vec<String>,
    reports: Vec<String>,
}

fn quoted(text: impl ToString) -> String {
    format!("'{}'", text.to_string())
}

fn perhaps(day: Option<i64>) -> String {
    day.map_or("NULL".into(), |day| quoted(date(day)))
}

fn millis(day: i64, nth: usize) -> i64 {
    Instant::parse(&moment(day, nth)).unwrap().millis()
}

/// The number that a calendar day has in a history.
pub fn number(day: &str) -> i64 {
    (day.parse::<NaiveDate>().unwrap() - date(0)).num_days()
}

impl Books {
    /// The tree of a world as a root of its own. Codes carry the number of the unit.
    pub fn tree(&mut self, world: &World, name: &str) -> Vec<Id> {
        let ids: Vec<Id> = world.parents.iter().map(|_| Id::new()).collect();
        let mut paths: Vec<String> = Vec::new();
        for (unit, parent) in world.parents.iter().enumerate() {
            let above = parent.map_or("/", |parent| &paths[parent]);
            let (path, code) = (format!("{above}{}/", ids[unit]), format!("{name}-{unit:02}"));
            let depth = path.matches('/').count() - 2;
            let parent = parent.map_or("NULL".into(), |parent| quoted(ids[parent]));
            let (id, root) = (quoted(ids[unit]), quoted(ids[0]));
            self.units.push(format!(
                "({id},{root},'{code}','{code}','','','branch','branch',{parent},'{path}',{depth},'[]',1,0,0)"
            ));
            self.versions
                .push(format!("({id},1,{root},'0001-01-01','{code}','{code}','branch','branch',{parent})"));
            paths.push(path);
        }
        ids
    }

    /// A task with everything that happened to it; `assigner` gave it.
    pub fn task(&mut self, units: &[Id], assigner: Id, task: &Task) -> Id {
        let id = Id::new();
        let root = quoted(units[0]);
        let (mut unit, mut status, mut progress) = (task.unit, task.status, task.progress);
        let (mut due, mut original, mut weight, mut deleted) = (task.due, task.due, task.weight_milli, None);
        let (mut asked, mut reported): (Option<(i64, usize, i64)>, _) = (None, None);
        let mut completed = task.completed;
        let state = |books: &mut Self, day, nth: usize, values: String, completed, gone: bool| {
            let at = millis(day, nth);
            books.states.push(format!(
                "('{id}',{},{root},{at},{values},NULL,{},{},FALSE)",
                nth + 1,
                perhaps(completed),
                if gone { "TRUE" } else { "FALSE" },
            ));
        };
        let values = |unit: usize, status, progress, weight, due| {
            format!("'{}','{status}',{progress},{weight},{}", units[unit], perhaps(due))
        };
        state(self, task.born, 0, values(unit, status, progress, weight, due), completed, false);
        let mut last = (task.born, 0);
        for (nth, event) in task.events.iter().enumerate().map(|(i, event)| (i + 1, event)) {
            last = (event.day, nth);
            status = status_after(status, event.what);
            match event.what {
                What::Extend(new) => {
                    asked = Some((event.day, nth, new));
                    continue;
                }
                What::Reject | What::Approve => {
                    let (on, at, new) = asked.take().unwrap();
                    let answer = if event.what == What::Approve { "approved" } else { "rejected" };
                    self.extensions.push(format!(
                        "('{}',{root},'{id}','{}','xin','{}','{answer}',2,{})",
                        Id::new(),
                        date(new),
                        date(on),
                        millis(on, at),
                    ));
                    if event.what == What::Reject {
                        continue;
                    }
                    due = Some(new);
                    original = original.or(due);
                }
                What::Progress(stated) => {
                    (progress, reported) = (stated, Some(event.day));
                    self.reports.push(format!(
                        "('{}',{root},'{id}',NULL,{stated},'{}','[]',{at},FALSE,{at})",
                        Id::new(),
                        date(event.day),
                        at = millis(event.day, nth),
                    ));
                }
                What::Reweigh(new) => weight = new,
                What::Move(to) => unit = to,
                What::Delete => deleted = Some(millis(event.day, nth)),
                _ => completed = None,
            }
            let gone = deleted.is_some();
            state(self, event.day, nth, values(unit, status, progress, weight, due), completed, gone);
        }
        if let Some((on, at, new)) = asked {
            self.extensions.push(format!(
                "('{}',{root},'{id}','{}','xin','{}','pending',1,{})",
                Id::new(),
                date(new),
                date(on),
                millis(on, at)
            ));
        }
        let done = task.done_on(EVER).filter(|_| matches!(status, "completed" | "closed"));
        let submitted = done.or_else(|| task.awaiting_on(EVER));
        let judged = due.and_then(|_| task.judged_due());
        self.tasks.push(format!(
            "('{id}',{root},'Việc','{unit}','{assigner}','key',{weight},{due},{original},{judged},'{status}',{progress},{submitted},{done},{reported},'viec',FALSE,{at},{n},{at},{at},{deleted})",
            unit = units[unit],
            due = perhaps(due),
            original = perhaps(original),
            judged = perhaps(judged),
            submitted = perhaps(submitted),
            done = perhaps(done),
            reported = perhaps(reported),
            at = millis(last.0, last.1),
            n = last.1 + 1,
            deleted = deleted.map_or("NULL".into(), |at| at.to_string()),
        ));
        self.take_part(units, task, id);
        id
    }

    /// Every other unit of the tree takes part in a task, and has reported on its part later than
    /// anybody on the task: no figure may look at it.
    fn take_part(&mut self, units: &[Id], task: &Task, id: Id) {
        let root = quoted(units[0]);
        for (_, unit) in units.iter().enumerate().filter(|(n, _)| *n != task.unit && n % 2 == 0) {
            let (part, on, at) = (Id::new(), date(task.born + 1), millis(task.born, 59));
            self.parts.push(format!("('{part}',{root},'{id}','{unit}','{on}',99,'in_progress',2,{at},{at})"));
            self.reports.push(format!(
                "('{}',{root},'{id}','{part}',99,'{}','[]',{at},FALSE,{at})",
                Id::new(),
                date(400)
            ));
        }
    }

    /// Writes everything, in the order of the references.
    pub async fn write(self, world: &harness::World) {
        let tables = [
            (
                "org_units (id,root_id,code,name,name_key,search_text,level,kind,parent_id,path,depth,traits,version,created_at,updated_at)",
                self.units,
            ),
            (
                "org_unit_versions (unit_id,n,root_id,valid_from,code,name,level,kind,parent_id)",
                self.versions,
            ),
            (
                "tasks (id,root_id,title,unit_id,assigner_unit_id,class,weight_milli,due_on,original_due_on,judged_due_on,status,progress,submitted_on,completed_on,last_reported_on,search_text,imported,changed_at,version,created_at,updated_at,deleted_at)",
                self.tasks,
            ),
            (
                "task_states (task_id,n,root_id,took_effect_at,unit_id,status,progress,weight_milli,due_on,submitted_on,completed_on,deleted,imported)",
                self.states,
            ),
            (
                "extensions (id,root_id,task_id,new_due_on,reason,requested_on,status,version,created_at)",
                self.extensions,
            ),
            (
                "task_parts (id,root_id,task_id,unit_id,due_on,progress,status,version,created_at,updated_at)",
                self.parts,
            ),
            (
                "progress_reports (id,root_id,task_id,part_id,progress,reported_on,evidence,took_effect_at,imported,created_at)",
                self.reports,
            ),
        ];
        let statements: Vec<String> = tables
            .iter()
            .flat_map(|(into, rows)| {
                rows.chunks(200).map(move |rows| format!("INSERT INTO {into} VALUES {}", rows.join(",")))
            })
            .collect();
        world.db.write(move |conn| Ok(conn.batch_execute(&statements.join(";"))?)).await.unwrap();
    }
}
