//! The tree of the data set: one province, 10 districts, 150 communes, 2,250 branches, by number.

use serde_json::{Value, json};

pub const DISTRICTS: usize = 10;
pub const COMMUNES_PER_DISTRICT: usize = 15;
pub const BRANCHES_PER_COMMUNE: usize = 15;
pub const BRANCHES_PER_DISTRICT: usize = COMMUNES_PER_DISTRICT * BRANCHES_PER_COMMUNE;
/// Numbers of units: the province is 0, then all districts, all communes, all branches.
pub const FIRST_DISTRICT: usize = 1;
pub const FIRST_COMMUNE: usize = FIRST_DISTRICT + DISTRICTS;
pub const FIRST_BRANCH: usize = FIRST_COMMUNE + DISTRICTS * COMMUNES_PER_DISTRICT;
pub const UNITS: usize = FIRST_BRANCH + DISTRICTS * BRANCHES_PER_DISTRICT;

/// Kinds of records: ids carry them, so that none comes twice.
pub mod kind {
    pub const UNIT: u8 = 1;
    pub const USER: u8 = 2;
    pub const ASSIGNMENT: u8 = 3;
    pub const TASK: u8 = 4;
    pub const REPORT: u8 = 5;
    pub const TEMPLATE_REPORT: u8 = 6;
    pub const EVENT: u8 = 7;
    pub const REQUEST: u8 = 8;
    pub const DOCUMENT: u8 = 9;
    pub const INDICATOR: u8 = 10;
}

/// The id of a record by its kind and number; `data/sql.rs` says the same in SQL.
pub fn id(kind: u8, n: usize) -> String {
    format!("018b2c{kind:02x}-0000-7000-8000-{n:012x}")
}

/// The id of a unit by its number.
pub fn unit(n: usize) -> String {
    id(kind::UNIT, n)
}

/// The number of the unit above; none above the province.
pub fn parent(n: usize) -> Option<usize> {
    match n {
        0 => None,
        n if n < FIRST_COMMUNE => Some(0),
        n if n < FIRST_BRANCH => Some(FIRST_DISTRICT + (n - FIRST_COMMUNE) / COMMUNES_PER_DISTRICT),
        n => Some(FIRST_COMMUNE + (n - FIRST_BRANCH) / BRANCHES_PER_COMMUNE),
    }
}

/// Every unit as a line of an import, parents first.
pub fn lines() -> Vec<Value> {
    (0..UNITS).map(line).collect()
}

fn line(n: usize) -> Value {
    let within = |first: usize, each: usize| (n - first) % each + 1;
    let issuer = match n {
        0 => Some("TU"),
        n if n < FIRST_COMMUNE => Some("HU"),
        n if n < FIRST_BRANCH => Some("ĐU"),
        _ => None,
    };
    let (level, kind, name) = match n {
        0 => ("province", "party_committee", "Tỉnh ủy Bến Hạ".into()),
        n if n < FIRST_COMMUNE => ("district", "party_committee", format!("Huyện ủy Mỏ Trầu số {n}")),
        n if n < FIRST_BRANCH => {
            let names = ["Phú Mỹ", "Tân Thành", "Hòa Lộc", "Nhuận Phú", "Thạnh Ngãi"];
            let place = names.get(n % names.len()).expect("a name");
            ("commune", "party_committee", format!("Đảng ủy xã {place} {}", n - FIRST_COMMUNE + 1))
        }
        n => ("branch", "branch", {
            let commune = parent(n).expect("a commune") - FIRST_COMMUNE + 1;
            format!("Chi bộ ấp {}, xã {commune}", within(FIRST_BRANCH, BRANCHES_PER_COMMUNE))
        }),
    };
    json!({"op": "org_unit.create", "at": "2020-01-06T08:00:00+07:00", "data": {
        "id": unit(n), "code": format!("BH-{n:04}"), "name": name, "level": level, "kind": kind,
        "parent_id": parent(n).map(unit), "issuer_code": issuer}})
}

/// Who acts in a unit: the name of the account.
pub fn username(role: &str, n: usize) -> String {
    format!("{role}.{n}")
}

/// The id of an account or of its one assignment; leaders are odd.
pub fn person(kind: u8, role: &str, n: usize) -> String {
    id(kind, n * 2 + usize::from(role == "leader"))
}

/// The accounts: leaders and officers of the province and all districts and of the communes of the first district, an officer
/// in each of its branches, and one who only looks at the province.
pub fn accounts() -> Vec<(&'static str, usize)> {
    let communes = FIRST_COMMUNE..FIRST_COMMUNE + COMMUNES_PER_DISTRICT;
    let committees = (0..FIRST_COMMUNE).chain(communes);
    let branches = FIRST_BRANCH..FIRST_BRANCH + BRANCHES_PER_DISTRICT;
    let mut all: Vec<_> = committees.flat_map(|n| [("leader", n), ("officer", n)]).collect();
    all.extend(branches.map(|n| ("officer", n)));
    all.push(("viewer", 0));
    all
}
