//! Who handed in which periodic report: each unit and period, the missing ones first, and all together.

use crate::{
    db::AnyConn,
    error::{Code, Error, Fault, Result},
    forms::{lives::Lives, model::Row as Form},
    http::{
        fields::{Bound, Day, Faults},
        query::Flag,
        request::Language,
    },
    ids::Id,
    measures::{Decimal, Period, ROUNDING, ReportingMeasures, ReportingState, ReportingTally},
    org_units::{model::Row as Unit, wire::UnitRef},
    reports::{
        explained::{FigureExplained, FigureGap, FigurePart, FiguresExplained},
        tag::Asked,
        words::Phrase,
    },
    submissions::owed::{self, ExpectationBecause, Ground, Owed},
};
use chrono::{Months, NaiveDate};
use deserr::Deserr;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use utoipa::{IntoParams, ToSchema};

/// Most rows of one answer.
const MOST: usize = 20_000;

/// Which reports, of which units.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReportingStatusQuery {
    /// The unit with all below it; default the own one.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    pub form_id: Id,
    /// Periods that end in this period or on this day, or later; default a year before `as_of`.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-10")]
    pub from: Option<Bound>,
    /// Periods that end in this period or on this day, or earlier; default `as_of`.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 10, example = "2023-10")]
    pub to: Option<Bound>,
    /// As things stood at the end of this day, also a future one; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Adds `explain`.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub explain: Flag,
}

/// Who handed in which report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportingStatus {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub unit: UnitRef,
    pub form_id: Id,
    /// All units and periods together.
    #[serde(flatten)]
    pub total: ReportingMeasures,
    /// Each unit over its periods, in the order of their codes.
    pub units: Vec<ReportingUnit>,
    /// Each unit and period, the missing ones first, the longest missing of them at the head.
    pub rows: Vec<ReportingRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<FiguresExplained>,
}

/// The reports of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportingUnit {
    pub unit: UnitRef,
    #[serde(flatten)]
    pub total: ReportingMeasures,
}

/// One report of one unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportingRow {
    pub unit: UnitRef,
    /// Who hands it in: the unit, or after it closed who came after it.
    pub owed_by: Id,
    #[schema(value_type = Period)]
    pub period: Period,
    #[schema(value_type = Day)]
    pub starts_on: NaiveDate,
    #[schema(value_type = Day)]
    pub ends_on: NaiveDate,
    #[schema(value_type = ReportingState)]
    pub state: ReportingState,
    #[schema(value_type = Day)]
    pub due_on: NaiveDate,
    /// The day of the first submission, which decides, also when it was returned since.
    #[schema(value_type = Option<Day>)]
    pub first_submitted_on: Option<NaiveDate>,
    /// Of a report that came after its day.
    #[schema(example = json!(null), minimum = 1)]
    pub days_late: Option<i64>,
    /// Late, but inside the grace.
    pub in_grace: bool,
    /// The first day on which it was missing.
    #[schema(value_type = Option<Day>)]
    pub since: Option<NaiveDate>,
    pub submission_id: Option<Id>,
    pub because: Vec<ExpectationBecause>,
}

/// The figures of a unit and of a form that the caller has found.
pub fn answer(
    conn: &mut AnyConn,
    (unit, form): (&Unit, Form),
    query: &ReportingStatusQuery,
    asked: &Asked,
) -> Result<ReportingStatus> {
    let year_ago = asked.day.checked_sub_months(Months::new(12)).unwrap_or(asked.day);
    let from = query.from.unwrap_or(Bound::Day(year_ago));
    let to = query.to.unwrap_or(Bound::Day(asked.day.max(year_ago)));
    let lives = Lives::load(conn, form.root_id)?;
    let days = owed::days(&lives.calendars, &form, from, to)?;
    let periods = owed::periods(&lives.calendars, &form, days)?;
    let form_id = form.id;
    let ground = Ground::load(conn, lives, vec![form], days, asked.day)?;
    let mut rows: Vec<Owed> = Vec::new();
    for id in ground.lives.units().filter(|id| ground.lives.is_within(*id, unit.id, asked.day)) {
        for form in ground.forms() {
            let mine = ground.of_unit(form, id, &periods)?;
            if mine.iter().any(Owed::concerns) {
                rows.extend(mine);
            }
        }
        if rows.len() > MOST {
            return Err(Fault::parameter("from", Code::TooMany).with("max", MOST).into());
        }
    }
    let names: HashMap<Id, UnitRef> = rows
        .iter()
        .filter_map(|row| Some((row.unit, ground.lives.reference(row.unit, asked.day)?)))
        .collect();
    let mut total = ReportingTally::default();
    let mut each: BTreeMap<(String, Id), ReportingTally> = BTreeMap::new();
    for row in &rows {
        total.add(row.standing.state);
        let code = names.get(&row.unit).map(|unit| unit.code.clone()).unwrap_or_default();
        each.entry((code, row.unit)).or_default().add(row.standing.state);
    }
    let imported = rows.iter().filter(|row| row.imported && row.first_on.is_some()).count();
    let units = each.iter().filter_map(|((_, id), tally)| {
        Some(ReportingUnit { unit: names.get(id)?.clone(), total: ReportingMeasures::from(tally) })
    });
    let units = units.collect();
    let explain = query.explain.0.then(|| explain(&total, imported, form_id, asked.language));
    Ok(ReportingStatus {
        as_of: asked.day,
        unit: ground.lives.reference(unit.id, asked.day).ok_or_else(Error::not_found)?,
        form_id,
        total: ReportingMeasures::from(&total),
        units,
        rows: shown(rows, &names),
        explain,
    })
}

