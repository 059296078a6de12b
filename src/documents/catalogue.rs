//! Types of documents and who may issue them: dated data.

use crate::{
    db::{
        AnyConn,
        schema::{document_types, issuing_rules},
    },
    documents::{number::TypeName, wire::IssuingBody},
    error::{Error, Result},
    http::fields::Day,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

/// The abbreviations of all document types, in their order.
pub fn types(conn: &mut AnyConn) -> Result<Vec<String>> {
    Ok(type_names(conn)?.into_iter().map(|known| known.symbol).collect())
}

/// Symbols and names of all document types, in their order.
pub fn type_names(conn: &mut AnyConn) -> Result<Vec<TypeName>> {
    let rows: Vec<(String, String)> = document_types::table
        .order(document_types::rank)
        .select((document_types::id, document_types::name_vi))
        .load(conn)?;
    Ok(rows.into_iter().map(|(symbol, name)| TypeName { symbol, name }).collect())
}

/// Whether an organ may issue a type, from a day to a day. What no rule names is not restricted.
#[derive(Debug, Clone, Serialize, Queryable, ToSchema)]
pub struct IssuingRule {
    #[schema(example = "commune")]
    pub level: String,
    #[schema(example = "party_committee")]
    pub kind: String,
    /// The body of the unit; empty where it has one only.
    #[schema(example = "standing_committee")]
    pub body: String,
    #[serde(rename = "type")]
    #[schema(example = "QC")]
    pub doc_type: String,
    #[schema(example = false)]
    pub allowed: bool,
    #[schema(value_type = Day)]
    pub valid_from: NaiveDate,
    #[schema(value_type = Option<Day>)]
    pub valid_to: Option<NaiveDate>,
    #[schema(example = "399-QĐ/TW")]
    pub legal_basis: String,
}

/// All rules, in a fixed order.
pub fn issuing_rules(conn: &mut AnyConn) -> Result<Vec<IssuingRule>> {
    let order = (
        issuing_rules::level,
        issuing_rules::kind,
        issuing_rules::body,
        issuing_rules::doc_type,
        issuing_rules::valid_from,
    );
    issuing_rules::table.order(order).load(conn).map_err(Error::from)
}

/// The rule that keeps a unit of this level and kind from issuing a type on a day, if there is one. Where
/// nobody says which body issued, it is enough that one of them may.
pub fn forbidden(
    conn: &mut AnyConn,
    (level, kind): (&str, &str),
    body: Option<IssuingBody>,
    doc_type: &str,
    on: NaiveDate,
) -> Result<Option<IssuingRule>> {
    let rules: Vec<IssuingRule> = issuing_rules::table
        .filter(issuing_rules::level.eq(level).and(issuing_rules::kind.eq(kind)))
        .filter(issuing_rules::doc_type.eq(doc_type).and(issuing_rules::valid_from.le(on)))
        .filter(issuing_rules::valid_to.is_null().or(issuing_rules::valid_to.ge(on).assume_not_null()))
        .order(issuing_rules::body)
        .load(conn)?;
    let of_body = |rule: &IssuingRule| body.is_none_or(|body| rule.body == body.as_str());
    let mut rules: Vec<IssuingRule> = rules.into_iter().filter(of_body).collect();
    let none_may = rules.iter().all(|rule| !rule.allowed);
    Ok(if none_may { rules.pop() } else { None })
}
