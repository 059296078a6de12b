//! Handing a report in: all of it or nothing. The figures go to the values, where every form finds them.

use crate::{
    auth::Actor,
    db::lock_row,
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::Tx,
    forms::{model as forms, wire::FormItemKind},
    http::{Answer, version::IfMatch},
    ids::Id,
    indicators::values::{
        enter::{slot_fault, taken},
        model::Row as Value,
        save as kept,
        wire::ValueSource,
        workflow::{ValueCommand, ValueStatus},
    },
    org_units::model as units,
    submissions::{
        checks::Ready,
        claims, draft,
        lines::{self, Slot},
        model::{self, Placed, Row},
        save::{self, Words, column},
        wire::{SubmissionLine, SubmissionSubmit},
        workflow::{SubmissionCommand, SubmissionState},
    },
};

/// Hands a report in.
pub fn submit(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    body: &SubmissionSubmit,
) -> Result<Answer> {
    let placed = draft::open(tx, actor, id, SubmissionCommand::Submit, expected)?;
    let row = hand_in(tx, actor, placed, body)?;
    draft::answer(tx, actor, row)
}

/// Hands in what stands in the row.
pub fn hand_in(tx: &mut Tx, actor: &Actor, placed: Placed, body: &SubmissionSubmit) -> Result<Row> {
    let comment = body.comment.as_deref();
    refuse_classified(None, &[("/comment", comment)])?;
    let today = tx.at.day();
    if let Some(last) = placed.open_until().filter(|last| *last < today) {
        let owner = units::load(tx.conn, placed.form.unit_id)?.name;
        return Err(Error::new(Code::PeriodLocked).with("on", last).with("unit", owner));
    }
    // Two who hand in the same figure at once: the second finds that of the first.
    lock_row(tx.conn, "org_units", &placed.row.unit_id.to_string())?;
    let slots = lines::slots(tx.conn, &placed)?;
    let current = lines::current(tx.conn, &placed, &slots, today)?;
    let returned = match placed.row.state {
        SubmissionState::Returned => last_returned(tx, placed.row.id)?,
        _ => None,
    };
    let nil = body.nil.unwrap_or(false);
    let ready =
        Ready { placed: &placed, slots: &slots, lines: &current, returned: returned.as_deref(), nil, today };
    let claims = claims::made(tx.conn, &placed, &current)?;
    let mut faults = ready.faults(tx.conn)?;
    faults.extend(claims::faults(&placed, &claims, today)?);
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    keep_values(tx, actor, &placed, &slots, &current)?;
    claims::keep(tx, actor, &placed, &claims)?;
    let before = &placed.row;
    let row = Row {
        state: SubmissionState::Submitted,
        approvals: 0,
        nil,
        lines: column(&worth_keeping(&placed, &current))?,
        first_submitted_at: before.first_submitted_at.or(Some(tx.at)),
        submitted_at: Some(tx.at),
        submitted_by: actor.user,
        submitted_for: actor.on_behalf_of,
        holder_id: None,
        held_since: None,
        content_hash: None,
        ..before.clone()
    };
    let words = Words { comment, ..Words::default() };
    let kept = worth_keeping(&placed, &current);
    save::step(tx, actor, SubmissionCommand::Submit, (before, &placed.place), row, &kept, words)
}

/// Lines that say something.
fn worth_keeping(placed: &Placed, current: &[SubmissionLine]) -> Vec<SubmissionLine> {
    let items = placed.version.content.items.0.iter().zip(current);
    let said = |line: &SubmissionLine| {
        lines::is_filled(line) || line.nil == Some(true) || line.note.is_some() || line.answer.is_some()
    };
    items
        .filter(|(item, line)| item.kind == FormItemKind::TaskFigure || said(line))
        .map(|(_, line)| line.clone())
        .collect()
}

fn last_returned(tx: &mut Tx, id: Id) -> Result<Option<Vec<SubmissionLine>>> {
    let moves = model::moves_of(tx.conn, id)?;
    let last = moves.iter().rfind(|one| one.command == SubmissionCommand::Return);
    last.map(|one| model::read_lines(&one.lines)).transpose()
}

/// Writes the figures of all lines to the values; those of lines that have none any more are taken back.
fn keep_values(
    tx: &mut Tx,
    actor: &Actor,
    placed: &Placed,
    slots: &std::collections::HashMap<String, Slot>,
    current: &[SubmissionLine],
) -> Result<()> {
    for (i, line) in current.iter().enumerate() {
        let Some(slot) = slots.get(&line.key.0) else { continue };
        if lines::has_figure(line) {
            keep_value(tx, actor, placed, slot, line, i)?;
        } else if let Some(value) = &slot.value
            && value.submission_id == Some(placed.row.id)
        {
            save::move_value(tx, actor, value, ValueCommand::Withdraw, None)?;
        }
    }
    Ok(())
}

fn keep_value(
    tx: &mut Tx,
    actor: &Actor,
    placed: &Placed,
    slot: &Slot,
    line: &SubmissionLine,
    i: usize,
) -> Result<()> {
    let content = lines::content(line);
    let mine = Some(placed.row.id);
    let Some(there) = &slot.value else {
        let row = &placed.row;
        let fault = slot_fault(&slot.indicator, &placed.unit, row.period, row.starts_on, tx.at.day());
        if let Some(fault) = fault {
            return Err(Fault { params: fault.params, ..Fault::at(format!("/lines/{i}"), fault.code) }.into());
        }
        let to = kept::Slot {
            indicator: &slot.indicator,
            place: &placed.place,
            period: row.period,
            window: (row.starts_on, row.ends_on),
            cell: &slot.cell,
        };
        let fresh = kept::fresh(tx, actor, &to, content, ValueSource::Form);
        let value = Value { submission_id: mine, note: note(line), ..fresh };
        return kept::insert(tx, &value, ValueCommand::Enter);
    };
    let same = there.content == content;
    let elsewhere = there.submission_id.filter(|other| Some(*other) != mine);
    match (there.status, elsewhere) {
        (ValueStatus::Approved, _) if same => Ok(()),
        (ValueStatus::Approved, _) => Err(taken(tx.conn, there)?),
        (ValueStatus::Submitted, Some(_)) if same => Ok(()),
        (ValueStatus::Submitted, Some(other)) => Err(waiting(tx, other)?),
        (ValueStatus::Submitted, None) if same && there.submission_id == mine => Ok(()),
        _ => {
            let value = Value {
                content,
                status: ValueStatus::Submitted,
                source: ValueSource::Form,
                submission_id: mine,
                note: note(line).or_else(|| there.note.clone()),
                entered_by: actor.user,
                entered_for: actor.on_behalf_of,
                ..there.clone()
            };
            kept::update(tx, there, value, ValueCommand::Change, None)?;
            Ok(())
        }
    }
}

fn note(line: &SubmissionLine) -> Option<String> {
    line.note.as_deref().filter(|note| !note.is_empty()).map(str::to_owned)
}

/// Another figure waits in another form: which.
fn waiting(tx: &mut Tx, submission: Id) -> Result<Error> {
    let code = match model::load(tx.conn, submission)? {
        Some(row) => forms::load(tx.conn, row.form_id)?.code,
        None => String::new(),
    };
    Ok(Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::WaitsInForm).and(code)))
}
