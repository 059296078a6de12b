//! Units of one level in the order of a measure, and why each stands where it does.

use crate::{
    auth::Actor,
    db::AnyConn,
    error::Result,
    ids::Id,
    measures::{Measure, Ranked, Ratio, Tally, Unscored, rank},
    org_units::{
        model::{Row, check_level},
        tree::UnitOn,
        wire::UnitRef,
    },
    reports::{
        explain::{Counted, TASK_MEASURES, explain},
        ground::Ground,
        links::{self, Records},
        tag::Asked,
        wire::{Ranking, RankingNext, RankingQuery, RankingRow, RankingUnranked},
        words::Phrase,
    },
};
use std::collections::HashMap;

/// How many of the units with the same score are named in each row.
const NAMED: usize = 5;

/// The ranking of the units below one that the caller has found inside its territory.
pub fn answer(
    conn: &mut AnyConn,
    actor: &Actor,
    unit: &Row,
    query: &RankingQuery,
    asked: &Asked,
) -> Result<Ranking> {
    check_level(conn, &query.level)?;
    let ground = Ground::load(conn, actor, unit, asked)?;
    let measure = query.measure.unwrap_or(Measure::WeightedProgress);
    let explained = match query.explain.0 {
        true => {
            let counted = Counted::of(conn, &ground)?;
            let lines = TASK_MEASURES.iter().filter(|line| line.measure() == measure.as_str());
            Some(explain(conn, &ground, asked, lines, &counted)?)
        }
        false => None,
    };
    let (_, tallies) = ground.tallies();
    let race = Race { ground: &ground, asked, measure, tallies };
    let (rows, unranked) = race.run(&query.level);
    Ok(Ranking {
        as_of: ground.day,
        unit: ground.unit.clone(),
        level: query.level.0.clone(),
        measure,
        rows,
        unranked,
        explain: explained,
    })
}

/// What a ranking is made from.
struct Race<'a> {
    ground: &'a Ground,
    asked: &'a Asked,
    measure: Measure,
    tallies: HashMap<Id, Tally>,
}

impl Race<'_> {
    fn tally(&self, unit: &UnitOn) -> Tally {
        self.tallies.get(&unit.id).copied().unwrap_or_default()
    }

    /// The places, and the units without one.
    fn run(&self, level: &str) -> (Vec<RankingRow>, Vec<RankingUnranked>) {
        let (tree, day) = (&self.ground.tree, self.ground.day);
        let below = tree.below(self.ground.unit.id).into_iter();
        let runners: Vec<(&UnitOn, Ratio)> = below
            .filter(|unit| unit.level == level && tree.in_force(unit.id, day))
            .map(|unit| (unit, self.measure.of(&self.tally(unit))))
            .collect();
        let ranking = rank(runners);
        let groups: Vec<&[Ranked<&UnitOn>]> =
            ranking.rows.chunk_by(|a, b| a.dense_rank == b.dense_rank).collect();
        let mut better: Option<&Ranked<&UnitOn>> = None;
        let mut rows = Vec::with_capacity(ranking.rows.len());
        for group in groups {
            rows.extend(group.iter().map(|place| self.row(place, group, better)));
            better = group.first();
        }
        (rows, ranking.unranked.into_iter().map(|unit| self.unranked(unit)).collect())
    }

    fn row(
        &self,
        place: &Ranked<&UnitOn>,
        group: &[Ranked<&UnitOn>],
        better: Option<&Ranked<&UnitOn>>,
    ) -> RankingRow {
        let unit = place.unit;
        let others = group.iter().filter(|other| other.unit.id != unit.id);
        let named: Vec<UnitRef> = others.take(NAMED).map(|other| other.unit.reference()).collect();
        RankingRow {
            rank: place.rank,
            dense_rank: place.dense_rank,
            unit: unit.reference(),
            value: place.score.value(),
            num: place.score.num(),
            den: place.score.den(),
            records_url: self
                .ground
                .reads(unit.id)
                .then(|| links::under(unit.id, self.ground.day, Records::All)),
            tied: group.len() - 1,
            tied_with: named,
            next: better.map(|better| self.next(unit, better)),
        }
    }

    fn next(&self, unit: &UnitOn, better: &Ranked<&UnitOn>) -> RankingNext {
        let lacking = self.measure.to_reach(&self.tally(unit), &better.score);
        let meaning = match (self.measure, lacking) {
            (_, None) => Phrase::OutOfReach,
            (Measure::WeightedProgress, _) => Phrase::LackingProgress,
            (Measure::DonePct, _) => Phrase::LackingDone,
            (Measure::OnTimePct, _) => Phrase::LackingOnTime,
        };
        RankingNext {
            unit: better.unit.reference(),
            rank: better.rank,
            lacking,
            meaning: meaning.say(self.asked.language),
        }
    }

    fn unranked(&self, unit: &UnitOn) -> RankingUnranked {
        let because = self.measure.unscored(&self.tally(unit)).unwrap_or(Unscored::NoTasks);
        let meaning = match because {
            Unscored::NoTasks => Phrase::NoTasks,
            Unscored::NoWeight => Phrase::NoWeight,
            Unscored::NothingDue => Phrase::NothingDue,
        };
        RankingUnranked { unit: unit.reference(), because, meaning: meaning.say(self.asked.language) }
    }
}
