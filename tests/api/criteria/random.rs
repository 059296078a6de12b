//! Random histories through the service: the board of every day equals a naive recount.

use super::*;
use crate::dice::Dice;

/// What was verified of a unit and a criterion: on which day, as what.
type Verified = Vec<(&'static str, usize, u32, &'static str)>;

fn naive(all: &Verified, unit: &str, criterion: usize, day: u32) -> &'static str {
    let said: Vec<&str> = all
        .iter()
        .filter(|(of, about, on, _)| *of == unit && *about == criterion && *on <= day)
        .map(|(.., status)| *status)
        .collect();
    match said.last() {
        None => "not_assessed",
        Some(&"met") => "met",
        Some(_) if said.contains(&"met") => "lost",
        Some(&"nearly_met") => "nearly_met",
        Some(_) => "not_met",
    }
}

#[actix_web::test]
async fn the_board_of_every_day_equals_a_naive_recount() {
    let mut seen_lost = 0;
    for seed in 1..4 {
        let mut dice = Dice::new(seed);
        let world = World::new().await;
        let set = set(&world, json!({})).await;
        let mut all: Verified = Vec::new();
        for day in 16..29_u32 {
            world.go_to(&format!("2023-10-{day}")).await;
            for _ in 0..4 {
                let (unit, criterion) = (dice.pick(&["A", "B"]), dice.below(3_usize));
                let (code, status) =
                    (format!("c{}", criterion + 1), dice.pick(&["met", "met", "nearly_met", "not_met"]));
                let reason = json!({"reason": "Kiểm tra lại"});
                match dice.below(4_u32) {
                    0 => {
                        find(&world, unit, &set, &code, status, reason).await.expect(201);
                        all.push((unit, criterion, day, status));
                    }
                    how => {
                        let claim = say(&world, &format!("officer@{unit}"), &set, &code, status, reason)
                            .await
                            .expect(201)
                            .id();
                        if how == 1 {
                            answer(&world, "leader@D", &claim, "return", json!({"reason": "Thiếu"}))
                                .await
                                .expect(201);
                        } else if how == 2 {
                            answer(&world, "leader@D", &claim, "verify", json!({})).await.expect(201);
                            all.push((unit, criterion, day, status));
                        }
                    }
                }
            }
        }
        for day in 15..29_u32 {
            let shown = board(&world, &set, &format!("as_of=2023-10-{day}")).await;
            for row in shown["rows"].as_array().unwrap() {
                let unit = row["unit"]["code"].as_str().unwrap();
                let is: Vec<&str> = (0..3).map(|criterion| naive(&all, unit, criterion, day)).collect();
                for status in ["met", "nearly_met", "not_met", "lost", "not_assessed"] {
                    let many = is.iter().filter(|one| **one == status).count();
                    assert_eq!(row["verified"][status], many, "seed {seed} day {day} unit {unit} {status}");
                    seen_lost += usize::from(status == "lost") * many;
                }
                assert_eq!(
                    row["missing"].as_array().unwrap().len(),
                    is.iter().filter(|one| **one != "met").count()
                );
            }
            for (i, criterion) in shown["criteria"].as_array().unwrap().iter().enumerate() {
                let met = ["A", "B"].iter().filter(|unit| naive(&all, unit, i, day) == "met").count();
                assert_eq!(criterion["units"]["met"], met, "seed {seed} day {day} criterion {i}");
            }
        }
    }
    assert!(seen_lost > 10, "only {seen_lost} lost");
}
