//! Defining indicators.

use crate::{
    auth::Actor,
    calendars,
    db::{AnyConn, schema::indicators},
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, answer::same_content, fields::Whole},
    ids::Id,
    indicators::{
        model::{self, Row, append},
        wire::{DimensionCreate, IndicatorCreate},
    },
    measures::{Direction, Formula, OverPeriods, OverUnits},
    org_units::{
        create::{rank_of, unknown_level},
        model as units,
    },
    place::Place,
    policy::{Action, Site},
    text,
};
use diesel::prelude::*;
use std::collections::HashSet;

/// Defines an indicator.
pub fn create(tx: &mut Tx, actor: &Actor, new: &IndicatorCreate) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    let place = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?.place();
    actor.may_at(Action::IndicatorManage, Site::of(&place))?;
    refuse_classified(
        None,
        &[
            ("/name", Some(&*new.name)),
            ("/definition", new.definition.as_deref()),
            ("/method", new.method.as_deref()),
        ],
    )?;
    check(tx, actor, &place, new)?;
    let row = row(tx, actor, &place, new)?;
    diesel::insert_into(indicators::table).values(&row).execute(tx.conn)?;
    let indicator = model::wire_one(tx.conn, row.clone())?;
    append(tx, "indicator.created", &row, &place, Changes::new_record(&indicator)?)?;
    Answer::created(format!("/api/v1/indicators/{}", indicator.id), indicator.version, &indicator)
}

fn check(tx: &mut Tx, actor: &Actor, place: &Place, new: &IndicatorCreate) -> Result<()> {
    let mut faults = rule_faults(new);
    if let Err(error) = calendars::model::regime(tx.conn, actor, regime(new)) {
        match error.code {
            Code::NotFound => faults.push(Fault::at("/regime", Code::UnknownReference)),
            _ => return Err(error),
        }
    }
    if let Some(formula) = &new.formula {
        faults.extend(formula_fault(tx.conn, place.root_id, formula)?);
    }
    if new.level.is_some() && rank_of(tx.conn, new.level.as_deref().unwrap_or_default())?.is_none() {
        faults.push(unknown_level(tx.conn, "/level")?);
    }
    if let Some(id) = new.weight_indicator_id {
        match model::find(tx.conn, actor, id) {
            Ok(weight) if weight.formula.is_none() && weight.period_kind == new.period_kind => {}
            Ok(_) => faults.push(
                Fault::at("/weight_indicator_id", Code::NotPermittedHere).with("why", Phrase::OtherPeriods),
            ),
            Err(e) if e.code == Code::NotFound => {
                faults.push(Fault::at("/weight_indicator_id", Code::UnknownReference));
            }
            Err(e) => return Err(e),
        }
    }
    if let Some(agency) = new.agency_unit_id {
        units::referenced(tx.conn, actor, agency, "/agency_unit_id")?;
    }
    let taken: i64 = indicators::table
        .filter(indicators::root_id.eq(place.root_id).and(indicators::code.eq(&new.code.0)))
        .filter(indicators::deleted_at.is_null())
        .count()
        .get_result(tx.conn)?;
    if taken > 0 && faults.is_empty() {
        return Err(Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::Code).and(&new.code.0)));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// What contradicts itself.
fn rule_faults(new: &IndicatorCreate) -> Vec<Fault> {
    let mut faults = Vec::new();
    if new.formula.is_none() {
        for (at, absent) in
            [("/over_periods", new.over_periods.is_none()), ("/over_units", new.over_units.is_none())]
        {
            if absent {
                faults.push(Fault::at(at, Code::Required));
            }
        }
    }
    if new.over_units == Some(OverUnits::WeightedAverage) && new.weight_indicator_id.is_none() {
        faults.push(Fault::at("/weight_indicator_id", Code::Required));
    }
    let counted = !matches!(new.direction, Direction::Milestone | Direction::Qualitative);
    if !counted && new.over_units.is_some_and(|rule| rule != OverUnits::None) {
        faults.push(Fault::at("/over_units", Code::NotPermittedHere).with("why", Phrase::NotANumber));
    }
    if !counted && new.formula.is_some() {
        faults.push(Fault::at("/formula", Code::NotPermittedHere).with("why", Phrase::NotANumber));
    }
    faults.extend(new.dimensions.iter().flat_map(|dimensions| dimension_faults(&dimensions.0)));
    faults
}

