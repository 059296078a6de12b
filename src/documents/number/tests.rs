#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

mod random;

use super::*;
use NumberFault as Bad;

/// The types an empty database is born with.
fn types() -> Vec<TypeName> {
    let types = include_str!("../../../migrations/sqlite/2026-11-21-000001_catalogues/up.sql");
    let types = types.split("INSERT INTO document_types").nth(1).unwrap_or_default().lines();
    let quoted = |line: &str| line.split('\'').map(str::to_owned).collect::<Vec<_>>();
    let types = types.map(quoted).filter(|parts| parts.len() > 3);
    types.map(|parts| TypeName { symbol: parts[1].clone(), name: parts[3].clone() }).collect()
}

/// A number in one line: `party|05|5||CT|TW||2016-05-15`.
fn line(n: &Number) -> String {
    let or_none = |value: Option<String>| value.unwrap_or_default();
    [
        n.format.to_string(),
        n.number_text.clone(),
        n.number_value.to_string(),
        or_none(n.number_suffix.clone()),
        or_none(n.doc_type.clone()),
        n.issuer.clone(),
        or_none(n.year.map(|year| year.to_string())),
        or_none(n.date.map(|date| date.to_string())),
    ]
    .join("|")
}

/// As written → how it is understood, and how it is properly written.
const GOOD: &[(&str, &str, &str)] = &[
    // contract.md
    ("Số 1083-QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("Chỉ thị số 05-CT/TW, ngày 15/5/2016", "party|05|5||CT|TW||2016-05-15", "05-CT/TW"),
    ("12a-KH/ĐU", "party|12a|12|a|KH|ĐU||", "12a-KH/ĐU"),
    ("11/2023/QĐ-UBND", "state|11|11||QĐ|UBND|2023|", "11/2023/QĐ-UBND"),
    // prefixes
    ("1083-QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("số 1083-QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("SỐ: 1083-QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("so 1083-QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("Số:05-CT/TW", "party|05|5||CT|TW||", "05-CT/TW"),
    ("Quyết định số 1083-QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("Quyết định 1083-QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("NGHỊ QUYẾT SỐ 12-NQ/ĐU", "party|12|12||NQ|ĐU||", "12-NQ/ĐU"),
    ("Quy định số 66-QĐ/TW", "party|66|66||QĐ|TW||", "66-QĐ/TW"),
    ("Quy định số 08-QĐi/TW ngày 25/10/2018", "party|08|8||QĐi|TW||2018-10-25", "08-QĐi/TW"),
    ("Chương trình hành động số 11-CTr/ĐU", "party|11|11||CTr|ĐU||", "11-CTr/ĐU"),
    ("Thông báo kết luận số 7-TB/HU", "party|7|7||TB|HU||", "7-TB/HU"),
    ("Nghị quyết đại hội số 01-NQ/ĐH", "party|01|1||NQ|ĐH||", "01-NQ/ĐH"),
    ("Tờ trình 3-TTr/ĐU", "party|3|3||TTr|ĐU||", "3-TTr/ĐU"),
    // blanks, dashes, slashes
    ("  1083-QĐ/HU  ", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083 - QĐ / HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083\u{a0}-\u{a0}QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083\u{202f}\u{2013}\u{2009}QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083–QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083—QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083‑QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083−QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083 QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083-QĐ⁄HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("１０８３-QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("Số\n1083-QĐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("Số\t36-HD/VPTW", "party|36|36||HD|VPTW||", "36-HD/VPTW"),
    // case and code points
    ("1083-qđ/hu", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083-QÐ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083-qð/hu", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("1083-Qɖ/HU", "party|1083|1083||QĐ|HU||", "1083-QĐ/HU"),
    ("12-nq/đu", "party|12|12||NQ|ĐU||", "12-NQ/ĐU"),
    ("12-NQ/ÐU", "party|12|12||NQ|ĐU||", "12-NQ/ĐU"),
    ("Chi\u{309} thi\u{323} so\u{302}\u{301} 05-CT/TW", "party|05|5||CT|TW||", "05-CT/TW"),
    ("3-ttr/đu", "party|3|3||TTr|ĐU||", "3-TTr/ĐU"),
    ("3-TTR/ĐU", "party|3|3||TTr|ĐU||", "3-TTr/ĐU"),
    ("11-CTR/HU", "party|11|11||CTr|HU||", "11-CTr/HU"),
    ("318/qđ-ttg", "state|318|318||QĐ|TTg||", "318/QĐ-TTg"),
    ("5-NQ/thu", "party|5|5||NQ|ThU||", "5-NQ/ThU"),
    // symbols that look alike
    ("5-CT/HU", "party|5|5||CT|HU||", "5-CT/HU"),
    ("5-CTr/HU", "party|5|5||CTr|HU||", "5-CTr/HU"),
    ("5-TT/HU", "party|5|5||TT|HU||", "5-TT/HU"),
    ("5-TTr/HU", "party|5|5||TTr|HU||", "5-TTr/HU"),
    ("5-ĐA/HU", "party|5|5||ĐA|HU||", "5-ĐA/HU"),
    ("5-DA/HU", "party|5|5||DA|HU||", "5-DA/HU"),
    ("5-QĐ/HU", "party|5|5||QĐ|HU||", "5-QĐ/HU"),
    ("5-QĐi/HU", "party|5|5||QĐi|HU||", "5-QĐi/HU"),
    ("5-QyĐ/TW", "party|5|5||QĐi|TW||", "5-QĐi/TW"),
    ("5-CTHĐ/HU", "party|5|5||CTr|HU||", "5-CTr/HU"),
    ("5-CTrHĐ/HU", "party|5|5||CTr|HU||", "5-CTr/HU"),
    ("5-QC/HU", "party|5|5||QC|HU||", "5-QC/HU"),
    ("5-QH/TU", "party|5|5||QH|TU||", "5-QH/TU"),
    ("5-TB/CB", "party|5|5||TB|CB||", "5-TB/CB"),
    // suffixes
    ("12A-KH/ĐU", "party|12a|12|a|KH|ĐU||", "12a-KH/ĐU"),
    ("12đ-KH/ĐU", "party|12đ|12|đ|KH|ĐU||", "12đ-KH/ĐU"),
    ("12Ð-KH/ĐU", "party|12đ|12|đ|KH|ĐU||", "12đ-KH/ĐU"),
    ("12bis-KH/ĐU", "party|12bis|12|bis|KH|ĐU||", "12bis-KH/ĐU"),
    ("12b/QĐ-UBND", "state|12b|12|b|QĐ|UBND||", "12b/QĐ-UBND"),
    ("12a KH/ĐU", "party|12a|12|a|KH|ĐU||", "12a-KH/ĐU"),
    ("12KH/ĐU", "party|12|12||KH|ĐU||", "12-KH/ĐU"),
    ("12kh/đu", "party|12|12||KH|ĐU||", "12-KH/ĐU"),
    // figures
    ("01-NQ/CB", "party|01|1||NQ|CB||", "01-NQ/CB"),
    ("1-NQ/CB", "party|1|1||NQ|CB||", "1-NQ/CB"),
    ("007-NQ/CB", "party|007|7||NQ|CB||", "007-NQ/CB"),
    ("99999-CV/HU", "party|99999|99999||CV|HU||", "99999-CV/HU"),
    // organs
    ("36-HD/VPTW", "party|36|36||HD|VPTW||", "36-HD/VPTW"),
    ("234-CV/BTGTU", "party|234|234||CV|BTGTU||", "234-CV/BTGTU"),
    ("9-KH/UBKT-HU", "party|9|9||KH|UBKT-HU||", "9-KH/UBKT-HU"),
    ("9-KH/UBKT - HU", "party|9|9||KH|UBKT-HU||", "9-KH/UBKT-HU"),
    ("9-KH/ĐUK.TW", "party|9|9||KH|ĐUK.TW||", "9-KH/ĐUK.TW"),
    // the State's manner
    ("318/QĐ-TTg", "state|318|318||QĐ|TTg||", "318/QĐ-TTg"),
    ("816/QĐ-UBND", "state|816|816||QĐ|UBND||", "816/QĐ-UBND"),
    ("863/QĐ-UBND-HC", "state|863|863||QĐ|UBND-HC||", "863/QĐ-UBND-HC"),
    ("209/TTr-SNN", "state|209|209||TTr|SNN||", "209/TTr-SNN"),
    ("806/STP-XD&KTVBQPPL", "state|806|806|||STP-XD&KTVBQPPL||", "806/STP-XD&KTVBQPPL"),
    ("24/2022/QĐ-UBND", "state|24|24||QĐ|UBND|2022|", "24/2022/QĐ-UBND"),
    ("07/2021/NĐ-CP", "state|07|7||NĐ|CP|2021|", "07/2021/NĐ-CP"),
    ("Nghị định số 07/2021/NĐ-CP ngày 27/01/2021", "state|07|7||NĐ|CP|2021|2021-01-27", "07/2021/NĐ-CP"),
    ("25/2021/QH15", "state|25|25|||QH15|2021|", "25/2021/QH15"),
    ("Số: 12/UBND", "state|12|12|||UBND||", "12/UBND"),
    ("12/CV-UBND", "state|12|12||CV|UBND||", "12/CV-UBND"),
    ("11 / 2023 / QĐ – UBND", "state|11|11||QĐ|UBND|2023|", "11/2023/QĐ-UBND"),
    ("11/2023/qđ-ubnd", "state|11|11||QĐ|UBND|2023|", "11/2023/QĐ-UBND"),
    // dates
    ("05-CT/TW ngày 15/5/2016", "party|05|5||CT|TW||2016-05-15", "05-CT/TW"),
    ("05-CT/TW 15/5/2016", "party|05|5||CT|TW||2016-05-15", "05-CT/TW"),
    ("05-CT/TW (15/05/2016)", "party|05|5||CT|TW||2016-05-15", "05-CT/TW"),
    ("05-CT/TW, ngày 15-5-2016", "party|05|5||CT|TW||2016-05-15", "05-CT/TW"),
    ("05-CT/TW, ngày 15.5.2016.", "party|05|5||CT|TW||2016-05-15", "05-CT/TW"),
    ("05-CT/TW ngày 15 / 5 / 2016", "party|05|5||CT|TW||2016-05-15", "05-CT/TW"),
    ("05-CT/TW ngày 15 tháng 5 năm 2016", "party|05|5||CT|TW||2016-05-15", "05-CT/TW"),
    ("05-CT/TW Ngày 15 Tháng Năm năm 2016", "party|05|5||CT|TW||2016-05-15", "05-CT/TW"),
    ("05-CT/TW ngày 01 tháng mười một năm 2016", "party|05|5||CT|TW||2016-11-01", "05-CT/TW"),
    ("05-CT/TW ngày 1 tháng Chạp năm 2016", "party|05|5||CT|TW||2016-12-01", "05-CT/TW"),
    ("05-CT/TW nga\u{300}y 15/5/2016", "party|05|5||CT|TW||2016-05-15", "05-CT/TW"),
    ("7-KH/HU ngày 29/02/2024", "party|7|7||KH|HU||2024-02-29", "7-KH/HU"),
    ("1083-QĐ/HU, ngày 21/10/2022 của BTV Huyện ủy", "party|1083|1083||QĐ|HU||2022-10-21", "1083-QĐ/HU"),
    (
        "Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị “về Đại hội Đảng bộ các cấp”",
        "party|35|35||CT|TW||2019-05-30",
        "35-CT/TW",
    ),
    ("12-NQ/HU về nhiệm vụ năm 2023", "party|12|12||NQ|HU||", "12-NQ/HU"),
    ("12-NQ/HU của Huyện ủy", "party|12|12||NQ|HU||", "12-NQ/HU"),
];

/// As written → why it is refused.
const BAD: &[(&str, Bad)] = &[
    // contract.md
    ("Kế hoạch số 7-KH/HU ngày 31/02/2023", Bad::DateDoesNotExist),
    ("CTr/HU", Bad::NoNumber),
    ("", Bad::Empty),
    (" \u{a0}\n", Bad::Empty),
    ("Số", Bad::NoNumber),
    ("Quyết định", Bad::NoNumber),
    ("-QĐ/HU", Bad::NoNumber),
    ("Số -QĐ/HU 12", Bad::NoNumber),
    ("QĐ-12/HU", Bad::NoNumber),
    ("0-QĐ/HU", Bad::NumberZero),
    ("00-QĐ/HU", Bad::NumberZero),
    ("1234567-QĐ/HU", Bad::NumberTooLong),
    ("99999999999999999999999-QĐ/HU", Bad::NumberTooLong),
    ("12", Bad::NoType),
    ("12-", Bad::NoType),
    ("12-/HU", Bad::NoType),
    ("12a", Bad::NoType),
    ("1.083-QĐ/HU", Bad::NoType),
    ("11/2023", Bad::NoType),
    ("11/2023 QĐ-UBND", Bad::NoType),
    ("12-XYZ/HU", Bad::UnknownType),
    ("12-QD/HU", Bad::UnknownType),
    ("12-Q/HU", Bad::UnknownType),
    ("12ab-KH/HU", Bad::NoIssuer),
    ("Nghị quyết số 12-CT/HU", Bad::TypeMismatch),
    ("Chương trình số 12-CT/HU", Bad::TypeMismatch),
    ("Dự án số 12-ĐA/HU", Bad::TypeMismatch),
    ("Quyết định số 12-QĐi/TW", Bad::TypeMismatch),
    ("12-QĐ", Bad::NoIssuer),
    ("12-QĐ-HU", Bad::NoIssuer),
    ("12-QĐ/", Bad::NoIssuer),
    ("12/", Bad::NoIssuer),
    ("12/QĐ", Bad::NoIssuer),
    ("12/2023/QĐ-", Bad::NoIssuer),
    ("12-QĐ/12", Bad::BadIssuer),
    ("12-QĐ/ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ", Bad::BadIssuer),
    ("11/23/QĐ-UBND", Bad::BadYear),
    ("11/20233/QĐ-UBND", Bad::BadYear),
    ("11/1802/QĐ-UBND", Bad::BadYear),
    ("12-QĐ/HU ngày 30/2/2020", Bad::DateDoesNotExist),
    ("12-QĐ/HU ngày 29/02/2023", Bad::DateDoesNotExist),
    ("12-QĐ/HU ngày 1/13/2020", Bad::DateDoesNotExist),
    ("12-QĐ/HU ngày 0/1/2020", Bad::DateDoesNotExist),
    ("12-QĐ/HU ngày 32/1/2020", Bad::DateDoesNotExist),
    ("12-QĐ/HU ngày", Bad::BadDate),
    ("12-QĐ/HU ngày 15/5", Bad::BadDate),
    ("12-QĐ/HU ngày 15/5/16", Bad::BadDate),
    ("12-QĐ/HU ngày 15/5/20166", Bad::BadDate),
    ("12-QĐ/HU ngày 15 tháng 5", Bad::BadDate),
    ("12-QĐ/HU ngày 15 tháng mấy năm 2016", Bad::BadDate),
    ("12-QĐ/HU ngày mai", Bad::BadDate),
    ("12-QĐ/HU và 13-QĐ/HU", Bad::WordsAfter),
    ("12-QĐ/HU/2023", Bad::WordsAfter),
    ("12-QĐ/HU abc", Bad::WordsAfter),
    ("theo 12-QĐ/HU", Bad::WordsBefore),
    ("Xin chào 12-QĐ/HU", Bad::WordsBefore),
];

#[test]
fn numbers_are_understood_in_every_spelling() {
    let types = types();
    assert!(types.len() > 20);
    for (text, meant, canonical) in GOOD {
        let number = parse(text, &types).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert_eq!(line(&number), *meant, "{text}");
        assert_eq!(number.canonical(), *canonical, "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused_with_the_reason() {
    let types = types();
    for (text, why) in BAD {
        assert_eq!(parse(text, &types).map(|n| line(&n)), Err(*why), "{text}");
    }
}
