//! Roman numbers, as ordinals of congresses and terms are written.

/// The parts, from the greatest down.
const PARTS: [(i32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// The greatest number there are letters for.
pub const MAX: i32 = 3999;

/// The number of a Roman number in its one right form; small letters count as great ones.
pub fn parse(text: &str) -> Option<i32> {
    let text = text.trim().to_ascii_uppercase();
    let (mut rest, mut number) = (text.as_str(), 0);
    for (value, letters) in PARTS {
        while let Some(after) = rest.strip_prefix(letters) {
            number += value;
            rest = after;
            // So long a word is no number, and must not overflow one.
            if number > MAX {
                return None;
            }
        }
    }
    // What was taken apart in another way than it would be put together is no number: IIII, VX, IM.
    (rest.is_empty() && format(number).as_deref() == Some(text.as_str())).then_some(number)
}

/// A number from 1 to [`MAX`] in Roman letters.
pub fn format(number: i32) -> Option<String> {
    if !(1..=MAX).contains(&number) {
        return None;
    }
    let (mut rest, mut text) = (number, String::new());
    for (value, letters) in PARTS {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back() {
        for number in 1..=MAX {
            let text = format(number).unwrap_or_default();
            assert_eq!(parse(&text), Some(number), "{text}");
            assert_eq!(parse(&text.to_lowercase()), Some(number), "{text}");
        }
        assert_eq!((format(0), format(-1), format(MAX + 1)), (None, None, None));
    }

    #[test]
    fn numbers_of_congresses_are_read_and_others_refused() {
        for (text, number) in [("IV", 4), ("XII", 12), ("XX", 20), (" xiii ", 13), ("MCMXC", 1990)] {
            assert_eq!(parse(text), Some(number), "{text}");
        }
        for text in ["", " ", "IIII", "VX", "IM", "VV", "XIIX", "12", "ХІІ", "XII.", "X II", "MMMM", "Ⅻ"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"M".repeat(1000)), None);
    }
}
