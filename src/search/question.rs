//! What was asked. Pure: no database, no web.

use crate::{
    db::{Formula, LONGEST_WORD},
    text::{self, Word},
};

/// Folded words that an abbreviation stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    pub short: String,
    pub long: Vec<String>,
    /// The abbreviation is a syllable too (TU: tư, từ): in a text it counts only behind another one.
    pub is_syllable: bool,
}

/// One way to say a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub words: Vec<String>,
    /// The words must follow each other; as they were typed they may be scattered.
    pub together: bool,
}

/// A part of the question: any of its wordings will do. The first is the typed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub wordings: Vec<Wording>,
    /// The last typed word may be a beginning.
    pub is_open: bool,
}

/// A question: every part must be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub parts: Vec<Part>,
    /// The typed words, folded.
    pub typed: String,
}

impl Question {
    /// Reads what was typed. Without a letter or a digit it has no parts.
    pub fn read(typed: &str, synonyms: &[Synonym]) -> Self {
        let mut words = text::words(typed);
        let is_number = |word: &Word| word.folded.starts_with(|c: char| c.is_ascii_digit());
        // "Số 1083": the number on a paper stands there without the word.
        let before_number: Vec<bool> =
            (1..=words.len()).map(|next| words.get(next).is_some_and(is_number)).collect();
        let mut nth = before_number.into_iter();
        words.retain(|word| !(nth.next().unwrap_or_default() && word.folded == "so"));
        let mut parts = Vec::new();
        let mut rest = words.as_slice();
        while let Some((part, length)) = next_part(rest, synonyms) {
            parts.push(part);
            rest = rest.get(length..).unwrap_or_default();
        }
        if let Some(last) = parts.last_mut() {
            last.is_open = true;
        }
        let typed: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        Self { parts, typed: typed.join(" ") }
    }

    /// Every part is there, in any order. `whole`: no word is a mere beginning.
    pub fn words(&self, whole: bool) -> Formula {
        let part = |part: &Part| {
            let said = part.wordings.iter().enumerate();
            any(said.map(|(nth, wording)| wording.formula(part.is_open && nth == 0 && !whole)).collect())
        };
        all(self.parts.iter().map(part).collect())
    }

    /// Every part is there, said in one piece, and next to the part before.
    pub fn phrase(&self, whole: bool) -> Formula {
        let mut needs = Vec::new();
        let mut before: Option<&Part> = None;
        for part in &self.parts {
            let is_open = |nth: usize| part.is_open && nth == 0 && !whole;
            // Neighbours are there anyway.
            if self.parts.len() == 1 || part.wordings.iter().any(|wording| wording.words.len() > 1) {
                let said = part.wordings.iter().enumerate();
                needs.push(any(said.map(|(nth, wording)| wording.in_a_row(is_open(nth))).collect()));
            }
            if let Some(before) = before {
                let ends = before.wordings.iter().filter_map(|wording| wording.words.last());
                needs.push(any(ends
                    .flat_map(|end| part.wordings.iter().enumerate().map(move |(nth, next)| (end, nth, next)))
                    .filter_map(|(end, nth, next)| {
                        let open = is_open(nth) && next.words.len() == 1;
                        Some(Formula::pair(end, next.words.first()?, open))
                    })
                    .collect()));
            }
            before = Some(part);
        }
        all(needs)
    }
}

impl Wording {
    fn typed(words: Vec<String>) -> Self {
        Self { words, together: false }
    }

    fn formula(&self, is_open: bool) -> Formula {
        if self.together {
            return self.in_a_row(is_open);
        }
        let last = self.words.len();
        let word = |(nth, word): (usize, &String)| Formula::word(word, is_open && nth + 1 == last);
        all(self.words.iter().enumerate().map(word).collect())
    }

    fn in_a_row(&self, is_open: bool) -> Formula {
        match self.words.as_slice() {
            [word] => Formula::word(word, is_open),
            words => {
                let last = words.len();
                let pairs = words.iter().zip(words.iter().skip(1)).enumerate();
                all(pairs.map(|(nth, (a, b))| Formula::pair(a, b, is_open && nth + 2 == last)).collect())
            }
        }
    }
}

fn all(parts: Vec<Formula>) -> Formula {
    joined(parts, Formula::All)
}

fn any(parts: Vec<Formula>) -> Formula {
    joined(parts, Formula::Any)
}

/// Each once, and one by itself.
fn joined(parts: Vec<Formula>, how: fn(Vec<Formula>) -> Formula) -> Formula {
    let mut once: Vec<Formula> = Vec::new();
    for part in parts {
        if !once.contains(&part) {
            once.push(part);
        }
    }
    match once.pop() {
        Some(only) if once.is_empty() => only,
        last => how(once.into_iter().chain(last).collect()),
    }
}

/// The part that the words begin with, and how many of them it takes.
fn next_part(words: &[Word], synonyms: &[Synonym]) -> Option<(Part, usize)> {
    let first = words.first()?;
    let begins = |long: &[String]| {
        long.len() <= words.len() && long.iter().zip(words).all(|(want, word)| *want == word.folded)
    };
    let longest = synonyms.iter().filter(|known| begins(&known.long)).max_by_key(|known| known.long.len());
    let (wordings, length) = match longest {
        Some(longest) => {
            let shorts = synonyms.iter().filter(|known| known.long == longest.long);
            let mut wordings = vec![Wording::typed(longest.long.clone())];
            wordings.extend(shorts.flat_map(|known| in_texts(known, synonyms)));
            (wordings, longest.long.len())
        }
        None => {
            let mut wordings = vec![Wording::typed(vec![first.folded.clone()])];
            // "tư" is no abbreviation; "tu", "TU" and "ĐU" may be.
            let known = synonyms.iter().filter(|known| !first.is_marked && known.short == first.folded);
            wordings.extend(known.map(|known| Wording { words: known.long.clone(), together: true }));
            wordings.extend(other_zeros(&first.folded).into_iter().map(|word| Wording::typed(vec![word])));
            (wordings, 1)
        }
    };
    Some((Part { wordings, is_open: false }, length))
}

