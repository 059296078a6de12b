//! What each task of the data set is, by its number: the same arithmetic in SQL, which makes the rows, and in
//! Rust, which says beforehand what the service must answer.

use super::{
    land::{
        BRANCHES_PER_DISTRICT, COMMUNES_PER_DISTRICT, DISTRICTS, FIRST_BRANCH, FIRST_COMMUNE, FIRST_DISTRICT,
        kind,
    },
    sql::{Words, quoted},
    templates::{self, SLOTS, TEMPLATES},
};
use tiendo::text;

/// Days between two steps of a task, and how long ago the first was made.
pub const ROUND_DAYS: usize = 24;
pub const FIRST_DAYS_AGO: usize = 200;
/// Steps at most: assigned, five reports, handed in, confirmed.
pub const ROUNDS: usize = 8;

/// What is to be done, without the number that ends the title.
const TITLES: [&str; 12] = [
    "Vận động nhân dân hiến đất, cây trái, vật kiến trúc để mở rộng tuyến đường liên ấp, đoạn",
    "Xây dựng, nhân rộng mô hình đảng viên giúp đỡ hộ nghèo, hộ cận nghèo có hoàn cảnh khó khăn, đợt",
    "Kéo điện thắp sáng đường quê, lắp camera an ninh theo phương châm Nhà nước và nhân dân cùng làm, tuyến",
    "Tuyên truyền, vận động người dân tham gia bảo hiểm y tế hộ gia đình và bảo hiểm xã hội tự nguyện, nhóm",
    "Phát triển tổ hợp tác, liên kết tiêu thụ dừa hữu cơ và bưởi da xanh với doanh nghiệp, tổ",
    "Xóa nhà tạm, nhà dột nát cho hộ chính sách và hộ nghèo trên địa bàn ấp, căn",
    "Tạo nguồn, bồi dưỡng quần chúng ưu tú để xem xét kết nạp Đảng trong năm, lớp",
    "Hướng dẫn nhân dân cài đặt, sử dụng dịch vụ công trực tuyến và thanh toán không dùng tiền mặt, tổ",
    "Thu gom, phân loại rác thải tại nguồn; trồng hoa, cây xanh hai bên đường, tuyến",
    "Nạo vét kênh mương nội đồng, gia cố đê bao ngăn mặn phục vụ sản xuất nông nghiệp, tuyến",
    "Hòa giải ở cơ sở, giữ vững danh hiệu ấp văn hóa, gia đình văn hóa, khu",
    "Khám sức khỏe định kỳ, tư vấn dinh dưỡng cho người cao tuổi và trẻ em dưới năm tuổi, đợt",
];
const PRODUCTS: [&str; 4] = [
    "Biên bản nghiệm thu, hình ảnh trước và sau khi thực hiện",
    "Danh sách có xác nhận của Ban công tác Mặt trận ấp",
    "Báo cáo kết quả kèm số liệu từng hộ",
    "Công trình đưa vào sử dụng, có bảng công khai kinh phí",
];
const CLASSES: [&str; 3] = ["routine", "key", "breakthrough"];
const FIELDS: [&str; 5] = ["economy", "society", "culture", "defence", "party_building"];

/// A task by its number among all, as far as figures look at it.
pub struct Task {
    pub district: usize,
    /// The place of its course in `TEMPLATES`.
    pub template: usize,
    /// The number of its leading unit.
    pub unit: usize,
    /// Days from today to its due date.
    pub due: i64,
    /// Days from today to the day it was handed in.
    pub submitted: i64,
    /// How much it weighs.
    pub weight: u32,
}

/// The task with this number, of so many. The first of the first district are the templates themselves.
pub fn task(n: usize, of: usize) -> Task {
    let (district, r) = (n % DISTRICTS, n / DISTRICTS);
    let is_template = district == 0 && r < TEMPLATES.len();
    let unit = if is_template {
        templates::BRANCH
    } else if r % 10 == 9 {
        FIRST_COMMUNE + district * COMMUNES_PER_DISTRICT + r / 10 % COMMUNES_PER_DISTRICT
    } else {
        FIRST_BRANCH + district * BRANCHES_PER_DISTRICT + r % BRANCHES_PER_DISTRICT
    };
    let slot = (r + r / BRANCHES_PER_DISTRICT * 6) % SLOTS.len();
    let days = |n: usize| i64::try_from(n).expect("a small number");
    Task {
        district,
        template: if is_template { r } else { *SLOTS.get(slot).expect("a slot") },
        unit,
        due: if is_template { 3000 } else { days((r * 13 + r / BRANCHES_PER_DISTRICT * 5) % 210) - 90 },
        submitted: if is_template {
            0
        } else {
            days(6 * ROUND_DAYS + n * ROUND_DAYS / of) - days(FIRST_DAYS_AGO)
        },
        weight: if is_template { templates::WEIGHT } else { u32::try_from(n % 3).expect("small") + 1 },
    }
}

fn choose(list: &[&str], n: &str, say: impl Fn(&str) -> String) -> String {
    let mut cases = format!("CASE ({n}) % {}", list.len());
    for (i, text) in list.iter().enumerate() {
        cases += &format!(" WHEN {i} THEN {}", quoted(&say(text)));
    }
    cases + " END"
}

