//! What goes over the wire about forms of periodic reports.

use crate::{
    clock::Instant,
    forms::rules::PARENT,
    http::{
        Cursor, Field, Set,
        fields::{Faults, Few, Line, Whole, Words},
        query::{Fields, Limit, Search},
    },
    ids::Id,
    indicators::wire::Code,
    measures::{Allowed, Period, PeriodKind},
    org_units::wire::UnitRef,
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

mod freed;
mod item;

pub use freed::{FormExemption, FormExemptionCreate, FormExemptionEnd, FormUnlock, FormUnlockCreate};
pub use item::{FormItem, FormItemKind, FormRule, FormRuleMissing, FormRuleSeverity, FormTaskFigure};

/// All that decides who owes what until when: a period is judged by the version in force for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct FormContent {
    /// Units of these levels, the one that asks or below it, owe the form.
    #[schema(example = json!(["commune"]))]
    pub levels: Few<Words<40>, 20>,
    /// Of the levels only units of these kinds; empty: of any.
    #[schema(example = json!(["party_committee"]))]
    pub kinds: Few<Words<40>, 20>,
    /// These units owe it too.
    pub unit_ids: Few<Id, 500>,
    /// Working days after the period's last day.
    #[schema(example = 2)]
    pub due_working_days: Whole<0, 60>,
    /// Until then what comes late comes without reproach.
    #[schema(example = 4)]
    pub grace_working_days: Option<Whole<0, 90>>,
    /// After that nothing is taken, unless the period is opened again.
    #[schema(example = 10)]
    pub lock_working_days: Option<Whole<0, 250>>,
    /// Working days that each approving unit has.
    #[schema(example = 3)]
    pub review_working_days: Option<Whole<0, 60>>,
    /// Who approves, in order.
    #[schema(example = json!(["parent"]))]
    pub chain: Few<Words<40>, 8>,
    pub items: Few<FormItem, 300>,
    pub rules: Few<FormRule, 100>,
}

impl FormContent {
    /// Its deadlines.
    pub fn allowed(&self) -> Allowed {
        let days = |days: i64| u32::try_from(days).unwrap_or(0);
        Allowed {
            due: days(self.due_working_days.0),
            grace: self.grace_working_days.map(|whole| days(whole.0)),
            lock: self.lock_working_days.map(|whole| days(whole.0)),
        }
    }
}

/// A form of a periodic report.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Form {
    pub id: Id,
    /// Who asks for it.
    pub unit_id: Id,
    pub unit: UnitRef,
    #[schema(example = "BC-THANG")]
    pub code: String,
    #[schema(example = "Báo cáo tháng về kết quả thực hiện nghị quyết")]
    pub name: String,
    #[schema(value_type = PeriodKind)]
    pub period_kind: PeriodKind,
    /// The code of the regime by which its periods close.
    #[schema(example = "decree_09")]
    pub regime: String,
    /// The first period it is asked for.
    #[schema(value_type = Period)]
    pub valid_from: Period,
    /// The last one; null: until further notice.
    #[schema(value_type = Option<Period>)]
    pub valid_until: Option<Period>,
    /// The newest version of its content.
    pub content: FormVersion,
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A version of what a form asks, from one period on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormVersion {
    /// Counted from 1.
    #[schema(example = 1, minimum = 1)]
    pub n: i32,
    #[schema(value_type = Period)]
    pub from_period: Period,
    #[schema(value_type = String, format = DateTime)]
    pub set_at: Instant,
    #[serde(flatten)]
    pub content: FormContent,
}

