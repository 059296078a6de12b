//! Random targets and values over a tree, every target of a whole and every verdict worked out again in the
//! plainest way.

use super::indicator;
use crate::{dice::Dice, fraction::Fraction, harness::World};
use actix_web::http::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The units, with those directly below.
const UNITS: [(&str, &[&str]); 6] =
    [("D", &["A", "B"]), ("A", &["A1", "A2"]), ("B", &["B1"]), ("A1", &[]), ("A2", &[]), ("B1", &[])];
const RULES: [&str; 4] = ["sum", "average", "weighted_average", "latest"];

/// A target in hundredths and its weight; a value in hundredths.
#[derive(Debug, Default)]
struct Books {
    targets: BTreeMap<&'static str, (i128, i128)>,
    values: BTreeMap<&'static str, i128>,
}

fn below(unit: &str) -> &'static [&'static str] {
    UNITS.iter().find(|(name, _)| *name == unit).unwrap().1
}

fn subtree(unit: &'static str) -> BTreeSet<&'static str> {
    [unit].into_iter().chain(below(unit).iter().flat_map(|child| subtree(child))).collect()
}

impl Books {
    /// The highest units at or below with a target of their own.
    fn parts(&self, unit: &'static str) -> Vec<&'static str> {
        if self.targets.contains_key(unit) {
            return vec![unit];
        }
        below(unit).iter().flat_map(|child| self.parts(child)).collect()
    }

    /// Of numbers with weights by a rule; a single one is itself.
    fn pool(rule: &str, parts: &[(Fraction, Fraction)]) -> Option<Fraction> {
        let zero = Fraction::new(0, 1);
        let sum = |all: &mut dyn Iterator<Item = Fraction>| all.fold(zero, Fraction::plus);
        let n = i128::try_from(parts.len()).unwrap();
        let total = sum(&mut parts.iter().map(|(value, _)| *value));
        match rule {
            _ if parts.is_empty() => None,
            "sum" => Some(total),
            "average" => total.over(Fraction::new(n, 1)),
            "weighted_average" => sum(&mut parts.iter().map(|(value, weight)| value.times(*weight)))
                .over(sum(&mut parts.iter().map(|(_, weight)| *weight))),
            _ => parts.iter().all(|(value, _)| value.same(parts[0].0)).then_some(parts[0].0),
        }
    }

    fn target(&self, rule: &str, unit: &'static str) -> Option<Fraction> {
        let parts: Vec<(Fraction, Fraction)> = self
            .parts(unit)
            .iter()
            .map(|unit| self.targets[unit])
            .map(|(value, weight)| (Fraction::new(value, 100), Fraction::new(weight, 1)))
            .collect();
        Self::pool(rule, &parts)
    }

    /// Every unit that reported is under a target.
    fn complete(&self, unit: &'static str) -> bool {
        let covered: BTreeSet<&str> = self.parts(unit).into_iter().flat_map(subtree).collect();
        self.levels(unit).iter().all(|unit| covered.contains(unit))
    }

    /// The units of the levels at which anything was reported below the district.
    fn levels(&self, unit: &'static str) -> BTreeSet<&'static str> {
        let level = |unit: &str| unit.len();
        let reported: BTreeSet<usize> = self.values.keys().map(|unit| level(unit)).collect();
        subtree(unit).into_iter().filter(|unit| *unit != "D" && reported.contains(&level(unit))).collect()
    }

    fn actual(&self, rule: &str, unit: &'static str) -> Option<Fraction> {
        let all = subtree(unit);
        let values = self.values.iter().filter(|(unit, _)| all.contains(*unit));
        // A weighted average has no weights but those of its targets here: figures are not checked.
        let parts: Vec<(Fraction, Fraction)> =
            values.map(|(_, value)| (Fraction::new(*value, 100), Fraction::new(1, 1))).collect();
        Self::pool(rule, &parts)
    }
}

fn text(value: &Value) -> Option<String> {
    (!value.is_null()).then(|| value.to_string().trim_end_matches(".0").to_owned())
}

#[actix_web::test]
async fn targets_of_wholes_and_verdicts_are_what_a_plain_count_says() {
    let world = World::new().await;
    let admin = world.as_("admin@D").await.with("content-type", "application/x-ndjson");
    let mut dice = Dice::new(77);
    let (mut judged, mut pooled) = (0, 0);
    for case in 0..60 {
        let rule = dice.pick(&RULES);
        let mut new = json!({"code": format!("CT{case}"), "over_units": rule});
        if rule == "weighted_average" {
            let weight = indicator(&world, json!({"code": format!("TS{case}")})).await;
            new["weight_indicator_id"] = json!(weight);
        }
        let of = indicator(&world, new).await;
        let mut books = Books::default();
        let mut lines: Vec<String> = Vec::new();
        for (unit, _) in UNITS {
            let mut load = |op: &str, more: Value| {
                let mut data = json!({"indicator_id": of, "unit_id": world.unit(unit), "period": "2023-09"});
                data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
                lines.push(json!({"op": op, "at": "2023-10-01T08:00:00+07:00", "data": data}).to_string());
            };
            let number = |hundredths: i128| -> Value {
                serde_json::from_str(&Fraction::new(hundredths, 100).text()).unwrap()
            };
            if dice.below(100) < if unit == "D" { 10 } else { 50 } {
                let (value, weight) = (dice.below(5_000_u64).into(), 1 + i128::from(dice.below(9_u64)));
                // Equal ones now and then, so that "latest" agrees.
                let value = if rule == "latest" && dice.below(3) > 0 { 700 } else { value };
                books.targets.insert(unit, (value, weight));
                let mut more = json!({"value": number(value)});
                if rule == "weighted_average" {
                    more["weight"] = number(weight * 100);
                }
                load("target.load", more);
            }
            if unit != "D" && dice.below(100) < 60 {
                let value: i128 = dice.below(5_000_u64).into();
                books.values.insert(unit, value);
                load("indicator_value.load", json!({"value": number(value)}));
            }
        }
        let told = admin.send(Method::POST, "/api/v1/imports", Some(lines.join("\n"))).await.expect(200).body;
        assert_eq!(told["rejected"], 0, "{told}");
        let query = format!(
            "indicator_id={of}&unit_id={}&from=2023-09&to=2023-09&by=descendants&as_of=2023-10-10",
            world.unit("D")
        );
        let told = super::report(&world, "indicator-rollup", &query).await;
        for (unit, _) in UNITS {
            let id = world.unit(unit);
            let figure = match unit {
                "D" => Some(&told["whole"]),
                _ => told["rows"].as_array().unwrap().iter().find(|row| row["unit"]["id"] == id),
            };
            let Some(figure) = figure else { panic!("{unit} is no row") };
            let place = format!("case {case} {rule} {unit} {books:?} {figure}");
            let (target, actual) = (books.target(rule, unit), books.actual(rule, unit));
            assert_eq!(text(&figure["target"]), target.map(Fraction::text), "{place}");
            let Some(target) = target else { continue };
            let own = books.targets.contains_key(unit);
            assert_eq!(figure["target_of"], if own { "own" } else { "units" }, "{place}");
            assert_eq!(figure["target_complete"], own || books.complete(unit), "{place}");
            pooled += usize::from(!own);
            if rule == "weighted_average" {
                continue;
            }
            let difference = actual.map(|actual| actual.plus(Fraction::new(-target.0, target.1)).0.signum());
            let verdict = match difference {
                None => "no_data",
                Some(1) => "exceeded",
                Some(0) => "met",
                Some(_) => "not_met",
            };
            assert_eq!(figure["verdict"], verdict, "{place}");
            let share =
                actual.and_then(|actual| actual.over(target)).map(|share| share.times(Fraction::new(100, 1)));
            assert_eq!(text(&figure["attainment"]), share.map(Fraction::text), "{place}");
            judged += 1;
        }
    }
    assert!(judged > 100 && pooled > 40, "{judged} {pooled}");
}
