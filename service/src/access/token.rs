//! A bearer's token: a JWT, RFC 7519, signed with HS256 and with nothing else, as RFC 8725 advises.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use service_settings::Tokens;
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq as _};

use super::{Caller, Role};

/// How far two clocks may differ, in seconds.
const LEEWAY: f64 = 30.0;

/// Bytes that a subject has at most: it stands in each line of the log.
const SUBJECT_BYTES: usize = 256;

/// Why a token is not taken. The messages go to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It is no signed JWT.
    #[error("the token is no JWT")]
    Malformed,
    /// It is signed otherwise than with HS256, or not at all.
    #[error("the token is not signed with HS256")]
    Algorithm,
    /// Its signature is not that of one of our secrets.
    #[error("the token's signature is wrong")]
    Signature,
    /// Its claims are not those that a token of ours has.
    #[error("the token needs `sub`, a text of 1 to 256 bytes, and `exp`, a number")]
    Claims,
    /// It has ended.
    #[error("the token has expired")]
    Expired,
    /// It has not begun.
    #[error("the token is not valid yet")]
    Early,
    /// Somebody else made it.
    #[error("the token is of another issuer")]
    Issuer,
    /// It is made for somebody else.
    #[error("the token is for another audience")]
    Audience,
}

/// Checks tokens.
pub(super) struct Verifier {
    /// Each keyed with a secret.
    keys: Vec<Hmac<Sha256>>,
    issuer: Option<String>,
    audience: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    /// What a reader must understand: we understand none of it.
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: f64,
    nbf: Option<f64>,
    iss: Option<String>,
    aud: Option<Words>,
    roles: Option<Words>,
}

/// One word, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Several(Vec<String>),
}

impl Words {
    fn as_slice(&self) -> &[String] {
        match self {
            Words::One(word) => std::slice::from_ref(word),
            Words::Several(words) => words,
        }
    }
}

impl Verifier {
    pub(super) fn new(tokens: &Tokens) -> Verifier {
        let secrets = [Some(&tokens.secret), tokens.previous.as_ref()].into_iter().flatten();
        // HMAC takes keys of any length.
        let keys = secrets.filter_map(|secret| Hmac::new_from_slice(secret.expose().as_bytes()).ok());
        Verifier { keys: keys.collect(), issuer: tokens.issuer.clone(), audience: tokens.audience.clone() }
    }

    /// Whose token it is at `now`, in seconds since 1970. Nothing of a token is believed, and but its algorithm
    /// nothing is read, before its signature is seen to be right.
    pub(super) fn verify(&self, token: &str, now: f64) -> Result<Caller, TokenError> {
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenError::Malformed)?;
        let header: Header = decoded(header).ok_or(TokenError::Malformed)?;
        if header.alg != "HS256" || header.crit.is_some() {
            return Err(TokenError::Algorithm);
        }
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenError::Malformed)?;
        if !self.has_signed(signed.as_bytes(), &signature) {
            return Err(TokenError::Signature);
        }
        let claims: Claims = decoded(payload).ok_or(TokenError::Claims)?;
        self.check(claims, now)
    }

    /// Takes as long whichever secret it is, and wherever the signature differs.
    fn has_signed(&self, signed: &[u8], signature: &[u8]) -> bool {
        let of =
            |key: &Hmac<Sha256>| key.clone().chain_update(signed).finalize().into_bytes().ct_eq(signature);
        self.keys.iter().fold(Choice::from(0), |any, key| any | of(key)).into()
    }

    fn check(&self, claims: Claims, now: f64) -> Result<Caller, TokenError> {
        if claims.exp + LEEWAY <= now {
            return Err(TokenError::Expired);
        }
        if claims.nbf.is_some_and(|begins| begins > now + LEEWAY) {
            return Err(TokenError::Early);
        }
        if self.issuer.is_some() && claims.iss != self.issuer {
            return Err(TokenError::Issuer);
        }
        let audiences = claims.aud.as_ref().map(Words::as_slice);
        let is_ours = match (&self.audience, audiences) {
            (Some(ours), Some(theirs)) => theirs.contains(ours),
            (None, None) => true,
            // RFC 7519 §4.1.3: who finds no name of theirs in `aud` takes no such token.
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !is_ours {
            return Err(TokenError::Audience);
        }
        if !(1..=SUBJECT_BYTES).contains(&claims.sub.len()) {
            return Err(TokenError::Claims);
        }
        let roles = claims.roles.as_ref().map_or(&[][..], Words::as_slice);
        let roles = roles.iter().filter_map(|word| Role::named(word)).collect();
        Ok(Caller::Known { subject: claims.sub, roles })
    }
}

