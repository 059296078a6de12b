//! The place in a text that answers, with its words marked. Pure.

use crate::{
    search::{
        question::Question,
        rank::{marks, phrase},
    },
    text::{self, Word},
};
use std::collections::BTreeSet;

/// How many words are shown.
const WORDS: usize = 32;
/// How many of them stand before the place.
const BEFORE: usize = 6;
/// How much of one word is shown, and of the signs between two, in characters.
const LONGEST: usize = 64;
const LONGEST_GAP: usize = 20;

/// A stretch of a text around the place that answers best: as HTML, with `<mark>` around the words that
/// were looked for, everything else escaped, `…` where the text goes on.
pub fn snippet(asked: &Question, text: &str) -> String {
    let words = text::words(text);
    let marked = marks(asked, &words);
    let said = phrase(asked, &words, true).or_else(|| phrase(asked, &words, false));
    let place = said.map_or_else(|| richest(&marked), |words| words.start);
    let from = place.saturating_sub(BEFORE);
    let to = words.len().min(from + WORDS);
    let mut out = Out::default();
    let mut at = 0;
    if let Some(first) = words.get(from).filter(|_| from > 0) {
        out.gap("… ");
        at = first.at.start;
    }
    for (word, parts) in words.iter().zip(&marked).take(to).skip(from) {
        at = out.word(text, at, word, !parts.is_empty());
    }
    out.close();
    out.gap(if to < words.len() { " …" } else { text.get(at..).unwrap_or_default() });
    out.html
}

/// How much of the question a text holds: all of it in one piece, and how many of its parts.
pub fn richness(asked: &Question, text: &str) -> (bool, usize) {
    let words = text::words(text);
    let parts = marks(asked, &words).into_iter().flatten().collect::<BTreeSet<_>>().len();
    (phrase(asked, &words, false).is_some(), parts)
}

/// The word from which on most parts of the question follow soon.
fn richest(marked: &[Vec<usize>]) -> usize {
    let (mut best, mut most) = (0, 0);
    for at in (0..marked.len()).filter(|at| marked.get(*at).is_some_and(|parts| !parts.is_empty())) {
        let near = marked.iter().skip(at).take(WORDS - BEFORE);
        let parts = near.flatten().collect::<BTreeSet<_>>().len();
        if parts > most {
            (best, most) = (at, parts);
        }
    }
    best
}

#[derive(Default)]
struct Out {
    html: String,
    is_marking: bool,
}

impl Out {
    /// Writes a word with what stands before it; gives where the text goes on.
    fn word(&mut self, text: &str, at: usize, word: &Word, is_marked: bool) -> usize {
        // One character may be several words.
        if word.at.end <= at {
            return at;
        }
        let gap = text.get(at..word.at.start).unwrap_or_default();
        if !(is_marked && gap.chars().all(char::is_whitespace)) {
            self.close();
        }
        self.gap(gap);
        if is_marked && !self.is_marking {
            self.html.push_str("<mark>");
            self.is_marking = true;
        }
        let shown = text.get(word.at.clone()).unwrap_or_default();
        self.text(shown.chars().take(LONGEST));
        if shown.chars().nth(LONGEST).is_some() {
            self.html.push('…');
        }
        word.at.end
    }

    fn close(&mut self) {
        if self.is_marking {
            self.html.push_str("</mark>");
            self.is_marking = false;
        }
    }

    /// Writes what stands between words, blanks and line breaks as one blank.
    fn gap(&mut self, gap: &str) {
        if gap.chars().nth(LONGEST_GAP).is_some() {
            return self.text(" … ".chars());
        }
        for c in gap.chars() {
            match c {
                c if c.is_whitespace() && self.html.ends_with(' ') => {}
                c if c.is_whitespace() => self.html.push(' '),
                c => self.text(std::iter::once(c)),
            }
        }
    }

    fn text(&mut self, text: impl Iterator<Item = char>) {
        for c in text {
            match c {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                '\'' => self.html.push_str("&#39;"),
                c => self.html.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::question::Synonym;

    fn shown(typed: &str, text: &str) -> String {
        let long = vec!["nong".into(), "thon".into(), "moi".into()];
        let known = [Synonym { short: "ntm".into(), long, is_syllable: false }];
        snippet(&Question::read(typed, &known), text)
    }

    #[test]
    fn words_are_marked_as_they_are_written() {
        assert_eq!(
            shown("NTM nang", "Xây dựng Nông\u{a0}thôn mới, nâng cao"),
            "Xây dựng <mark>Nông thôn mới</mark>, <mark>nâng</mark> cao"
        );
        assert_eq!(shown("1083 qd", "Số 1083-QĐ/HU."), "Số <mark>1083</mark>-<mark>QĐ</mark>/HU.");
        assert_eq!(shown("hoa", "Hóa đơn, hoá đơn"), "<mark>Hóa</mark> đơn, <mark>hoá</mark> đơn");
        assert_eq!(shown("xa", "Cấp\n\n  xã"), "Cấp <mark>xã</mark>");
    }

    #[test]
    fn nothing_of_the_text_is_html() {
        let text = "<script>alert('x')</script> & \"xã\"";
        let html = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;<mark>xã</mark>&quot;";
        assert_eq!(shown("xa", text), html);
    }

    #[test]
    fn a_long_text_is_cut_around_the_best_place() {
        let filler = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(20);
        let text = format!("{filler} mới lạ {filler} nông thôn mới {filler}");
        let html = shown("nông thôn mới", &text);
        assert!(html.starts_with("… năm sáu") && html.ends_with(" …"), "{html}");
        assert!(html.contains("<mark>nông thôn mới</mark>"), "{html}");
        assert!(shown("thon moi nong", &text).contains("<mark>nông thôn mới</mark>"));
        let endless = shown("xa", &format!("xã {}{}", "x".repeat(5000), "!".repeat(5000)));
        assert!(endless.chars().count() < 120, "{endless}");
        assert_eq!(shown("xa", ""), "");
    }
}
