//! What is asked for.

use crate::{
    http::{
        Cursor,
        fields::Faults,
        query::{AnyOf, Fields, Limit, Plain},
    },
    ids::Id,
    programmes::workflow::ProgrammeStatus,
};
use deserr::Deserr;
use utoipa::IntoParams;

/// Which programmes to list. There is no hidden filter: drafts and closed ones are there too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ProgrammeQuery {
    /// Of this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// Of this unit or one below it.
    #[deserr(default)]
    pub under: Option<Id>,
    /// That put this document into practice.
    #[deserr(default)]
    pub document_id: Option<Id>,
    /// Any of these, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "issued,executing")]
    pub status: Option<AnyOf<ProgrammeStatus>>,
    /// Of this year.
    #[deserr(default)]
    #[param(value_type = Option<i32>, example = 2023)]
    pub year: Option<Plain<i32>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,title,status")]
    pub fields: Option<Fields>,
}

/// Which items of a programme to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ProgrammeItemQuery {
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,ordinal,text")]
    pub fields: Option<Fields>,
}
