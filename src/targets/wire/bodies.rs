//! What is sent to make and move targets.

use crate::{
    http::fields::{Amount, Day, Faults, Few, Reason, Words},
    ids::Id,
    measures::{Period, Qualifier},
    targets::{
        wire::{TargetContent, TargetStep},
        workflow::TargetStatus,
    },
};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

/// A request body that brings the content of a target besides its own fields.
macro_rules! with_content {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        #[derive(Debug, Clone, Serialize, Deserr, ToSchema)]
        #[deserr(error = Faults, deny_unknown_fields)]
        $(#[$meta])*
        pub struct $name {
            $($own)*
            /// What is to be reached; of a range its lower end; of `hold` the base.
            #[deserr(default)]
            pub value: Option<Amount>,
            /// The upper end of a range.
            #[deserr(default)]
            pub value_to: Option<Amount>,
            /// Default `exactly`.
            #[deserr(default)]
            pub qualifier: Option<Qualifier>,
            /// As the resolution says it; required of a qualitative indicator.
            #[deserr(default)]
            pub wording: Option<Words<1000>>,
            /// Where the unit stands when the target begins.
            #[deserr(default)]
            pub baseline: Option<Amount>,
            /// What the unit weighs in a weighted average of targets.
            #[deserr(default)]
            pub weight: Option<Amount>,
            /// What is to be reached in parts of the time, in order.
            #[deserr(default)]
            pub path: Option<Few<TargetStep, 60>>,
        }

        impl $name {
            /// What it says of the content; `None` when it says nothing.
            pub fn content(&self) -> Option<TargetContent> {
                let content = TargetContent {
                    value: self.value.map(|Amount(value)| value),
                    value_to: self.value_to.map(|Amount(value)| value),
                    qualifier: self.qualifier.unwrap_or(Qualifier::Exactly),
                    wording: self.wording.as_ref().map(|words| words.0.clone()),
                    baseline: self.baseline.map(|Amount(value)| value),
                    weight: self.weight.map(|Amount(value)| value),
                    path: self.path.as_ref().map(|few| few.0.clone()).unwrap_or_default(),
                };
                let silent = self.qualifier.is_none() && self.path.is_none() && content == TargetContent::empty();
                (!silent).then_some(content)
            }
        }
    };
}

impl TargetContent {
    /// Nothing is said.
    pub const fn empty() -> Self {
        Self {
            value: None,
            value_to: None,
            qualifier: Qualifier::Exactly,
            wording: None,
            baseline: None,
            weight: None,
            path: Vec::new(),
        }
    }
}

with_content! {
    /// A new target: `period`, or `due_on` with the day it is to be reached by.
    #[schema(example = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e",
        "indicator_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "period": "2023", "value": 50}))]
    TargetCreate {
        /// A client may bring its own.
        #[deserr(default)]
        pub id: Option<Id>,
        /// Who is to reach it.
        pub unit_id: Id,
        pub indicator_id: Id,
        #[deserr(default)]
        pub period: Option<Period>,
        #[deserr(default)]
        pub due_on: Option<Day>,
        /// "Trước ngày": the day named is too late already.
        #[deserr(default)]
        pub due_exclusive: Option<bool>,
        /// With `due_on`: from when on it counts; default the beginning of that year.
        #[deserr(default)]
        pub starts_on: Option<Day>,
        #[deserr(default)]
        pub resolution_item_id: Option<Id>,
        #[deserr(default)]
        pub document_id: Option<Id>,
    }
}

with_content! {
    /// Another offer of the superior.
    #[schema(example = json!({"value": 48, "reason": "Theo ý kiến của xã"}))]
    TargetOffer {
        /// Another day to reach it by, of a target that has a day; absent: the same.
        #[deserr(default)]
        pub due_on: Option<Day>,
        #[deserr(default)]
        pub reason: Option<Words<1000>>,
    }
}

with_content! {
    /// Another figure of the unit, with its reasons.
    #[schema(example = json!({"value": 45, "reason": "Còn 45 hộ có khả năng thoát nghèo"}))]
    TargetCounter {
        /// Another day to reach it by, of a target that has a day; absent: the same.
        #[deserr(default)]
        pub due_on: Option<Day>,
        pub reason: Reason<1000>,
    }
}

with_content! {
    /// The superior's decision; without content the figure on the table.
    #[schema(example = json!({"value": 48, "reason": "Giao theo kế hoạch của huyện"}))]
    TargetAssignment {
        /// Another day to reach it by, of a target that has a day; absent: the same.
        #[deserr(default)]
        pub due_on: Option<Day>,
        pub reason: Reason<1000>,
        #[deserr(default)]
        pub document_id: Option<Id>,
    }
}

with_content! {
    /// Another figure for a target that binds.
    #[schema(example = json!({"value": 40, "reason": "Sáp nhập hai ấp",
        "document_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4f"}))]
    TargetRebaseline {
        /// Another day to reach it by, of a target that has a day; absent: the same.
        #[deserr(default)]
        pub due_on: Option<Day>,
        pub reason: Reason<1000>,
        /// The document that changes it.
        pub document_id: Id,
    }
}

/// What is said when both agree.
#[derive(Debug, Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"comment": "Thống nhất 45 hộ"}))]
pub struct TargetAgreement {
    #[deserr(default)]
    pub comment: Option<Words<1000>>,
}

/// Why a target is withdrawn.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"reason": "Trùng với chỉ tiêu của kế hoạch năm"}))]
pub struct TargetWithdrawal {
    pub reason: Reason<1000>,
}

/// What the old books say of a target besides the body of its creation.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TargetLoad {
    /// Default `agreed`.
    #[deserr(default)]
    pub status: Option<TargetStatus>,
}