fn shown(rows: Vec<Owed>, names: &HashMap<Id, UnitRef>) -> Vec<ReportingRow> {
    let one = |row: Owed| {
        Some(ReportingRow {
            unit: names.get(&row.unit)?.clone(),
            owed_by: row.owed_by,
            period: row.period,
            starts_on: row.window.0,
            ends_on: row.window.1,
            state: row.standing.state,
            due_on: row.days.due_on,
            first_submitted_on: row.first_on,
            days_late: row.standing.days_late,
            in_grace: row.standing.in_grace,
            since: row.standing.since,
            submission_id: row.submission,
            because: row.because,
        })
    };
    let mut found: Vec<ReportingRow> = rows.into_iter().filter_map(one).collect();
    found.sort_by_cached_key(|row| (row.state, row.ends_on, row.unit.code.clone(), row.unit.id));
    found
}

/// A part of a figure: what it is, and how many.
type Part = (Phrase, i64);
/// A figure to be explained: its name, its rule and its parts.
type Line = (&'static str, Phrase, Part, Option<Part>);

/// The rule of each figure in words, its parts, and what was left out.
fn explain(tally: &ReportingTally, imported: usize, form: Id, language: Language) -> FiguresExplained {
    use ReportingState::{Exempt, Late, Missing, NotRequired, OnTime, Pending};
    let sum = |states: &[ReportingState]| states.iter().map(|state| tally.of(*state)).sum::<i64>();
    let required = (Phrase::ReportsRequired, sum(&[OnTime, Late, Missing, Pending]));
    let submitted = (Phrase::ReportsSubmitted, sum(&[OnTime, Late]));
    let on_time = (Phrase::ReportsOnTime, tally.of(OnTime));
    let lines = [
        ("required", Phrase::ReportsRequired, required, None),
        ("submitted", Phrase::ReportsSubmitted, submitted, None),
        ("on_time", Phrase::ReportsOnTime, on_time, None),
        ("late", Phrase::ReportsLate, (Phrase::ReportsLate, tally.of(Late)), None),
        ("missing", Phrase::ReportsMissing, (Phrase::ReportsMissing, tally.of(Missing)), None),
        ("pending", Phrase::ReportsPending, (Phrase::ReportsPending, tally.of(Pending)), None),
        ("completeness", Phrase::ReportsCompleteness, submitted, Some(required)),
        ("timeliness", Phrase::ReportsTimeliness, on_time, Some(required)),
        ("timeliness_of_submitted", Phrase::ReportsTimelinessOfSubmitted, on_time, Some(submitted)),
        (
            "imported",
            Phrase::ReportsImported,
            (Phrase::ReportsImported, i64::try_from(imported).unwrap_or(i64::MAX)),
            Some(submitted),
        ),
    ];
    let part = |(meaning, value): Part| FigurePart {
        meaning: meaning.say(language),
        value: Decimal::whole(value),
        records_url: Some(format!("/api/v1/expectations?form_id={form}")),
    };
    let gap = |reason: &'static str, because: Phrase, state| FigureGap {
        reason,
        because: because.say(language),
        units: tally.of(state),
    };
    let one = |(measure, rule, num, den): Line| FigureExplained {
        measure,
        rule: rule.say(language),
        num: part(num),
        den: den.map(part),
        left_out: vec![
            gap("exempt", Phrase::OutReportExempt, Exempt),
            gap("not_required", Phrase::OutNotRequired, NotRequired),
        ],
    };
    FiguresExplained { rounding: ROUNDING, measures: lines.into_iter().map(one).collect() }
}
