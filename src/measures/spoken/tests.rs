//! What people type, and what it means.

use super::*;

mod random;

/// Text, value, qualifier, unit; nobody asks.
const GOOD: [(&str, &str, Qualifier, &str); 34] = [
    ("0", "0", Qualifier::Exactly, ""),
    ("05 hộ", "5", Qualifier::Exactly, "hộ"),
    ("650", "650", Qualifier::Exactly, ""),
    ("1234", "1234", Qualifier::Exactly, ""),
    ("1.234", "1234", Qualifier::Exactly, ""),
    ("1.234,5", "1234.5", Qualifier::Exactly, ""),
    ("12.345.678,90", "12345678.9", Qualifier::Exactly, ""),
    ("1\u{a0}234\u{a0}567", "1234567", Qualifier::Exactly, ""),
    ("1\u{202f}234,5", "1234.5", Qualifier::Exactly, ""),
    ("1\u{2009}234", "1234", Qualifier::Exactly, ""),
    ("0,234", "0.234", Qualifier::Exactly, ""),
    ("1234,567", "1234.567", Qualifier::Exactly, ""),
    ("1.234,567", "1234.567", Qualifier::Exactly, ""),
    ("98,62 %", "98.62", Qualifier::Exactly, "%"),
    ("98,62%", "98.62", Qualifier::Exactly, "%"),
    ("98.62 %", "98.62", Qualifier::Exactly, "%"),
    ("98,62\u{a0}phần trăm", "98.62", Qualifier::Exactly, "%"),
    ("９８，６２　％", "98.62", Qualifier::Exactly, "%"),
    ("trên 650", "650", Qualifier::Over, ""),
    ("Tre\u{302}n 650 ho\u{323}\u{302}", "650", Qualifier::Over, "hộ"),
    ("HƠN 650 HỘ", "650", Qualifier::Over, "hộ"),
    ("dưới 5 %", "5", Qualifier::Under, "%"),
    ("gần 1,2 triệu đồng", "1200000", Qualifier::Nearly, "đồng"),
    ("khoảng 3 nghìn", "3000", Qualifier::About, ""),
    ("xấp xỉ 98,5%", "98.5", Qualifier::About, "%"),
    ("1,2 tỷ đồng", "1200000000", Qualifier::Exactly, "đồng"),
    ("1,2 tỉ đ", "1200000000", Qualifier::Exactly, "đồng"),
    ("2,5 nghìn tỷ đồng", "2500000000000", Qualifier::Exactly, "đồng"),
    ("3 ngàn người", "3000", Qualifier::Exactly, "người"),
    ("-5", "-5", Qualifier::Exactly, ""),
    ("−1.234,5", "-1234.5", Qualifier::Exactly, ""),
    ("âm 0,5 %", "-0.5", Qualifier::Exactly, "%"),
    ("120 m2", "120", Qualifier::Exactly, "m2"),
    ("12 người/km²", "12", Qualifier::Exactly, "người/km²"),
];

