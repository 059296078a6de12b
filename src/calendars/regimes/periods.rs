//! The periods of a regime, and when reports on them are due.

use crate::{
    auth::Actor,
    calendars::{
        days,
        regimes::{
            model::{self, Row},
            rules,
            wire::{PeriodDeadlines, PeriodQuery, ReportPeriod},
        },
    },
    db::AnyConn,
    error::{Code, Error, Fault, Phrase, Result, Said},
    http::{Cursor, Page, fields::Bound, query::Plain},
    ids::Id,
    measures::{Allowed, Period, Regime, Relative, WorkingDays, deadlines_of},
};
use chrono::NaiveDate;

/// The end of what can be named.
const LAST_DAY: &str = "2199-12-31";

/// A page of periods, oldest first.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    id: Id,
    query: &PeriodQuery,
    today: NaiveDate,
) -> Result<Page<ReportPeriod>> {
    let row = model::find(conn, actor, id)?;
    let regime = row.regime()?;
    let allowed = allowed(&row, query)?;
    let calendar = allowed.map(|some| Ok::<_, Error>((some, days::model::calendar(conn)?))).transpose()?;
    let mut found = asked(&regime, query, today)?;
    let scope = scope(&row, query, today, actor);
    if let Some(cursor) = &query.cursor {
        let [last] = cursor.open(&scope)?;
        found = Box::new(found.skip_while(move |period| period.to_string() != last).skip(1));
    }
    let some = usize::try_from(query.limit.0).map_err(Error::internal)?.saturating_add(1);
    let page = Page::cut(found.take(some).collect(), query.limit.0, |period: &Period| {
        Cursor::seal(&[period.to_string()], &scope)
    });
    let one = |period| wire(&regime, calendar.as_ref(), period);
    Ok(Page { items: page.items.into_iter().filter_map(one).collect(), next_cursor: page.next_cursor })
}

fn scope(row: &Row, query: &PeriodQuery, today: NaiveDate, actor: &Actor) -> String {
    let (kind, from, to) = (query.kind, query.from, query.to);
    let relative = query.relative.as_ref().map(|word| (word, today));
    format!("periods|{}|{}|{kind:?}|{from:?}|{to:?}|{relative:?}|{}", row.id, row.version, actor.scope_key())
}

/// The periods that are asked for, one way or the other.
fn asked<'a>(
    regime: &'a Regime,
    query: &PeriodQuery,
    today: NaiveDate,
) -> Result<Box<dyn Iterator<Item = Period> + 'a>> {
    let given = [("kind", query.kind.is_some()), ("from", query.from.is_some()), ("to", query.to.is_some())];
    let faults = |code, wrong: bool| -> Vec<Fault> {
        let names = given.iter().filter(|(_, given)| *given == wrong).map(|(name, _)| *name);
        names.map(|name| Fault::parameter(name, code)).collect()
    };
    if let Some(word) = &query.relative {
        let relative = word.parse::<Relative>().map_err(|()| {
            let accepted = Said::alike("this_month, last_quarter, last_12_months, this_year_so_far");
            Error::from(Fault::parameter("relative", Code::UnknownValue).with("accepted", accepted))
        })?;
        let both = faults(Code::NotPermittedHere, true);
        let both: Vec<_> = both.into_iter().map(|f| f.with("why", Phrase::RelativeOrSpan)).collect();
        let periods = relative.periods(regime, today).into_iter();
        return if both.is_empty() { Ok(Box::new(periods)) } else { Err(Error::faults(both)) };
    }
    let (Some(kind), Some(from), Some(to)) = (query.kind, query.from, query.to) else {
        return Err(Error::faults(faults(Code::Required, false)));
    };
    let (begin, _) = from.window(regime).ok_or_else(|| Error::internal("a period without days"))?;
    let end = to.window(regime).map(|(_, end)| end).filter(|end| *end >= begin).ok_or_else(|| {
        Fault::parameter("to", Code::OutOfRange).with("min", begin).with("max", Said::alike(LAST_DAY))
    })?;
    let first = match from {
        // Several years have no name but the one that is given.
        Bound::Period(period) if period.kind() == kind => Some(period),
        _ => regime.first_from(kind, begin),
    };
    Ok(Box::new(first.into_iter().flat_map(move |first| regime.following(first, end))))
}

/// The deadlines that are asked for; none without any of the three numbers.
fn allowed(row: &Row, query: &PeriodQuery) -> Result<Option<Allowed>> {
    let number = |n: Option<Plain<u32>>| n.map(|n| n.0);
    let (due, grace, lock) =
        (number(query.due_working_days), number(query.grace_working_days), number(query.lock_working_days));
    let Some(due) = due else {
        return match grace.or(lock) {
            Some(_) => Err(Fault::parameter("due_working_days", Code::Required).into()),
            None => Ok(None),
        };
    };
    let allowed = Allowed { due, grace, lock };
    let faults = rules::deadline_faults(row.system, allowed, Fault::parameter);
    if faults.is_empty() { Ok(Some(allowed)) } else { Err(Error::faults(faults)) }
}

fn wire(regime: &Regime, calendar: Option<&(Allowed, WorkingDays)>, period: Period) -> Option<ReportPeriod> {
    let (starts_on, ends_on) = regime.window(period)?;
    let deadlines = calendar
        .map(|(allowed, calendar)| PeriodDeadlines::new(deadlines_of(ends_on, *allowed, calendar), calendar));
    Some(ReportPeriod {
        period: period.to_string(),
        kind: period.kind(),
        starts_on,
        ends_on,
        label_vi: period.label_vi(),
        label_en: period.label_en(),
        deadlines,
    })
}