fn decoded<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use service_settings::Secret;

    use super::*;

    const NOW: f64 = 1_700_000_000.0;
    const SECRET: &str = "a secret of thirty-two bytes, oh!";

    fn tokens() -> Tokens {
        Tokens { secret: Secret::new(SECRET), previous: None, issuer: None, audience: None }
    }

    fn sign(header: &Value, claims: &str, secret: &str) -> String {
        let parts = [header.to_string(), claims.to_owned()].map(|part| URL_SAFE_NO_PAD.encode(part));
        let signed = parts.join(".");
        let key = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        let signature = key.chain_update(&signed).finalize().into_bytes();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// A token that is taken, with these changes to its claims.
    fn token(changes: Value) -> String {
        let mut claims = json!({"sub": "ada", "exp": NOW + 60.0, "roles": ["analyst", "cook"]});
        for (name, value) in changes.as_object().unwrap() {
            match value {
                Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
                _ => claims[name] = value.clone(),
            }
        }
        sign(&json!({"alg": "HS256", "typ": "JWT"}), &claims.to_string(), SECRET)
    }

    fn verify(tokens: &Tokens, token: &str) -> Result<Caller, TokenError> {
        Verifier::new(tokens).verify(token, NOW)
    }

    #[test]
    fn a_token_names_its_bearer() {
        let caller = verify(&tokens(), &token(json!({}))).unwrap();
        assert_eq!(caller, Caller::Known { subject: "ada".to_owned(), roles: vec![Role::Analyst] });
    }

    /// The example of RFC 7515, appendix A.1, whose claims have no `sub`: the signature is found right.
    #[test]
    fn the_rfcs_own_signature_is_right() {
        let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
            eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
            dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let key = URL_SAFE_NO_PAD.decode(key).unwrap();
        let keys = vec![Hmac::new_from_slice(&key).unwrap()];
        let verifier = Verifier { keys, issuer: None, audience: None };
        assert_eq!(verifier.verify(token, NOW), Err(TokenError::Claims));
    }

    #[test]
    fn what_is_not_signed_with_hs256_is_not_taken() {
        let claims = json!({"sub": "ada", "exp": NOW + 60.0}).to_string();
        for (header, expected) in [
            (json!({"alg": "none"}), TokenError::Algorithm),
            (json!({"alg": "hs256"}), TokenError::Algorithm),
            (json!({"alg": "HS512"}), TokenError::Algorithm),
            (json!({"alg": "RS256"}), TokenError::Algorithm),
            (json!({"alg": "HS256", "crit": ["exp"]}), TokenError::Algorithm),
            (json!({"typ": "JWT"}), TokenError::Malformed),
        ] {
            assert_eq!(verify(&tokens(), &sign(&header, &claims, SECRET)), Err(expected), "{header}");
        }
        let token = token(json!({}));
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let other = if signature.starts_with('A') { "B" } else { "A" };
        for (token, expected) in [
            (format!("{signed}."), TokenError::Signature),
            (format!("{signed}.{other}{}", &signature[1..]), TokenError::Signature),
            (format!("{signed}.{}", &signature[..40]), TokenError::Signature),
            (format!("{signed}.{signature}="), TokenError::Malformed),
            (format!("x.{signed}.{signature}"), TokenError::Malformed),
            (signed.to_owned(), TokenError::Malformed),
            (String::new(), TokenError::Malformed),
        ] {
            assert_eq!(verify(&tokens(), &token), Err(expected), "{token}");
        }
    }

    #[test]
    fn a_claim_that_comes_twice_is_not_taken() {
        let claims = format!("{{\"sub\":\"ada\",\"exp\":1,\"exp\":{}}}", NOW + 60.0);
        let token = sign(&json!({"alg": "HS256"}), &claims, SECRET);
        assert_eq!(verify(&tokens(), &token), Err(TokenError::Claims));
    }

    #[test]
    fn time_counts_with_some_leeway() {
        for (changes, expected) in [
            (json!({"exp": NOW - 29.0}), None),
            (json!({"exp": NOW - 31.0}), Some(TokenError::Expired)),
            (json!({"exp": null}), Some(TokenError::Claims)),
            (json!({"exp": "soon"}), Some(TokenError::Claims)),
            (json!({"nbf": NOW + 29.0}), None),
            (json!({"nbf": NOW + 31.0}), Some(TokenError::Early)),
        ] {
            assert_eq!(verify(&tokens(), &token(changes.clone())).err(), expected, "{changes}");
        }
    }

    #[test]
    fn issuer_and_audience_are_those_that_are_set() {
        let ours = Tokens { issuer: Some("us".into()), audience: Some("it".into()), ..tokens() };
        for (changes, expected) in [
            (json!({"iss": "us", "aud": "it"}), None),
            (json!({"iss": "us", "aud": ["x", "it"]}), None),
            (json!({"iss": "them", "aud": "it"}), Some(TokenError::Issuer)),
            (json!({"aud": "it"}), Some(TokenError::Issuer)),
            (json!({"iss": "us", "aud": "x"}), Some(TokenError::Audience)),
            (json!({"iss": "us"}), Some(TokenError::Audience)),
        ] {
            assert_eq!(verify(&ours, &token(changes.clone())).err(), expected, "{changes}");
        }
        assert_eq!(verify(&tokens(), &token(json!({"iss": "them"}))).err(), None);
        assert_eq!(verify(&tokens(), &token(json!({"aud": "x"}))), Err(TokenError::Audience));
    }

    #[test]
    fn the_secret_before_is_taken_while_it_is_there() {
        let old = token(json!({}));
        let rotated = Tokens { secret: Secret::new("another secret of thirty-two bytes"), ..tokens() };
        assert_eq!(verify(&rotated, &old), Err(TokenError::Signature));
        let both = Tokens { previous: Some(Secret::new(SECRET)), ..rotated };
        assert!(verify(&both, &old).is_ok());
    }

    #[test]
    fn a_subject_fits_the_log() {
        for subject in [String::new(), "s".repeat(257)] {
            assert_eq!(verify(&tokens(), &token(json!({"sub": subject}))), Err(TokenError::Claims));
        }
        assert!(verify(&tokens(), &token(json!({"sub": "s".repeat(256), "roles": "admin"}))).is_ok());
    }
}