/// Text and the reason; nobody asks.
const BAD: [(&str, FigureFault); 52] = {
    use FigureFault as Why;
    [
        ("", Why::Empty),
        (" \u{a0}\u{3000}", Why::Empty),
        ("hầu hết", Why::NoNumber),
        ("%", Why::NoNumber),
        ("m2", Why::NoNumber),
        ("không dưới 650", Why::WordsBefore),
        ("trên dưới 650", Why::WordsBefore),
        ("giảm 5 %", Why::WordsBefore),
        ("từ 45", Why::WordsBefore),
        ("số 7", Why::WordsBefore),
        ("1 triệu rưỡi", Why::WordsAfter),
        ("650 hộ trở lên", Why::WordsAfter),
        ("5 trăm", Why::WordsAfter),
        ("3 triệu tỷ", Why::WordsAfter),
        ("650 hơn", Why::WordsAfter),
        ("5 nghìn %", Why::WordsAfter),
        ("(650)", Why::UnknownSign),
        ("+650", Why::UnknownSign),
        (">650", Why::UnknownSign),
        ("5 ‰", Why::UnknownSign),
        ("1'234", Why::UnknownSign),
        ("½", Why::NoNumber),
        ("1\u{200b}234", Why::UnknownSign),
        ("1.234.", Why::UnknownSign),
        ("1e5", Why::TwoNumbers),
        ("10²", Why::UnknownSign),
        ("٣5", Why::UnknownSign),
        ("07/21", Why::TwoNumbers),
        ("15/10/2023", Why::TwoNumbers),
        ("650 120", Why::TwoNumbers),
        ("1,2 tỷ 500 triệu", Why::TwoNumbers),
        ("1, 2", Why::TwoNumbers),
        ("1 - 2 - 3", Why::TwoNumbers),
        ("2 m2 3", Why::TwoNumbers),
        ("12.34.567", Why::BadGrouping),
        ("1.23,4", Why::BadGrouping),
        ("1.234\u{a0}567", Why::BadGrouping),
        ("1\u{a0}234.567", Why::BadGrouping),
        ("1234.567", Why::BadGrouping),
        ("98.62", Why::BadGrouping),
        ("1,2,3", Why::BadGrouping),
        ("1234.567.890", Why::BadGrouping),
        ("1,234.5", Why::EnglishManner),
        ("1,234,567", Why::EnglishManner),
        ("007", Why::LeadingZeros),
        ("00", Why::LeadingZeros),
        ("012.345", Why::BadGrouping),
        ("05,5", Why::LeadingZeros),
        ("1234567890123456", Why::TooLong),
        ("- 5", Why::BadMinus),
        ("50 - 45", Why::BadRange),
        ("trên 45 - 50", Why::BadRange),
    ]
};

fn free(text: &str) -> Result<Spoken, Unread> {
    read(text, &Asked::default())
}

#[test]
fn what_is_meant_is_read() {
    for (text, value, qualifier, unit) in GOOD {
        let read = free(text).unwrap_or_else(|why| panic!("{text}: {why:?}"));
        assert_eq!(read.value.to_string(), value, "{text}");
        assert_eq!((read.qualifier, read.estimated, read.upper), (qualifier, false, None), "{text}");
        let counted = if read.percent { Some("%") } else { read.unit.as_deref() };
        assert_eq!(counted.unwrap_or_default(), unit, "{text}");
    }
}

#[test]
fn what_could_mean_something_else_is_refused_and_why() {
    for (text, why) in BAD {
        assert_eq!(free(text), Err(why.into()), "{text}");
    }
    for more in
        ["0,1234567", "9.999.999.999 triệu tấn", "0,0000001 triệu", "12345678901234567890123456789012345678"]
    {
        let read = free(more);
        assert!(matches!(more, "0,0000001 triệu") == read.is_ok(), "{more}: {read:?}");
    }
}

#[test]
fn an_estimate_may_say_how_sure_it_is() {
    for (text, qualifier) in [
        ("ước 650", Qualifier::Exactly),
        ("Ước đạt 650 hộ", Qualifier::Exactly),
        ("ước tính khoảng 650", Qualifier::About),
        ("ước trên 650", Qualifier::Over),
    ] {
        let read = free(text).unwrap();
        assert_eq!(
            (read.estimated, read.qualifier, read.value),
            (true, qualifier, Decimal::whole(650)),
            "{text}"
        );
    }
    assert_eq!(free("khoảng ước 650"), Err(FigureFault::WordsBefore.into()));
}

#[test]
fn a_range_has_two_ends_of_one_kind() {
    for (text, from, to) in [
        ("45 - 50", "45", "50"),
        ("45-50", "45", "50"),
        ("45–50 %", "45", "50"),
        ("45 % - 50 %", "45", "50"),
        ("1 đến 5 triệu đồng", "1000000", "5000000"),
        ("khoảng từ 1,5 tới 2", "1.5", "2"),
        ("-5 đến -3", "-5", "-3"),
        ("-5 - 3", "-5", "3"),
        ("-5 - -3", "-5", "-3"),
    ] {
        let read = free(text).unwrap_or_else(|why| panic!("{text}: {why:?}"));
        assert_eq!(
            (read.value.to_string(), read.upper.unwrap().to_string()),
            (from.into(), to.into()),
            "{text}"
        );
    }
    // The first end would not be in millions.
    assert_eq!(free("500 nghìn - 1 triệu"), Err(FigureFault::TwoNumbers.into()));
    assert_eq!(free("500 - 1 triệu"), Err(FigureFault::BadRange.into()));
}

