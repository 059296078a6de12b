//! Ids and randomness: the one place both come from.

use crate::error::{Error, Result};
use diesel::{deserialize::FromSqlRow, expression::AsExpression};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// A record's id: a UUID (version 7 when the service makes it), lower-case text on the wire and in
/// the database. Clients may bring their own, so that work done offline keeps its identity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Id(Uuid);

impl Id {
    /// A fresh, time-ordered id. It is no secret: never use it as a token.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// The same id for the same name, for people whom history knows by a name alone.
    pub fn of_name(name: &str) -> Self {
        use sha2::{Digest, Sha256};
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(Sha256::digest(name)) {
            *to = from;
        }
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl FromStr for Id {
    type Err = ();
    /// Takes the canonical lower-case form only, so that one record has one address.
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let id = Uuid::try_parse(text).map_err(|_| ())?;
        if id.hyphenated().to_string() == text { Ok(Self(id)) } else { Err(()) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom("not an id"))
    }
}

/// Bytes from the operating system's generator.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}
