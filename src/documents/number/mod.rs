//! Numbers of documents as they are written, and what they mean.
//!
//! A Party number is `1083-QĐ/HU`: hyphen, then slash (36-HD/VPTW, 05-HD/VPTW). A State number is
//! `11/QĐ-UBND` or `11/2023/QĐ-UBND`: slash, then hyphen (Decree 30/2020); its letters carry no type
//! (`806/STP-VB`), and laws no organ of their own (`25/2021/QH15`).
//!
//! Reading is lenient on blanks, dashes, case and code points, and strict on what changes the meaning:
//! `ĐA` and `DA`, `CT` and `CTr` are different papers. No text makes it panic, and
//! `parse(canonical(n)) == n`.

mod date;
mod scan;
#[cfg(test)]
mod tests;

use crate::vocabulary;
use chrono::NaiveDate;
use scan::{Scan, is_letter};

vocabulary! {
    /// In whose manner a number is written.
    NumberFormat {
        Party = "party",
        State = "state",
    }
}

vocabulary! {
    /// Why a number cannot be read.
    NumberFault {
        Empty = "empty" "không có nội dung",
        NoNumber = "no_number" "không có số",
        NumberZero = "number_zero" "số phải từ 1",
        NumberTooLong = "number_too_long" "số quá dài",
        NoType = "no_type" "thiếu tên loại văn bản",
        UnknownType = "unknown_type" "tên loại văn bản không có trong danh mục",
        TypeMismatch = "type_mismatch" "tên loại bằng chữ không khớp ký hiệu",
        NoIssuer = "no_issuer" "thiếu cơ quan ban hành",
        BadIssuer = "bad_issuer" "ký hiệu cơ quan ban hành không hợp lệ",
        BadYear = "bad_year" "năm phải có bốn chữ số, từ 1930",
        BadDate = "bad_date" "không đọc được ngày",
        DateDoesNotExist = "date_does_not_exist" "ngày không tồn tại",
        WordsBefore = "words_before" "có chữ không hiểu được ở trước số",
        WordsAfter = "words_after" "có chữ không hiểu được ở sau số",
    }
}

/// A type of document, as the catalogue has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeName {
    /// `QĐ`
    pub symbol: String,
    /// `Quyết định`
    pub name: String,
}

/// A number that has been understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub format: NumberFormat,
    /// The figures as written, with the suffix: `05`, `12a`.
    pub number_text: String,
    pub number_value: u32,
    /// A lower-case letter, or `bis`.
    pub number_suffix: Option<String>,
    /// A symbol of the catalogue; none where the number carries no type, as on letters of State bodies.
    pub doc_type: Option<String>,
    /// The symbol of the organ: `HU`, `UBND`.
    pub issuer: String,
    /// The year that is part of a State number.
    pub year: Option<i32>,
    /// The day that follows a citation.
    pub date: Option<NaiveDate>,
}

impl Number {
    /// The number as it is properly written, without type name and date.
    pub fn canonical(&self) -> String {
        let Self { number_text, issuer, .. } = self;
        let symbol = self.doc_type.as_deref();
        match (self.format, self.year, symbol) {
            (NumberFormat::Party, _, symbol) => {
                format!("{number_text}-{}/{issuer}", symbol.unwrap_or_default())
            }
            (NumberFormat::State, None, Some(symbol)) => format!("{number_text}/{symbol}-{issuer}"),
            (NumberFormat::State, None, None) => format!("{number_text}/{issuer}"),
            (NumberFormat::State, Some(year), Some(symbol)) => {
                format!("{number_text}/{year}/{symbol}-{issuer}")
            }
            (NumberFormat::State, Some(year), None) => format!("{number_text}/{year}/{issuer}"),
        }
    }
}

/// Other ways to write a symbol, all seen in use: working names of action programmes, and the State's
/// `QyĐ` for what Party offices write `QĐi`.
const ALIASES: [(&str, &str); 3] = [("CTrHĐ", "CTr"), ("CTHĐ", "CTr"), ("QyĐ", "QĐi")];
/// Symbols of organs that are not all capitals.
const MIXED: [&str; 2] = ["TTg", "ThU"];
/// The symbol of quyết định, which quy định share (66-QĐ/TW is a quy định).
const DECISION: &str = "QĐ";
const REGULATION: &str = "QĐi";

/// Reads a number, alone or in a citation (`Chỉ thị số 05-CT/TW, ngày 15/5/2016 của …`).
pub fn parse(text: &str, types: &[TypeName]) -> Result<Number, NumberFault> {
    let mut scan = Scan::new(text);
    if scan.at_end() {
        return Err(NumberFault::Empty);
    }
    let named = type_in_words(&scan.words_before_number()?, types)?;
    let (number_text, number_value, number_suffix) = figures(&mut scan, types)?;
    let (format, year) = separator(&mut scan)?;
    let (doc_type, issuer) = match format {
        NumberFormat::Party => party(&mut scan, types)?,
        NumberFormat::State => state(&mut scan, types)?,
    };
    if let (Some(named), Some(symbol)) = (&named, &doc_type)
        && !may_carry(named, symbol)
    {
        return Err(NumberFault::TypeMismatch);
    }
    let date = date::after(&mut scan)?;
    Ok(Number { format, number_text, number_value, number_suffix, doc_type, issuer, year, date })
}

