//! What is found, pinned as data: the same table on both databases.

use super::{corpus, search, titles};
use crate::harness::World;

/// Spellings of one question, and the first ten answers to each.
#[rustfmt::skip]
const PINNED: &[(&[&str], &[&str])] = &[
    (&["1083-QĐ/HU", "Số 1083-QĐ/HU", "so 1083 qd hu", "1083-QÐ/HU", "01083 qđ hu", "1083\u{a0}- QĐ /HU", "quyết định số 1083 huyện ủy", "QD 1083 Huyen uy"], &["qd-1083", "xa-thuan"]),
    (&["35-CT/TW", "Chỉ thị số 35-CT/TW", "chi thi 35", "CT 35 trung ương", "chỉ thị 035"], &["ct-35", "trieu-phong"]),
    (&["7-KH/ĐU", "07-KH/ĐU", "kế hoạch 007 đảng uỷ", "KH số 7 ĐU"], &["kh-7"]),
    (&["02-NQ/TU", "nghị quyết số 2 tỉnh ủy", "NQ 02 TU", "nghi quyet 2 tinh uy"], &["nq-02-tu", "mo-cay-bac"]),
    (&["tỉnh ủy", "tỉnh uỷ", "TỈNH ỦY", "tinh uy"], &["nq-02-tu", "mo-cay-bac"]),
    // Beginnings ("tu…") come after the word; only what carries no mark is an abbreviation.
    (&["TU", "tu"], &["nq-02-tu", "nuoc-ngot", "kh-7", "mo-cay-bac", "xa-thuan", "u-minh-thuong", "trieu-phong"]),
    (&["ĐU xã", "đu xã"], &["ctr-11", "xa-thuan", "mo-hinh", "kh-7"]),
    (&["tư tưởng", "tu tuong"], &["kh-7"]),
    (&["cụ thể hóa", "cụ thể hoá", "cu the hoa", "CỤ THỂ HÓA", "cụ the\u{309} hoa\u{301}"], &["mo-cay-bac", "thap-muoi", "u-minh-thuong"]),
    (&["đại hội đảng bộ huyện", "Ðại hội Ðảng bộ huyện", "ĐH Đảng bộ huyện", "dai hoi dang bo huyen", "đại hội đb huyện"], &["mo-cay-bac", "trieu-phong"]),
    (&["nông thôn mới nâng cao", "NTM nâng cao", "nong thon moi nang cao", "ntm nang cao"], &["ntm-phu-my", "kh-7", "thap-muoi", "u-minh-thuong"]),
    (&["ma túy", "ma tuý", "MA TUY"], &["xa-thuan"]),
    (&["thoát nghèo", "thoat ngheo"], &["xa-thuan"]),
    (&["hộ nghèo", "hô nghèo"], &["xa-thuan", "u-minh-thuong"]),
    (&["báo cáo viên", "bao cao vien"], &["u-minh-thuong"]),
    (&["BC"], &["nuoc-ngot", "u-minh-thuong", "trieu-phong"]),
    (&["chi bộ ấp", "cb ấp"], &["mo-hinh", "mo-cay-bac"]),
    (&["tái cơ cấu ngành nông nghiệp", "TCCNN"], &["thap-muoi"]),
    (&["trọng tâm TCCNN"], &["thap-muoi"]),
    (&["kinh tế xã hội", "kinh tế - xã hội", "KTXH", "kinh te- xa hoi"], &["thap-muoi"]),
    (&["trữ nước", "tru nuoc", "trữ nư"], &["nuoc-ngot", "mo-cay-bac"]),
    (&["nước ngọt mưa"], &["nuoc-ngot", "mo-cay-bac"]),
    (&["bí thư chi bộ"], &["mo-hinh", "mo-cay-bac"]),
    (&["đảng ủy xã", "dang uy xa"], &["ctr-11", "xa-thuan", "mo-hinh", "kh-7", "mo-cay-bac"]),
    (&["chương trình hành động", "CTr hành động"], &["ctr-11", "thap-muoi", "u-minh-thuong"]),
    (&["BTV huyện ủy", "ban thường vụ huyện uỷ", "BTV HU"], &["xa-thuan", "qd-1083", "thap-muoi"]),
    (&["năng động"], &["mo-cay-bac", "kh-7", "thap-muoi", "u-minh-thuong"]),
    (&["2020-2025", "2020 – 2025"], &["trieu-phong"]),
    (&["nghị quyết", "NQ"], &["u-minh-thuong", "mo-cay-bac", "trieu-phong", "nq-04-hu", "nq-02-tu"]),
    (&["đơn vị a"], &["A", "A1", "A2"]),
    (&["hợp tác xã"], &[]),
];

