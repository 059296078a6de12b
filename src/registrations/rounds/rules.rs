//! What the last day and the quotas of a round must keep to, and which quota a unit has. Pure.

use crate::{
    error::{Code, Fault, Phrase},
    registrations::wire::RegistrationQuota,
};
use chrono::NaiveDate;

/// All that is wrong with a last day that is set today.
pub fn day_faults(opens_on: NaiveDate, closes_on: NaiveDate, today: NaiveDate) -> Vec<Fault> {
    if closes_on < opens_on {
        vec![Fault::at("/closes_on", Code::EndBeforeStart)]
    } else if closes_on < today {
        vec![Fault::at("/closes_on", Code::NotPermittedHere).with("why", Phrase::InThePast)]
    } else {
        Vec::new()
    }
}

/// All that is wrong with quotas, given the words of the catalogues.
pub fn quota_faults(quotas: &[RegistrationQuota], levels: &[String], kinds: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (i, quota) in quotas.iter().enumerate() {
        let at = |member: &str| format!("/quotas/{i}/{member}");
        for (member, word, known) in [("level", &quota.level, levels), ("kind", &quota.kind, kinds)] {
            if word.as_ref().is_some_and(|word| !known.contains(&word.0)) {
                faults.push(Fault::at(at(member), Code::UnknownValue).with("accepted", known.join(", ")));
            }
        }
        if quota.level.is_none() && quota.kind.is_none() {
            faults.push(Fault::at(at("level"), Code::MayNotBeEmpty));
        }
        if quota.max.0 < quota.min.0 {
            let fault = Fault::at(at("max"), Code::OutOfRange);
            faults.push(fault.with("min", quota.min.0).with("max", 500));
        }
        let same = |other: &&RegistrationQuota| other.level == quota.level && other.kind == quota.kind;
        if quotas.iter().take(i).any(|other| same(&other)) {
            faults.push(Fault::at(at("level"), Code::NotPermittedHere).with("why", Phrase::Twice));
        }
    }
    faults
}

/// The quota of a unit of a level and a kind: of those that fit, the one that names both, then the one
/// that names the kind, then the one that names the level.
pub fn quota_of(quotas: &[RegistrationQuota], level: &str, kind: &str) -> Option<(i64, i64)> {
    let names = |word: &Option<crate::http::fields::Words<60>>, here: &str| {
        word.as_ref().map_or(Some(false), |word| (word.0 == here).then_some(true))
    };
    let fit = |quota: &RegistrationQuota| Some((names(&quota.kind, kind)?, names(&quota.level, level)?));
    let fitting = quotas.iter().filter_map(|quota| Some((fit(quota)?, quota)));
    fitting.max_by_key(|(named, _)| *named).map(|(_, quota)| (quota.min.0, quota.max.0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::http::fields::{Line, Whole};

    fn quota(level: &str, kind: &str, min: i64, max: i64) -> RegistrationQuota {
        let word = |text: &str| (!text.is_empty()).then(|| Line(text.to_owned()));
        RegistrationQuota { level: word(level), kind: word(kind), min: Whole(min), max: Whole(max) }
    }

    #[test]
    fn the_most_particular_quota_counts() {
        let quotas = [
            quota("commune", "", 45, 50),
            quota("", "party_agency", 1, 5),
            quota("commune", "party_agency", 2, 3),
        ];
        assert_eq!(quota_of(&quotas, "commune", "party_committee"), Some((45, 50)));
        assert_eq!(quota_of(&quotas, "district", "party_agency"), Some((1, 5)));
        assert_eq!(quota_of(&quotas, "commune", "party_agency"), Some((2, 3)));
        assert_eq!(quota_of(&quotas[..2], "commune", "party_agency"), Some((1, 5)));
        assert_eq!(quota_of(&quotas, "branch", "branch"), None);
    }

    #[test]
    fn wrong_quotas_are_all_named() {
        let known = ["commune".to_owned()];
        let quotas = [quota("", "", 1, 2), quota("village", "", 3, 2), quota("village", "", 1, 1)];
        let faults = quota_faults(&quotas, &known, &[]);
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code.slug()).collect();
        let expected =
            ["may_not_be_empty", "unknown_value", "out_of_range", "unknown_value", "not_permitted_here"];
        assert_eq!(codes, expected);
    }

    #[test]
    fn the_last_day_lies_ahead() {
        let day = |n| NaiveDate::from_ymd_opt(2023, 10, n).unwrap();
        assert!(day_faults(day(1), day(15), day(15)).is_empty());
        assert_eq!(day_faults(day(1), day(14), day(15)).len(), 1);
        assert_eq!(day_faults(day(20), day(18), day(15)).len(), 1);
    }
}
