//! Changing what is said of an indicator, and taking away one that nobody used.

use crate::{
    auth::Actor,
    db::schema::{indicator_values as values, indicators},
    documents::rules::refuse_classified,
    error::{Code, Error, Phrase, Result, Said},
    events::{Changes, Tx},
    http::{Answer, fields::Day, version::IfMatch},
    ids::Id,
    indicators::{
        create::search_text,
        model::{self, Row, append},
        wire::IndicatorPatch,
    },
    measures::Formula,
    org_units::model as units,
};
use diesel::prelude::*;

/// Changes an indicator; what changes nothing leaves nothing.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: IfMatch,
    patch: IndicatorPatch,
) -> Result<Answer> {
    let (row, place) = model::open(tx, actor, id)?;
    expected.check(row.version)?;
    let texts = [
        ("/name", patch.name.0.as_deref()),
        ("/definition", patch.definition.value().map(|text| &**text)),
        ("/method", patch.method.value().map(|text| &**text)),
    ];
    refuse_classified(None, &texts)?;
    if let Some(agency) = patch.agency_unit_id.value() {
        units::referenced(tx.conn, actor, *agency, "/agency_unit_id")?;
    }
    let before = model::wire_one(tx.conn, row.clone())?;
    let read = row.clone();
    let name = patch.name.0.map_or(row.name.clone(), |name| name.0);
    let mut row = Row {
        search_text: search_text(&row.code, &name),
        name,
        definition: patch.definition.map(|text| text.0).over(row.definition),
        method: patch.method.map(|text| text.0).over(row.method),
        rule_set: patch.rule_set.map(|text| text.0).over(row.rule_set),
        field: patch.field.map(|text| text.0).over(row.field),
        agency_unit_id: patch.agency_unit_id.over(row.agency_unit_id),
        retired_on: patch.retired_on.map(|Day(day)| day).over(row.retired_on),
        ..row
    };
    if row == read {
        return Answer::changed(before.version, &before);
    }
    model::update(tx, &mut row)?;
    let indicator = model::wire_one(tx.conn, row.clone())?;
    append(tx, "indicator.changed", &row, &place, Changes::between(&before, &indicator)?)?;
    Answer::changed(indicator.version, &indicator)
}

/// Marks an indicator as deleted; refused while a value was reported of it or another counts by it.
pub fn remove(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch) -> Result<Answer> {
    let (mut row, place) = model::open(tx, actor, id)?;
    expected.check(row.version)?;
    let reported: i64 = values::table.filter(values::indicator_id.eq(id)).count().get_result(tx.conn)?;
    let others: Vec<(String, Option<String>, Option<Id>)> = indicators::table
        .filter(indicators::root_id.eq(row.root_id).and(indicators::deleted_at.is_null()))
        .filter(
            indicators::weight_indicator_id.eq(id).or(indicators::formula.is_not_null()).assume_not_null(),
        )
        .select((indicators::code, indicators::formula, indicators::weight_indicator_id))
        .load(tx.conn)?;
    let counts_by = |formula: &Option<String>, weight: &Option<Id>| {
        let parts =
            formula.as_deref().and_then(|text| Formula::parse(text).ok()).map(|formula| formula.parts());
        *weight == Some(id) || parts.is_some_and(|parts| parts.contains(&row.code))
    };
    let used: i64 = others.iter().map(|(_, formula, weight)| i64::from(counts_by(formula, weight))).sum();
    for (what, n) in [(Phrase::IndicatorValues, reported), (Phrase::Indicators, used)] {
        if n > 0 {
            return Err(Error::new(Code::InUse).with("what", Said::from(what).and(n)));
        }
    }
    row.deleted_at = Some(tx.at);
    model::update(tx, &mut row)?;
    append(tx, "indicator.deleted", &row, &place, Changes::none())?;
    Ok(Answer::nothing())
}
