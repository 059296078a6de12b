//! What changed between two times a report was handed in, whether what was approved still stands, and where
//! a value is used.

use crate::{
    auth::Actor,
    criteria::assessments::model as said,
    db::{AnyConn, schema::indicators},
    error::{Code, Error, Fault, Result},
    forms::{lives::Lives, model as forms, rules::classes},
    ids::Id,
    indicators::{model as library, values::model as values},
    measures::Formula,
    submissions::{
        lines,
        model::{self, MoveRow},
        wire::{
            CriterionUses, SubmissionDiff, SubmissionDiffQuery, SubmissionLine, SubmissionLineDiff,
            SubmissionVerification, ValueUse, ValueUses,
        },
        workflow::SubmissionCommand,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// What differs between two times it was handed in, or between the last time and now.
pub fn diff(
    conn: &mut AnyConn,
    actor: &Actor,
    id: Id,
    query: &SubmissionDiffQuery,
    today: NaiveDate,
) -> Result<SubmissionDiff> {
    let row = model::find(conn, actor, id)?;
    let placed = model::placed(conn, row, today)?;
    let moves = model::moves_of(conn, id)?;
    let times: Vec<&MoveRow> = moves.iter().filter(|one| one.command == SubmissionCommand::Submit).collect();
    let last = i64::try_from(times.len()).unwrap_or(i64::MAX);
    let open = placed.row.state.is_open();
    let to = query.to.as_ref().map(|n| n.0).or_else(|| (!open && last > 1).then_some(last));
    let from = query.from.as_ref().map_or_else(|| to.map_or(last, |to| to - 1), |n| n.0);
    for (name, n) in [("from", Some(from)), ("to", to)] {
        if n.is_some_and(|n| n < 0 || n > last) {
            let fault = Fault::parameter(name, Code::OutOfRange);
            return Err(fault.with("min", 0_i64).with("max", last).into());
        }
    }
    let time = |n: i64| usize::try_from(n - 1).ok().and_then(|n| times.get(n).copied());
    let older = time(from);
    let newer = to.and_then(time);
    let before = older.map(|one| model::read_lines(&one.lines)).transpose()?.unwrap_or_default();
    let after = match newer {
        Some(one) => model::read_lines(&one.lines)?,
        None => {
            let slots = lines::slots(conn, &placed)?;
            lines::current(conn, &placed, &slots, today)?
        }
    };
    let between = |one: &&MoveRow| {
        older.is_none_or(|older| one.n > older.n) && newer.is_none_or(|newer| one.n < newer.n)
    };
    let mut comments = Vec::new();
    for one in moves.iter().filter(between) {
        comments.extend(model::read_comments(&one.comments)?);
    }
    let mut found = Vec::new();
    for item in &placed.version.content.items.0 {
        let of = |all: &[SubmissionLine]| all.iter().find(|line| line.key == item.key).cloned();
        let (before, after) = (of(&before), of(&after));
        let comment = comments.iter().rfind(|one| one.key == item.key).map(|one| one.comment.0.clone());
        let bare = |line: &Option<SubmissionLine>| {
            line.as_ref().filter(|line| lines::is_filled(line) || line.nil == Some(true)).map(lines::matter)
        };
        if comment.is_some() || bare(&before) != bare(&after) {
            found.push(SubmissionLineDiff { key: item.key.0.clone(), before, after, comment });
        }
    }
    Ok(SubmissionDiff { from, to, lines: found })
}

/// Whether what was approved still stands; a correction made since shows.
pub fn verify(conn: &mut AnyConn, actor: &Actor, id: Id, today: NaiveDate) -> Result<SubmissionVerification> {
    let row = model::find(conn, actor, id)?;
    let placed = model::placed(conn, row, today)?;
    let slots = lines::slots(conn, &placed)?;
    let current = lines::current(conn, &placed, &slots, today)?;
    let current_hash = lines::hash(&placed.row, &current)?;
    let approved_hash = placed.row.content_hash.clone();
    let mut differing = Vec::new();
    if approved_hash.as_ref().is_some_and(|hash| *hash != current_hash) {
        let moves = model::moves_of(conn, id)?;
        let sealed = moves.iter().rfind(|one| one.command == SubmissionCommand::Approve);
        let sealed = sealed.map(|one| model::read_lines(&one.lines)).transpose()?.unwrap_or_default();
        let was = |line: &SubmissionLine| sealed.iter().find(|one| one.key == line.key).map(lines::matter);
        let changed = current.iter().filter(|line| was(line) != Some(lines::matter(line)));
        differing = changed.map(|line| line.key.0.clone()).collect();
    }
    let differs = approved_hash.as_ref().is_some_and(|hash| *hash != current_hash);
    Ok(SubmissionVerification { approved_hash, current_hash, differs, lines: differing })
}

/// Where a value is used: forms that ask for it, reports above, computed indicators.
pub fn used_in(conn: &mut AnyConn, actor: &Actor, id: Id, today: NaiveDate) -> Result<ValueUses> {
    let value = values::find(conn, actor, id)?;
    let lives = Lives::load(conn, value.root_id)?;
    let all = forms::of_root(conn, value.root_id)?;
    let ids: Vec<Id> = all.iter().map(|form| form.id).collect();
    let versions = forms::versions_of(conn, &ids)?;
    let (mut found, mut above) = (Vec::new(), Vec::new());
    for form in all {
        if form.period_kind != value.period.kind() {
            continue;
        }
        let window = form.window(&lives.calendars, value.period)?;
        let version = versions.get(&form.id).and_then(|all| all.for_period(window.0));
        let Some(version) = version.filter(|_| form.asks_for(window)) else { continue };
        let mut items = version.content.items.0.iter();
        let item = items.find(|item| {
            item.indicator_id == Some(value.indicator_id) && classes(item).join("/") == value.cell
        });
        let Some(item) = item else { continue };
        let row = model::at(conn, form.id, value.unit_id, value.period)?;
        if row.is_none() && !lives.is_asked(form.unit_id, &version.content, value.unit_id, window.1) {
            continue;
        }
        found.push(ValueUse {
            form_id: form.id,
            code: form.code.clone(),
            key: item.key.0.clone(),
            submission_id: row.as_ref().map(|row| row.id),
            state: row.as_ref().map(|row| row.state),
        });
        if let Some(row) = row {
            let placed = model::placed(conn, row, today)?;
            above.extend(model::consolidated_in(conn, &placed)?);
        }
    }
    let computed = computed_by(conn, value.root_id, value.indicator_id)?;
    Ok(ValueUses { forms: found, consolidated_in: above, computed })
}

/// Where what was said of a criterion is used: forms that ask the unit for it on that day.
pub fn claim_used_in(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<CriterionUses> {
    let said = said::find(conn, actor, id)?;
    let lives = Lives::load(conn, said.root_id)?;
    let all = forms::of_root(conn, said.root_id)?;
    let ids: Vec<Id> = all.iter().map(|form| form.id).collect();
    let versions = forms::versions_of(conn, &ids)?;
    let brought = said.submission_id.map(|id| model::load(conn, id)).transpose()?.flatten();
    let day = said.assessed_on;
    let mut found = Vec::new();
    for form in all {
        let row = brought.as_ref().filter(|row| row.form_id == form.id);
        let version = versions.get(&form.id).and_then(|all| match row {
            Some(row) => all.0.iter().find(|one| one.n == row.form_version),
            None => all.for_period(day),
        });
        let Some(version) = version else { continue };
        let asks = form.starts_on <= day
            && form.ends_on.is_none_or(|end| day <= end)
            && lives.is_asked(form.unit_id, &version.content, said.unit_id, day);
        let mut items = version.content.items.0.iter();
        let item = items.find(|item| {
            item.criteria_set_id == Some(said.set_id)
                && item.criterion.as_ref().is_some_and(|code| code.0 == said.criterion)
        });
        let Some(item) = item.filter(|_| asks || row.is_some()) else { continue };
        found.push(ValueUse {
            form_id: form.id,
            code: form.code.clone(),
            key: item.key.0.clone(),
            submission_id: row.map(|row| row.id),
            state: row.map(|row| row.state),
        });
    }
    Ok(CriterionUses { forms: found })
}

fn computed_by(conn: &mut AnyConn, root: Id, indicator: Id) -> Result<Vec<String>> {
    let code = library::load_all(conn, &[indicator])?.pop().ok_or_else(Error::not_found)?.code;
    let all: Vec<(String, Option<String>)> = indicators::table
        .filter(indicators::root_id.eq(root).and(indicators::deleted_at.is_null()))
        .filter(indicators::formula.is_not_null())
        .order(indicators::code)
        .select((indicators::code, indicators::formula))
        .load(conn)?;
    let counts = |formula: &Option<String>| {
        let formula = formula.as_deref().and_then(|text| Formula::parse(text).ok());
        formula.is_some_and(|formula| formula.parts().contains(&code))
    };
    Ok(all.into_iter().filter(|(_, formula)| counts(formula)).map(|(code, _)| code).collect())
}
