//! How well a text answers a question. Pure, and the only place that decides on the order.

use crate::{
    search::question::{Part, Question, Wording, fits},
    text::{self, Word},
};
use std::ops::Range;

/// Where the words stand, the best place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Title, name, number, code.
    Head,
    /// Abstract, description, expected product.
    Gist,
    /// The plain text of a document.
    Content,
}

/// How well a record answers: the least is the best. First whether the words stand as one phrase, then
/// where, then whether they are whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    pub scattered: bool,
    pub place: Place,
    pub beginning: bool,
}

impl Score {
    /// What every record has that the index found.
    pub const LEAST: Self = Self { scattered: true, place: Place::Content, beginning: true };

    /// As a digit that sorts alike, for cursors.
    pub fn digit(self) -> char {
        let place = match self.place {
            Place::Head => 0,
            Place::Gist => 2,
            Place::Content => 4,
        };
        let digit = place + if self.scattered { 6 } else { 0 } + u32::from(self.beginning);
        char::from_digit(digit, 16).unwrap_or('f')
    }

    /// The score with that digit.
    pub fn from_digit(digit: char) -> Option<Self> {
        Self::every().find(|score| score.digit() == digit)
    }

    fn every() -> impl Iterator<Item = Self> {
        [false, true].into_iter().flat_map(|scattered| {
            [Place::Head, Place::Gist, Place::Content].into_iter().flat_map(move |place| {
                [false, true].into_iter().map(move |beginning| Self { scattered, place, beginning })
            })
        })
    }
}

/// Words of the fields of a record.
pub struct Fields {
    heads: Vec<Vec<Word>>,
    gists: Vec<Vec<Word>>,
}

impl Fields {
    /// Splits the texts of a record.
    pub fn of<'a>(
        heads: impl IntoIterator<Item = Option<&'a str>>,
        gists: impl IntoIterator<Item = Option<&'a str>>,
    ) -> Self {
        let split = |texts: Vec<Option<&str>>| texts.into_iter().flatten().map(text::words).collect();
        Self { heads: split(heads.into_iter().collect()), gists: split(gists.into_iter().collect()) }
    }

    /// The score by head and gist; none when they do not hold every part between them.
    pub fn score(&self, asked: &Question) -> Option<Score> {
        let both: Vec<&[Word]> = self.heads.iter().chain(&self.gists).map(Vec::as_slice).collect();
        let heads = both.get(..self.heads.len()).unwrap_or_default();
        let gists = both.get(self.heads.len()..).unwrap_or_default();
        let phrase =
            |fields: &[&[Word]], whole| fields.iter().any(|field| phrase(asked, field, whole).is_some());
        for (place, fields) in [(Place::Head, heads), (Place::Gist, gists)] {
            for beginning in [false, true] {
                if phrase(fields, !beginning) {
                    return Some(Score { scattered: false, place, beginning });
                }
            }
        }
        for (place, fields) in [(Place::Head, heads), (Place::Gist, &both)] {
            for beginning in [false, true] {
                if asked.parts.iter().all(|part| holds(part, fields, !beginning)) {
                    return Some(Score { scattered: true, place, beginning });
                }
            }
        }
        None
    }
}

fn holds(part: &Part, fields: &[&[Word]], whole: bool) -> bool {
    part.wordings.iter().enumerate().any(|(nth, wording)| {
        let open = part.is_open && nth == 0 && !whole;
        if wording.together {
            return fields.iter().any(|field| (0..field.len()).any(|at| stands(wording, field, at, open)));
        }
        let last = wording.words.len();
        wording.words.iter().enumerate().all(|(n, want)| {
            let open = open && n + 1 == last;
            fields.iter().any(|field| field.iter().any(|word| fits(want, &word.folded, open)))
        })
    })
}

/// True when the wording stands in one piece from a word of the field on.
fn stands(wording: &Wording, field: &[Word], at: usize, open: bool) -> bool {
    let last = wording.words.len();
    field.get(at..at + last).is_some_and(|words| {
        let mut pairs = wording.words.iter().zip(words).enumerate();
        pairs.all(|(n, (want, word))| fits(want, &word.folded, open && n + 1 == last))
    })
}

