//! Random worlds.

use proptest::collection::vec;
use proptest::prelude::*;

use super::world::{Event, Task, What, World, status_after};

/// What may happen in a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everything.
    Full,
    /// What can be loaded: no registration to and fro, no reopening, new weights, moves and
    /// deletions, and an extension is granted on the day it is asked for.
    Loading,
}

const GAPS: [i64; 12] = [0, 0, 0, 1, 1, 2, 3, 4, 5, 7, 10, 25];
const WEIGHTS: [i64; 10] = [1000, 1000, 0, 1, 333, 500, 1500, 2125, 10_000, 999_999];

/// One raw step: the gap in days, which of the possible events, and its parameter.
type Step = (u8, u8, u8);

/// Worlds of up to `units` units and `tasks` tasks with up to `steps` events each.
pub fn worlds(units: usize, tasks: usize, steps: usize, reach: Reach) -> impl Strategy<Value = World> {
    let task = (any::<[u8; 8]>(), vec(any::<Step>(), 0..=steps));
    (vec(any::<u8>(), 0..units), vec(task, 0..=tasks)).prop_map(move |(tree, tasks)| {
        let mut parents = vec![None];
        for choice in tree {
            // Half of the units hang below the newest one, for depth.
            let last = parents.len() - 1;
            parents.push(Some(if choice % 2 == 0 { last } else { usize::from(choice / 2) % (last + 1) }));
        }
        let units = parents.len();
        let tasks = tasks.into_iter().map(|(seed, steps)| task_of(seed, &steps, units, reach)).collect();
        World { parents, tasks }
    })
}

fn task_of(seed: [u8; 8], steps: &[Step], units: usize, reach: Reach) -> Task {
    let [unit, weight, due, status, progress, completed, born, _] = seed.map(i64::from);
    let born = born % 20;
    let all = ["registered", "accepted", "in_progress", "submitted", "completed", "closed", "cancelled"];
    let status = match (status, reach) {
        (0..60, Reach::Full) => "registered",
        (0..110, _) => "accepted",
        (110..190, _) => "in_progress",
        _ => all[usize::try_from(status).unwrap() % all.len()],
    };
    let done = matches!(status, "completed" | "closed");
    let mut task = Task {
        unit: usize::try_from(unit).unwrap() % units,
        weight_milli: WEIGHTS[usize::try_from(weight).unwrap() % WEIGHTS.len()],
        due: (due % 4 != 0).then_some(born - 3 + due % 30),
        status,
        progress: if status == "registered" { 0 } else { progress % 101 },
        completed: (done && completed % 4 != 0).then_some(born - completed % 15),
        born,
        events: Vec::new(),
    };
    let (mut status, mut day, mut due, mut asked) = (status, born, task.due, None);
    for (gap, choice, parameter) in steps {
        day += GAPS[usize::from(*gap) % GAPS.len()];
        let parameter = i64::from(*parameter);
        let possible = possible(status, asked, reach);
        if possible.is_empty() {
            break;
        }
        let what = match possible[usize::from(*choice) % possible.len()] {
            What::Progress(_) => What::Progress(parameter % 101),
            What::Extend(_) => {
                What::Extend(due.map_or(day - 3 + parameter % 30, |due: i64| due + 1 + parameter % 30))
            }
            What::Reweigh(_) => What::Reweigh(WEIGHTS[usize::try_from(parameter).unwrap() % WEIGHTS.len()]),
            What::Move(_) => What::Move(usize::try_from(parameter).unwrap() % units),
            other => other,
        };
        task.events.push(Event { day, what });
        match what {
            What::Extend(new) => asked = Some(new),
            What::Approve => due = asked.take(),
            What::Reject => asked = None,
            What::Delete => break,
            _ => status = status_after(status, what),
        }
        if reach == Reach::Loading && asked.is_some() {
            task.events.push(Event { day, what: What::Approve });
            due = asked.take();
        }
    }
    task
}

/// What may happen next, the likely several times.
fn possible(status: &str, asked: Option<i64>, reach: Reach) -> Vec<What> {
    let likely = match status {
        "registered" if reach == Reach::Loading => vec![What::Accept],
        "registered" => vec![What::Accept, What::Accept, What::ReturnRegistration],
        "returned" => vec![What::Resubmit],
        "accepted" => vec![What::Start, What::Progress(0), What::Extend(0)],
        "in_progress" => {
            vec![What::Submit, What::Submit, What::Progress(0), What::Extend(0), What::Extend(0)]
        }
        "submitted" => vec![What::Confirm, What::ReturnWork],
        "completed" if reach == Reach::Loading => vec![What::Close],
        "completed" => vec![What::Close, What::Reopen],
        _ => vec![],
    };
    let mut list = likely.repeat(4);
    if asked.is_some() {
        list.retain(|what| !matches!(what, What::Extend(_)));
        list.extend([What::Approve; 6]);
        list.push(What::Reject);
    }
    if !matches!(status, "completed" | "closed" | "cancelled") {
        list.push(What::Cancel);
    }
    if reach == Reach::Full && !matches!(status, "closed" | "cancelled") {
        list.extend([What::Reweigh(0), What::Move(0), What::Delete]);
    }
    list
}
