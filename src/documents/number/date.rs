//! The day that follows a number in a citation, in figures or in words.

use super::{NumberFault, scan::Scan};
use chrono::NaiveDate;

/// Months as they are said; `giêng` and `chạp` are the first and the twelfth.
const MONTHS: [(&str, u32); 15] = [
    ("mười một", 11),
    ("mười hai", 12),
    ("mười", 10),
    ("một", 1),
    ("giêng", 1),
    ("hai", 2),
    ("ba", 3),
    ("tư", 4),
    ("bốn", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("tám", 8),
    ("chín", 9),
    ("chạp", 12),
];

/// What begins the rest of a citation: who issued it, and about what.
const FURTHER: [&str; 6] = ["của", "về", "v/v", "do", "\"", "“"];

/// Reads `, ngày 15/5/2016`, `(15.5.2016)`, `ngày 15 tháng 5 năm 2016`, and lets the rest of a citation
/// follow. Nothing at all is no date.
pub fn after(scan: &mut Scan) -> Result<Option<NaiveDate>, NumberFault> {
    signs(scan);
    let announced = word(scan, "ngày");
    signs(scan);
    let follows = announced || !scan.peek(|c| c.is_ascii_digit()).is_empty();
    let date = if follows { Some(date(scan)?) } else { None };
    signs(scan);
    let rest = scan.peek(|_| true).to_lowercase();
    let goes_on = FURTHER.iter().any(|begin| rest.starts_with(begin));
    if rest.is_empty() || goes_on { Ok(date) } else { Err(NumberFault::WordsAfter) }
}

fn signs(scan: &mut Scan) {
    scan.take(|c| matches!(c, ' ' | ',' | ';' | '.' | ':' | '(' | ')' | '[' | ']'));
}

/// Skips this word, if it is next.
fn word(scan: &mut Scan, wanted: &str) -> bool {
    let there = scan.peek(char::is_alphabetic).to_lowercase() == wanted;
    if there {
        scan.take(char::is_alphabetic);
    }
    there
}

fn date(scan: &mut Scan) -> Result<NaiveDate, NumberFault> {
    let day = whole(scan)?;
    scan.blanks();
    let in_words = word(scan, "tháng");
    let month = if in_words { month(scan)? } else { separated(scan)? };
    scan.blanks();
    let year = if in_words {
        if !word(scan, "năm") {
            return Err(NumberFault::BadDate);
        }
        scan.blanks();
        whole(scan)?
    } else {
        separated(scan)?
    };
    if !(1900..=2199).contains(&year) {
        return Err(NumberFault::BadDate);
    }
    let year = i32::try_from(year).map_err(|_| NumberFault::BadDate)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NumberFault::DateDoesNotExist)
}

/// A number after one of the signs between day, month and year.
fn separated(scan: &mut Scan) -> Result<u32, NumberFault> {
    scan.blanks();
    if !(scan.skip('/') || scan.skip('-') || scan.skip('.')) {
        return Err(NumberFault::BadDate);
    }
    scan.blanks();
    whole(scan)
}

fn month(scan: &mut Scan) -> Result<u32, NumberFault> {
    scan.blanks();
    if scan.peek(|c| c.is_ascii_digit()).is_empty() {
        let said = scan.peek(|c| c.is_alphabetic() || c == ' ').to_lowercase();
        let fits = |name: &&(&str, u32)| said == name.0 || said.starts_with(&format!("{} ", name.0));
        let (name, month) = MONTHS.iter().find(fits).ok_or(NumberFault::BadDate)?;
        for _ in name.split(' ') {
            scan.blanks();
            scan.take(char::is_alphabetic);
        }
        return Ok(*month);
    }
    whole(scan)
}

fn whole(scan: &mut Scan) -> Result<u32, NumberFault> {
    let digits = scan.take(|c| c.is_ascii_digit());
    if digits.is_empty() || digits.len() > 4 {
        Err(NumberFault::BadDate)
    } else {
        digits.parse().map_err(|_| NumberFault::BadDate)
    }
}
