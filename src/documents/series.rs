//! Runs of numbers.
//!
//! A Party committee numbers from 01 in one run per type and term, not per year; a congress numbers all
//! its papers in one run, whatever their type; State bodies begin anew each year (36-HD/VPTW 1.3,
//! 05-HD/VPTW, Decree 30/2020). Gaps are normal: secret papers share the run and are not kept here.
//! A number belongs to a document from its issue on, never to a draft.
//!
//! Quyết định and quy định share the symbol QĐ; whether they share the run is not settled, so each type
//! has its own here.

use crate::{
    db::{
        AnyConn, lock_row,
        schema::{documents, terms},
    },
    documents::{
        catalogue,
        model::Row,
        number::{self, Number, NumberFormat},
    },
    error::{Code, Error, Fault, Phrase, Result, Said},
    ids::Id,
    org_units::model as units,
};
use chrono::Datelike;
use diesel::{dsl::max, prelude::*};

/// Puts a document that is issued into its run, by the number it carries. Refuses a number that the run
/// has already, and one that says another type. What cannot be read is kept as written, in no run.
pub fn place(conn: &mut AnyConn, row: &mut Row) -> Result<()> {
    let number = match &row.number_text {
        Some(text) => number::parse(text, &catalogue::type_names(conn)?).ok(),
        None => None,
    };
    if let Some(written) = number.as_ref().and_then(|number| number.doc_type.as_deref())
        && !number::may_carry(&row.doc_type, written)
    {
        let why = Said::from(Phrase::OtherType).and(written);
        return Err(Fault::at("/number_text", Code::NotPermittedHere).with("why", why).into());
    }
    row.number_value = number.as_ref().and_then(|number| i32::try_from(number.number_value).ok());
    row.number_suffix = number.as_ref().and_then(|number| number.number_suffix.clone()).unwrap_or_default();
    row.series = match &number {
        Some(number) if row.issued() => Some(key(conn, row, number.format, &number.issuer, number.year)?),
        _ => None,
    };
    refuse_taken(conn, row)
}

/// The next free number of the run that a document of this row would belong to, as the issuer writes it.
pub fn next(conn: &mut AnyConn, row: &Row, issuer: &units::Row) -> Result<String> {
    let Some(symbol) = issuer.issuer_code.clone() else {
        let fault = Fault::at("/take_next_number", Code::NotPermittedHere);
        return Err(fault.with("why", Phrase::NoIssuerCode).into());
    };
    lock_row(conn, "org_units", &issuer.id.to_string())?;
    let key = key(conn, row, NumberFormat::Party, &symbol, None)?;
    let highest: Option<i32> = documents::table
        .filter(documents::series.eq(key))
        .select(max(documents::number_value))
        .first(conn)?;
    let value = highest.unwrap_or(0).checked_add(1).and_then(|n| u32::try_from(n).ok());
    let value = value.ok_or_else(|| Error::internal("numbers ran out"))?;
    let number = Number {
        format: NumberFormat::Party,
        number_text: format!("{value:02}"),
        number_value: value,
        number_suffix: None,
        doc_type: Some(row.doc_type.clone()),
        issuer: symbol,
        year: None,
        date: None,
    };
    Ok(number.canonical())
}

/// Issuer, manner, type and term in one text. Where no term is known, the year stands for it: within one
/// a number does not come twice either.
fn key(
    conn: &mut AnyConn,
    row: &Row,
    format: NumberFormat,
    symbol: &str,
    year: Option<i32>,
) -> Result<String> {
    let of_congress = format == NumberFormat::Party && symbol.starts_with("ĐH");
    let doc_type = if of_congress { "*" } else { &row.doc_type };
    let year = year.or_else(|| row.issued_on.map(|day| day.year()));
    let year = || year.map_or_else(|| "undated".to_owned(), |year| format!("year:{year}"));
    let period = match format {
        NumberFormat::State => year(),
        NumberFormat::Party => match row.term_id {
            Some(term) => format!("term:{term}"),
            None => term_of(conn, row)?.map_or_else(year, |term| format!("term:{term}")),
        },
    };
    Ok(format!("{}|{format}|{doc_type}|{period}", row.issuer_unit_id))
}

/// The issuer's own term on the day of issue: the latest that had begun and not ended. A term begins the
/// day after the congress that elected the committee.
fn term_of(conn: &mut AnyConn, row: &Row) -> Result<Option<Id>> {
    let Some(day) = row.issued_on else { return Ok(None) };
    let found = terms::table
        .filter(terms::unit_id.eq(row.issuer_unit_id).and(terms::deleted_at.is_null()))
        .filter(terms::starts_on.le(day).assume_not_null())
        .filter(terms::ends_on.is_null().or(terms::ends_on.ge(day).assume_not_null()))
        .order((terms::starts_on.desc(), terms::id.desc()))
        .select(terms::id)
        .first(conn);
    found.optional().map_err(Error::from)
}

fn refuse_taken(conn: &mut AnyConn, row: &Row) -> Result<()> {
    let (Some(series), Some(value)) = (&row.series, row.number_value) else { return Ok(()) };
    // One after the other: both of two that ask for the same number would find it free.
    lock_row(conn, "org_units", &row.issuer_unit_id.to_string())?;
    let same = documents::series.eq(series).and(documents::number_value.eq(value));
    let taken: i64 = documents::table
        .filter(same.assume_not_null().and(documents::number_suffix.eq(&row.number_suffix)))
        .filter(documents::id.ne(row.id))
        .count()
        .get_result(conn)?;
    if taken == 0 {
        return Ok(());
    }
    Err(Error::new(Code::AlreadyExists).with("what", Phrase::DocumentNumber))
}
