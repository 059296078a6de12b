//! What units registered in a round: each unit, who is missing first, and all together.

use crate::{
    auth::Actor,
    db::AnyConn,
    error::Result,
    http::{
        Cursor,
        fields::{Day, Faults},
        query::{Flag, Limit},
        request::Language,
    },
    ids::Id,
    measures::{RegistrationMeasures, RegistrationTally},
    registrations::{
        list::{self, Seen},
        model,
        rounds::model::Row as Round,
        wire::RegistrationSummary,
    },
    reports::{tag::Asked, words::Phrase},
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which round, on which day.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RegistrationReportQuery {
    pub round_id: Id,
    /// As things stood at the end of this day, also a future one; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Adds `explain`.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub explain: Flag,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}

/// What units registered in a round.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationReport {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    pub round_id: Id,
    /// All units of the territory together; who opened the round has all of them.
    pub total: RegistrationMeasures,
    /// Who is missing first, then in the order of the units' codes.
    pub rows: Vec<RegistrationSummary>,
    /// Give this as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Vec<RegistrationMeasureExplained>>,
}

/// The rule of one figure in words, and where its records are.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationMeasureExplained {
    #[schema(value_type = String, example = "overdue")]
    pub measure: &'static str,
    #[schema(example = "Chưa gửi đăng ký lần nào và ngày cuối của đợt ở trước ngày tính.")]
    pub rule: String,
    /// Null where no list shows just these.
    #[schema(
        example = "/api/v1/registration-rounds/0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d/registrations?as_of=2023-10-25"
    )]
    pub records_url: Option<String>,
}

/// The figures of a round that the caller has found.
pub fn answer(
    conn: &mut AnyConn,
    actor: &Actor,
    round: &Round,
    query: &RegistrationReportQuery,
    asked: &Asked,
) -> Result<RegistrationReport> {
    // Figures count what lies deeper than the caller reads one by one.
    let seen = list::on(conn, round, model::counted(actor, None), asked.day)?;
    let mut tally = RegistrationTally::default();
    seen.iter().for_each(|one| tally.add(&one.fact));
    let scope = format!("registration-report|{}|{}|{}", round.id, asked.day, actor.scope_key());
    let page = list::cut(seen, query.cursor.as_ref(), query.limit.0, &scope)?.map(Seen::wire);
    Ok(RegistrationReport {
        as_of: asked.day,
        round_id: round.id,
        total: RegistrationMeasures::from(&tally),
        rows: page.items,
        next_cursor: page.next_cursor,
        explain: query.explain.0.then(|| explain(round.id, asked.day, asked.language)),
    })
}

fn explain(round: Id, day: NaiveDate, language: Language) -> Vec<RegistrationMeasureExplained> {
    let lines: [(&str, Phrase, Option<&str>); 10] = [
        ("units", Phrase::RegistrationUnits, Some("")),
        ("not_started", Phrase::RegistrationNotStarted, Some("&state=not_started")),
        ("accepted", Phrase::RegistrationAccepted, Some("&state=accepted")),
        ("submitted_late", Phrase::RegistrationLate, None),
        ("overdue", Phrase::RegistrationOverdue, None),
        ("within_quota", Phrase::RegistrationQuota, None),
        ("no_key_task", Phrase::RegistrationNoKeyTask, None),
        ("tasks", Phrase::RegistrationTasks, None),
        ("handed_in_pct", Phrase::RegistrationHandedInPct, None),
        ("accepted_pct", Phrase::RegistrationAcceptedPct, None),
    ];
    let path =
        |filter: &str| format!("/api/v1/registration-rounds/{round}/registrations?as_of={day}{filter}");
    let one = |(measure, rule, filter): (&'static str, Phrase, Option<&str>)| RegistrationMeasureExplained {
        measure,
        rule: rule.say(language),
        records_url: filter.map(path),
    };
    lines.into_iter().map(one).collect()
}
