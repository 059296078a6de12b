//! A text made uniform, and a place in it.

use super::NumberFault;
use std::collections::VecDeque;
use unicode_normalization::UnicodeNormalization;

/// Reads from left to right; nothing here can be out of bounds.
pub struct Scan {
    rest: VecDeque<char>,
}

/// One character for all that look alike: dashes, blanks (also the no-break ones), `Ð` of Iceland and
/// `Ɖ` of Africa for `Đ`.
fn uniform(c: char) -> char {
    match c {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{ad}' => '-',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// A letter that symbols are made of.
pub fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || "ăâđêôơưĂÂĐÊÔƠƯ".contains(c)
}

impl Scan {
    pub fn new(text: &str) -> Self {
        let mut rest: VecDeque<char> = text.nfc().map(uniform).collect();
        while rest.back() == Some(&' ') {
            rest.pop_back();
        }
        let mut scan = Self { rest };
        scan.blanks();
        scan
    }

    pub fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Skips blanks; true if there were any.
    pub fn blanks(&mut self) -> bool {
        !self.take(|c| c == ' ').is_empty()
    }

    /// Skips this character, if it is next.
    pub fn skip(&mut self, wanted: char) -> bool {
        let there = self.rest.front() == Some(&wanted);
        if there {
            self.rest.pop_front();
        }
        there
    }

    /// What comes next as long as it fits.
    pub fn peek(&self, fits: impl Fn(char) -> bool) -> String {
        self.rest.iter().copied().take_while(|c| fits(*c)).collect()
    }

    /// The same, taken off.
    pub fn take(&mut self, fits: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(c) = self.rest.front().copied().filter(|c| fits(*c)) {
            self.rest.pop_front();
            taken.push(c);
        }
        taken
    }

    /// A sign that joins two parts of an organ's symbol, when another part follows.
    pub fn joint(&mut self) -> Option<char> {
        let blank = self.rest.front() == Some(&' ');
        let at = usize::from(blank);
        let sign = self.rest.get(at).copied().filter(|c| matches!(c, '-' | '&' | '.'))?;
        // A full stop may end the sentence; a dash between blanks still joins, as after a line break.
        let next = self.rest.iter().skip(at + 1).find(|c| **c != ' ').copied();
        let ends = sign == '.' && (blank || !self.rest.get(at + 1).is_some_and(|c| c.is_alphanumeric()));
        if ends || !next.is_some_and(char::is_alphanumeric) {
            return None;
        }
        self.blanks();
        self.rest.pop_front();
        self.blanks();
        Some(sign)
    }

    /// The words before the figures, in lower case, without the word for "number".
    pub fn words_before_number(&mut self) -> Result<String, NumberFault> {
        let words = self.peek(|c| !c.is_ascii_digit());
        if words.chars().count() == self.rest.len() {
            return Err(NumberFault::NoNumber);
        }
        if words.contains(['-', '/']) {
            return Err(NumberFault::NoNumber);
        }
        self.take(|c| !c.is_ascii_digit());
        let lower = words.to_lowercase();
        let words: Vec<&str> =
            lower.split([' ', ':', '.', ',', '"', '“', '(']).filter(|w| !w.is_empty()).collect();
        let words = match words.as_slice() {
            [before @ .., "số" | "so" | "s"] => before,
            all => all,
        };
        Ok(words.join(" "))
    }
}
