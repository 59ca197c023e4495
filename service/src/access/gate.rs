//! Where a request is let in: its token is checked, it is counted, and its role is looked at, in this order.

use std::time::{Duration, SystemTime};

use rocket::http::Status;
use rocket::request::Request;
use service_settings::{Access, Settings, SettingsError};

use super::rates::{Rates, Standing};
use super::token::{TokenError, Verifier};
use super::{Caller, Role};

/// The cookie that holds a token, for browsers: it is set `HttpOnly` and `SameSite=Strict`.
pub const SESSION_COOKIE: &str = "coworking_session";

/// Who is let in. Rocket keeps one.
pub struct Gate {
    /// Absent if the service is open.
    verifier: Option<Verifier>,
    rates: Rates,
}

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has no token.
    #[error("this needs a token: send it as `Authorization: Bearer …`")]
    NoToken,
    /// Its token is not taken.
    #[error(transparent)]
    Token(TokenError),
    /// Its token lacks a role.
    #[error("this needs a token with the role `{0}`")]
    Role(Role),
    /// Its subject asks too often.
    #[error("that is too many requests: ask again in {} s", seconds(*.0))]
    Rate(Duration),
}

impl Refusal {
    /// The status that tells it.
    pub fn status(&self) -> Status {
        match self {
            Refusal::NoToken | Refusal::Token(_) => Status::Unauthorized,
            Refusal::Role(_) => Status::Forbidden,
            Refusal::Rate(_) => Status::TooManyRequests,
        }
    }

    /// The field that tells a client what to do, RFC 6750 §3 and RFC 9110 §10.2.3.
    pub fn advice(&self) -> (&'static str, String) {
        const SCHEME: &str = "Bearer realm=\"coworking-analytics\"";
        match self {
            Refusal::NoToken => ("WWW-Authenticate", SCHEME.to_owned()),
            Refusal::Token(error) => {
                let told = error.to_string().replace('`', "'");
                (
                    "WWW-Authenticate",
                    format!("{SCHEME}, error=\"invalid_token\", error_description=\"{told}\""),
                )
            }
            Refusal::Role(_) => ("WWW-Authenticate", format!("{SCHEME}, error=\"insufficient_scope\"")),
            Refusal::Rate(wait) => ("Retry-After", seconds(*wait).to_string()),
        }
    }
}

fn seconds(wait: Duration) -> u128 {
    wait.as_millis().div_ceil(1000).max(1)
}

/// What the gate has seen of a request that came to it.
#[derive(Debug)]
pub struct Seen {
    /// Who asks.
    pub caller: Result<Caller, Refusal>,
    /// How they stand, if there is a limit.
    pub standing: Option<Standing>,
}

/// What a request was refused for.
struct Refused(Option<Refusal>);

/// What a request came for, and what the gate saw then.
struct Passage(Option<(Seen, Role)>);

impl Gate {
    /// A gate as the settings have it.
    pub fn new(settings: &Settings) -> Result<Gate, SettingsError> {
        let verifier = match settings.access()? {
            Access::Open => None,
            Access::Tokens(tokens) => Some(Verifier::new(&tokens)),
        };
        Ok(Gate { verifier, rates: Rates::new(settings) })
    }

    /// Lets `request` in if its caller has `role`. A refusal is kept for the catchers.
    pub(super) fn admit<'r>(&self, request: &'r Request<'_>, role: Role) -> Result<&'r Caller, Refusal> {
        let passage = request.local_cache(|| {
            let caller = self.identify(request);
            // Who looks after the service is never kept from it.
            let counted = role != Role::Ops;
            let standing =
                counted.then(|| self.rates.count(caller.as_ref().ok(), request.client_ip())).flatten();
            Passage(Some((Seen { caller, standing }, role)))
        });
        let admitted = match &passage.0 {
            Some((seen, _)) => seen.admits(role),
            None => Err(Refusal::NoToken),
        };
        admitted.inspect_err(|refusal| {
            request.local_cache(|| Refused(Some(*refusal)));
        })
    }

    fn identify(&self, request: &Request<'_>) -> Result<Caller, Refusal> {
        let Some(verifier) = &self.verifier else { return Ok(Caller::Anybody) };
        let token =
            bearer(request).or_else(|| request.cookies().get(SESSION_COOKIE).map(|cookie| cookie.value()));
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        verifier.verify(token.ok_or(Refusal::NoToken)?, now.as_secs_f64()).map_err(Refusal::Token)
    }
}

impl Seen {
    /// Who asks too often is told so first: a guess of tokens is counted as well.
    fn admits(&self, role: Role) -> Result<&Caller, Refusal> {
        if let Some(wait) = self.standing.as_ref().and_then(|standing| standing.retry_after) {
            return Err(Refusal::Rate(wait));
        }
        let caller = self.caller.as_ref().map_err(|refusal| *refusal)?;
        if caller.may(role) { Ok(caller) } else { Err(Refusal::Role(role)) }
    }
}

/// The token behind `Bearer`, a word of any case.
fn bearer<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let (scheme, token) = request.headers().get_one("Authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim_matches(' '))
}

/// What the gate saw of `request` and for which role, if it came there.
pub fn seen<'r>(request: &'r Request<'_>) -> Option<(&'r Seen, Role)> {
    request.local_cache(|| Passage(None)).0.as_ref().map(|(seen, role)| (seen, *role))
}

/// Why `request` was refused, if that is what `status` tells.
pub fn refusal(request: &Request<'_>, status: Status) -> Option<Refusal> {
    request.local_cache(|| Refused(None)).0.filter(|refusal| refusal.status() == status)
}