#[actix_web::test]
async fn every_spelling_has_the_same_first_ten_answers() {
    let world = World::new().await;
    corpus::record(&world).await;
    let leader = world.as_("leader@D").await;
    let mut wrong = Vec::new();
    for (spellings, expected) in PINNED {
        for q in *spellings {
            let answer = search(&leader, q, "&limit=10").await.expect(200);
            let found: Vec<&str> =
                answer.body["items"].as_array().unwrap().iter().map(corpus::name).collect();
            if found != *expected {
                wrong.push(format!("{q}: {found:?} instead of {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn an_answer_says_what_it_is_and_shows_the_place() {
    let world = World::new().await;
    corpus::record(&world).await;
    let leader = world.as_("leader@D").await;
    let answer = search(&leader, "1083 qd hu", "").await.expect(200);
    let first = &answer.body["items"][0];
    assert_eq!(first["kind"], "document");
    assert_eq!(first["number_text"], "1083-QĐ/HU");
    assert_eq!(first["unit"]["code"], "D");
    assert_eq!(first["snippet"], "<mark>1083</mark>-<mark>QĐ</mark>/<mark>HU</mark>");
    let second = answer.body["items"][1]["snippet"].as_str().unwrap();
    assert!(
        second.contains("<mark>Quyết định</mark> số <mark>1083</mark>-<mark>QĐ</mark>/<mark>HU</mark>, ngày"),
        "{second}"
    );
    let task = search(&leader, "tờ trình đề nghị", "").await.expect(200);
    assert_eq!(task.body["items"][0]["kind"], "task");
    assert_eq!(task.body["items"][0]["number_text"], serde_json::Value::Null);
    assert_eq!(task.body["items"][0]["snippet"], "<mark>Tờ trình đề nghị</mark> xét công nhận");
    let unit = search(&leader, "don vi A", "&kinds=org_unit").await.expect(200);
    assert_eq!(titles(&unit)[0], "Đơn vị A");
    assert_eq!(unit.body["items"][0]["unit"]["code"], "A");
}

#[actix_web::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let world = World::new().await;
    corpus::record(&world).await;
    let leader = world.as_("leader@D").await;
    let all = search(&leader, "d", "&limit=200").await.expect(200);
    let all = all.body["items"].as_array().unwrap().clone();
    assert!(all.len() > 8, "{}", all.len());
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = search(&leader, "d", &format!("&limit=3{cursor}")).await.expect(200);
        found.extend(page.body["items"].as_array().unwrap().clone());
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(found, all);
    let other = search(&leader, "dd", &format!("&limit=3{cursor}")).await;
    assert_eq!(other.expect(400).faults(), ["cursor cursor_mismatch"]);
}

#[actix_web::test]
async fn nothing_is_no_question() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await;
    for q in ["", "  ", "%", "--", "*\":()^", "\u{301}", "🙂"] {
        assert_eq!(search(&leader, q, "").await.expect(400).faults(), ["q malformed"], "{q}");
    }
    assert_eq!(leader.get("/api/v1/search").await.expect(400).faults(), ["q required"]);
    let long = search(&leader, &"x".repeat(201), "").await;
    assert_eq!(long.expect(422).faults(), ["q too_long"]);
    let kinds = search(&leader, "x", "&kinds=document,person").await;
    assert_eq!(kinds.expect(422).faults(), ["kinds unknown_value"]);
}
