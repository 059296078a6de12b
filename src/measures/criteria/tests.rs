use super::*;
use proptest::prelude::*;

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 1, 1).unwrap() + chrono::Days::new(n.into())
}

fn entry(kind: CriterionEntryKind, stated: Option<CriterionStatement>, on: u32) -> CriterionEntry {
    CriterionEntry { kind, stated, on: day(on) }
}

#[test]
fn what_was_met_is_lost_and_met_again() {
    use CriterionStatement::{Met, NearlyMet, NotMet};
    let said = |stated, on| entry(CriterionEntryKind::Verified, Some(stated), on);
    let all = [said(NearlyMet, 1), said(Met, 3), said(NotMet, 5), said(NearlyMet, 7), said(Met, 9)];
    let told = |on| {
        let fact = CriterionFact::on(&all, day(on));
        (fact.verified.map(CriterionStatus::as_str), fact.since.map(|since| since - day(0)), fact.by_entry)
    };
    let days = chrono::TimeDelta::days;
    assert_eq!(told(0), (None, None, None));
    assert_eq!(told(2), (Some("nearly_met"), Some(days(1)), Some(0)));
    assert_eq!(told(4), (Some("met"), Some(days(3)), Some(1)));
    assert_eq!(told(5), (Some("lost"), Some(days(5)), Some(2)));
    assert_eq!(told(8), (Some("lost"), Some(days(5)), Some(2)), "lost since the first day");
    assert_eq!(told(9), (Some("met"), Some(days(9)), Some(4)));
}

#[test]
fn only_what_was_verified_counts() {
    use CriterionStatement::Met;
    let all = [
        entry(CriterionEntryKind::SelfAssessed, Some(Met), 1),
        entry(CriterionEntryKind::Returned, None, 2),
        entry(CriterionEntryKind::SelfAssessed, Some(Met), 3),
        entry(CriterionEntryKind::Verified, Some(Met), 4),
    ];
    let told = |on| {
        let fact = CriterionFact::on(&all, day(on));
        (fact.is_met(), fact.claimed.is_some(), fact.claim.as_str())
    };
    assert_eq!(told(0), (false, false, "none"));
    assert_eq!(told(1), (false, true, "awaiting"));
    assert_eq!(told(2), (false, false, "returned"));
    assert_eq!(told(3), (false, true, "awaiting"));
    assert_eq!(told(4), (true, true, "answered"));
}

/// One history: anything said on days that never go back.
fn history() -> impl Strategy<Value = Vec<CriterionEntry>> {
    let one = (0..3_usize, 0..3_usize, 0..4_u32);
    prop::collection::vec(one, 0..12).prop_map(|steps| {
        let mut on = 0;
        let said = |(kind, stated, later): (usize, usize, u32)| {
            on += later;
            let kind = CriterionEntryKind::ALL[kind];
            let stated = CriterionStatement::ALL[stated];
            entry(kind, (kind != CriterionEntryKind::Returned).then_some(stated), on)
        };
        steps.into_iter().map(said).collect()
    })
}

/// The same by looking back from the day, without going through the states.
fn naive(entries: &[CriterionEntry], on: NaiveDate) -> Option<CriterionStatus> {
    let verified: Vec<CriterionStatement> = entries
        .iter()
        .filter(|entry| entry.kind == CriterionEntryKind::Verified && entry.on <= on)
        .filter_map(|entry| entry.stated)
        .collect();
    let last = verified.last()?;
    let ever = verified.contains(&CriterionStatement::Met);
    Some(match (last, ever) {
        (CriterionStatement::Met, _) => CriterionStatus::Met,
        (_, true) => CriterionStatus::Lost,
        (CriterionStatement::NearlyMet, false) => CriterionStatus::NearlyMet,
        (CriterionStatement::NotMet, false) => CriterionStatus::NotMet,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn counts_agree_with_a_naive_recount(histories in prop::collection::vec(history(), 0..20), on in 0..50_u32) {
        let mut counts = CriteriaCounts::default();
        for entries in &histories {
            counts.add(CriterionFact::on(entries, day(on)).verified);
        }
        let many = |wanted: Option<CriterionStatus>| {
            i64::try_from(histories.iter().filter(|all| naive(all, day(on)) == wanted).count()).unwrap()
        };
        prop_assert_eq!(counts, CriteriaCounts {
            of: i64::try_from(histories.len()).unwrap(),
            met: many(Some(CriterionStatus::Met)),
            nearly_met: many(Some(CriterionStatus::NearlyMet)),
            not_met: many(Some(CriterionStatus::NotMet)),
            lost: many(Some(CriterionStatus::Lost)),
            not_assessed: many(None),
        });
        prop_assert_eq!(counts.of, counts.met + counts.nearly_met + counts.not_met + counts.lost + counts.not_assessed);
    }

    #[test]
    fn a_later_word_never_changes_an_earlier_day(entries in history(), on in 0..50_u32, cut in 0..12_usize) {
        let fact = CriterionFact::on(&entries, day(on));
        let known: Vec<CriterionEntry> = entries.iter().copied().filter(|entry| entry.on <= day(on)).collect();
        prop_assert_eq!(CriterionFact::on(&known, day(on)), fact);
        // What is lost was met before; what is met is not lost.
        let before = &entries[..cut.min(entries.len())];
        if CriterionFact::on(before, day(50)).verified == Some(CriterionStatus::Lost) {
            prop_assert!(before.iter().any(|e| e.kind == CriterionEntryKind::Verified && e.stated == Some(CriterionStatement::Met)));
        }
    }
}
