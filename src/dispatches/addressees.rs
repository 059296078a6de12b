//! To whom something goes that one unit addresses to many below it.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{levels, org_units, unit_kinds},
    },
    dispatches::wire::MOST,
    error::{Code, Error, Fault, Phrase, Result},
    ids::Id,
    org_units::model::{self as units, Row},
    place::{self, Place},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// Whom a request names: units one by one, those of a part of the tree, or both.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    pub unit_ids: &'a [Id],
    /// Everybody here and below; default the sender, when a level or a kind is given.
    pub under: Option<Id>,
    pub level: Option<&'a str>,
    pub kind: Option<&'a str>,
}

impl Named<'_> {
    /// What the request says, in one way of writing it: to tell a request that comes again.
    pub fn said(&self) -> Result<String> {
        let mut ids: Vec<String> = self.unit_ids.iter().map(Id::to_string).collect();
        ids.sort();
        ids.dedup();
        serde_json::to_string(&(ids, self.under, self.level, self.kind)).map_err(Error::internal)
    }
}

/// The addressees, in the order of their codes, or all that is wrong with them.
pub struct Addressees {
    pub units: Vec<Row>,
    pub faults: Vec<Fault>,
}

/// Finds the units a request names, each once: they lie below the sending unit and are open.
pub fn find(
    conn: &mut AnyConn,
    actor: &Actor,
    sender: &Place,
    named: Named,
    today: NaiveDate,
) -> Result<Addressees> {
    let mut faults = Vec::new();
    let mut found: BTreeMap<(String, Id), Row> = BTreeMap::new();
    let mut take = |unit: Row| drop(found.insert((unit.code.clone(), unit.id), unit));
    let ids = named.unit_ids;
    let mut seen = seen(conn, actor, ids)?;
    for (i, id) in ids.iter().enumerate() {
        let pointer = format!("/unit_ids/{i}");
        match seen.remove(id).map(|unit| (refused(&unit, sender, today), unit)) {
            Some((None, unit)) => take(unit),
            Some((Some(why), _)) => faults.push(Fault::at(pointer, Code::NotPermittedHere).with("why", why)),
            // One that stands twice was taken out with its first place.
            None if ids.iter().take(i).any(|other| other == id) => {}
            None => faults.push(Fault::at(pointer, Code::UnknownReference)),
        }
    }
    let by_tree = named.under.is_some() || named.level.is_some() || named.kind.is_some();
    if by_tree {
        faults.extend(unknown_words(conn, named)?);
        match below(conn, actor, sender, named, today) {
            Ok(units) => units.into_iter().for_each(take),
            Err(error) if !error.faults.is_empty() => faults.extend(error.faults),
            Err(error) => return Err(error),
        }
    }
    let at = if by_tree { "/under" } else { "/unit_ids" };
    if found.len() > MOST {
        faults.push(Fault::at(at, Code::TooMany).with("max", MOST));
    } else if found.is_empty() && faults.is_empty() {
        faults.push(Fault::at(at, Code::MayNotBeEmpty));
    }
    Ok(Addressees { units: found.into_values().collect(), faults })
}

fn seen(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> Result<HashMap<Id, Row>> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let rows = units::visible(actor).filter(org_units::id.eq_any(chunk.to_vec()));
        let rows: Vec<Row> = rows.select(Row::as_select()).load(conn)?;
        found.extend(rows.into_iter().map(|unit| (unit.id, unit)));
    }
    Ok(found)
}

fn refused(unit: &Row, sender: &Place, today: NaiveDate) -> Option<Phrase> {
    if !sender.is_above(&unit.place()) {
        Some(Phrase::NotBelow)
    } else if !unit.is_open(today) {
        Some(Phrase::ClosedUnit)
    } else {
        None
    }
}

/// The open units of a part of the tree, one more than a dispatch may have.
fn below(
    conn: &mut AnyConn,
    actor: &Actor,
    sender: &Place,
    named: Named,
    today: NaiveDate,
) -> Result<Vec<Row>> {
    let top = match named.under {
        Some(under) => units::referenced(conn, actor, under, "/under")?.place(),
        None => sender.clone(),
    };
    if !sender.contains(&top) {
        return Err(Fault::at("/under", Code::NotPermittedHere).with("why", Phrase::NotBelow).into());
    }
    let mut rows = units::visible(actor)
        .filter(org_units::path.ge(top.path.clone()).and(org_units::path.lt(place::after(&top.path))))
        .filter(org_units::id.ne(sender.id))
        .filter(org_units::closed_on.is_null().or(org_units::closed_on.gt(today)));
    if let Some(level) = named.level {
        rows = rows.filter(org_units::level.eq(level.to_owned()));
    }
    if let Some(kind) = named.kind {
        rows = rows.filter(org_units::kind.eq(kind.to_owned()));
    }
    let most = i64::try_from(MOST).map_err(Error::internal)? + 1;
    Ok(rows.order(org_units::code).limit(most).select(Row::as_select()).load(conn)?)
}

/// Words that the catalogues do not have.
fn unknown_words(conn: &mut AnyConn, named: Named) -> Result<Vec<Fault>> {
    let known: [Vec<String>; 2] = [
        levels::table.order(levels::rank).select(levels::id).load(conn)?,
        unit_kinds::table.order(unit_kinds::rank).select(unit_kinds::id).load(conn)?,
    ];
    let asked = [("/level", named.level), ("/kind", named.kind)];
    let unknown = asked.into_iter().zip(known).filter_map(|((pointer, word), known)| {
        let strange = word.is_some_and(|word| !known.iter().any(|one| one == word));
        strange.then(|| Fault::at(pointer, Code::UnknownValue).with("accepted", known.join(", ")))
    });
    Ok(unknown.collect())
}
