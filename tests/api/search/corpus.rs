//! Papers and tasks made from the facts of five articles of district portals, with the oddities of their
//! spelling: Ð for Đ, no-break blanks, abbreviations, missing blanks.

use crate::harness::World;
use serde_json::{Value, json};

/// A short name, the issuer, and what is recorded.
struct Paper(
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static str,
    &'static str,
);

const PAPERS: &[Paper] = &[
    Paper(
        "u-minh-thuong",
        "D",
        "BC",
        None,
        "2022-09-30",
        "Huyện U Minh Thượng tích cực đưa nghị quyết vào cuộc sống",
        "Để cụ thể hóa mục tiêu, nhiệm vụ trong nghị quyết (NQ) Đảng, huyện xây dựng chương trình hành động. \
         Tổ chức Hội thi Báo cáo viên, tuyên truyền viên giỏi. NQ về xây dựng nông thôn mới nâng, \
         phải “ngồi lại” thảo luận, đỡ đầu hộ nghèo bền vững, việc làm cho lao động nông nhàn.",
    ),
    Paper(
        "xa-thuan",
        "D",
        "TB",
        None,
        "2022-11-10",
        "BAN THƯỜNG VỤ HUYỆN ỦY LÀM VIỆC VỚI ĐẢNG ỦY XÃ THUẬN\u{a0}",
        "Đoàn công tác số 1 theo Quyết định số 1083-QĐ/HU, ngày 21/10/2022. Xã biên giới; tỷ lệ hộ nghèo \
         còn cao; vươn lên thoát nghèo; phòng, chống ma túy trên địa bàn; hoàn thành nội dung cam kết.",
    ),
    Paper(
        "qd-1083",
        "D",
        "QĐ",
        Some("1083-QĐ/HU"),
        "2022-10-21",
        "Quyết định thành lập các đoàn công tác của Ban Thường vụ Huyện ủy",
        "",
    ),
    Paper(
        "thap-muoi",
        "D",
        "BC",
        None,
        "2023-02-15",
        "Tăng cường các giải pháp thực hiện nhiệm vụ trọng tâm năm 2023",
        "Khẩn chương cụ thể hóa Chương trình hành động của BTV HU năm\u{a0}2023; KH phát triển KTXH của UBND \
         huyện; thực hiện đề án TCCNN; đạt chuẩn NTM nâng cao vào năm 2025; Kinh tế- xã hội, An ninh.",
    ),
    Paper(
        "trieu-phong",
        "D",
        "BC",
        None,
        "2020-10-05",
        "Tập trung đưa Nghị quyết Đại hội Đảng bộ huyện Triệu Phong lần thứ XX, nhiệm kỳ 2020 - 2025 đi vào cuộc sống",
        "Thực hiện Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị. Ra mắt BCH Đảng bộ huyện khóa XX. \
         Phấn đấu đạt chuẩn nông thôn mới trước năm 2025. UVTV, Trưởng Ban Tuyên giáo.",
    ),
    Paper(
        "ct-35",
        "D",
        "CT",
        Some("35-CT/TW"),
        "2019-05-30",
        "Chỉ thị về Đại hội Đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
        "",
    ),
    Paper(
        "mo-cay-bac",
        "D",
        "BC",
        None,
        "2020-11-13",
        "Mỏ Cày Bắc cụ thể hóa thực hiện Nghị quyết Ðại hội Ðảng bộ huyện lần thứ XII",
        "BDK - Tinh thần“Năng động, đổi mới”. 200 chi bộ tổ chức ĐH; 42 chi bộ ấp thực hiện mô hình Bí thư chi bộ \
         đồng thời là Trưởng ấp. NQ số 02 của Tỉnh ủy, NQ số 04 của Huyện ủy về xây dựng Đảng. \
         Phong trào trữ nước mưa, nước ngọt.",
    ),
    Paper("nq-02-tu", "D", "NQ", Some("02-NQ/TU"), "2018-03-01", "Nghị quyết về sắp xếp tổ chức bộ máy", ""),
    Paper("nq-04-hu", "D", "NQ", Some("04-NQ/HU"), "2018-06-01", "Nghị quyết về xây dựng Đảng", ""),
    Paper(
        "kh-7",
        "A",
        "KH",
        Some("7-KH/ĐU"),
        "2023-03-01",
        "Kế hoạch xây dựng nông thôn mới nâng cao xã Phú Mỹ",
        "Từ tư tưởng đến hành động; dự toán đủ, không dư.",
    ),
    Paper(
        "ctr-11",
        "A",
        "CTr",
        Some("11-CTr/ĐU"),
        "2023-01-20",
        "Chương trình hành động năm 2023 của Đảng ủy xã Mỹ Đông",
        "",
    ),
];

/// A short name, title, code, description, expected product.
const TASKS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "mo-hinh",
        "Thực hiện mô hình Bí thư chi bộ kiêm Trưởng ban công tác mặt trận",
        "PM-01",
        "43 chi bộ ấp",
        "Quyết định bố trí của Đảng ủy xã",
    ),
    (
        "ntm-phu-my",
        "Xã Phú Mỹ đạt chuẩn NTM nâng cao",
        "PM-02",
        "Hoàn thành 19/19 tiêu chí",
        "Tờ trình đề nghị xét công nhận",
    ),
    ("nuoc-ngot", "Trữ nước ngọt mùa khô", "PM-03", "Vận động từng hộ trữ nước mưa", "Báo cáo số hộ"),
];

/// A number of the corpus as an id.
fn id(n: usize) -> String {
    format!("0199a0b2-7c1e-7d3a-9c55-0000000000{n:02}")
}

/// Records everything.
pub async fn record(world: &World) {
    let leader = world.as_("leader@D").await;
    for (n, Paper(_, unit, kind, number, on, title, content)) in PAPERS.iter().enumerate() {
        let content = (!content.is_empty()).then_some(content);
        let body = json!({"id": id(n), "type": kind, "number_text": number, "issuer_unit_id": world.unit(unit),
            "issued_on": on, "title": title, "content": content});
        leader.post("/api/v1/documents", body).await.expect(201);
    }
    for (n, (_, title, code, description, product)) in TASKS.iter().enumerate() {
        let body = json!({"id": id(50 + n), "title": title, "code": code, "description": description,
            "expected_product": product, "unit_id": world.unit("A"), "class": "routine"});
        leader.post("/api/v1/tasks", body).await.expect(201);
    }
}

/// The short name of what was found; of a unit its code.
pub fn name(item: &Value) -> &str {
    let papers = PAPERS.iter().enumerate().map(|(n, paper)| (n, paper.0));
    let tasks = TASKS.iter().enumerate().map(|(n, task)| (50 + n, task.0));
    let known = papers.chain(tasks).find(|(n, _)| item["id"] == id(*n).as_str());
    known.map_or_else(|| item["unit"]["code"].as_str().unwrap(), |(_, name)| name)
}
