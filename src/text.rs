//! Vietnamese text: cleaning what comes in, folding for search, keys for order, marks of secrecy.
//!
//! Text is folded for search and never for storage: what an official typed is kept, in NFC.

use crate::error::{self, Code, Error, Fault};
use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use std::{ops::Range, sync::OnceLock};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadCharacter;

/// NFC and trimmed. Refused: control characters (line breaks and tabs only where `multiline`),
/// characters that reorder text unseen (bidi controls), and invisible joiners that make two names
/// look alike.
pub fn clean(text: &str, multiline: bool) -> Result<String, BadCharacter> {
    let text: String = text.nfc().collect();
    let bad = |c: char| match c {
        '\n' | '\t' | '\r' => !multiline,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => true,
        '\u{fffe}' | '\u{ffff}' => true,
        c => c.is_control(),
    };
    if text.chars().any(bad) { Err(BadCharacter) } else { Ok(text.trim().replace("\r\n", "\n")) }
}

/// Lower case, without diacritics, đ as d, blanks as one blank: what two spellings of the same
/// words (`hoá`, `hóa`, `HÒA`, NFD) have in common. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            'đ' | 'ð' | 'ɖ' => out.push('d'),
            c if is_combining_mark(c) => {}
            c if c.is_alphanumeric() => {
                out.extend(c.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)))
            }
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Several texts folded as one; those that are not there are left out.
pub fn fold_all<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    fold(&texts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// A word of a text: where it stands, and what folding makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Bytes of the text it was found in.
    pub at: Range<usize>,
    pub folded: String,
    /// True when it carries a mark: `tư` does, `tu` and `ĐU` do not.
    pub is_marked: bool,
}

/// The words of a text, one for each word of [`fold`]. A character that folds to several words (½) is
/// the place of each of them.
pub fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut open = false;
    for (from, c) in text.char_indices() {
        let to = from + c.len_utf8();
        for c in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
            let letters: String = match c {
                'đ' | 'ð' | 'ɖ' => "d".into(),
                c if is_combining_mark(c) => String::new(),
                c if c.is_alphanumeric() => {
                    c.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)).collect()
                }
                _ => {
                    open = false;
                    continue;
                }
            };
            match found.last_mut().filter(|_| open) {
                Some(word) => {
                    word.at.end = to;
                    word.is_marked |= letters.is_empty();
                    word.folded.push_str(&letters);
                }
                // A mark that stands alone belongs to no word.
                None if letters.is_empty() => {}
                None => {
                    open = true;
                    found.push(Word { at: from..to, folded: letters, is_marked: false });
                }
            }
        }
    }
    found
}

/// A key that sorts names as a Vietnamese dictionary does (đ after d, tones in order), stored as
/// hexadecimal text so that both databases order alike.
pub fn collation_key(text: &str) -> String {
    static VIETNAMESE: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    let collator = VIETNAMESE.get_or_init(|| {
        Collator::try_new(icu_locale_core::locale!("vi").into(), CollatorOptions::default()).ok()
    });
    let mut key = Vec::new();
    if let Some(collator) = collator {
        let Ok(()) = collator.write_sort_key_to(text, &mut key);
    }
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// True when a line of the text is nothing but a stamp of secrecy (MẬT, TỐI MẬT, TUYỆT MẬT), as
/// such papers carry it. The words inside a sentence are no stamp.
pub fn bears_secrecy_stamp(text: &str) -> bool {
    text.nfc().collect::<String>().lines().any(|line| {
        let words: Vec<&str> =
            line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        matches!(words.as_slice(), ["MẬT"] | ["TỐI", "MẬT"] | ["TUYỆT", "MẬT"])
    })
}

/// Refuses what is marked as secret (`design.md` 2): a `confidentiality` other than none, and texts
/// that bear the stamp. Nothing of it is stored, nor said in the answer.
pub fn refuse_classified(confidentiality: Option<&str>, texts: &[(&str, Option<&str>)]) -> error::Result<()> {
    let marked = confidentiality.is_some_and(|word| word != "none").then_some("/confidentiality");
    let stamped =
        texts.iter().filter(|(_, text)| text.is_some_and(bears_secrecy_stamp)).map(|(pointer, _)| *pointer);
    let faults: Vec<Fault> =
        marked.into_iter().chain(stamped).map(|at| Fault::at(at, Code::ClassifiedContent)).collect();
    if faults.is_empty() { Ok(()) } else { Err(Error { faults, ..Error::new(Code::ClassifiedContent) }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_makes_spellings_alike() {
        for text in ["Hoá đơn", "HÓA ĐƠN", "hóa\u{a0}đơn", "Hoa\u{301} \u{110}o\u{31b}n", "hoá-ðơn"]
        {
            assert_eq!(fold(text), "hoa don", "{text}");
        }
        assert_eq!(fold("Uỷ ban"), fold("Ủy ban"));
        assert_ne!(fold("thoát"), fold("thót"));
        for d in ["đ", "Đ", "ð", "Ð", "ɖ", "Ɖ"] {
            assert_eq!(fold(d), "d");
        }
    }

    #[test]
    fn names_sort_as_in_a_dictionary() {
        let mut names = vec!["Đà", "Dừa", "Ea", "Da", "Dạ", "Dá"];
        names.sort_by_key(|name| collation_key(name));
        assert_eq!(names, ["Da", "Dá", "Dạ", "Dừa", "Đà", "Ea"]);
    }

    #[test]
    fn a_stamp_is_a_line_of_its_own() {
        assert!(bears_secrecy_stamp("ĐẢNG BỘ HUYỆN\n  TỐI MẬT \nSố 1"));
        assert!(bears_secrecy_stamp("[MẬT]"));
        assert!(bears_secrecy_stamp("MA\u{302}\u{323}T"));
        assert!(!bears_secrecy_stamp("Bảo vệ bí mật nhà nước: độ MẬT do người ký quyết định"));
    }

    #[test]
    fn unseen_characters_are_refused() {
        assert_eq!(clean("  Xã Phú Mỹ\u{300} ", false), Ok("Xã Phú Mỹ\u{300}".into()));
        for bad in ["a\u{0}", "a\u{202e}b", "a\nb", "a\u{200b}b", "\u{7}"] {
            assert_eq!(clean(bad, false), Err(BadCharacter), "{bad:?}");
        }
        assert_eq!(clean("a\r\nb", true), Ok("a\nb".into()));
    }

    #[test]
    fn words_stand_where_they_were_found() {
        let text = "Ủy ban\u{a0}(UBND) hoa\u{301}; ½ ấp Đ.A";
        let found: Vec<(&str, String, bool)> =
            words(text).into_iter().map(|word| (&text[word.at], word.folded, word.is_marked)).collect();
        let want = [
            ("Ủy", "uy", true),
            ("ban", "ban", false),
            ("UBND", "ubnd", false),
            ("hoa\u{301}", "hoa", true),
            ("½", "1", false),
            ("½", "2", false),
            ("ấp", "ap", true),
            ("Đ", "d", false),
            ("A", "a", false),
        ];
        assert_eq!(found, want.map(|(word, folded, marked)| (word, folded.to_owned(), marked)));
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            proptest::prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
