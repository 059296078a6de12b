//! How many figures each unit is asked for in a month, and which of them by two forms.

use crate::{
    db::AnyConn,
    error::Result,
    forms::{
        lives::Lives,
        model as forms,
        rules::classes,
        wire::{FormItem, FormItemKind},
    },
    http::fields::{Day, Faults},
    ids::Id,
    indicators::model as indicators,
    measures::{Decimal, Exact, PeriodKind},
    org_units::{model::Row as Unit, wire::UnitRef},
    reports::tag::Asked,
};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use utoipa::{IntoParams, ToSchema};

/// Of which units, on which day.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct BurdenQuery {
    /// The unit with all below it; default the own one.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// By the forms in force on this day; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
}

/// What units are asked to report.
#[derive(Debug, Serialize, ToSchema)]
pub struct Burden {
    #[schema(value_type = Day)]
    pub as_of: NaiveDate,
    /// Who is asked most first.
    pub rows: Vec<BurdenRow>,
}

/// What one unit is asked to report.
#[derive(Debug, Serialize, ToSchema)]
pub struct BurdenRow {
    pub unit: UnitRef,
    /// Forms in force.
    #[schema(example = 3, minimum = 0)]
    pub forms: i64,
    /// Figures and texts to be typed, on average in a month: those of a quarter count a third.
    #[schema(value_type = f64, example = 41.33)]
    pub per_month: Decimal,
    /// Indicators and criteria that several forms ask for.
    pub asked_twice: Vec<BurdenTwice>,
}

/// A figure that several forms ask for. It is typed once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BurdenTwice {
    /// Null for a criterion.
    pub indicator_id: Option<Id>,
    /// The set of a criterion; null for an indicator.
    pub criteria_set_id: Option<Id>,
    /// Of the indicator or the criterion.
    #[schema(example = "HO_NGHEO")]
    pub code: String,
    #[schema(example = json!(["BC-THANG", "BC-NONG-THON"]))]
    pub forms: Vec<String>,
}

/// What is asked: the class of an indicator, or a criterion of a set.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Figure {
    Indicator(Id, String),
    Criterion(Id, String),
}

impl Figure {
    fn of(item: &FormItem) -> Option<Self> {
        let indicator = item.indicator_id.map(|id| Self::Indicator(id, classes(item).join("/")));
        let criterion = item.criterion.as_ref().zip(item.criteria_set_id);
        indicator.or_else(|| criterion.map(|(code, set)| Self::Criterion(set, code.0.clone())))
    }

    fn told(self, codes: &HashMap<Id, String>, forms: Vec<String>) -> BurdenTwice {
        let (indicator_id, criteria_set_id, code) = match self {
            Self::Indicator(id, _) => (Some(id), None, codes.get(&id).cloned().unwrap_or_default()),
            Self::Criterion(set, code) => (None, Some(set), code),
        };
        BurdenTwice { indicator_id, criteria_set_id, code, forms }
    }
}

/// How often a month, as a fraction: weeks by 52 in a year.
const fn monthly(kind: PeriodKind) -> (i64, i64) {
    match kind {
        PeriodKind::Week => (52, 12),
        PeriodKind::Month => (1, 1),
        PeriodKind::Quarter => (1, 3),
        PeriodKind::HalfYear => (1, 6),
        PeriodKind::NineMonths | PeriodKind::Year => (1, 12),
        PeriodKind::Years => (1, 60),
    }
}

/// The burden of a unit and of those below it.
pub fn answer(conn: &mut AnyConn, unit: &Unit, asked: &Asked) -> Result<Burden> {
    let day = asked.day;
    let lives = Lives::load(conn, unit.root_id)?;
    let mut all = forms::of_root(conn, unit.root_id)?;
    all.retain(|form| form.starts_on <= day && form.ends_on.is_none_or(|end| day <= end));
    let ids: Vec<Id> = all.iter().map(|form| form.id).collect();
    let versions = forms::versions_of(conn, &ids)?;
    let mut rows = Vec::new();
    for id in lives.units().filter(|id| lives.is_within(*id, unit.id, day)) {
        let Some(name) = lives.reference(id, day).filter(|_| lives.standing_for(id, day) == id) else {
            continue;
        };
        let (mut count, mut figures) = (0, Exact::zero());
        let mut by_figure: BTreeMap<Figure, Vec<String>> = BTreeMap::new();
        for form in &all {
            let version = versions.get(&form.id).and_then(|all| all.for_period(day));
            let Some(version) = version else { continue };
            if !lives.is_asked(form.unit_id, &version.content, id, day) {
                continue;
            }
            count += 1;
            let (times, months) = monthly(form.period_kind);
            let share = Exact::whole(times).over(&Exact::whole(months)).unwrap_or_else(Exact::zero);
            for item in version.content.items.0.iter().filter(|item| item.kind != FormItemKind::TaskFigure) {
                let twice = Figure::of(item).map(|key| {
                    let forms = by_figure.entry(key).or_default();
                    forms.push(form.code.clone());
                    forms.len() > 1
                });
                if twice != Some(true) {
                    figures = figures + share.clone();
                }
            }
        }
        by_figure.retain(|_, forms| forms.len() > 1);
        if count > 0 {
            rows.push((name, count, figures.rounded().unwrap_or(Decimal::ZERO), by_figure));
        }
    }
    let indicator = |figure: &Figure| match figure {
        Figure::Indicator(id, _) => Some(*id),
        Figure::Criterion(..) => None,
    };
    let wanted: Vec<Id> = rows.iter().flat_map(|row| row.3.keys().filter_map(indicator)).collect();
    let codes: HashMap<Id, String> =
        indicators::load_all(conn, &wanted)?.into_iter().map(|row| (row.id, row.code)).collect();
    let mut rows: Vec<BurdenRow> = rows
        .into_iter()
        .map(|(unit, forms, per_month, twice)| BurdenRow {
            unit,
            forms,
            per_month,
            asked_twice: twice.into_iter().map(|(figure, forms)| figure.told(&codes, forms)).collect(),
        })
        .collect();
    rows.sort_by(|a, b| {
        Exact::from(b.per_month).cmp(&Exact::from(a.per_month)).then_with(|| a.unit.code.cmp(&b.unit.code))
    });
    Ok(Burden { as_of: day, rows })
}
