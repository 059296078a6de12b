//! Which programmes are copies, and which only quote what all of them go back to.

use super::{PATH, at, register};
use crate::harness::{Answer, World};
use serde_json::{Value, json};

pub const COMMUNES: [&str; 13] = [
    "Phú Mỹ",
    "Hưng Khánh Trung A",
    "Thanh Tân",
    "Thạnh Ngãi",
    "Tân Phú Tây",
    "Phước Mỹ Trung",
    "Tân Thành Bình",
    "Thành An",
    "Hòa Lộc",
    "Tân Thanh Tây",
    "Tân Bình",
    "Nhuận Phú Tân",
    "Khánh Thạnh Tân",
];

pub const OBJECTIVES: [&str; 4] = [
    "Giữ vững ổn định chính trị, bảo đảm quốc phòng, an ninh, trật tự an toàn xã hội trên địa bàn toàn huyện",
    "Nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức cơ sở đảng và chất lượng đội ngũ đảng viên",
    "Xây dựng huyện đạt chuẩn nông thôn mới vào năm 2025, thu nhập bình quân đầu người tăng 10% mỗi năm",
    "Đẩy mạnh cải cách hành chính, chuyển đổi số trong cơ quan đảng, chính quyền và đoàn thể các cấp",
];

/// Parts of sentences: a programme's own items take another of each.
const WORKS: [&str; 7] = [
    "Nạo vét",
    "Bê tông hóa",
    "Trồng mới",
    "Vận động nhân dân sửa chữa",
    "Khảo sát, lập dự toán",
    "Bàn giao mặt bằng để thi công",
    "Tổ chức ra quân vệ sinh",
];
const THINGS: [&str; 11] = [
    "tuyến kênh nội đồng phía sau trường mẫu giáo",
    "con đường liên ấp qua chợ cũ",
    "vườn dừa lão năng suất thấp",
    "cầu ván bắc qua rạch Cái Cấm",
    "nhà văn hóa ấp và sân bóng chuyền",
    "bờ bao ngăn mặn ven sông Hàm Luông",
    "tổ hợp tác chăn nuôi bò vỗ béo",
    "lưới điện chiếu sáng công cộng",
    "điểm thu gom rác thải sinh hoạt",
    "trạm cấp nước sạch nông thôn",
    "vùng bưởi da xanh theo VietGAP",
];
const WAYS: [&str; 13] = [
    "bằng nguồn vốn sự nghiệp giao thông",
    "do Hội Cựu chiến binh đảm nhận ngày công",
    "theo phương thức nhà nước và nhân dân cùng làm",
    "gắn với phong trào xây dựng xã nông thôn mới",
    "sau khi lấy ý kiến các hộ có đất",
    "trước mùa mưa và trước kỳ triều cường",
    "thông qua quỹ vì người nghèo",
    "dưới sự giám sát của cộng đồng",
    "kết hợp tuyên truyền trên đài truyền thanh",
    "với sự tham gia của đoàn viên thanh niên",
    "để phục vụ sản xuất vụ đông xuân",
    "nhằm giảm ngập úng vào tháng mười",
    "và công khai kết quả tại trụ sở ấp",
];

/// A commune's own programme: it quotes what the district wants and goes on with its own work.
pub fn honest(n: usize) -> Vec<String> {
    let mut items: Vec<String> = OBJECTIVES.iter().map(ToString::to_string).collect();
    items.extend((0..9).map(|i| {
        let k = n * 9 + i;
        let (work, thing) = (WORKS[k % 7], THINGS[(k * 3 + n) % 11]);
        let (way, other) = (WAYS[(k * 5 + n) % 13], WAYS[(k * 7 + 2 * n + 6) % 13]);
        format!("{work} {thing} xã {} dài {} m, {way}, {other}", COMMUNES[n], 100 + k)
    }));
    items
}

/// The same with names and figures swapped, from the last item to the first, partly in capitals and
/// partly without marks.
pub fn copied(items: &[String], from: &str, to: &str) -> Vec<String> {
    let swap = |item: &String| item.replace(from, to).replace(|c: char| c.is_ascii_digit(), "7");
    let dress = |(i, item): (usize, String)| match i % 3 {
        0 => item.to_uppercase(),
        1 => tiendo::text::fold(&item),
        _ => item,
    };
    items.iter().rev().map(swap).enumerate().map(dress).collect()
}

async fn programme(world: &World, commune: &Value, above: &str, items: &[String]) -> String {
    let lines: Vec<String> =
        items.iter().enumerate().map(|(n, item)| format!("{}. {item}.", n + 1)).collect();
    let body = json!({"type": "CTr", "issuer_unit_id": commune["id"], "title": "Chương trình hành động",
        "content": format!("CHƯƠNG TRÌNH HÀNH ĐỘNG\n{}", lines.join("\n")),
        "parents": [{"document_id": above, "relation": "concretises"}]});
    world.as_("leader@D").await.post(PATH, body).await.expect(201).id()
}

async fn alike(world: &World, who: &str, id: &str) -> Answer {
    world.as_(who).await.get(&format!("{}/likeness", at(id))).await.expect(200)
}

