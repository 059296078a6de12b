//! What a task serves.

use crate::{http::fields::Faults, ids::Id, vocabulary};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// What kind of record a task serves.
    ParentKind { Document = "document", Task = "task", ResolutionItem = "resolution_item" }
}

vocabulary! {
    /// What kind of record became a task.
    SourceKind {
        ProgrammeItem = "programme_item" "nội dung chương trình hành động",
        RegistrationLine = "registration_line" "đầu việc đăng ký",
    }
}

/// The record a task was made of: it becomes a task once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskSource {
    pub kind: SourceKind,
    pub id: Id,
}

/// Something a task serves: a document, an item of a document or another task. It may serve several, and
/// counts once all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TaskParent {
    pub kind: ParentKind,
    pub id: Id,
}