/// How an abbreviation may stand in a text.
fn in_texts(known: &Synonym, synonyms: &[Synonym]) -> Vec<Wording> {
    if !known.is_syllable {
        return vec![Wording::typed(vec![known.short.clone()])];
    }
    let mut others: Vec<&str> =
        synonyms.iter().filter(|other| !other.is_syllable).map(|other| other.short.as_str()).collect();
    others.sort_unstable();
    others.dedup();
    let behind = |other: &str| Wording { words: vec![other.into(), known.short.clone()], together: true };
    others.into_iter().map(behind).collect()
}

/// The same number with other leading zeros: 5, 05 and 005 are one.
fn other_zeros(word: &str) -> Vec<String> {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let (number, suffix) = word.split_at_checked(digits).unwrap_or_default();
    let bare = number.trim_start_matches('0');
    if bare.is_empty() {
        return Vec::new();
    }
    (1..=3_usize)
        .filter(|width| bare.len() <= *width)
        .map(|width| format!("{bare:0>width$}{suffix}"))
        .chain([format!("{bare}{suffix}")])
        .filter(|other| other != word)
        .fold(Vec::new(), |mut found, other| {
            if !found.contains(&other) {
                found.push(other);
            }
            found
        })
}

/// True when a word of a text is the word looked for; `open`: or begins with it. Very long words are
/// told by their beginning, as the index does.
pub fn fits(want: &str, word: &str, open: bool) -> bool {
    word == want || (open && word.starts_with(want)) || {
        let beginning = |text: &str| text.chars().take(LONGEST_WORD).collect::<String>();
        want.len() >= LONGEST_WORD
            && want.chars().count() >= LONGEST_WORD
            && beginning(want) == beginning(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<Synonym> {
        let synonym = |short: &str, long: &str, is_syllable| Synonym {
            short: short.into(),
            long: long.split(' ').map(Into::into).collect(),
            is_syllable,
        };
        vec![
            synonym("nq", "nghi quyet", false),
            synonym("qd", "quyet dinh", false),
            synonym("tu", "tinh uy", true),
            synonym("tu", "thanh uy", true),
            synonym("ctr", "chuong trinh", false),
        ]
    }

    /// The parts of a question: wordings by `|`, words that must follow each other by `_`.
    fn parts(typed: &str) -> Vec<String> {
        let wording = |w: &Wording| w.words.join(if w.together { "_" } else { " " });
        let part = |part: &Part| part.wordings.iter().map(wording).collect::<Vec<_>>().join("|");
        Question::read(typed, &known()).parts.iter().map(part).collect()
    }

    #[test]
    fn abbreviations_and_what_they_stand_for_are_one() {
        assert_eq!(parts("NQ huyện"), ["nq|nghi_quyet", "huyen"]);
        assert_eq!(parts("nghị quyết xã"), ["nghi quyet|nq", "xa"]);
        assert_eq!(parts("Nghi quyet-quyết định"), ["nghi quyet|nq", "quyet dinh|qd"]);
    }

    #[test]
    fn a_syllable_is_no_abbreviation_when_it_carries_marks_or_stands_alone_in_a_text() {
        assert_eq!(parts("TU"), ["tu|tinh_uy|thanh_uy"]);
        assert_eq!(parts("tư tưởng"), ["tu", "tuong"]);
        assert_eq!(parts("tỉnh ủy"), ["tinh uy|ctr_tu|nq_tu|qd_tu"]);
    }

    #[test]
    fn a_number_is_told_by_its_value_and_without_its_prefix() {
        assert_eq!(parts("Số 05-CT"), ["05|5|005", "ct"]);
        assert_eq!(parts("số  1083"), ["1083"]);
        assert_eq!(parts("12a"), ["12a|012a"]);
        assert_eq!(parts("2023"), ["2023"]);
        assert_eq!(parts("00"), ["00"]);
        assert_eq!(parts("chuyển đổi số"), ["chuyen", "doi", "so"]);
        assert_eq!(parts("số hóa"), ["so", "hoa"]);
    }

    #[test]
    fn signs_ask_for_nothing() {
        assert!(parts(" %-*:\"'()^~| ").is_empty());
        assert!(parts("\u{301}").is_empty());
    }

    #[test]
    fn only_the_last_word_may_be_a_beginning() {
        let asked = Question::read("NQ huy", &known());
        assert_eq!(asked.parts.iter().map(|part| part.is_open).collect::<Vec<_>>(), [false, true]);
        let word = |word: &str, open| Formula::word(word, open);
        let nq = Formula::Any(vec![word("nq", false), Formula::pair("nghi", "quyet", false)]);
        assert_eq!(asked.words(false), Formula::All(vec![nq.clone(), word("huy", true)]));
        assert_eq!(asked.words(true), Formula::All(vec![nq.clone(), word("huy", false)]));
        let next = Formula::Any(vec![Formula::pair("nq", "huy", true), Formula::pair("quyet", "huy", true)]);
        assert_eq!(asked.phrase(false), Formula::All(vec![nq, next]));
    }
}
