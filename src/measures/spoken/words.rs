//! The words around figures: how sure, how many thousands, of what.

use super::{Asked, FigureFault, figures::Typed};
use crate::measures::Qualifier;
use unicode_normalization::UnicodeNormalization;

/// A blank that does not break: it may part groups of figures.
pub const JOINT: char = '\u{a0}';
/// Powers of ten; the longest first.
const SCALES: [(&str, u32); 8] = [
    ("nghìn tỷ", 12),
    ("nghìn tỉ", 12),
    ("ngàn tỷ", 12),
    ("nghìn", 3),
    ("ngàn", 3),
    ("triệu", 6),
    ("tỷ", 9),
    ("tỉ", 9),
];
const SURENESS: [(&str, Qualifier); 6] = [
    ("trên", Qualifier::Over),
    ("hơn", Qualifier::Over),
    ("dưới", Qualifier::Under),
    ("gần", Qualifier::Nearly),
    ("khoảng", Qualifier::About),
    ("xấp xỉ", Qualifier::About),
];
const ESTIMATES: [&str; 3] = ["ước tính", "ước đạt", "ước"];
/// Words that say something else about the number than what is counted.
const MEANINGFUL: [&str; 27] = [
    "trở", "rưỡi", "hơn", "trên", "dưới", "gần", "khoảng", "kém", "lẻ", "chẵn", "trăm", "chục", "vạn",
    "mươi", "nửa", "tá", "và", "hoặc", "hay", "đến", "tới", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "phần",
];

/// One character for all that look alike, in lower case: full-width figures and signs, dashes, blanks.
pub fn uniform(text: &str) -> Result<String, FigureFault> {
    let one = |c: char| match c {
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10).unwrap_or(c),
        '\u{ff05}' => '%',
        '\u{ff0c}' => ',',
        '\u{ff0e}' => '.',
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{ff0d}' => '-',
        '\u{2012}'..='\u{2015}' => '–',
        '\u{a0}' | '\u{202f}' | '\u{2007}'..='\u{2009}' => JOINT,
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let text: String = text.nfc().map(one).flat_map(char::to_lowercase).nfc().collect();
    let text = text.trim_matches([' ', JOINT]);
    let known = |c: char| c.is_alphabetic() || c.is_ascii_digit() || " \u{a0}.,-–%/²³".contains(c);
    match text {
        "" => Err(FigureFault::Empty),
        text if !text.contains(|c: char| c.is_ascii_digit()) => Err(FigureFault::NoNumber),
        text if !text.chars().all(known) => Err(FigureFault::UnknownSign),
        text => Ok(text.to_owned()),
    }
}

/// A text taken apart: words, a number or two, words.
#[derive(Debug)]
pub struct Parts {
    pub before: String,
    pub first: Typed,
    /// The end of a range.
    pub second: Option<Typed>,
    /// What follows the first number of a range.
    pub between: String,
    pub after: String,
}

/// Takes a uniform text apart.
pub fn parts(text: &str) -> Result<Parts, FigureFault> {
    let (before, rest) = at_figure(text).ok_or(FigureFault::NoNumber)?;
    let (before, minus) = minus(before)?;
    let (first, rest) = Typed::take(rest, minus);
    let Some((gap, rest)) = at_figure(rest) else {
        let after = plain(rest);
        return Ok(Parts { before, first, second: None, between: String::new(), after });
    };
    let (between, minus) = gap_of(gap).ok_or(FigureFault::TwoNumbers)?;
    let (second, rest) = Typed::take(rest, minus);
    if at_figure(rest).is_some() {
        return Err(FigureFault::TwoNumbers);
    }
    Ok(Parts { before, first, second: Some(second), between, after: plain(rest) })
}

/// Splits before the first figure that is no part of a unit such as `m2`.
fn at_figure(text: &str) -> Option<(&str, &str)> {
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let in_unit = last == 'm' && matches!(c, '2' | '3') && is_unit_end(text.get(at + 1..));
        if c.is_ascii_digit() && !in_unit {
            return text.split_at_checked(at);
        }
        last = c;
    }
    None
}

fn is_unit_end(rest: Option<&str>) -> bool {
    rest.and_then(|rest| rest.chars().next()).is_none_or(|c| !c.is_alphanumeric())
}

/// The words before a number, and whether a minus stands right before it.
fn minus(before: &str) -> Result<(String, bool), FigureFault> {
    if let Some(words) = before.strip_suffix('-') {
        let words = plain(words);
        return if words.ends_with(['-', '–']) { Err(FigureFault::BadMinus) } else { Ok((words, true)) };
    }
    let words = plain(before);
    if words.ends_with(['-', '–']) {
        return Err(FigureFault::BadMinus);
    }
    Ok(match strip_last(&words, "âm") {
        Some(words) => (words, true),
        None => (words, false),
    })
}

/// What stands between the numbers of a range besides the dash or word, and whether the second is negative.
fn gap_of(gap: &str) -> Option<(String, bool)> {
    let to = |words: &str| {
        let words = plain(words);
        let dash = words.strip_suffix(['-', '–']).map(plain);
        dash.or_else(|| strip_last(&words, "đến")).or_else(|| strip_last(&words, "tới"))
    };
    // The dash of `45-50` is none of a negative number; that of `-5 đến -3` is.
    let negative = gap.strip_suffix('-').and_then(to).filter(|_| !gap.trim().is_empty());
    let said = negative.map(|words| (words, true)).or_else(|| to(gap).map(|words| (words, false)))?;
    (!said.0.ends_with(['-', '–'])).then_some(said)
}