fn warned(of: &Value) -> Vec<&str> {
    let all = of.as_array().unwrap().iter().filter(|one| one["warns"] == true);
    all.map(|one| one["document"]["id"].as_str().unwrap()).collect()
}

/// A resolution of D and 13 programmes made from it, of which the fifth copies the second.
async fn thirteen(world: &World) -> (String, Vec<String>) {
    let text = OBJECTIVES.join(";\n");
    let above = register(world, "leader@D", "D", json!({"content": text})).await;
    let root = world.root().await;
    let mut ids = Vec::new();
    for (n, name) in COMMUNES.iter().enumerate() {
        let unit = json!({"code": format!("X{n}"), "name": format!("Đảng ủy xã {name}"), "level": "commune",
            "kind": "party_committee", "parent_id": world.unit("D")});
        let unit = root.post("/api/v1/org-units", unit).await.expect(201).body;
        let items = if n == 4 { copied(&honest(1), COMMUNES[1], COMMUNES[4]) } else { honest(n) };
        ids.push(programme(world, &unit, &above, &items).await);
    }
    (above, ids)
}

#[actix_web::test]
async fn of_thirteen_programmes_exactly_the_two_copies_are_flagged() {
    let world = World::new().await;
    let (above, ids) = thirteen(&world).await;
    for (n, id) in ids.iter().enumerate() {
        let found = alike(&world, "leader@D", id).await.body;
        assert_eq!(found["compared"], json!({"parents": 1, "siblings": 12, "truncated": false}));
        let expected: &[&str] = match n {
            1 => &[&ids[4]],
            4 => &[&ids[1]],
            _ => &[],
        };
        assert_eq!(warned(&found["siblings"]), expected, "{n}: {found:#}");
        // All quote their parent, and none is blamed for it.
        assert_eq!(
            (&found["parents"][0]["document"]["id"], warned(&found["parents"]).len()),
            (&json!(above), 0)
        );
        assert_eq!(found["parents"][0]["passages"].as_array().unwrap().len(), 4, "{n}");
        assert_eq!(found["warns"], !expected.is_empty());
    }
    let found = alike(&world, "leader@D", &ids[4]).await.body;
    let first = &found["siblings"][0];
    assert_eq!((&first["share"]["value"], first["passages"].as_array().unwrap().len()), (&json!(100), 9));
    let passage = &first["passages"][0];
    assert!(passage["theirs"].as_str().unwrap().contains("Hưng Khánh Trung A"), "{passage}");
    assert!(
        passage["own"].as_str().unwrap().to_lowercase().contains("tân phú tây")
            || passage["own"].as_str().unwrap().contains("tan phu tay")
    );
    let few = world.as_("leader@D").await.get(&format!("{}/likeness?limit=2", at(&ids[4]))).await.expect(200);
    let first = &few.body["siblings"][0];
    assert_eq!((first["passages"].as_array().unwrap().len(), &first["truncated"]), (2, &json!(true)));
}

#[actix_web::test]
async fn who_has_nothing_but_the_parent_is_warned_of_that() {
    let world = World::new().await;
    let text = OBJECTIVES.join(";\n");
    let above = register(&world, "leader@D", "D", json!({"content": text})).await;
    let unit = json!({"id": world.unit("A")});
    let items: Vec<String> = OBJECTIVES.iter().rev().map(|item| item.replace("huyện", "xã")).collect();
    let id = programme(&world, &unit, &above, &items).await;
    let found = alike(&world, "officer@A", &id).await.body;
    assert_eq!(warned(&found["parents"]), [&above], "{found:#}");
    // It is a warning: the paper is in the register all the same.
    assert_eq!(world.as_("officer@A").await.get(&at(&id)).await.expect(200).body["status"], "issued");
}

#[actix_web::test]
async fn likeness_is_told_only_of_what_the_reader_sees() {
    let world = World::new().await;
    let above = register(&world, "leader@D", "D", json!({"content": OBJECTIVES.join(";\n")})).await;
    let a = programme(&world, &json!({"id": world.unit("A")}), &above, &honest(0)).await;
    programme(&world, &json!({"id": world.unit("B")}), &above, &copied(&honest(0), COMMUNES[0], "B")).await;
    assert_eq!(alike(&world, "leader@D", &a).await.body["warns"], true);
    // The neighbour's papers are not A's to read, not through this door either.
    let own = alike(&world, "leader@A", &a).await.body;
    assert_eq!((&own["compared"]["siblings"], &own["siblings"]), (&json!(0), &json!([])));
    world.as_("leader@B").await.get(&format!("{}/likeness", at(&a))).await.expect(404);
    let leader = world.as_("leader@A").await;
    for limit in ["0", "51", "-1"] {
        leader.get(&format!("{}/likeness?limit={limit}", at(&a))).await.expect(400);
    }
    // Without a text there is nothing to say.
    let bare = register(&world, "leader@A", "A", json!({})).await;
    let found = alike(&world, "leader@A", &bare).await.body;
    assert_eq!((&found["words"], &found["warns"]), (&json!(0), &json!(false)));
}
