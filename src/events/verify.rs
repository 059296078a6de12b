//! Checking the chain, page by page, beside a running service.
//!
//! What is sealed never changes, so no snapshot is needed: the end is read first, and what lies up to
//! it is looked at in pages.

use crate::{
    db::{
        AnyConn,
        schema::{chain_heads, event_seals, events},
    },
    error::Result,
    events::{
        broken::{Broken, explain},
        chain::{self, Head, Seal, Stored},
        log::{self, Position},
        personal,
        seal::{self, End, SignedHead},
    },
};
use diesel::{
    dsl::{exists, not},
    prelude::*,
};

/// Events looked at in one query.
const PAGE: i64 = 2_000;
/// Most findings of one kind that are told one by one.
const TOLD: usize = 1_000;

/// What a check came to.
#[derive(Debug, Default)]
pub struct Report {
    /// Sealed events that were there to be looked at.
    pub checked: i64,
    /// The last position of the chain.
    pub sealed: i64,
    /// Events after it.
    pub unsealed: i64,
    /// Heads looked at, kept ones included.
    pub heads: usize,
    /// Personal values that were compared with their events; erased ones are not there to be compared.
    pub values: usize,
    /// What is wrong, in the order of the chain; the first thousand.
    pub broken: Vec<Broken>,
    /// How much is wrong beyond these.
    pub more: usize,
}

/// Reads a signed head; nothing when the service's key did not sign it.
pub type Open<'a> = &'a dyn Fn(&str) -> Option<Head>;

type Row = (Seal, Option<Stored>);

/// Checks the whole chain, its heads, and heads that were kept elsewhere.
pub fn verify(conn: &mut AnyConn, kept: &[String], open: Open) -> Result<Report> {
    // The head before the end: the sealer may be at work, and the end never lies before a head.
    let newest = seal::newest_head(conn)?.and_then(|row| open(&row.jws));
    let end = seal::end(conn)?;
    let mut walk = Walk::new(open);
    walk.keep(kept);
    loop {
        let rows = page(conn, walk.n(), end.n)?;
        let Some((last, _)) = rows.last() else { break };
        walk.heads(conn, Some(last.n), &rows)?;
        walk.values(conn, &rows)?;
        rows.into_iter().for_each(|row| walk.event(row));
    }
    let furthest = walk.kept.iter().cloned().chain(newest).max_by_key(|head| head.n);
    walk.heads(conn, None, &[])?;
    walk.end(&end, furthest);
    walk.unsealed(conn)?;
    Ok(walk.report())
}

fn page(conn: &mut AnyConn, after: i64, until: i64) -> Result<Vec<Row>> {
    Ok(event_seals::table
        .left_join(events::table.on(events::id.eq(event_seals::event_id)))
        .filter(event_seals::n.gt(after).and(event_seals::n.le(until)))
        .order(event_seals::n)
        .limit(PAGE)
        .select((event_seals::all_columns, events::all_columns.nullable()))
        .load(conn)?)
}

/// Positions whose events are not there, and the ids that are known.
struct Gap {
    from: i64,
    to: i64,
    first: Option<String>,
    last: Option<String>,
}

struct Walk<'a> {
    open: Open<'a>,
    kept: Vec<Head>,
    report: Report,
    /// The seal met last.
    before: Option<Seal>,
    /// The position of the stored head met last.
    head: i64,
    gap: Option<Gap>,
    /// Events that do not fit their seals.
    suspects: Vec<(Seal, Stored)>,
    /// Where the last event stands that fits its seal.
    sound: Position,
}

impl<'a> Walk<'a> {
    fn new(open: Open<'a>) -> Self {
        Self {
            open,
            kept: Vec::new(),
            report: Report::default(),
            before: None,
            head: 0,
            gap: None,
            suspects: Vec::new(),
            sound: Position::default(),
        }
    }

    fn keep(&mut self, kept: &[String]) {
        self.report.heads += kept.len();
        for jws in kept {
            match (self.open)(jws) {
                Some(head) => self.kept.push(head),
                None => self.tell(Broken::Forged { n: 0 }),
            }
        }
    }

    fn tell(&mut self, broken: Broken) {
        if self.report.broken.len() < TOLD {
            self.report.broken.push(broken);
        } else {
            self.report.more += 1;
        }
    }

    /// The last position looked at.
    fn n(&self) -> i64 {
        self.before.as_ref().map_or(0, |seal| seal.n)
    }

    /// Looks at the next seal and its event.
    fn event(&mut self, (seal, event): Row) {
        let (at, expected) = (self.n(), self.n() + 1);
        if seal.n > expected {
            self.gone(expected, seal.n - 1, None);
        } else {
            let (last, event) = match &self.before {
                Some(before) => (before.hash.as_str(), before.event_id.clone()),
                None => (chain::BEGINNING, seal.event_id.clone()),
            };
            if seal.prev_hash != last {
                self.tell(Broken::Resealed { n: at.max(1), event });
            }
        }
        match event {
            None => self.gone(seal.n, seal.n, Some(seal.event_id.clone())),
            Some(event) => self.present(&seal, event),
        }
        self.before = Some(seal);
    }

