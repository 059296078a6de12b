//! What goes over the wire about sessions and the own account.

use crate::{
    http::fields::{Day, Faults, Line},
    ids::Id,
    policy::Role,
};
use chrono::NaiveDate;
use deserr::Deserr;
use diesel::Queryable;
use serde::Serialize;
use utoipa::ToSchema;

/// A name and its password.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"username": "bithu.mocaybac", "password": "tien-do-2023"}))]
pub struct Login {
    pub username: Line<1, 100>,
    pub password: Line<1, 128>,
}

/// A refresh token.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"refresh_token": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d.1.c2VjcmV0"}))]
pub struct RefreshToken {
    pub refresh_token: Line<1, 2000>,
}

/// The assignment to act under from now on: one's own, or one whose holder's deputy one is today.
#[derive(Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ActAs {
    pub assignment_id: Id,
}

/// The own password, old and new.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(example = json!({"current_password": "tien-do-2023", "new_password": "cau mat khau moi"}))]
pub struct PasswordChange {
    pub current_password: Line<1, 128>,
    pub new_password: Line<8, 128>,
}

/// The account as `GET /me` shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub user: MyAccount,
    pub assignments: Vec<MyAssignment>,
    /// Assignments of others that one may act under today, as their deputy.
    pub deputises: Vec<MyDeputyship>,
    /// The assignment this token acts under.
    pub acting_as: Id,
}

/// The own account.
#[derive(Debug, Serialize, Queryable, ToSchema)]
pub struct MyAccount {
    pub id: Id,
    #[schema(example = "bithu.mocaybac")]
    pub username: String,
    #[schema(example = "Bí thư Huyện ủy Mỏ Cày Bắc")]
    pub display_name: String,
}

/// One of the own assignments in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyAssignment {
    pub id: Id,
    /// Null: the whole instance.
    pub unit: Option<MyUnit>,
    pub role: Role,
}

/// Standing in for the holder of an assignment, in force today.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDeputyship {
    pub id: Id,
    /// `POST /auth/act-as` with its id acts under it.
    pub assignment: MyAssignment,
    pub holder: AccountRef,
    #[schema(value_type = Day, example = "2023-10-15")]
    pub from_on: NaiveDate,
    /// The last day.
    #[schema(value_type = Day, example = "2023-10-31")]
    pub to_on: NaiveDate,
}

/// An account in a few words, as other records show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, ToSchema)]
pub struct AccountRef {
    pub id: Id,
    #[schema(example = "Bí thư Huyện ủy Mỏ Cày Bắc")]
    pub display_name: String,
}

/// The unit of an assignment, in a few words.
#[derive(Debug, Clone, Serialize, Queryable, ToSchema)]
pub struct MyUnit {
    pub id: Id,
    #[schema(example = "BT-MCB")]
    pub code: String,
    #[schema(example = "Huyện ủy Mỏ Cày Bắc")]
    pub name: String,
    #[schema(example = "district")]
    pub level: String,
}

/// The public keys of the service (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicKeys {
    pub keys: Vec<PublicKey>,
}

/// One public key: Ed25519 (RFC 8037).
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicKey {
    #[schema(example = "OKP")]
    pub kty: String,
    #[schema(example = "Ed25519")]
    pub crv: String,
    #[schema(example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")]
    pub x: String,
    /// What tokens name it by.
    #[schema(example = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")]
    pub kid: String,
    #[schema(example = "EdDSA")]
    pub alg: String,
    #[serde(rename = "use")]
    #[schema(example = "sig")]
    pub purpose: String,
}