/// A request body that brings the content of a form besides its own fields.
macro_rules! with_content {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        #[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
        #[deserr(error = Faults, deny_unknown_fields)]
        $(#[$meta])*
        pub struct $name {
            $($own)*
            /// Units of these levels, the one that asks or below it, owe the form.
            #[deserr(default)]
            pub levels: Option<Few<Words<40>, 20>>,
            /// Of the levels only units of these kinds; absent: of any.
            #[deserr(default)]
            pub kinds: Option<Few<Words<40>, 20>>,
            /// These units owe it too.
            #[deserr(default)]
            pub unit_ids: Option<Few<Id, 500>>,
            /// Working days after the period's last day until which it is to be there; at least 1 under a State
            /// regime.
            pub due_working_days: Whole<0, 60>,
            /// Until then what comes late comes without reproach; not fewer.
            #[deserr(default)]
            pub grace_working_days: Option<Whole<0, 90>>,
            /// After that nothing is taken, unless the period is opened again; absent: it never locks.
            #[deserr(default)]
            pub lock_working_days: Option<Whole<0, 250>>,
            /// Working days that each approving unit has.
            #[deserr(default)]
            pub review_working_days: Option<Whole<0, 60>>,
            /// Who approves, in order: `parent`, `owner` (the unit that asks) or a level above; default
            /// `["parent"]`. Levels that are not above a unit are skipped.
            #[deserr(default)]
            pub chain: Option<Few<Words<40>, 8>>,
            pub items: Few<FormItem, 300>,
            #[deserr(default)]
            pub rules: Option<Few<FormRule, 100>>,
        }

        impl $name {
            /// What it says of the content, with what goes without saying.
            pub fn content(&self) -> FormContent {
                FormContent {
                    levels: self.levels.clone().unwrap_or_default(),
                    kinds: self.kinds.clone().unwrap_or_default(),
                    unit_ids: self.unit_ids.clone().unwrap_or_default(),
                    due_working_days: self.due_working_days,
                    grace_working_days: self.grace_working_days,
                    lock_working_days: self.lock_working_days,
                    review_working_days: self.review_working_days,
                    chain: match &self.chain {
                        Some(chain) if !chain.0.is_empty() => chain.clone(),
                        _ => Few(vec![Line(PARENT.to_owned())]),
                    },
                    items: self.items.clone(),
                    rules: self.rules.clone().unwrap_or_default(),
                }
            }
        }
    };
}

with_content! {
    /// A new form with the first version of its content.
    #[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "code": "BC-THANG",
        "name": "Báo cáo tháng về kết quả thực hiện nghị quyết", "period_kind": "month", "valid_from": "2023-10",
        "levels": ["commune"], "due_working_days": 2, "items": [{"key": "danh_gia", "kind": "narrative",
        "label": "Đánh giá chung", "required": true}]}))]
    FormCreate {
        /// A client may bring its own.
        #[deserr(default)]
        pub id: Option<Id>,
        /// Who asks for it.
        pub unit_id: Id,
        /// Once in a tree.
        pub code: Code,
        pub name: Words<300>,
        pub period_kind: PeriodKind,
        /// Default `decree_09`.
        #[deserr(default)]
        pub regime: Option<Code>,
        /// The first period it is asked for.
        pub valid_from: Period,
        /// The last one.
        #[deserr(default)]
        pub valid_until: Option<Period>,
    }
}

with_content! {
    /// A new version of what a form asks, from a period on that has not begun.
    #[schema(example = json!({"from_period": "2024-01", "levels": ["commune"], "due_working_days": 3,
        "items": [{"key": "danh_gia", "kind": "narrative", "label": "Đánh giá chung", "required": true}]}))]
    FormVersionCreate {
        /// The first period it is in force for.
        pub from_period: Period,
    }
}

/// Changes of a form: absent fields stay, null clears. What it asks is changed by a new version.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"name": "Báo cáo tháng", "valid_until": "2025-12"}))]
pub struct FormPatch {
    #[deserr(default)]
    #[schema(required = false)]
    pub name: Set<Words<300>>,
    /// The last period it is asked for: one that has not ended.
    #[deserr(default)]
    #[schema(required = false)]
    pub valid_until: Field<Period>,
}

/// Which forms to list.
#[derive(Debug, Deserr, IntoParams)]
#[into_params(parameter_in = Query)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct FormQuery {
    /// Asked for by this unit.
    #[deserr(default)]
    pub unit_id: Option<Id>,
    /// With this code.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 40, example = "BC-THANG")]
    pub code: Option<Code>,
    /// Of periods of this length.
    #[deserr(default)]
    #[param(value_type = Option<PeriodKind>)]
    pub period_kind: Option<PeriodKind>,
    /// Words of code and name.
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 200, example = "bao cao thang")]
    pub q: Option<Search>,
    #[deserr(default)]
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Limit,
    #[deserr(default)]
    #[param(value_type = Option<String>, max_length = 1000)]
    pub cursor: Option<Cursor>,
    #[deserr(default)]
    #[param(value_type = Option<String>, example = "id,code,name")]
    pub fields: Option<Fields>,
}
