//! Which tasks to list, and how.

use crate::{
    http::{
        Cursor,
        fields::{Day, Faults, Words},
        query::{AnyOf, Fields, Flag, Limit, Search},
    },
    ids::Id,
    measures::{Status, Timeliness},
    tasks::wire::Class,
    vocabulary,
};
use deserr::Deserr;
use utoipa::IntoParams;

vocabulary! {
    /// Order of a list; tasks without a due date come last either way.
    TaskSort { DueOn = "due_on", DueOnDown = "-due_on", CreatedAt = "created_at", CreatedAtDown = "-created_at" }
}

/// Which tasks to list. There is no hidden filter: cancelled and closed ones are there too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TaskQuery {
    /// Led by this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// Led by this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Given by this unit.
    #[deserr(default)]
    pub assigner_unit_id: Option<Id>,
    /// With a part of this unit, which need not lead it.
    #[deserr(default)]
    pub coordinating_unit_id: Option<Id>,
    /// Born of this document.
    #[deserr(default)]
    pub document_id: Option<Id>,
    /// Serving this document.
    #[deserr(default)]
    pub serves_document_id: Option<Id>,
    /// Putting this document into practice: naming it, an item of it or a document that puts it into
    /// practice, or serving a task that does; over any number of steps.
    #[deserr(default)]
    pub under_document_id: Option<Id>,
    /// Serving this item of a document.
    #[deserr(default)]
    pub resolution_item_id: Option<Id>,
    /// Serving this task.
    #[deserr(default)]
    pub parent_task_id: Option<Id>,
    /// Made of this recurring duty.
    #[deserr(default)]
    pub duty_id: Option<Id>,
    /// Made of this item of a programme or line of a registration.
    #[deserr(default)]
    pub source_id: Option<Id>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "in_progress,submitted")]
    pub status: Option<AnyOf<Status>>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "overdue")]
    pub timeliness: Option<AnyOf<Timeliness>>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "key")]
    pub class: Option<AnyOf<Class>>,
    /// Of this field.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 60, example = "society")]
    pub field: Option<Words<60>>,
    /// Due before this day.
    #[deserr(default)]
    pub due_before: Option<Day>,
    /// As they were at the end of this day; a later day than today asks what will be late then.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// True: something of the five is missing (`clarity`); false: nothing is.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub unclear: Option<Flag>,
    /// Words of the title, the code, the description or the expected product; marks do not count. Signs alone are refused.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 200, example = "bao hiem y te")]
    pub q: Option<Search>,
    /// By due date (the default) or by coming; `-` turns the order round.
    #[deserr(default)]
    #[param(inline)]
    pub sort: Option<TaskSort>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,title,status,timeliness")]
    pub fields: Option<Fields>,
}

impl TaskQuery {
    /// Whether the answer is to show the parts of tasks.
    pub fn wants_parts(&self) -> bool {
        names(self.fields.as_ref(), "parts")
    }

    /// Whether the answer is to say what tasks leave unsaid.
    pub fn wants_clarity(&self) -> bool {
        names(self.fields.as_ref(), "clarity")
    }
}

/// True when a member is asked for by its name.
pub fn names(fields: Option<&Fields>, member: &str) -> bool {
    fields.is_some_and(|fields| fields.0.iter().any(|name| name == member))
}

/// One task, perhaps as it was.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct OneTaskQuery {
    /// Members to answer with, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,status,progress")]
    pub fields: Option<Fields>,
}