fn asked<'a>(decimals: u32, unit: &'a str) -> Asked<'a> {
    Asked { decimals: Some(decimals), unit: Some(unit) }
}

#[test]
fn a_sign_before_three_figures_is_settled_by_what_is_asked_for_or_refused() {
    let both = |vietnamese: &str, english: &str| Err(Unread::Ambiguous(vietnamese.into(), english.into()));
    let read = |text: &str, decimals: u32, unit: &str| {
        read(text, &asked(decimals, unit)).map(|spoken| spoken.value.to_string())
    };
    assert_eq!(free("1,234").map(|spoken| spoken.value.to_string()), both("1.234", "1234"));
    for decimals in 0..3 {
        assert_eq!(read("1,234", decimals, "ha"), both("1.234", "1234"));
        assert_eq!(read("-1,234", decimals, "ha"), both("-1.234", "-1234"));
        assert_eq!(read("1.234", decimals, "ha"), Ok("1234".into()));
        assert_eq!(read("1.234", decimals, "%"), both("1234", "1.234"));
        assert_eq!(read("1.234.567", decimals, "%"), Ok("1234567".into()));
    }
    assert_eq!(read("1,234", 3, "ha"), Ok("1.234".into()));
    assert_eq!(read("98,625", 3, "%"), Ok("98.625".into()));
    assert_eq!(read("1.234", 3, "ha"), both("1234", "1.234"));
    assert_eq!(read("1.234,0", 3, "ha"), Ok("1234".into()));
    // Three decimals of a thousand million are whole millions.
    assert_eq!(read("1,234 tỷ đồng", 0, "triệu đồng"), Ok("1234".into()));
    assert_eq!(read("1.234 tỷ đồng", 0, "triệu đồng"), Ok("1234000".into()));
}

#[test]
fn a_figure_is_held_against_what_is_asked_for() {
    let why = |fault: FigureFault| Err(Unread::Because(fault));
    for (text, decimals, unit, expected) in [
        ("98,62 %", 2, "%", Ok("98.62")),
        ("98,62", 2, "%", Ok("98.62")),
        ("98.62", 2, "tạ/ha", Ok("98.62")),
        ("98.62", 1, "tạ/ha", why(FigureFault::BadGrouping)),
        ("98,62 %", 2, "hộ", why(FigureFault::NotAShare)),
        ("98,62 hộ", 2, "%", why(FigureFault::OtherUnit)),
        ("98 % hộ", 0, "%", why(FigureFault::OtherUnit)),
        ("98 % hộ", 0, "% hộ", Ok("98")),
        ("650 người", 0, "hộ", why(FigureFault::OtherUnit)),
        ("650,5 hộ", 0, "Hộ", why(FigureFault::TooManyDecimals)),
        ("650,0 hộ", 0, "Hộ", Ok("650")),
        ("98,625 %", 2, "%", Err(Unread::Ambiguous("98.625".into(), "98625".into()))),
        ("1,2 tỷ đồng", 0, "triệu đồng", Ok("1200")),
        ("1,2345 tỷ đồng", 0, "triệu đồng", why(FigureFault::TooManyDecimals)),
        ("1.200.000 đồng", 1, "triệu đồng", Ok("1.2")),
        ("1.200 triệu đồng", 0, "triệu đồng", Ok("1200")),
        ("1,2 tỷ", 0, "triệu đồng", why(FigureFault::BareScale)),
        ("1,2 nghìn", 0, "hộ", Ok("1200")),
        ("5 người/triệu dân", 0, "người/triệu dân", Ok("5")),
        ("45 - 50", 0, "hộ", Ok("45")),
    ] {
        let read = read(text, &asked(decimals, unit)).map(|spoken| spoken.value.to_string());
        assert_eq!(read, expected.map(str::to_owned), "{text} for {unit}");
    }
}
