//! Numbers nobody wrote down: generated, and mutilated.

use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// What is written properly means what it was made from.
fn keeps_its_meaning(number: &Number, types: &[TypeName]) {
    let again = parse(&number.canonical(), types);
    assert_eq!(again.as_ref(), Ok(&Number { date: None, ..number.clone() }), "{}", number.canonical());
}

fn any_number() -> impl Strategy<Value = Number> {
    let symbol = proptest::sample::select(types().into_iter().map(|known| known.symbol).collect::<Vec<_>>());
    let issuer = "[A-ZĐ]{1,5}([-&.][A-ZĐ][A-ZĐ0-9]{0,4}){0,2}";
    let suffix = proptest::option::of("[a-zđ]|bis");
    let parts = (
        any::<bool>(),
        1_u32..999_999,
        0_usize..2,
        suffix,
        symbol,
        issuer,
        proptest::option::of(1930_i32..2200),
    );
    parts.prop_map(|(is_party, value, zeros, suffix, symbol, issuer, year)| Number {
        format: if is_party { NumberFormat::Party } else { NumberFormat::State },
        number_text: format!(
            "{}{value}{}",
            if value < 100_000 { "0".repeat(zeros) } else { String::new() },
            suffix.clone().unwrap_or_default()
        ),
        number_value: value,
        number_suffix: suffix,
        doc_type: Some(symbol),
        issuer,
        year: year.filter(|_| !is_party),
        date: None,
    })
}

proptest! {
    #[test]
    fn parsing_what_was_formatted_gives_the_same(number in any_number()) {
        prop_assert_eq!(parse(&number.canonical(), &types()), Ok(number));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}|[0-9a-zA-ZĐđ/ .,&-]{0,30}") {
        if let Ok(number) = parse(&text, &types()) {
            keeps_its_meaning(&number, &types());
        }
    }
}

/// Good and bad numbers with characters changed, doubled, taken out and mixed, for half a second, or
/// as long as `TIENDO_FUZZ_SECONDS` says.
#[test]
fn fuzzed_numbers_never_panic() {
    let seconds = std::env::var("TIENDO_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(0.5);
    let (end, types) = (Instant::now() + Duration::from_secs_f64(seconds), types());
    let seeds: Vec<&str> = GOOD.iter().map(|row| row.0).chain(BAD.iter().map(|row| row.0)).collect();
    let odd: Vec<char> =
        "0129aAđĐðÐ-–—/.,&() \u{a0}\u{301}\u{323}\u{0}\u{fffd}\u{202e}ßŉΐ🙂sốngàythángnăm".chars().collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below.max(1)).unwrap()).unwrap()
    };
    let (mut tried, mut read) = (0_u64, 0_u64);
    while Instant::now() < end {
        let mut text: Vec<char> = seeds[next(seeds.len())].chars().collect();
        for _ in 0..=next(6) {
            let at = next(text.len() + 1);
            match next(4) {
                0 => text.insert(at, odd[next(odd.len())]),
                1 if at < text.len() => drop(text.remove(at)),
                2 if at < text.len() => text[at] = odd[next(odd.len())],
                _ => text.extend(seeds[next(seeds.len())].chars().take(next(12))),
            }
        }
        let text: String = text.into_iter().collect();
        tried += 1;
        if let Ok(number) = parse(&text, &types) {
            read += 1;
            keeps_its_meaning(&number, &types);
        }
    }
    assert!(tried > 100 && read > 10, "{tried} tried, {read} read");
}
