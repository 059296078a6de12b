//! What is asked for.

use crate::{
    http::{
        Cursor,
        fields::{Day, Faults},
        query::{AnyOf, Fields, Limit},
    },
    ids::Id,
    measures::RegistrationState,
    registrations::workflow::RegistrationRoundState,
};
use deserr::Deserr;
use utoipa::IntoParams;

/// Which rounds to list. There is no hidden filter: closed and cancelled ones are there too.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RegistrationRoundQuery {
    /// Opened by this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// That call upon this unit.
    #[deserr(default)]
    pub addressee_id: Option<Id>,
    #[deserr(default)]
    pub document_id: Option<Id>,
    /// Any of these today, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "planned,open")]
    pub state: Option<AnyOf<RegistrationRoundState>>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,title,state,closes_on")]
    pub fields: Option<Fields>,
}

/// Which registrations of a round to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RegistrationQuery {
    /// Any of these on the day, separated by commas.
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "not_started,draft")]
    pub state: Option<AnyOf<RegistrationState>>,
    /// As things stood at the end of this day, also a future one; default today.
    #[deserr(default)]
    pub as_of: Option<Day>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,unit,state,quota")]
    pub fields: Option<Fields>,
}
