//! The service's key and what is made from it: access tokens (EdDSA, RFC 9068), the public key set,
//! and the secrets of refresh tokens and cursors.

use crate::{
    auth::checked::{Checked, CheckedTokens, Verified},
    clock::Instant,
    error::{Code, Error, Result},
    events::chain::Head,
    ids::Id,
    policy::Role,
};
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use hmac::{Hmac, Mac};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::{io::Write, path::Path};

/// How long an access token lives, in seconds.
pub const ACCESS_SECONDS: i64 = 15 * 60;
/// Issuer and audience of our tokens.
pub const ISSUER: &str = "tiendo";
const TYPE: &str = "at+jwt";
/// Type of signed heads of the event chain: none of them can be taken for a token, nor the other way round.
const HEAD_TYPE: &str = "tiendo-audit-head";
/// What an access token says. Rights are never read from it: they are looked up by the assignment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    /// The account.
    pub sub: String,
    pub exp: i64,
    pub nbf: i64,
    pub iat: i64,
    pub jti: String,
    pub client_id: String,
    /// The session, so that a log-out counts at once.
    pub sid: String,
    /// The assignment the person acts under.
    pub assignment: String,
    pub role: String,
    pub unit_id: Option<String>,
}

/// The signing key and everything derived from it. Prints as `***`.
pub struct Keys {
    signing: EncodingKey,
    verifying: DecodingKey,
    kid: String,
    jwks: JwkSet,
    /// Seed of the secrets below; never leaves this struct.
    seed: [u8; 32],
    checked: CheckedTokens,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(***)")
    }
}

