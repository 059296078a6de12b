//! Questions about targets.

use crate::{
    http::{
        Cursor,
        fields::{Day, Faults},
        query::{Flag, Limit},
    },
    ids::Id,
    measures::Period,
};
use deserr::Deserr;
use utoipa::IntoParams;

/// Which targets of a unit.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TargetBoardQuery {
    pub unit_id: Id,
    /// For exactly this period, steps of longer targets too; default: those whose time holds the day.
    #[deserr(default)]
    #[param(value_type = Option<Period>)]
    pub period: Option<Period>,
    /// Set by this document, or standing for one of its items, whatever their time.
    #[deserr(default)]
    pub document_id: Option<Id>,
    /// As things stood at the end of this day; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    /// Adds a row for each unit directly below.
    #[deserr(default)]
    #[param(value_type = Option<bool>)]
    pub children: Flag,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}

/// Which target.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TargetProgressQuery {
    pub target_id: Id,
    /// As things stood at the end of this day; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
}

/// Which targets are added up.
#[derive(Debug, Clone, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TargetBalanceQuery {
    pub unit_id: Id,
    /// The period of the targets.
    #[param(value_type = Period, example = "2023")]
    pub period: Period,
    /// Of this indicator; default all.
    #[deserr(default)]
    pub indicator_id: Option<Id>,
    /// The tree of this day, and denominators known then; default today. What is on the table is that of now.
    #[deserr(default)]
    pub as_of: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
}
