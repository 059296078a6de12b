//! Random values, corrections and exclusions over a tree, and every figure counted again in the plainest way.

use super::define;
use crate::{dice::Dice, fraction::Fraction, harness::World};
use actix_web::http::Method;
use serde_json::{Value, json};

/// The units, with the index of the one above.
const UNITS: [(&str, Option<usize>, &str); 6] = [
    ("D", None, "district"),
    ("A", Some(0), "commune"),
    ("B", Some(0), "commune"),
    ("A1", Some(1), "branch"),
    ("A2", Some(1), "branch"),
    ("B1", Some(2), "branch"),
];
const OVER_PERIODS: [&str; 3] = ["sum", "average", "latest"];
const OVER_UNITS: [&str; 6] = ["sum", "average", "weighted_average", "latest", "ratio", "none"];
const MONTHS: usize = 9;

/// One line of the books: when, and in hundredths; of a share both parts.
#[derive(Debug, Clone, Copy)]
struct Entry {
    day: u32,
    month: usize,
    num: i128,
    den: i128,
}

/// All entries of one indicator: by unit.
type Book = Vec<Vec<Entry>>;

struct Story {
    ids: Vec<String>,
    rules: Vec<(&'static str, &'static str)>,
    books: Vec<Book>,
    /// Unit excluded of an indicator, known from today.
    excluded: Vec<Option<usize>>,
}

/// The last word on each month by a day of October (day 0: before), months apart.
fn known(book: &[Entry], by: u32) -> Vec<Option<Entry>> {
    let mut months = vec![None; MONTHS];
    for entry in book.iter().filter(|entry| entry.day <= by) {
        months[entry.month] = Some(*entry);
    }
    months
}

fn whole(n: usize) -> i128 {
    n.try_into().unwrap()
}

fn hundredths(n: i128) -> Fraction {
    Fraction::new(n, 100)
}

/// A unit over some months: the parts of its share, or its value over 1.
fn one_unit(rule: (&str, &str), months: &[Option<Entry>]) -> Option<(Fraction, Fraction, usize)> {
    let there: Vec<(usize, Entry)> =
        months.iter().enumerate().filter_map(|(i, e)| Some((i, (*e)?))).collect();
    let (last, latest) = *there.last()?;
    let unit = Fraction(1, 1);
    if rule.0 == "latest" {
        let den = if rule.1 == "ratio" { hundredths(latest.den) } else { unit };
        return Some((hundredths(latest.num), den, last));
    }
    let nums = there.iter().fold(Fraction(0, 1), |sum, (_, e)| sum.plus(hundredths(e.num)));
    if rule.1 == "ratio" {
        let dens = there.iter().fold(Fraction(0, 1), |sum, (_, e)| sum.plus(hundredths(e.den)));
        return Some((nums, dens, last));
    }
    let n = if rule.0 == "average" { whole(there.len()) } else { 1 };
    Some((nums.over(Fraction(n, 1)).unwrap(), unit, last))
}

fn is_under(unit: usize, top: usize) -> bool {
    unit == top || UNITS[unit].1.is_some_and(|above| is_under(above, top))
}

impl Story {
    /// The figure of a unit over months `from..=to` by a day, and how many reported.
    fn figure(&self, of: usize, top: usize, from: usize, to: usize, by: u32) -> (Option<String>, i64) {
        let rule = self.rules[of];
        let factor = Fraction(if rule.1 == "ratio" { 100 } else { 1 }, 1);
        let mut found = Vec::new();
        for unit in (0..UNITS.len()).filter(|unit| is_under(*unit, top)) {
            if self.excluded[of] == Some(unit) && unit != top && by >= 15 {
                continue;
            }
            let months = &known(&self.books[of][unit], by)[from..=to];
            let Some((num, den, last)) = one_unit(rule, months) else { continue };
            // The weight: of the same months, by the rule of the weights, which is the latest.
            let there: Vec<usize> = (0..months.len()).filter(|i| months[*i].is_some()).collect();
            let used = if rule.0 == "latest" { vec![*there.last().unwrap()] } else { there };
            let weights = known(&self.books[0][unit], by);
            let weight = (from + used[0]..=from + used[used.len() - 1]).rev().find_map(|i| weights[i]);
            found.push((unit, num, den, last, weight.map(|e| hundredths(e.num))));
        }
        let n = i64::try_from(found.len()).unwrap();
        let text = |figure: Option<Fraction>| figure.map(|figure| figure.times(factor).text());
        let own = found.iter().find(|one| one.0 == top);
        if let Some(own) = own.filter(|_| found.len() == 1 || rule.1 == "none") {
            return (text(own.1.over(own.2)), n);
        }
        let shares: Vec<Fraction> = found.iter().filter_map(|one| one.1.over(one.2)).collect();
        let sum = |all: &[Fraction]| all.iter().fold(Fraction(0, 1), |sum, one| sum.plus(*one));
        let figure = match rule.1 {
            _ if found.is_empty() => None,
            "sum" => Some(sum(&shares)),
            "average" => sum(&shares).over(Fraction(whole(shares.len()), 1)),
            "weighted_average" => {
                let pairs: Vec<(Fraction, Fraction)> =
                    found.iter().filter_map(|o| Some((o.1.over(o.2)?, o.4?))).collect();
                let weights: Vec<Fraction> = pairs.iter().map(|pair| pair.1).collect();
                let products: Vec<Fraction> = pairs.iter().map(|pair| pair.0.times(pair.1)).collect();
                if pairs.is_empty() { None } else { sum(&products).over(sum(&weights)) }
            }
            "latest" => {
                let last = found.iter().map(|one| one.3).max().unwrap();
                let at: Vec<Fraction> =
                    found.iter().filter(|o| o.3 == last).filter_map(|o| o.1.over(o.2)).collect();
                at.first().copied().filter(|first| at.iter().all(|one| one.same(*first)))
            }
            "ratio" => {
                let nums: Vec<Fraction> = found.iter().map(|one| one.1).collect();
                let dens: Vec<Fraction> = found.iter().map(|one| one.2).collect();
                sum(&nums).over(sum(&dens))
            }
            _ => None,
        };
        (text(figure), n)
    }
}

