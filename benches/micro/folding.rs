//! Folding: what is done to every text that is stored to be found, and to every question.

use divan::{Bencher, black_box, counter::BytesCount};
use tiendo::text;

/// A title as it is written at the head of a task.
pub const TITLE: &str =
    "Vận động 95% người dân tham gia bảo hiểm y tế; rà soát, bổ sung danh sách hộ cận nghèo năm 2023";

/// Paragraphs of a programme of action, as a commune writes it.
const PARAGRAPHS: [&str; 6] = [
    "I. MỤC ĐÍCH, YÊU CẦU\n1. Tổ chức quán triệt, triển khai thực hiện nghiêm túc Nghị quyết Đại hội đại biểu \
     Đảng bộ huyện lần thứ XII, nhiệm kỳ 2020 - 2025 đến toàn thể cán bộ, đảng viên và Nhân dân.",
    "2. Xác định rõ nội dung, nhiệm vụ trọng tâm, thời gian hoàn thành và trách nhiệm của từng tập thể, cá \
     nhân trong việc tổ chức thực hiện; định kỳ kiểm tra, giám sát, sơ kết, tổng kết.",
    "II. CHỈ TIÊU CHỦ YẾU\n- Thu nhập bình quân đầu người đạt 68,5 triệu đồng/năm; tỷ lệ hộ nghèo theo \
     chuẩn đa chiều còn dưới 1,2%; trên 95% người dân tham gia bảo hiểm y tế.",
    "- Kết nạp từ 12 đến 15 đảng viên mới mỗi năm; có 90% chi bộ hoàn thành tốt nhiệm vụ trở lên, không có \
     chi bộ không hoàn thành nhiệm vụ.",
    "III. NHIỆM VỤ VÀ GIẢI PHÁP\n1. Đẩy mạnh chuyển đổi cơ cấu cây trồng, vật nuôi; củng cố 04 hợp tác xã, \
     12 tổ hợp tác gắn với tiêu thụ dừa, bưởi da xanh; hoàn thành 6,4 km đường liên ấp.",
    "2. Giao Ủy ban nhân dân xã Phú Mỹ chủ trì, phối hợp với Mặt trận Tổ quốc và các đoàn thể xây dựng kế \
     hoạch cụ thể, báo cáo kết quả về Ban Thường vụ Đảng ủy trước ngày 20 hằng tháng.",
];

/// A programme of so many paragraphs; items are numbered on, so that no two are quite the same.
pub fn programme(paragraphs: usize) -> String {
    let paragraph = |i: usize| format!("{}. {}", i + 1, PARAGRAPHS[i % PARAGRAPHS.len()]);
    (0..paragraphs).map(paragraph).collect::<Vec<_>>().join("\n")
}

#[divan::bench]
fn a_title() -> String {
    text::fold(black_box(TITLE))
}

/// As people with other keyboards send it: marks apart from their letters.
#[divan::bench]
fn a_title_in_parts(bencher: Bencher) {
    use unicode_normalization::UnicodeNormalization;
    let apart: String = TITLE.nfd().collect();
    bencher.bench(|| text::fold(black_box(&apart)));
}

#[divan::bench]
fn a_document(bencher: Bencher) {
    let document = programme(120);
    bencher.counter(BytesCount::of_str(&document)).bench(|| text::fold(black_box(&document)));
}

/// What a snippet of the search is cut from: each word with the place it stands in.
#[divan::bench]
fn words_of_a_document(bencher: Bencher) {
    let document = programme(120);
    bencher.counter(BytesCount::of_str(&document)).bench(|| text::words(black_box(&document)));
}

/// Taken in: composed anew, and looked through for characters that are refused.
#[divan::bench]
fn clean_a_document(bencher: Bencher) {
    let document = programme(120);
    bencher.counter(BytesCount::of_str(&document)).bench(|| text::clean(black_box(&document), true));
}

#[divan::bench]
fn key_to_sort_a_name() -> String {
    text::collation_key(black_box("Đảng ủy xã Tân Phú Tây"))
}
