//! Figures nobody wrote down.

use super::*;
use proptest::prelude::*;

const UNITS: [&str; 6] = ["hộ", "%", "triệu đồng", "đồng", "tạ/ha", "người/triệu dân"];

fn any_asked() -> impl Strategy<Value = Asked<'static>> {
    let unit = proptest::option::of(proptest::sample::select(UNITS.to_vec()));
    (proptest::option::of(0_u32..=6), unit).prop_map(|(decimals, unit)| Asked { decimals, unit })
}

fn any_number() -> impl Strategy<Value = Decimal> {
    (-999_999_999_999_999_i64..=999_999_999_999_999, 0_u32..4, 0_u32..=6)
        .prop_map(|(units, cut, scale)| Decimal::scaled(i128::from(units / 1000_i64.pow(cut)), scale))
}

/// The figures of a text or number without zeros at either end: what no reading may change.
fn figures(text: &str) -> String {
    let figures: String =
        text.chars().filter_map(|c| c.to_digit(10)).map(|d| char::from_digit(d, 10).unwrap()).collect();
    figures.trim_matches('0').to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_printed_is_read_back(
        asked in any_asked(), one in any_number(), other in proptest::option::of(any_number()),
        qualifier in proptest::sample::select(Qualifier::ALL.to_vec()), estimated in any::<bool>(),
        percent in any::<bool>(),
    ) {
        let decimals = asked.decimals.unwrap_or(6);
        let fitting = |number: &Decimal| number.decimals() <= decimals;
        prop_assume!(fitting(&one) && other.as_ref().is_none_or(fitting));
        let plain = matches!(qualifier, Qualifier::Exactly | Qualifier::About);
        let upper = other.filter(|other| plain && is_less(one, *other));
        let percent = asked.unit.map_or(percent, |unit| unit == "%");
        let unit = asked.unit.filter(|unit| *unit != "%").map(|unit| unit.trim_start_matches("triệu ").to_owned());
        let spoken = Spoken { value: one, upper, qualifier, estimated, percent, unit };
        let printed = spoken.printed(&asked);
        prop_assert_eq!(read(&printed, &asked), Ok(spoken), "{}", printed);
    }

    #[test]
    fn a_text_is_refused_or_means_what_stands_there(
        asked in any_asked(),
        text in "\\PC{0,30}|(trên |ước |khoảng )?-?[0-9., \u{a0}]{1,12}(-|–| đến )?[0-9.,]{0,6} ?(%|hộ|tỷ|tỷ đồng|triệu|đồng)?",
    ) {
        let Ok(spoken) = read(&text, &asked) else { return Ok(()) };
        let printed = spoken.printed(&asked);
        prop_assert_eq!(read(&printed, &asked), Ok(spoken.clone()), "{} as {}", text, printed);
        // No figure is lost, none is added, and the order stays.
        if spoken.upper.is_none() && !text.contains(['２', '³', '²']) {
            let typed: String = text.chars().filter(char::is_ascii_digit).collect();
            if !text.contains(|c: char| c.is_numeric() && !c.is_ascii_digit()) {
                prop_assert_eq!(figures(&typed), figures(&spoken.value.to_string()), "{}", text);
            }
        }
        // The Vietnamese manner, naively; only a point that cannot part groups is a mark.
        if !text.contains(|c: char| c.is_alphabetic() || matches!(c, '%' | '–')) && spoken.upper.is_none() {
            let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let as_said = plain.replace('.', "").replace(',', ".").parse::<Decimal>();
            let as_mark = plain.parse::<Decimal>();
            let mark = !plain.contains(',') && plain.matches('.').count() == 1 && !is_thousands(&plain);
            let naive = if mark { as_mark } else { as_said };
            if let Ok(naive) = naive {
                prop_assert_eq!(spoken.value, naive, "{}", text);
            }
        }
    }
}

fn is_thousands(text: &str) -> bool {
    let (before, after) = text.split_once('.').unwrap_or((text, ""));
    after.len() == 3 && !before.trim_start_matches('-').starts_with('0')
}

#[test]
fn the_random_texts_are_read_often_enough_to_mean_something() {
    let asked = Asked { decimals: Some(2), unit: Some("hộ") };
    let texts = (1..2000).flat_map(|n: i64| [format!("{n},5 hộ"), format!("trên {n}"), format!("{n}.5")]);
    assert_eq!(texts.filter(|text| read(text, &asked).is_err()).count(), 0);
}
