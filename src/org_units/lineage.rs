//! Who lay above a unit on which days: what a move that counts from a past day is checked against.

use crate::{
    db::{AnyConn, schema::org_unit_versions as versions},
    error::Result,
    ids::Id,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashSet;

/// A unit and the days on which it is of interest: from the first one up to, but not on, the last.
type Stretch = (Id, NaiveDate, Option<NaiveDate>);

/// True when `unit` was `parent`, or lay above it, on any day from `since` on.
pub fn ever_above(conn: &mut AnyConn, unit: Id, parent: Id, since: NaiveDate) -> Result<bool> {
    let mut open: Vec<Stretch> = vec![(parent, since, None)];
    // A circle in old data must not hang the writer.
    let mut met = HashSet::new();
    while let Some(stretch) = open.pop() {
        if stretch.0 == unit {
            return Ok(true);
        }
        if met.insert(stretch) {
            open.extend(above(&dated_parents(conn, stretch.0)?, stretch));
        }
    }
    Ok(false)
}

/// The first day of a unit.
pub fn first_day(conn: &mut AnyConn, unit: Id) -> Result<Option<NaiveDate>> {
    Ok(dated_parents(conn, unit)?.first().map(|(from, _)| *from))
}

/// The parents of a unit, each with its first day, in order.
fn dated_parents(conn: &mut AnyConn, unit: Id) -> Result<Vec<(NaiveDate, Option<Id>)>> {
    Ok(versions::table
        .filter(versions::unit_id.eq(unit))
        .order(versions::n)
        .select((versions::valid_from, versions::parent_id))
        .load(conn)?)
}

/// The parents a unit had in a stretch of days, each with the part of the stretch in which it was.
/// The last one stays: whoever is closed keeps the place it had.
fn above(parents: &[(NaiveDate, Option<Id>)], (_, since, until): Stretch) -> Vec<Stretch> {
    let ends = parents.iter().skip(1).map(|(next, _)| Some(*next)).chain([None]);
    let cut = parents.iter().zip(ends).filter_map(|((from, parent), end)| {
        let from = since.max(*from);
        let end = [until, end].into_iter().flatten().min();
        Some(((*parent)?, from, end)).filter(|_| end.is_none_or(|end| from < end))
    });
    cut.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2023, 1, n).unwrap_or_default()
    }

    #[test]
    fn a_stretch_is_shared_out_among_the_parents_of_its_days() {
        let (unit, a, b) = (Id::new(), Id::new(), Id::new());
        let parents = [(day(1), Some(a)), (day(10), Some(b)), (day(20), None)];
        for (since, until, expected) in [
            (2, None, vec![(a, 2, Some(10)), (b, 10, Some(20))]),
            (9, None, vec![(a, 9, Some(10)), (b, 10, Some(20))]),
            (10, None, vec![(b, 10, Some(20))]),
            (2, Some(10), vec![(a, 2, Some(10))]),
            (2, Some(11), vec![(a, 2, Some(10)), (b, 10, Some(11))]),
            (20, None, vec![]),
        ] {
            let expected: Vec<Stretch> =
                expected.into_iter().map(|(id, from, end)| (id, day(from), end.map(day))).collect();
            assert_eq!(above(&parents, (unit, day(since), until.map(day))), expected, "{since} {until:?}");
        }
        let last = above(&parents[..1], (unit, day(25), None));
        assert_eq!(last, [(a, day(25), None)], "the last parent stays");
    }
}