/// Codes stand once; a dimension has classes.
fn dimension_faults(dimensions: &[DimensionCreate]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut codes = HashSet::new();
    for (i, dimension) in dimensions.iter().enumerate() {
        if dimension.items.0.is_empty() {
            faults.push(Fault::at(format!("/dimensions/{i}/items"), Code::MayNotBeEmpty));
        }
        if !codes.insert(&dimension.code.0) {
            faults.push(
                Fault::at(format!("/dimensions/{i}/code"), Code::NotPermittedHere).with("why", Phrase::Twice),
            );
        }
        let mut items = HashSet::new();
        for (k, item) in dimension.items.0.iter().enumerate() {
            let at = format!("/dimensions/{i}/items/{k}/code");
            if !items.insert(&item.code.0) {
                faults.push(Fault::at(at, Code::NotPermittedHere).with("why", Phrase::Twice));
            } else if item.code.0.contains('/') {
                faults.push(Fault::at(at, Code::BadCharacter));
            }
        }
    }
    faults
}

/// A formula is read, and names indicators of the tree that are reported themselves: so there are no circles.
fn formula_fault(conn: &mut AnyConn, root: Id, text: &str) -> Result<Option<Fault>> {
    let Ok(formula) = Formula::parse(text) else {
        return Ok(Some(Fault::at("/formula", Code::Malformed).with("expected", Phrase::Formula)));
    };
    let codes: Vec<String> = formula.parts().into_iter().collect();
    let known = model::by_codes(conn, root, &codes)?;
    let unknown = codes.iter().find(|code| {
        !known.iter().any(|row| {
            row.code == **code
                && row.formula.is_none()
                && !matches!(row.direction, Direction::Milestone | Direction::Qualitative)
        })
    });
    Ok(unknown.map(|code| {
        Fault::at("/formula", Code::NotPermittedHere)
            .with("why", Said::from(Phrase::NoReportedIndicator).and(code))
    }))
}

fn regime(new: &IndicatorCreate) -> &str {
    new.regime.as_ref().map_or("decree_09", |code| code.0.as_str())
}

fn row(tx: &Tx, actor: &Actor, place: &Place, new: &IndicatorCreate) -> Result<Row> {
    let said = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    let per_cent = new.over_units == Some(OverUnits::Ratio) && new.measure_unit.0 == "%";
    let dimensions = new.dimensions.as_ref().map_or(&[][..], |dimensions| &dimensions.0);
    Ok(Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: place.root_id,
        unit_id: place.id,
        code: new.code.0.clone(),
        name: new.name.0.clone(),
        search_text: search_text(&new.code, &new.name),
        measure_unit: new.measure_unit.0.clone(),
        direction: new.direction,
        decimals: new.decimals.map_or(2, Whole::small),
        definition: said(new.definition.as_deref()),
        method: said(new.method.as_deref()),
        formula: said(new.formula.as_deref()),
        over_periods: new.over_periods.unwrap_or(OverPeriods::Latest),
        over_units: new.over_units.unwrap_or(OverUnits::None),
        factor: new.factor.map_or(if per_cent { 100 } else { 1 }, Whole::small),
        weight_indicator_id: new.weight_indicator_id,
        level: said(new.level.as_deref()),
        period_kind: new.period_kind,
        regime: regime(new).to_owned(),
        dimensions: serde_json::to_string(dimensions).map_err(Error::internal)?,
        rule_set: said(new.rule_set.as_deref()),
        field: said(new.field.as_deref()),
        agency_unit_id: new.agency_unit_id,
        retired_on: None,
        created_by: actor.user,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    })
}

/// The folded words an indicator is found by.
pub fn search_text(code: &str, name: &str) -> String {
    text::fold(&format!("{name} {code}"))
}

fn already_there(conn: &mut AnyConn, actor: &Actor, id: Id, new: &IndicatorCreate) -> Result<Option<Answer>> {
    let taken: i64 = indicators::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let indicator = model::wire_one(conn, row)?;
    if !same_content(new, &indicator)? {
        return Err(conflict());
    }
    Answer::changed(indicator.version, &indicator).map(Some)
}
