//! Folding under fire.

use std::time::{Duration, Instant};
use tiendo::text::{fold, words};
use unicode_normalization::UnicodeNormalization;

/// What must hold of every text.
fn folds_well(text: &str) {
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "twice: {text:?}");
    assert_eq!(fold(&text.nfd().collect::<String>()), folded, "NFD: {text:?}");
    assert_eq!(fold(&text.nfc().collect::<String>()), folded, "NFC: {text:?}");
    assert!(folded.chars().all(|c| c == ' ' || c.is_alphanumeric()), "{text:?} {folded:?}");
    assert!(!folded.contains("  ") && folded.trim() == folded, "{text:?} {folded:?}");
    let words = words(text);
    let joined: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    assert_eq!(joined.join(" "), folded, "{text:?}");
    for word in words {
        assert!(text.get(word.at).is_some_and(|part| !part.is_empty()), "{text:?}");
    }
}

/// Texts put together from what folding has rules for, for half a second, or as long as
/// `TIENDO_FUZZ_SECONDS` says.
#[test]
fn fuzzed_texts_fold_well() {
    let seconds = std::env::var("TIENDO_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(0.5);
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let known: Vec<char> =
        "hoáuỷủyđĐðÐɖƉơƠưƯ 1083-QĐ/HU\u{a0}\u{301}\u{309}\u{323}\u{31b}\u{302}½ﬃŉßẞΐİıǅﷺ㎞가각ᄀ🙂\
        \u{200d}\u{ad}\u{345}Σσς\u{fffd}\u{0}"
            .chars()
            .collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    let mut tried = 0_u64;
    while Instant::now() < end {
        let length = next(24);
        let text: String = (0..length)
            .filter_map(|_| match next(4) {
                0 => char::from_u32(u32::try_from(next(0x11_0000)).unwrap()),
                1 => char::from_u32(u32::try_from(next(0x2000)).unwrap()),
                _ => known.get(next(known.len())).copied(),
            })
            .collect();
        folds_well(&text);
        tried += 1;
    }
    assert!(tried > 100, "{tried} tried");
}
