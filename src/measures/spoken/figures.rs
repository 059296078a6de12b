//! The figures of a number, with the signs between them.

use super::{
    Asked, FigureFault, Unread,
    words::{JOINT, Measure},
};
use crate::measures::Decimal;

/// Most figures, and most of them after the mark: what a JSON number carries unharmed.
const FIGURES: usize = 15;
const DECIMALS: u32 = 6;

/// A number as typed: figures, with points, commas and joints between them.
#[derive(Debug)]
pub struct Typed {
    text: String,
    minus: bool,
}

/// How a number reads: its figures before and after the mark.
struct Reading<'a> {
    whole: String,
    decimals: &'a str,
}

impl Typed {
    /// Takes the number off the beginning of a text.
    pub fn take(text: &str, minus: bool) -> (Self, &str) {
        let mut end = 0;
        let mut signs = 0;
        for c in text.chars() {
            match c {
                '0'..='9' => {
                    end += signs + 1;
                    signs = 0;
                }
                '.' | ',' | JOINT if signs == 0 => signs = c.len_utf8(),
                _ => break,
            }
        }
        let (number, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        (Self { text: number.to_owned(), minus }, rest)
    }

    /// The number in the unit that is asked for.
    pub fn number(&self, asked: &Asked, measure: &Measure) -> Result<Decimal, Unread> {
        let reading = self.reading(asked, measure)?;
        let digits = format!("{}{}", reading.whole, reading.decimals);
        let given = i32::try_from(reading.decimals.len()).unwrap_or(i32::MAX);
        let decimal =
            (digits.len() <= 24).then(|| scaled(&digits, self.minus, measure.power.saturating_sub(given)));
        decimal.flatten().ok_or_else(|| FigureFault::TooLong.into())
    }

    /// Which of the manners it is written in; see the rules at the top of the room.
    fn reading(&self, asked: &Asked, measure: &Measure) -> Result<Reading<'_>, Unread> {
        // Decimals that may be typed: more where what is typed is a larger unit.
        let fitting = asked.decimals.map(|most| i64::from(most) + i64::from(measure.power));
        let fits = |decimals: &str| {
            let typed = i64::try_from(decimals.len()).unwrap_or(i64::MAX);
            fitting.is_some_and(|most| typed <= most)
        };
        if let Some((before, after)) = self.text.split_once(',') {
            let whole = self.by_comma(before, after)?;
            let could_be_group = !before.contains(['.', JOINT]) && is_group(before, after);
            return match could_be_group && !fits(after) {
                true => Err(self.ambiguous(&format!("{before}.{after}"), &format!("{before}{after}"))),
                false => Ok(Reading { whole, decimals: after }),
            };
        }
        let Some((before, after)) = self.text.split_once('.') else {
            return Ok(Reading { whole: grouped(&self.text)?, decimals: "" });
        };
        if after.contains(['.', JOINT]) || before.contains(JOINT) {
            return Ok(Reading { whole: grouped(&self.text)?, decimals: "" });
        }
        if is_group(before, after) {
            let three = asked.decimals.is_some_and(|most| most >= 3);
            return match measure.percent || three {
                true => Err(self.ambiguous(&format!("{before}{after}"), &format!("{before}.{after}"))),
                false => Ok(Reading { whole: grouped(&self.text)?, decimals: "" }),
            };
        }
        // No group of three, so it can only be the mark of who does not write the comma.
        let may_be_mark = (measure.percent || fits(after)) && !(after.len() == 3 && before.len() > 3);
        match may_be_mark {
            true => Ok(Reading { whole: plain_whole(before, true)?, decimals: after }),
            false => Err(FigureFault::BadGrouping.into()),
        }
    }

    fn by_comma(&self, before: &str, after: &str) -> Result<String, FigureFault> {
        if after.contains(',') {
            let english = grouped(&self.text.replace(',', "."));
            let mixed = self.text.contains(['.', JOINT]);
            let english = english.is_ok() && !mixed;
            return Err(if english { FigureFault::EnglishManner } else { FigureFault::BadGrouping });
        }
        if after.contains('.') {
            return Err(FigureFault::EnglishManner);
        }
        if after.contains(JOINT) {
            return Err(FigureFault::BadGrouping);
        }
        if before.contains(['.', JOINT]) { grouped(before) } else { plain_whole(before, true) }
    }

    fn ambiguous(&self, vietnamese: &str, english: &str) -> Unread {
        let minus = if self.minus { "-" } else { "" };
        Unread::Ambiguous(format!("{minus}{vietnamese}"), format!("{minus}{english}"))
    }
}

/// True when three figures after one sign may be a group: `1.234`, not `0.234` or `1234.567`.
fn is_group(before: &str, after: &str) -> bool {
    after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0')
}

/// A whole number without its groups, each of three figures and parted by one sign throughout.
fn grouped(text: &str) -> Result<String, FigureFault> {
    let signs: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let Some(sign) = signs.first() else { return plain_whole(text, false) };
    let mut groups = text.split(*sign);
    let first = groups.next().unwrap_or_default();
    let three = groups.all(|group| group.len() == 3);
    if !three || signs.iter().any(|other| other != sign) || !(1..=3).contains(&first.len()) {
        Err(FigureFault::BadGrouping)
    } else if first.starts_with('0') {
        Err(FigureFault::LeadingZeros)
    } else {
        Ok(text.replace(*sign, ""))
    }
}

/// A whole number without groups; one that stands alone may be padded to two figures, as `05 hộ`.
fn plain_whole(text: &str, has_decimals: bool) -> Result<String, FigureFault> {
    let padded = !has_decimals && text.len() == 2 && text != "00";
    let good = !text.starts_with('0') || text == "0" || padded;
    if good { Ok(text.to_owned()) } else { Err(FigureFault::LeadingZeros) }
}

/// Figures times a power of ten; none when that is more than a JSON number carries.
fn scaled(digits: &str, minus: bool, power: i32) -> Option<Decimal> {
    let size: i128 = digits.parse().ok()?;
    let units = if minus { -size } else { size };
    let ten = |power: i32| 10_i128.checked_pow(power.unsigned_abs());
    let mut number = (units, 0_u32);
    if power >= 0 {
        number.0 = units.checked_mul(ten(power)?)?;
    } else {
        number = (units, power.unsigned_abs());
        while number.1 > 0 && number.0 % 10 == 0 {
            number = (number.0 / 10, number.1 - 1);
        }
    }
    let most = 10_i128.pow(u32::try_from(FIGURES).ok()?);
    (number.1 <= DECIMALS && number.0.abs() < most).then(|| Decimal::scaled(number.0, number.1))
}

/// A number in the Vietnamese manner, with a needless 0 at its end where it would be ambiguous without.
pub fn printed(number: Decimal, is_share: bool, wants_three: bool) -> String {
    let text = number.to_string();
    let (minus, size) = text.strip_prefix('-').map_or(("", text.as_str()), |size| ("-", size));
    let (whole, decimals) = size.split_once('.').unwrap_or((size, ""));
    let groups = whole.len().div_ceil(3);
    let mut said = String::from(minus);
    for (at, figure) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            said.push('.');
        }
        said.push(figure);
    }
    let doubtful = match decimals {
        "" => groups == 2 && (is_share || wants_three),
        decimals => is_group(whole, decimals) && !wants_three,
    };
    if !decimals.is_empty() || doubtful {
        said.push(',');
    }
    said.push_str(decimals);
    if doubtful {
        said.push('0');
    }
    said
}
