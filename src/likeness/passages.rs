//! Texts as passages and shingles. Pure.

use crate::text::{self, Word};
use std::{
    collections::{BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};

/// Words in a shingle. In Vietnamese a word here is a syllable: three are a phrase.
const SHINGLE: usize = 3;
/// A shorter passage says nothing about copying: headings, dates, "kính gửi".
pub const SHORTEST: usize = 8;

/// Proper names of units, which another's paper has swapped: every one counts as the same word.
#[derive(Debug, Default)]
pub struct Names(HashMap<String, Vec<Vec<String>>>);

impl Names {
    /// Takes from each name of a unit what is proper to it: of `Đảng ủy xã Phú Mỹ` that is `Phú Mỹ`,
    /// of `Chi bộ ấp 1` nothing.
    pub fn of<'a>(units: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for unit in units {
            let words: Vec<&str> = unit.split_whitespace().collect();
            let proper = words.iter().rev().take_while(|word| word.starts_with(char::is_uppercase)).count();
            let name: Vec<String> =
                words.iter().rev().take(proper).rev().map(|word| text::fold(word)).collect();
            if let (true, Some(first)) = (proper < words.len(), name.first()) {
                let alike = names.entry(first.clone()).or_default();
                if !alike.contains(&name) {
                    alike.push(name);
                }
            }
        }
        // The longest first: `Phú Mỹ Hưng` is not `Phú Mỹ` with something behind.
        for alike in names.values_mut() {
            alike.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
        Self(names)
    }

    /// How many words of a name stand at the start.
    fn length(&self, words: &[Word]) -> Option<usize> {
        let alike = self.0.get(&words.first()?.folded)?;
        let stands = |name: &&Vec<String>| {
            name.len() <= words.len() && name.iter().zip(words).all(|(part, word)| *part == word.folded)
        };
        alike.iter().find(stands).map(Vec::len)
    }
}

/// A passage of a text: a sentence, a line, an item of a list.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Bytes of the text it stands in.
    pub at: Range<usize>,
    /// How many words it has.
    pub words: usize,
    /// Its shingles, hashed.
    pub shingles: BTreeSet<u64>,
}

/// The passages of a text that are long enough to tell, in order.
pub fn passages(text: &str, names: &Names) -> Vec<Passage> {
    let words = text::words(text);
    let mut found = Vec::new();
    let mut from = 0;
    for to in 1..=words.len() {
        let ends = match (words.get(to - 1), words.get(to)) {
            (Some(last), Some(next)) => text.get(last.at.end..next.at.start).is_some_and(ends_passage),
            _ => true,
        };
        if ends {
            found.extend(words.get(from..to).and_then(|words| passage(words, names)));
            from = to;
        }
    }
    found
}

/// Whether what stands between two words parts passages: the end of a line, of a sentence or of an item.
/// The point in `12.500` does not.
fn ends_passage(between: &str) -> bool {
    let point = |mark: char| {
        between.split_once(mark).is_some_and(|(_, rest)| rest.starts_with([' ', '\u{a0}', '\t']))
    };
    between.contains(['\n', '\r', ';']) || point('.') || point(':')
}

fn passage(words: &[Word], names: &Names) -> Option<Passage> {
    let (first, last) = (words.first()?, words.last()?);
    let tokens = tokens(words, names);
    let tokens = without_number(&tokens);
    if tokens.len() < SHORTEST {
        return None;
    }
    let shingles = tokens.windows(SHINGLE).map(hash).collect();
    Some(Passage { at: first.at.start..last.at.end, words: tokens.len(), shingles })
}

/// Folded words; figures are all one word, and so are names of units.
fn tokens<'a>(words: &'a [Word], names: &Names) -> Vec<&'a str> {
    let mut tokens: Vec<&str> = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some(word) = rest.first() {
        let (token, taken) = match names.length(rest) {
            Some(taken) => ("@", taken),
            None if word.folded.starts_with(|c: char| c.is_ascii_digit()) => ("#", 1),
            None => (word.folded.as_str(), 1),
        };
        // `12.500` and `13` are one figure each.
        if token != "#" || tokens.last() != Some(&"#") {
            tokens.push(token);
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    tokens
}

/// What an item says, without the number or letter it is listed under.
fn without_number<'a, 'b>(tokens: &'b [&'a str]) -> &'b [&'a str] {
    match tokens {
        [first, rest @ ..] if *first == "#" || first.chars().count() == 1 => rest,
        all => all,
    }
}

fn hash(shingle: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    shingle.hash(&mut hasher);
    hasher.finish()
}