/// The type that stands in words before the number, if any; `số` alone is no type.
fn type_in_words(words: &str, types: &[TypeName]) -> Result<Option<String>, NumberFault> {
    if words.is_empty() {
        return Ok(None);
    }
    let begins = |name: &str| words == name || words.starts_with(&format!("{name} "));
    let found = types.iter().filter(|known| begins(&known.name.to_lowercase()));
    let longest = found.max_by_key(|known| known.name.len());
    longest.map(|known| Some(known.symbol.clone())).ok_or(NumberFault::WordsBefore)
}

/// Whether a document of this type may carry this symbol: only quy định may carry another one, that of
/// quyết định.
pub fn may_carry(doc_type: &str, symbol: &str) -> bool {
    doc_type == symbol || (doc_type == REGULATION && symbol == DECISION)
}

/// Figures and suffix. A letter right after the figures is a suffix (`12a`), unless a type begins
/// there whose hyphen was forgotten (`12KH/ĐU`).
fn figures(scan: &mut Scan, types: &[TypeName]) -> Result<(String, u32, Option<String>), NumberFault> {
    let digits = scan.take(|c| c.is_ascii_digit());
    if digits.is_empty() {
        return Err(NumberFault::NoNumber);
    }
    if digits.len() > 6 {
        return Err(NumberFault::NumberTooLong);
    }
    let value: u32 = digits.parse().map_err(|_| NumberFault::NumberTooLong)?;
    if value == 0 {
        return Err(NumberFault::NumberZero);
    }
    let letters = scan.peek(is_letter).to_lowercase();
    let is_type = symbol(&letters, types).is_some();
    let is_suffix = letters == "bis" || (letters.chars().count() == 1 && !is_type);
    let suffix = is_suffix.then(|| {
        scan.take(is_letter);
        letters
    });
    let text = digits + suffix.as_deref().unwrap_or_default();
    Ok((text, value, suffix))
}

/// What stands between figures and symbol decides the form; a blank, or nothing, is a lost hyphen.
fn separator(scan: &mut Scan) -> Result<(NumberFormat, Option<i32>), NumberFault> {
    scan.blanks();
    if !scan.skip('/') {
        scan.skip('-');
        scan.blanks();
        return Ok((NumberFormat::Party, None));
    }
    scan.blanks();
    let year = scan.peek(|c| c.is_ascii_digit());
    if year.is_empty() {
        return Ok((NumberFormat::State, None));
    }
    scan.take(|c| c.is_ascii_digit());
    scan.blanks();
    let year = year.parse().ok().filter(|year| (1930..=2199).contains(year)).ok_or(NumberFault::BadYear)?;
    if !scan.skip('/') {
        return Err(NumberFault::NoType);
    }
    scan.blanks();
    Ok((NumberFormat::State, Some(year)))
}

/// `QĐ/HU`
fn party(scan: &mut Scan, types: &[TypeName]) -> Result<(Option<String>, String), NumberFault> {
    let written = scan.take(is_letter);
    if written.is_empty() {
        return Err(NumberFault::NoType);
    }
    let known = symbol(&written, types);
    scan.blanks();
    if !scan.skip('/') {
        return Err(NumberFault::NoIssuer);
    }
    scan.blanks();
    let issuer = issuer(scan)?;
    Ok((Some(known.ok_or(NumberFault::UnknownType)?), issuer))
}

/// `QĐ-UBND`, or an organ alone.
fn state(scan: &mut Scan, types: &[TypeName]) -> Result<(Option<String>, String), NumberFault> {
    // The whole part must be the symbol: `QH15` is no quy hoạch.
    let known = symbol(&scan.peek(is_part), types);
    let Some(known) = known else { return Ok((None, issuer(scan)?)) };
    scan.take(is_part);
    scan.blanks();
    if !scan.skip('-') {
        return Err(NumberFault::NoIssuer);
    }
    scan.blanks();
    Ok((Some(known), issuer(scan)?))
}

/// The catalogue's symbol for what was written, whatever its case; the stroke of đ counts.
fn symbol(written: &str, types: &[TypeName]) -> Option<String> {
    let same = |symbol: &str| symbol.to_lowercase() == written.to_lowercase();
    let known = types.iter().find(|known| same(&known.symbol)).map(|known| known.symbol.clone());
    known.or_else(|| ALIASES.iter().find(|(alias, _)| same(alias)).map(|(_, symbol)| (*symbol).to_owned()))
}

fn is_part(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit()
}

/// The symbol of the organ: parts of letters and figures, joined by `-`, `&` or `.`.
fn issuer(scan: &mut Scan) -> Result<String, NumberFault> {
    let mut parts = String::new();
    loop {
        let part = scan.take(is_part);
        if part.is_empty() {
            return Err(if parts.is_empty() { NumberFault::NoIssuer } else { NumberFault::BadIssuer });
        }
        if parts.is_empty() && !part.starts_with(is_letter) {
            return Err(NumberFault::BadIssuer);
        }
        let mixed = MIXED.iter().find(|known| known.to_lowercase() == part.to_lowercase());
        parts += &mixed.map_or_else(|| part.to_uppercase(), |known| (*known).to_owned());
        if parts.chars().count() > 40 {
            return Err(NumberFault::BadIssuer);
        }
        match scan.joint() {
            Some(joint) => parts.push(joint),
            None => return Ok(parts),
        }
    }
}
