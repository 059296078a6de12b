//! Whether an adoption is one: by the body that the rule names, with enough of it there, and with the
//! vote that the rule wants. Nobody adopts alone what the policy gives to a collective. Pure.

use crate::{
    error::{Code, Fault, Phrase, Said},
    programmes::wire::{AdoptionRule, ProgrammeAdoption},
};

/// Fewest people that are a collective.
const FEWEST: i64 = 2;

/// All that is wrong with an adoption under a rule.
pub fn faults(rule: &AdoptionRule, said: &ProgrammeAdoption) -> Vec<Fault> {
    let refused = |pointer, why: Said| Fault::at(pointer, Code::NotPermittedHere).with("why", why);
    let mut faults = Vec::new();
    if said.body != rule.body {
        let body = Said::from(rule.body);
        let why = Said::from(Phrase::RuleNamesBody);
        let why = Said::both(
            format!("{} {} ({})", why.plain(), body.plain(), rule.source),
            format!("{} {} ({})", why.vi(), body.vi(), rule.source),
        );
        faults.push(refused("/body", why));
    }
    let (eligible, present) = (said.eligible.0, said.present.0);
    let least = (eligible / 2 + 1).max(FEWEST);
    if !(least..=eligible).contains(&present) {
        let fault = Fault::at("/present", Code::OutOfRange);
        faults.push(fault.with("min", least).with("max", eligible));
    }
    let votes = [("/in_favour", said.in_favour), ("/against", said.against), ("/abstained", said.abstained)];
    if !rule.vote_required {
        let given = votes.iter().filter(|(_, count)| count.is_some());
        faults.extend(given.map(|(pointer, _)| refused(*pointer, Phrase::NoVoteHere.into())));
        return faults;
    }
    let absent: Vec<Fault> = votes
        .iter()
        .filter(|(_, count)| count.is_none())
        .map(|(pointer, _)| Fault::at(*pointer, Code::MayNotBeEmpty))
        .collect();
    if !absent.is_empty() {
        faults.extend(absent);
        return faults;
    }
    let count: i64 = votes.iter().filter_map(|(_, count)| *count).map(|count| count.0).sum();
    if count != present {
        faults.push(refused("/in_favour", Said::from(Phrase::VotesDoNotAddUp).and(present)));
    }
    let (in_favour, share) = (said.in_favour.map_or(0, |count| count.0), rule.more_than);
    if let Some(share) = share.filter(|share| in_favour * share.den.0 <= present * share.num.0) {
        let share = format!("{}/{}", share.num.0, share.den.0);
        faults.push(refused("/in_favour", Said::from(Phrase::MoreThanShare).and(share)));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        http::fields::Whole,
        ids::Id,
        programmes::wire::{AdoptionBody, AdoptionOrigin, Share},
    };
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn rule(body: AdoptionBody, vote: bool) -> AdoptionRule {
        AdoptionRule {
            id: Id::of_name("rule"),
            level: "commune".into(),
            origin: AdoptionOrigin::Party,
            from_on: NaiveDate::MIN,
            to_on: None,
            body,
            vote_required: vote,
            more_than: vote.then_some(Share { num: Whole(1), den: Whole(2) }),
            source: "nguồn".into(),
        }
    }

    fn said(eligible: i64, present: i64, votes: Option<(i64, i64, i64)>) -> ProgrammeAdoption {
        ProgrammeAdoption {
            adopted_on: None,
            body: AdoptionBody::Collective,
            eligible: Whole(eligible),
            present: Whole(present),
            in_favour: votes.map(|votes| Whole(votes.0)),
            against: votes.map(|votes| Whole(votes.1)),
            abstained: votes.map(|votes| Whole(votes.2)),
            note: None,
        }
    }

    fn told(rule: &AdoptionRule, said: &ProgrammeAdoption) -> Vec<String> {
        let one = |fault: Fault| format!("{:?} {}", fault.place, fault.code.slug());
        faults(rule, said).into_iter().map(one).map(|text| text.replace("Pointer", "")).collect()
    }

    #[test]
    fn each_gate_refuses_by_its_name() {
        let vote = rule(AdoptionBody::Collective, true);
        for (said, expected) in [
            (said(15, 14, Some((13, 0, 1))), vec![]),
            // Half is not more than half.
            (said(15, 14, Some((7, 7, 0))), vec![r#"("/in_favour") not_permitted_here"#]),
            (said(15, 14, Some((8, 6, 0))), vec![]),
            (said(15, 7, Some((7, 0, 0))), vec![r#"("/present") out_of_range"#]),
            (said(15, 16, Some((16, 0, 0))), vec![r#"("/present") out_of_range"#]),
            (said(2, 1, Some((1, 0, 0))), vec![r#"("/present") out_of_range"#]),
            (said(15, 14, Some((13, 0, 0))), vec![r#"("/in_favour") not_permitted_here"#]),
            (
                said(15, 14, None),
                vec![
                    r#"("/in_favour") may_not_be_empty"#,
                    r#"("/against") may_not_be_empty"#,
                    r#"("/abstained") may_not_be_empty"#,
                ],
            ),
        ] {
            assert_eq!(told(&vote, &said), expected, "{said:?}");
        }
        let other = rule(AdoptionBody::MembersConference, true);
        assert_eq!(told(&other, &said(15, 14, Some((13, 0, 1)))), [r#"("/body") not_permitted_here"#]);
        let mut discussed = said(150, 149, None);
        discussed.body = AdoptionBody::CongressDiscussion;
        let congress = rule(AdoptionBody::CongressDiscussion, false);
        assert_eq!(told(&congress, &discussed), Vec::<String>::new());
        discussed.in_favour = Some(Whole(149));
        assert_eq!(told(&congress, &discussed), [r#"("/in_favour") not_permitted_here"#]);
    }

    proptest! {
        /// Whatever the counts: what passes was adopted by two at least, more than half of them there and
        /// more than half of these in favour.
        #[test]
        fn nobody_adopts_alone(eligible in 2_i64..40, present in 0_i64..45, yes in 0_i64..45, no in 0_i64..45,
            silent in 0_i64..45) {
            let good = faults(&rule(AdoptionBody::Collective, true), &said(eligible, present, Some((yes, no, silent))));
            let whole = present >= 2 && present <= eligible && 2 * present > eligible
                && yes + no + silent == present && 2 * yes > present;
            prop_assert_eq!(good.is_empty(), whole);
        }
    }
}
