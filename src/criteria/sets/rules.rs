//! What the content of a set must keep to. Pure.

use crate::{
    criteria::wire::{CriteriaCondition, CriteriaGroup, CriteriaUnitGroup, Criterion, CriterionThreshold},
    error::{Code, Fault, Phrase},
};

/// What a set says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Content {
    pub groups: Vec<CriteriaGroup>,
    pub unit_groups: Vec<CriteriaUnitGroup>,
    pub conditions: Vec<CriteriaCondition>,
    pub criteria: Vec<Criterion>,
}

impl Content {
    /// Its longer texts, each with its place.
    pub fn texts(&self) -> Vec<(String, &str)> {
        let groups = self.unit_groups.iter().enumerate().filter_map(|(i, group)| {
            Some((format!("/unit_groups/{i}/description"), group.description.as_deref()?))
        });
        let conditions = self
            .conditions
            .iter()
            .enumerate()
            .map(|(i, condition)| (format!("/conditions/{i}/text"), &*condition.text));
        let criteria = self.criteria.iter().enumerate().flat_map(|(i, criterion)| {
            let subs = criterion.sub_criteria.0.iter().enumerate();
            let name = (format!("/criteria/{i}/name"), &*criterion.name);
            let subs = subs.map(move |(j, sub)| (format!("/criteria/{i}/sub_criteria/{j}/name"), &*sub.name));
            subs.chain([name])
        });
        groups.chain(conditions).chain(criteria).collect()
    }
}

/// All that is wrong with it.
pub fn faults(content: &Content) -> Vec<Fault> {
    let groups: Vec<&str> = content.groups.iter().map(|group| &*group.no).collect();
    let unit_groups: Vec<&str> = content.unit_groups.iter().map(|group| &*group.code).collect();
    let codes: Vec<&str> = content.criteria.iter().map(|criterion| &*criterion.code).collect();
    let numbers: Vec<i64> = content.criteria.iter().map(|criterion| criterion.no.0).collect();
    let conditions: Vec<i64> = content.conditions.iter().map(|condition| condition.no.0).collect();
    let mut faults = twice("/groups", "no", &groups);
    faults.extend(twice("/unit_groups", "code", &unit_groups));
    faults.extend(twice("/conditions", "no", &conditions));
    faults.extend(twice("/criteria", "no", &numbers));
    faults.extend(twice("/criteria", "code", &codes));
    for (i, criterion) in content.criteria.iter().enumerate() {
        let at = format!("/criteria/{i}");
        faults.extend(unknown(&at, criterion.group.as_deref(), &groups));
        let subs = format!("{at}/sub_criteria");
        let codes: Vec<&str> = criterion.sub_criteria.0.iter().map(|sub| &*sub.code).collect();
        faults.extend(twice(&subs, "code", &codes));
        for (j, sub) in criterion.sub_criteria.0.iter().enumerate() {
            faults.extend(threshold_faults(
                &format!("{subs}/{j}/thresholds"),
                &sub.thresholds.0,
                &unit_groups,
            ));
        }
    }
    faults
}

fn threshold_faults(at: &str, thresholds: &[CriterionThreshold], unit_groups: &[&str]) -> Vec<Fault> {
    let whose: Vec<Option<&str>> = thresholds.iter().map(|threshold| threshold.group.as_deref()).collect();
    let mut faults = twice(at, "group", &whose);
    for (i, threshold) in thresholds.iter().enumerate() {
        faults.extend(unknown(&format!("{at}/{i}"), threshold.group.as_deref(), unit_groups));
        if threshold.value.is_none() && threshold.text.is_none() {
            faults.push(Fault::at(format!("{at}/{i}/value"), Code::MayNotBeEmpty));
        }
    }
    faults
}

/// What stands in a list a second time.
fn twice<T: PartialEq>(at: &str, member: &str, values: &[T]) -> Vec<Fault> {
    let again = |(i, value): (usize, &T)| {
        let before = values.iter().take(i).any(|other| other == value);
        let fault = || Fault::at(format!("{at}/{i}/{member}"), Code::NotPermittedHere);
        before.then(|| fault().with("why", Phrase::Twice))
    };
    values.iter().enumerate().filter_map(again).collect()
}

fn unknown(at: &str, group: Option<&str>, known: &[&str]) -> Option<Fault> {
    let strange = group.is_some_and(|group| !known.contains(&group));
    let fault = || Fault::at(format!("{at}/group"), Code::UnknownValue);
    strange.then(|| fault().with("accepted", known.join(", ")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::http::body;
    use serde_json::json;

    #[test]
    fn everything_wrong_is_named() {
        let criteria = json!([
            {"no": 1, "code": "a", "name": "Quy hoạch", "group": "I"},
            {"no": 1, "code": "a", "name": "Giao thông", "group": "X", "sub_criteria": [
                {"code": "1", "name": "Đường xã", "thresholds": [{"value": 80}, {"group": "z"}, {"text": "Đạt"}]},
                {"code": "1", "name": "Đường ấp"}]}]);
        let content = Content {
            groups: body::read(json!([{"no": "I", "name": "Quy hoạch"}])).unwrap(),
            criteria: body::read(criteria).unwrap(),
            ..Content::default()
        };
        let found: Vec<String> =
            faults(&content).iter().map(|fault| format!("{:?} {}", fault.place, fault.code.slug())).collect();
        let expected = [
            ("/criteria/1/no", "not_permitted_here"),
            ("/criteria/1/code", "not_permitted_here"),
            ("/criteria/1/group", "unknown_value"),
            ("/criteria/1/sub_criteria/1/code", "not_permitted_here"),
            ("/criteria/1/sub_criteria/0/thresholds/2/group", "not_permitted_here"),
            ("/criteria/1/sub_criteria/0/thresholds/1/group", "unknown_value"),
            ("/criteria/1/sub_criteria/0/thresholds/1/value", "may_not_be_empty"),
        ];
        let expected: Vec<String> =
            expected.iter().map(|(at, code)| format!("Pointer({at:?}) {code}")).collect();
        assert_eq!(found, expected);
    }
}
