//! Where programmes come from, told by the documents they put into practice.

use crate::{
    db::{
        AnyConn,
        schema::{documents, org_units},
    },
    documents::wire::IssuingBody,
    error::Result,
    ids::Id,
    programmes::{model::Placed, parents, wire::AdoptionOrigin},
};
use diesel::prelude::*;
use std::collections::HashMap;

/// The kind of unit that issues for the State.
const STATE: &str = "state_body";

/// The origin of programmes. One that puts a resolution of the unit's own congress into practice comes
/// from that; one that goes back to papers of State bodies alone from the State; every other from the
/// Party.
pub fn of(conn: &mut AnyConn, all: &[Placed]) -> Result<HashMap<Id, AdoptionOrigin>> {
    let ids: Vec<Id> = all.iter().map(|placed| placed.row.id).collect();
    let parents = parents::all(conn, &ids)?;
    let named: Vec<Id> = parents.values().flatten().map(|parent| parent.document_id).collect();
    let rows: Vec<(Id, Id, Option<IssuingBody>, String)> = documents::table
        .inner_join(org_units::table)
        .filter(documents::id.eq_any(named))
        .select((documents::id, documents::issuer_unit_id, documents::issuing_body, org_units::kind))
        .load(conn)?;
    let papers: HashMap<Id, Paper> = rows
        .into_iter()
        .map(|(id, issuer, body, kind)| {
            (id, Paper { issuer, congress: body == Some(IssuingBody::Congress), state: kind == STATE })
        })
        .collect();
    let one = |placed: &Placed| {
        let list = parents.get(&placed.row.id).into_iter().flatten();
        let list: Vec<Paper> = list.filter_map(|parent| papers.get(&parent.document_id)).copied().collect();
        (placed.row.id, judged(placed.row.unit_id, &list))
    };
    Ok(all.iter().map(one).collect())
}

/// A document that a programme goes back to.
#[derive(Debug, Clone, Copy)]
struct Paper {
    issuer: Id,
    congress: bool,
    state: bool,
}

fn judged(unit: Id, papers: &[Paper]) -> AdoptionOrigin {
    if papers.iter().any(|paper| paper.congress && paper.issuer == unit) {
        AdoptionOrigin::OwnCongress
    } else if !papers.is_empty() && papers.iter().all(|paper| paper.state) {
        AdoptionOrigin::State
    } else {
        AdoptionOrigin::Party
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_congress_goes_before_the_party_and_the_party_before_the_state() {
        let (own, other) = (Id::of_name("own"), Id::of_name("other"));
        let party = Paper { issuer: other, congress: false, state: false };
        let congress = Paper { issuer: own, congress: true, state: false };
        let above = Paper { issuer: other, congress: true, state: false };
        let state = Paper { issuer: other, congress: false, state: true };
        for (papers, origin) in [
            (vec![], AdoptionOrigin::Party),
            (vec![state], AdoptionOrigin::State),
            (vec![state, party], AdoptionOrigin::Party),
            (vec![above], AdoptionOrigin::Party),
            (vec![party, state, congress], AdoptionOrigin::OwnCongress),
        ] {
            assert_eq!(judged(own, &papers), origin, "{papers:?}");
        }
    }
}