/// A run of tasks: their numbers start at `first`, in time they are spread like `many` tasks.
pub struct Run {
    pub first: usize,
    pub many: usize,
    /// Only one course, in one district, instead of the mixture.
    pub only: Option<(usize, usize)>,
}

/// The statements that make the temporary table `load_plan`, a row for each task but the templates.
pub fn statements(words: Words, run: &Run, today: &str) -> String {
    let district = run.only.map_or(format!("n % {DISTRICTS}"), |(_, district)| district.to_string());
    let slots: Vec<String> = SLOTS.iter().map(usize::to_string).collect();
    let slots: Vec<&str> = slots.iter().map(String::as_str).collect();
    let slot = choose(&slots, &format!("r + r / {BRANCHES_PER_DISTRICT} * 6"), str::to_owned);
    let template = run.only.map_or(format!("CAST({slot} AS INTEGER)"), |(template, _)| template.to_string());
    let (first, many) = (run.first, run.many);
    let by_district: Vec<&str> = TEMPLATES.iter().map(|t| if t.by_district { "1" } else { "0" }).collect();
    let by_district = choose(&by_district, "template", str::to_owned);
    let place = choose(&TITLES, "r + r / 12", str::to_owned);
    let folded = choose(&TITLES, "r + r / 12", text::fold);
    let product = choose(&PRODUCTS, "r / 12", str::to_owned);
    let folded_product = choose(&PRODUCTS, "r / 12", text::fold);
    let (class, field) = (choose(&CLASSES, "r / 7", str::to_owned), choose(&FIELDS, "r / 3", str::to_owned));
    let templates =
        if first == 0 { format!("WHERE NOT (d = 0 AND r < {})", TEMPLATES.len()) } else { String::new() };
    let person = |kind: u8, leader: &str| words.id(kind, &format!("({leader}) * 2"));
    let judge = |kind: u8| words.id(kind, "judge * 2 + 1");
    let number = format!("(n + {first})");
    let of_template = choose(
        &(0..TEMPLATES.len())
            .map(|t| super::land::id(kind::TASK, templates::number(t)))
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
        "template",
        str::to_owned,
    );
    format!(
        "DROP TABLE IF EXISTS load_plan; DROP TABLE IF EXISTS load_numbers;
         CREATE TEMPORARY TABLE load_numbers AS {numbers}, places AS (
           SELECT n, {district} AS d, n / {DISTRICTS} AS r FROM numbers), units AS (
           SELECT n, d, r, CASE WHEN r % 10 = 9
             THEN {FIRST_COMMUNE} + d * {COMMUNES_PER_DISTRICT} + r / 10 % {COMMUNES_PER_DISTRICT}
             ELSE {FIRST_BRANCH} + d * {BRANCHES_PER_DISTRICT} + r % {BRANCHES_PER_DISTRICT} END AS lead,
             {template} AS template FROM places {templates}), judges AS (
           SELECT n, d, r, lead, template,
             CASE WHEN lead < {FIRST_BRANCH} OR {by_district} = '1' THEN {FIRST_DISTRICT} + d
               ELSE {FIRST_COMMUNE} + (lead - {FIRST_BRANCH}) / {BRANCHES} END AS assigner,
             CASE WHEN lead < {FIRST_BRANCH} THEN lead - d * {COMMUNES_PER_DISTRICT}
               ELSE lead - d * {BRANCHES_PER_DISTRICT} END AS home FROM units)
         SELECT n, d, r, lead, template, assigner, home,
           CASE WHEN assigner < {FIRST_COMMUNE} THEN {FIRST_DISTRICT}
             ELSE assigner - d * {COMMUNES_PER_DISTRICT} END AS judge FROM judges;
         CREATE TEMPORARY TABLE load_plan AS
         SELECT n, template, {of_template} AS source, {id} AS id, u.id AS unit_id, u.path AS unit_path,
           u.code AS unit_code, u.name AS unit_name, u.level AS unit_level,
           {assigner} AS assigner_id, {officer} AS officer, {officer_as} AS officer_as, {judge} AS judge,
           {judge_as} AS judge_as, 'NV-' || {number} AS code, {place} || ' ' || {number} AS title, {product} AS product,
           {folded} || ' ' || {number} || ' nv ' || {number} || ' ' || {folded_product} AS folded,
           {class} AS class, {field} AS field, n % 3 + 1 AS weight, {due} AS due_on, {start} AS start_on
         FROM load_numbers p JOIN org_units u ON u.id = {unit} ORDER BY n;
         CREATE INDEX load_plan_n ON load_plan (n);",
        numbers = words.numbers(many),
        BRANCHES = super::land::BRANCHES_PER_COMMUNE,
        id = words.id(kind::TASK, &number),
        assigner = words.id(kind::UNIT, "assigner"),
        officer = person(kind::USER, "home"),
        officer_as = person(kind::ASSIGNMENT, "home"),
        judge = judge(kind::USER),
        judge_as = judge(kind::ASSIGNMENT),
        due = words.day(today, &format!("(r * 13 + r / {BRANCHES_PER_DISTRICT} * 5) % 210 - 90")),
        start = words.day(today, &format!("n * {ROUND_DAYS} / {many} - {FIRST_DAYS_AGO}")),
        unit = words.id(kind::UNIT, "lead"),
    )
}