impl Keys {
    /// Reads the key file, or makes one (mode 0600). Nodes of one service share the file.
    pub fn load_or_create(path: &Path) -> Result<Self> {
        match std::fs::read_to_string(path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let pem = Self::generate()?;
                write_private(path, &pem).map_err(|e| {
                    Error::internal(format!("cannot write the key file {}: {e}", path.display()))
                })?;
                // Another node may have been faster: what the file holds now counts.
                Self::load(path)
            }
            _ => Self::load(path),
        }
    }

    /// Reads the key file, which must be there.
    pub fn load(path: &Path) -> Result<Self> {
        let pem = std::fs::read_to_string(path)
            .map_err(|e| Error::internal(format!("cannot read the key file {}: {e}", path.display())))?;
        Self::from_pem(&pem)
    }

    /// A new private key, as the key file holds it.
    pub fn generate() -> Result<String> {
        let pair = Ed25519KeyPair::generate().map_err(Error::internal)?;
        let der = pair.to_pkcs8v1().map_err(Error::internal)?;
        let lines: Vec<String> = STANDARD
            .encode(der.as_ref())
            .as_bytes()
            .chunks(64)
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect();
        Ok(format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n")))
    }

    /// Reads what a key file holds.
    pub fn from_pem(pem: &str) -> Result<Self> {
        let bad = |e: jsonwebtoken::errors::Error| {
            Error::internal(format!("the key file holds no Ed25519 private key: {e}"))
        };
        let signing = EncodingKey::from_ed_pem(pem.as_bytes()).map_err(bad)?;
        let mut jwk = Jwk::from_encoding_key(&signing, Algorithm::EdDSA).map_err(bad)?;
        let kid = jwk.thumbprint(ThumbprintHash::SHA256).map_err(bad)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        let verifying = DecodingKey::from_jwk(&jwk).map_err(bad)?;
        let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
        let seed = mac(body.as_bytes(), b"tiendo seed")?;
        Ok(Self {
            signing,
            verifying,
            kid,
            jwks: JwkSet { keys: vec![jwk] },
            seed,
            checked: CheckedTokens::default(),
        })
    }

    /// The public keys, for portals that verify our tokens (RFC 7517).
    pub fn jwks(&self) -> &JwkSet {
        &self.jwks
    }

    /// A secret for one purpose.
    pub fn derive(&self, purpose: &str) -> Result<[u8; 32]> {
        mac(&self.seed, purpose.as_bytes())
    }

    /// Signs an access token.
    pub fn access_token(&self, who: Verified, role: Role, unit: Option<Id>, now: Instant) -> Result<String> {
        let claims = Claims {
            iss: ISSUER.into(),
            aud: ISSUER.into(),
            sub: who.user.to_string(),
            exp: now.seconds() + ACCESS_SECONDS,
            nbf: now.seconds(),
            iat: now.seconds(),
            jti: Id::new().to_string(),
            client_id: ISSUER.into(),
            sid: who.session.to_string(),
            assignment: who.assignment.to_string(),
            role: role.as_str().into(),
            unit_id: unit.map(|id| id.to_string()),
        };
        self.sign(TYPE, &claims)
    }

    /// Signs a head of the event chain.
    pub fn sign_head(&self, head: &Head) -> Result<String> {
        self.sign(HEAD_TYPE, head)
    }

    /// What a signed head says; nothing unless it was signed as one with this key.
    pub fn open_head(&self, jws: &str) -> Option<Head> {
        let header = jsonwebtoken::decode_header(jws).ok()?;
        if header.typ.as_deref() != Some(HEAD_TYPE) || header.crit.is_some() {
            return None;
        }
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_required_spec_claims::<&str>(&[]);
        (rules.validate_exp, rules.validate_aud) = (false, false);
        jsonwebtoken::decode::<Head>(jws, &self.verifying, &rules).ok().map(|read| read.claims)
    }

    fn sign(&self, kind: &str, claims: &impl Serialize) -> Result<String> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(kind.into());
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, claims, &self.signing).map_err(Error::internal)
    }

    /// Checks a token in everything it claims. One algorithm, one key, one type (RFC 8725); times are
    /// compared with our own clock, so that tests may move it. The signature of a token that was checked
    /// before is not computed again.
    pub fn verify(&self, token: &str, now: Instant) -> Result<Verified> {
        if token.len() > 4096 {
            return Err(Error::new(Code::Unauthenticated));
        }
        self.checked.get_or_check(token, || self.check(token))?.at(now)
    }

    /// Checks everything but the times.
    fn check(&self, token: &str) -> Result<Checked> {
        let refused = || Error::new(Code::Unauthenticated);
        let header = jsonwebtoken::decode_header(token).map_err(|_| refused())?;
        // `crit` names extensions that must be understood; none is (RFC 7515, 4.1.11).
        if header.typ.as_deref() != Some(TYPE)
            || header.kid.as_deref() != Some(self.kid.as_str())
            || header.crit.is_some()
        {
            return Err(refused());
        }
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_issuer(&[ISSUER]);
        rules.set_audience(&[ISSUER]);
        rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        rules.validate_exp = false;
        rules.validate_nbf = false;
        let claims =
            jsonwebtoken::decode::<Claims>(token, &self.verifying, &rules).map_err(|_| refused())?.claims;
        if claims.jti.is_empty() {
            return Err(refused());
        }
        let id = |text: &str| text.parse::<Id>().map_err(|()| refused());
        let who = Verified {
            user: id(&claims.sub)?,
            session: id(&claims.sid)?,
            assignment: id(&claims.assignment)?,
        };
        Ok(Checked { who, nbf: claims.nbf, exp: claims.exp })
    }

    /// The refresh token of a session's generation: made again from the key, never stored.
    pub fn refresh_token(&self, session: Id, generation: i32) -> Result<String> {
        let secret = mac(&self.derive("refresh")?, format!("{session}.{generation}").as_bytes())?;
        Ok(format!("{session}.{generation}.{}", URL_SAFE_NO_PAD.encode(secret)))
    }

    /// Session and generation of a refresh token that is really ours.
    pub fn open_refresh_token(&self, token: &str) -> Option<(Id, i32)> {
        let mut parts = token.splitn(3, '.');
        let session: Id = parts.next()?.parse().ok()?;
        let generation: i32 = parts.next()?.parse().ok()?;
        let given = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        let mut check = Hmac::<Sha256>::new_from_slice(&self.derive("refresh").ok()?).ok()?;
        check.update(format!("{session}.{generation}").as_bytes());
        check.verify_slice(&given).ok()?;
        Some((session, generation))
    }
}

fn mac(key: &[u8], text: &[u8]) -> Result<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(Error::internal)?;
    mac.update(text);
    Ok(mac.finalize().into_bytes().into())
}

fn write_private(path: &Path, pem: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            file.write_all(pem.as_bytes())?;
            file.sync_all()
        }
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e),
    }
}
