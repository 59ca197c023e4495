//! Tokens as the service that signs people in makes them.

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::json;
use sha2::Sha256;

/// The secret that most tests share with the service.
pub(crate) const SECRET: &str = "canary-0123-p@ s'\\%-of-the-tests";

/// A token of `subject` with these roles, for a minute.
pub(crate) fn token(secret: &str, subject: &str, roles: &[&str]) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let claims = json!({"sub": subject, "exp": now + 60, "roles": roles});
    let parts = [json!({"alg": "HS256"}), claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    let signed = parts.join(".");
    let key = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(key.chain_update(&signed).finalize().into_bytes()))
}