    fn present(&mut self, seal: &Seal, event: Stored) {
        self.report.checked += 1;
        if let Some(Gap { from, to, first, last }) = self.gap.take() {
            self.tell(Broken::Removed { n: from, event: first, to, last });
        }
        if chain::hash(seal.n, &seal.prev_hash, &event) == seal.hash {
            self.sound = Position { tx: event.tx, seq: event.seq };
        } else if self.suspects.len() < TOLD {
            self.suspects.push((seal.clone(), event));
        } else {
            self.report.more += 1;
        }
    }

    /// Notes that there is nothing at these positions; the id is that of the last, if it is known.
    fn gone(&mut self, from: i64, to: i64, last: Option<String>) {
        match &mut self.gap {
            Some(gap) => (gap.to, gap.last) = (to, last),
            None => {
                let first = last.clone().filter(|_| from == to);
                self.gap = Some(Gap { from, to, first, last });
            }
        }
    }

    /// Looks at the heads up to a position, against the seals of the page.
    fn heads(&mut self, conn: &mut AnyConn, until: Option<i64>, rows: &[Row]) -> Result<()> {
        let (after, until) = (self.n(), until.unwrap_or(i64::MAX));
        let stored: Vec<SignedHead> = chain_heads::table
            .filter(chain_heads::n.gt(after).and(chain_heads::n.le(until)))
            .order(chain_heads::n)
            .select(SignedHead::as_select())
            .load(conn)?;
        for row in stored {
            self.report.heads += 1;
            let head = (self.open)(&row.jws)
                .filter(|head| (head.n, &head.hash, &head.event_id) == (row.n, &row.hash, &row.event_id));
            let Some(head) = head else {
                self.tell(Broken::Forged { n: row.n });
                continue;
            };
            if head.n - head.count != self.head {
                self.tell(Broken::HeadRemoved { n: head.n });
            }
            self.head = head.n;
            self.compare(&head, rows);
        }
        for head in self.kept.clone().iter().filter(|head| after < head.n && head.n <= until) {
            self.compare(head, rows);
        }
        Ok(())
    }

    fn compare(&mut self, head: &Head, rows: &[Row]) {
        // Without its seal the head belongs to a gap, which is told anyway.
        let found = rows.binary_search_by_key(&head.n, |(seal, _)| seal.n).ok();
        let Some((seal, _)) = found.and_then(|i| rows.get(i)) else { return };
        if (&seal.hash, &seal.event_id) != (&head.hash, &head.event_id) {
            self.tell(Broken::Rewritten { n: head.n, event: head.event_id.clone() });
        }
    }

    /// Compares the personal values that are still there with what their events say of them.
    fn values(&mut self, conn: &mut AnyConn, rows: &[Row]) -> Result<()> {
        let mut named = Vec::new();
        for (seal, event) in rows {
            let found = event.iter().flat_map(|event| personal::references(&event.changes));
            named.extend(found.map(|(id, hash)| (id, hash, seal)));
        }
        let ids = named.iter().map(|(id, ..)| id.clone()).collect();
        let hashes = personal::hashes(conn, ids)?;
        for (value, hash, seal) in named {
            let Some(now) = hashes.get(&value) else { continue };
            self.report.values += 1;
            if *now != hash {
                self.tell(Broken::Personal { n: seal.n, event: seal.event_id.clone(), value });
            }
        }
        Ok(())
    }

    /// Where the chain should end, by its own note and by the furthest head, and where it does.
    fn end(&mut self, end: &End, furthest: Option<Head>) {
        let to = furthest.as_ref().map_or(end.n, |head| head.n.max(end.n));
        let id = furthest.filter(|head| head.n == to).map(|head| head.event_id);
        if self.n() < to {
            self.gone(self.n() + 1, to, id);
        } else if self.before.as_ref().is_some_and(|seal| seal.hash != end.hash) {
            self.tell(Broken::End { n: self.n() });
        }
        if let Some(Gap { from, to, first, last }) = self.gap.take() {
            self.tell(Broken::Cut { n: from, event: first, to, last });
        }
        for broken in explain(&self.suspects) {
            self.tell(broken);
        }
        self.report.sealed = end.n;
    }

    /// Counts what waits for its seal, and finds what stands among sealed events without one.
    fn unsealed(&mut self, conn: &mut AnyConn) -> Result<()> {
        let sealed = || event_seals::table.filter(event_seals::event_id.eq(events::id));
        self.report.unsealed =
            log::after(conn, self.sound).filter(not(exists(sealed()))).count().get_result(conn)?;
        let beginning = Position { tx: i64::MIN, seq: i64::MIN };
        let between: Vec<(String, i64, i64)> = log::settled_between(conn, beginning, self.sound)
            .filter(not(exists(sealed())))
            .limit(100)
            .select((events::id, events::tx, events::seq))
            .load(conn)?;
        for (event, tx, seq) in between {
            let next = log::settled_after(conn, Position { tx, seq }).filter(exists(sealed()));
            let next: String = next.select(events::id).first(conn)?;
            let seals = event_seals::table.filter(event_seals::event_id.eq(next));
            let n = seals.select(event_seals::n).first(conn)?;
            self.tell(Broken::Unsealed { n, event });
        }
        Ok(())
    }

    fn report(mut self) -> Report {
        self.report.broken.sort_by_key(Broken::position);
        self.report
    }
}