async fn story(world: &World, dice: &mut Dice) -> Story {
    let mut story =
        Story { ids: vec![], rules: vec![("latest", "sum")], books: vec![], excluded: vec![None] };
    story.ids.push(define(world, json!({"code": "W", "decimals": 2})).await.expect(201).id());
    for over_periods in OVER_PERIODS {
        for over_units in OVER_UNITS {
            let body = json!({"code": format!("X{}", story.ids.len()), "decimals": 2, "over_periods": over_periods,
                "over_units": over_units, "measure_unit": "%", "weight_indicator_id": story.ids[0]});
            story.ids.push(define(world, body).await.expect(201).id());
            story.rules.push((over_periods, over_units));
            story.excluded.push((dice.below(3) == 0).then(|| 1 + dice.below(UNITS.len() - 1)));
        }
    }
    let mut lines = Vec::new();
    for of in 0..story.ids.len() {
        let mut book: Book = vec![vec![]; UNITS.len()];
        for (unit, entries) in book.iter_mut().enumerate() {
            for month in 0..MONTHS {
                for _ in 0..[0, 1, 1, 2][dice.below(4)] {
                    let day = 1 + dice.below(14);
                    // Entries of one month come in the order of their days.
                    let after = entries
                        .iter()
                        .filter(|e: &&Entry| e.month == month)
                        .map(|e| e.day)
                        .max()
                        .unwrap_or(0);
                    let small = dice.below(3) == 0;
                    let num = i128::from(dice.below(if small { 4 } else { 100_000 }))
                        - if small { 0 } else { 20_000 };
                    let entry = Entry { day: day.max(after), month, num, den: i128::from(dice.below(5_000)) };
                    entries.push(entry);
                    lines.push((entry, of, unit));
                }
            }
        }
        story.books.push(book);
    }
    let number = |n: i128| -> Value { hundredths(n).text().parse::<serde_json::Number>().unwrap().into() };
    for some in lines.chunks(1_000) {
        let text: Vec<String> = some.iter().map(|(entry, of, unit)| {
            let mut data = json!({"indicator_id": story.ids[*of], "unit_id": world.unit(UNITS[*unit].0),
                "period": format!("2023-{:02}", entry.month + 1)});
            if story.rules[*of].1 == "ratio" {
                data["numerator"] = number(entry.num);
                data["denominator"] = number(entry.den);
            } else {
                data["value"] = number(entry.num);
            }
            json!({"op": "indicator_value.load", "at": format!("2023-10-{:02}T08:00:00+07:00", entry.day), "data": data}).to_string()
        }).collect();
        let admin = world.as_("admin@D").await.with("content-type", "application/x-ndjson");
        let done = admin.send(Method::POST, "/api/v1/imports", Some(text.join("\n"))).await.expect(200).body;
        assert_eq!(done["rejected"], 0, "{done}");
    }
    for (of, unit) in story.excluded.iter().enumerate().filter_map(|(of, unit)| Some((of, (*unit)?))) {
        let body =
            json!({"unit_id": world.unit(UNITS[unit].0), "from_on": "2022-01-01", "reason": "Tính riêng"});
        let path = format!("/api/v1/indicators/{}/exclusions", story.ids[of]);
        world.as_("officer@D").await.post(&path, body).await.expect(201);
    }
    story
}

async fn told_as_counted(seed: u64) {
    let world = World::new().await;
    let mut dice = Dice::new(seed);
    let story = story(&world, &mut dice).await;
    let viewer = world.as_("inspector@D").await;
    let mut cases = 0;
    for of in 0..story.ids.len() {
        for (top, (unit, _, _)) in UNITS.iter().enumerate() {
            for (by, cumulative) in [(15, true), (15, false), (5 + dice.below(9), dice.below(2) == 0)] {
                let path = format!(
                    "/api/v1/reports/indicator-trend?unit_id={}&indicator_id={}&from=2023-01&to=2023-09&as_of=2023-10-{by:02}&cumulative={cumulative}",
                    world.unit(unit),
                    story.ids[of]
                );
                let trend = viewer.get(&path).await.expect(200).body;
                let points = trend["points"].as_array().unwrap();
                assert_eq!(points.len(), MONTHS);
                for (month, point) in points.iter().enumerate() {
                    let from = if cumulative { 0 } else { month };
                    let (figure, n) = story.figure(of, top, from, month, by);
                    let told = (&point["actual"], &point["units_reported"]);
                    let told = ((!told.0.is_null()).then(|| told.0.to_string()), told.1.as_i64().unwrap());
                    assert_eq!(
                        told,
                        (figure, n),
                        "seed {seed}: {:?} of {unit} in month {month}, by {by}, from {from}",
                        story.rules[of]
                    );
                    cases += 1;
                }
            }
        }
    }
    assert!(cases > 3_000, "{cases}");
}

#[actix_web::test]
async fn every_figure_is_what_a_plain_count_says_1() {
    told_as_counted(1).await;
}

#[actix_web::test]
async fn every_figure_is_what_a_plain_count_says_2() {
    told_as_counted(2).await;
}

#[actix_web::test]
async fn every_figure_is_what_a_plain_count_says_3() {
    told_as_counted(3).await;
}

#[actix_web::test]
async fn every_figure_is_what_a_plain_count_says_4() {
    told_as_counted(4).await;
}