/// The words of a field that say the whole question in one piece.
pub fn phrase(asked: &Question, field: &[Word], whole: bool) -> Option<Range<usize>> {
    (0..field.len()).find_map(|at| follow(&asked.parts, field, at, whole).map(|end| at..end))
}

/// Where the parts end, when they follow each other from a word on.
fn follow(parts: &[Part], field: &[Word], at: usize, whole: bool) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    part.wordings.iter().enumerate().find_map(|(nth, wording)| {
        let open = part.is_open && nth == 0 && !whole;
        stands(wording, field, at, open).then(|| follow(rest, field, at + wording.words.len(), whole))?
    })
}

/// For each word of a field, the parts it belongs to.
pub fn marks(asked: &Question, field: &[Word]) -> Vec<Vec<usize>> {
    let mut marked = vec![Vec::new(); field.len()];
    for (nth, part) in asked.parts.iter().enumerate() {
        for (n, wording) in part.wordings.iter().enumerate() {
            let open = part.is_open && n == 0;
            for at in 0..field.len() {
                for word in said_at(wording, field, at, open) {
                    if let Some(parts) = marked.get_mut(word).filter(|parts| parts.last() != Some(&nth)) {
                        parts.push(nth);
                    }
                }
            }
        }
    }
    marked
}

/// The words from `at` on that say the wording, or the one word that says a part of it.
fn said_at(wording: &Wording, field: &[Word], at: usize, open: bool) -> Range<usize> {
    if wording.together {
        return if stands(wording, field, at, open) { at..at + wording.words.len() } else { at..at };
    }
    let last = wording.words.len();
    let fits_one = |word: &Word| {
        let mut wanted = wording.words.iter().enumerate();
        wanted.any(|(n, want)| fits(want, &word.folded, open && n + 1 == last))
    };
    if field.get(at).is_some_and(fits_one) { at..at + 1 } else { at..at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::question::Synonym;

    fn score(typed: &str, heads: &'static [&'static str], gists: &'static [&'static str]) -> Option<Score> {
        let long = vec!["nghi".into(), "quyet".into()];
        let known = [Synonym { short: "nq".into(), long, is_syllable: false }];
        let some = |texts: &'static [&'static str]| texts.iter().map(|text| Some(*text));
        Fields::of(some(heads), some(gists)).score(&Question::read(typed, &known))
    }

    fn is(scattered: bool, place: Place, beginning: bool) -> Option<Score> {
        Some(Score { scattered, place, beginning })
    }

    #[test]
    fn phrases_come_before_scattered_words_and_titles_before_abstracts() {
        const TITLE: &str = "Nghị quyết về xây dựng nông thôn mới";
        assert_eq!(score("nong thon moi", &[TITLE], &[]), is(false, Place::Head, false));
        assert_eq!(score("nông thôn", &["Khác"], &[TITLE]), is(false, Place::Gist, false));
        assert_eq!(score("mới nông thôn", &[TITLE], &[]), is(true, Place::Head, false));
        assert_eq!(score("khác nông", &["Khác"], &[TITLE]), is(true, Place::Gist, false));
        assert_eq!(score("NQ về xây", &[TITLE], &[]), is(false, Place::Head, false));
        assert_eq!(score("nông th", &[TITLE], &[]), is(false, Place::Head, true));
        assert_eq!(score("mới th", &[TITLE], &[]), is(true, Place::Head, true));
        assert_eq!(score("đô thị", &[TITLE], &[]), None);
        assert_eq!(score("n thôn", &[TITLE], &[]), None, "only the last may be a beginning");
    }

    #[test]
    fn digits_sort_as_scores_do() {
        let all: Vec<Score> = Score::every().collect();
        assert!(all.is_sorted() && all.len() == 12);
        let digits: Vec<char> = all.iter().map(|score| score.digit()).collect();
        assert!(digits.is_sorted());
        assert!(all.iter().all(|score| Score::from_digit(score.digit()) == Some(*score)));
    }
}