/// Words with one blank between them.
fn plain(words: &str) -> String {
    words.split([' ', JOINT]).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Words without their last, if it is this one.
fn strip_last(words: &str, last: &str) -> Option<String> {
    let rest = words.strip_suffix(last)?;
    (rest.is_empty() || rest.ends_with(' ')).then(|| rest.trim_end().to_owned())
}

/// Words without their first, if they begin with this.
fn strip_first<'a>(words: &'a str, first: &str) -> Option<&'a str> {
    let rest = words.strip_prefix(first)?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start())
}

/// What the words before a number say.
#[derive(Debug)]
pub struct Before {
    pub qualifier: Qualifier,
    pub estimated: bool,
}

/// Reads the words before a number: `ước`, then how sure; `từ` only before a range.
pub fn before(words: &str, is_range: bool) -> Result<Before, FigureFault> {
    let estimate = ESTIMATES.iter().find_map(|word| strip_first(words, word));
    let rest = estimate.unwrap_or(words);
    let sure = SURENESS.iter().find_map(|(word, sure)| Some((strip_first(rest, word)?, *sure)));
    let (rest, qualifier) = sure.unwrap_or((rest, Qualifier::Exactly));
    let rest = if is_range { strip_first(rest, "từ").unwrap_or(rest) } else { rest };
    if rest.is_empty() {
        Ok(Before { qualifier, estimated: estimate.is_some() })
    } else {
        Err(FigureFault::WordsBefore)
    }
}

/// What is counted, and in how many tens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measure {
    /// The power of ten from what is typed to what is asked for.
    pub power: i32,
    /// In per cent, by the text or by what is asked for.
    pub percent: bool,
    /// The unit without its scale, where the text or who asks says it.
    pub noun: Option<String>,
}

/// A unit taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
struct Unit {
    power: u32,
    percent: bool,
    noun: String,
}

impl Unit {
    fn of(words: &str) -> Self {
        let scaled = SCALES.iter().find_map(|(word, power)| Some((strip_first(words, word)?, *power)));
        let (words, power) = scaled.unwrap_or((words, 0));
        let share = words.strip_prefix('%').or_else(|| strip_first(words, "phần trăm"));
        let noun = match share.unwrap_or(words).trim() {
            "đ" | "vnđ" | "vnd" => "đồng",
            noun => noun,
        };
        Self { power, percent: share.is_some(), noun: noun.to_owned() }
    }

    /// What is wrong with the words after a number.
    fn fault(&self) -> Option<FigureFault> {
        let mut words = self.noun.split([' ', '/']);
        let ends = |c: char| matches!(c, '2' | '3' | '²' | '³');
        let bare: String = self.noun.split([' ', '/']).map(|word| word.trim_end_matches(ends)).collect();
        if !bare.chars().all(char::is_alphabetic) || self.noun.starts_with(|c: char| !c.is_alphabetic()) {
            Some(FigureFault::UnknownSign)
        } else if words.any(|word| MEANINGFUL.contains(&word)) || (self.percent && self.power > 0) {
            Some(FigureFault::WordsAfter)
        } else {
            None
        }
    }
}

impl Measure {
    /// What a text counts, held against what is asked for.
    pub fn of(parts: &Parts, asked: &Asked) -> Result<Self, FigureFault> {
        let words = &parts.after;
        // `45 % - 50 %`: said twice, it is the same.
        if !parts.between.is_empty() && parts.between != *words {
            return Err(FigureFault::TwoNumbers);
        }
        let wanted =
            asked.unit.map(|unit| plain(&unit.nfc().flat_map(char::to_lowercase).collect::<String>()));
        if words.is_empty() || wanted.as_ref() == Some(words) {
            let unit = wanted.as_deref().map(Unit::of).unwrap_or_default();
            return Ok(Self { power: 0, percent: unit.percent, noun: said(&unit) });
        }
        let typed = Unit::of(words);
        if let Some(fault) = typed.fault() {
            return Err(fault);
        }
        let unit = wanted.map_or_else(|| Unit { power: 0, ..Unit::of(words) }, |unit| Unit::of(&unit));
        if typed.percent != unit.percent {
            return Err(if typed.percent { FigureFault::NotAShare } else { FigureFault::OtherUnit });
        }
        if typed.noun.is_empty() && unit.power > 0 {
            return Err(FigureFault::BareScale);
        }
        if !typed.noun.is_empty() && typed.noun != unit.noun {
            return Err(FigureFault::OtherUnit);
        }
        let power = i32::try_from(typed.power).unwrap_or(0) - i32::try_from(unit.power).unwrap_or(0);
        Ok(Self { power, percent: unit.percent, noun: said(&unit) })
    }
}

/// What a unit counts, if it says so.
fn said(unit: &Unit) -> Option<String> {
    Some(unit.noun.clone()).filter(|noun| !noun.is_empty())
}
