//! Keeping what is said, each with its event.

use crate::{
    criteria::assessments::model::Row,
    db::schema::criteria_assessments as said,
    error::Result,
    events::{Changes, Event, Tx},
    measures::CriterionEntryKind,
    place::Place,
};
use diesel::prelude::*;
use serde_json::json;

/// Inserts an entry, and tells of it at the unit it is about.
pub fn insert(tx: &mut Tx, place: &Place, row: &Row) -> Result<()> {
    diesel::insert_into(said::table).values(row).execute(tx.conn)?;
    let told = json!({
        "set_id": row.set_id, "unit_id": row.unit_id, "criterion": row.criterion, "status": row.stated,
        "assessed_on": row.assessed_on, "evidence": row.evidence, "answers_id": row.answers_id,
        "by_unit_id": row.by_unit_id, "value": row.value, "submission_id": row.submission_id,
    });
    tx.append(Event {
        kind: match row.kind {
            CriterionEntryKind::SelfAssessed => "criteria_assessment.self_assessed",
            CriterionEntryKind::Verified => "criteria_assessment.verified",
            CriterionEntryKind::Returned => "criteria_assessment.returned",
        },
        subject_type: "criteria_assessment",
        subject_id: row.id,
        subject_version: 1,
        place: Some(place),
        changes: Changes::new_record(&told)?,
        reason: row.reason.as_deref(),
    })
}
