//! Figures as people type them in Vietnamese: `1.234,5`, `98,62 %`, `trên 650 hộ`, `1,2 tỷ đồng`.
//!
//! A comma is the decimal mark; points, or blanks that do not break, part groups of three. What could just
//! as well be meant in the English manner is refused with both readings, and nothing is guessed:
//!
//! - `1.234` is 1234, unless three decimals or a share are asked for: then it is ambiguous;
//! - `1,234` is ambiguous, unless three decimals fit the indicator: then it is 1.234;
//! - `98.62` has no group of three: 98.62 where there is a per cent sign or the decimals fit, else refused;
//! - `1,234.5` is English and refused; `12.34.567` is neither;
//! - an ordinary blank parts two numbers, which are refused.
//!
//! What [`Spoken::printed`] writes is read back as the same.

mod figures;
mod words;

use crate::{
    measures::{Decimal, Exact, Qualifier},
    vocabulary,
};
use figures::Typed;
use words::Measure;

vocabulary! {
    /// Why a figure cannot be read.
    FigureFault {
        Empty = "empty" "không có nội dung",
        NoNumber = "no_number" "không có chữ số",
        WordsBefore = "words_before" "có từ không hiểu được ở trước số",
        WordsAfter = "words_after" "có từ không hiểu được ở sau số",
        UnknownSign = "unknown_sign" "có ký tự không dùng để viết số",
        TwoNumbers = "two_numbers" "có nhiều hơn một số",
        BadGrouping = "bad_grouping" "dấu chấm ngăn hàng nghìn, mỗi nhóm ba chữ số; phần thập phân viết sau dấu phẩy",
        /// `1,234.5`
        EnglishManner = "english_manner" "số viết theo lối Anh; hãy viết dấu phẩy trước phần thập phân, dấu chấm ngăn hàng nghìn",
        LeadingZeros = "leading_zeros" "thừa số 0 ở đầu",
        TooLong = "too_long" "quá 15 chữ số hoặc quá 6 chữ số thập phân",
        BadMinus = "bad_minus" "số âm viết dấu trừ liền trước số",
        /// From more to less, or of what is over something.
        BadRange = "bad_range" "khoảng phải đi từ số nhỏ đến số lớn",
        /// Where one number is asked for.
        Range = "range" "chỉ nhận một số, không nhận một khoảng",
        TooManyDecimals = "too_many_decimals" "nhiều chữ số thập phân hơn mức của chỉ tiêu",
        NotAShare = "not_a_share" "chỉ tiêu không tính bằng phần trăm",
        OtherUnit = "other_unit" "đơn vị đo khác đơn vị của chỉ tiêu",
        /// `1,2 tỷ` of an indicator counted in millions.
        BareScale = "bare_scale" "thiếu đơn vị đo sau nghìn, triệu, tỷ",
    }
}

/// Why a text was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    Because(FigureFault),
    /// In the Vietnamese manner and in the English one, both without groups and with a point.
    Ambiguous(String, String),
}

impl From<FigureFault> for Unread {
    fn from(fault: FigureFault) -> Self {
        Self::Because(fault)
    }
}

/// What is asked for, which settles some readings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Most decimals; none: any.
    pub decimals: Option<u32>,
    /// What is counted: `hộ`, `%`, `triệu đồng`; none: anything.
    pub unit: Option<&'a str>,
}

/// A figure that has been understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// In the unit that was asked for; without one, the scale (nghìn, triệu, tỷ) is multiplied out.
    pub value: Decimal,
    /// The end of a range (`45 - 50`) that begins with the value.
    pub upper: Option<Decimal>,
    pub qualifier: Qualifier,
    /// Not final yet ("ước").
    pub estimated: bool,
    /// Per cent.
    pub percent: bool,
    /// What it counts, where the text or who asks says so, without the scale.
    pub unit: Option<String>,
}

/// Reads a figure; nothing is stored, and no text makes it panic.
pub fn read(text: &str, asked: &Asked) -> Result<Spoken, Unread> {
    let text = words::uniform(text)?;
    let parts = words::parts(&text)?;
    let before = words::before(&parts.before, parts.second.is_some())?;
    let measure = Measure::of(&parts, asked)?;
    let read = |typed: &Typed| typed.number(asked, &measure);
    let value = read(&parts.first)?;
    let upper = parts.second.as_ref().map(read).transpose()?;
    if let Some(upper) = upper {
        let plain = matches!(before.qualifier, Qualifier::Exactly | Qualifier::About);
        if !plain || !is_less(value, upper) {
            return Err(FigureFault::BadRange.into());
        }
    }
    let most = asked.decimals.unwrap_or(u32::MAX);
    if [Some(value), upper].into_iter().flatten().any(|number| number.decimals() > most) {
        return Err(FigureFault::TooManyDecimals.into());
    }
    Ok(Spoken {
        value,
        upper,
        qualifier: before.qualifier,
        estimated: before.estimated,
        percent: measure.percent,
        unit: measure.noun,
    })
}

fn is_less(one: Decimal, other: Decimal) -> bool {
    Exact::from(one) < Exact::from(other)
}

impl Spoken {
    /// As it is properly written in Vietnamese, so that [`read`] gives the same for who asks the same.
    pub fn printed(&self, asked: &Asked) -> String {
        let mut said = Vec::new();
        if self.estimated {
            said.push("ước".to_owned());
        }
        match self.qualifier {
            Qualifier::Exactly => {}
            Qualifier::Over => said.push("trên".to_owned()),
            Qualifier::Under => said.push("dưới".to_owned()),
            Qualifier::Nearly => said.push("gần".to_owned()),
            Qualifier::About => said.push("khoảng".to_owned()),
        }
        let is_share = self.percent || asked.unit.is_some_and(|unit| unit.starts_with('%'));
        let wants_three = asked.decimals.is_some_and(|most| most >= 3);
        said.push(figures::printed(self.value, is_share, wants_three));
        if let Some(upper) = self.upper {
            said.push("đến".to_owned());
            said.push(figures::printed(upper, is_share, wants_three));
        }
        match asked.unit {
            Some(unit) => said.push(unit.to_owned()),
            None => {
                said.extend(self.percent.then(|| "%".to_owned()));
                said.extend(self.unit.clone());
            }
        }
        said.join(" ")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
