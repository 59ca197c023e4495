//! How often one subject may ask: a bucket a minute and one an hour, each of this replica alone.
//!
//! A bucket holds as many requests as its limit, and is refilled evenly. What is remembered is bounded, however many
//! subjects there are: a bucket that is full again is forgotten, and once there are too many, newcomers share one.

use std::collections::hash_map::RandomState;
use std::fmt::Write as _;
use std::hash::BuildHasher as _;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use service_settings::Settings;

use super::Caller;

/// How many subjects are remembered.
const SUBJECTS: usize = 65_536;

/// Every so many requests, buckets that are full again are forgotten.
const ROUND: u32 = 4096;

/// All buckets of one kind. A subject is known by a hash, so that each takes a few bytes.
type Buckets<C> = RateLimiter<u64, DefaultKeyedStateStore<u64>, C, StateInformationMiddleware>;

/// The limits of this replica.
pub(super) struct Rates<C: Clock = DefaultClock> {
    limits: Vec<Limit<C>>,
    clock: C,
    hasher: RandomState,
    asked: AtomicU32,
}

struct Limit<C: Clock> {
    name: &'static str,
    window: Duration,
    quota: NonZeroU32,
    buckets: Buckets<C>,
}

/// How a subject stands after a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// When to ask again, if this request is one too many.
    pub retry_after: Option<Duration>,
    /// What is left, as the field `RateLimit` of draft-ietf-httpapi-ratelimit-headers-11.
    pub left: String,
    /// The limits, as its field `RateLimit-Policy`.
    pub policy: String,
}

impl Rates {
    /// The limits that are set.
    pub(super) fn new(settings: &Settings) -> Rates {
        Rates::at(settings, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Rates<C> {
    fn at(settings: &Settings, clock: C) -> Rates<C> {
        let wanted =
            [("minute", 60, settings.rate_limit_per_minute), ("hour", 3600, settings.rate_limit_per_hour)];
        let limits = wanted.into_iter().filter_map(|(name, seconds, quota)| {
            let quota = NonZeroU32::new(quota)?;
            let window = Duration::from_secs(seconds);
            let refill = Quota::with_period(window / quota.get())?.allow_burst(quota);
            let buckets = Buckets::new(refill, DefaultKeyedStateStore::default(), clock.clone());
            Some(Limit { name, window, quota, buckets })
        });
        Rates {
            limits: limits.collect(),
            clock: clock.clone(),
            hasher: RandomState::new(),
            asked: AtomicU32::new(0),
        }
    }

    /// Counts a request of `caller` from `address`. `None` if there is no limit.
    pub(super) fn count(&self, caller: Option<&Caller>, address: Option<IpAddr>) -> Option<Standing> {
        if self.limits.is_empty() {
            return None;
        }
        let key = match caller {
            Some(Caller::Known { subject, .. }) => self.hasher.hash_one(subject),
            Some(Caller::Anybody) | None => self.hasher.hash_one(address.map(network)),
        };
        if self.asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(ROUND) {
            self.forget();
        }
        let mut standing = Standing { retry_after: None, left: String::new(), policy: String::new() };
        for limit in &self.limits {
            limit.count(key, &self.clock, &mut standing);
        }
        Some(standing)
    }

    fn forget(&self) {
        for limit in &self.limits {
            limit.buckets.retain_recent();
            limit.buckets.shrink_to_fit();
        }
    }
}

impl<C: Clock> Limit<C> {
    fn count(&self, key: u64, clock: &C, standing: &mut Standing) {
        let is_full = self.buckets.len() >= SUBJECTS;
        let quota = self.quota.get();
        let (left, until_full) = match self.buckets.check_key(if is_full { &0 } else { &key }) {
            Ok(state) => {
                let left = state.remaining_burst_capacity();
                (left, self.window * (quota - left) / quota)
            }
            Err(refused) => {
                let wait = refused.wait_time_from(clock.now());
                standing.retry_after = standing.retry_after.max(Some(wait));
                (0, self.window)
            }
        };
        let comma = if standing.policy.is_empty() { "" } else { ", " };
        let (name, window) = (self.name, self.window.as_secs());
        // A String takes everything.
        let _ = write!(standing.policy, "{comma}\"{name}\";q={quota};w={window}");
        let _ =
            write!(standing.left, "{comma}\"{name}\";r={left};t={}", until_full.as_millis().div_ceil(1000));
    }
}

/// Who has an IPv6 address has 2⁶⁴ of them.
fn network(address: IpAddr) -> [u8; 8] {
    let IpAddr::V6(address) = address.to_canonical() else {
        let IpAddr::V4(address) = address.to_canonical() else { return [0; 8] };
        let [a, b, c, d] = address.octets();
        return [0, 0, 0, 0, a, b, c, d];
    };
    let [a, b, c, d, ..] = address.segments();
    (u64::from(a) << 48 | u64::from(b) << 32 | u64::from(c) << 16 | u64::from(d)).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn rates(minute: u32, hour: u32) -> (Rates<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let settings =
            Settings { rate_limit_per_minute: minute, rate_limit_per_hour: hour, ..Settings::default() };
        (Rates::at(&settings, clock.clone()), clock)
    }

    fn known(subject: &str) -> Caller {
        Caller::Known { subject: subject.to_owned(), roles: Vec::new() }
    }

    #[test]
    fn no_limit_counts_nothing() {
        assert_eq!(rates(0, 0).0.count(None, None), None);
    }

    #[test]
    fn a_subject_is_told_where_it_stands() {
        let (rates, clock) = rates(2, 3);
        let ask = || rates.count(Some(&known("ada")), None).unwrap();
        let first = ask();
        assert_eq!(first.policy, "\"minute\";q=2;w=60, \"hour\";q=3;w=3600");
        assert_eq!(first.left, "\"minute\";r=1;t=30, \"hour\";r=2;t=1200");
        assert_eq!(first.retry_after, None);
        assert_eq!(ask().left, "\"minute\";r=0;t=60, \"hour\";r=1;t=2400");
        let refused = ask();
        assert_eq!(refused.retry_after, Some(Duration::from_secs(30)));
        // The hour has counted that one, too.
        clock.advance(Duration::from_secs(60));
        assert_eq!(ask().retry_after, Some(Duration::from_secs(1140)));
    }

    #[test]
    fn others_are_not_counted_with_it() {
        let (rates, _) = rates(1, 0);
        assert_eq!(rates.count(Some(&known("ada")), None).unwrap().retry_after, None);
        assert_eq!(rates.count(Some(&known("bob")), None).unwrap().retry_after, None);
        assert!(rates.count(Some(&known("ada")), None).unwrap().retry_after.is_some());
        let ask = |address: &str| rates.count(None, Some(address.parse().unwrap())).unwrap().retry_after;
        for address in ["10.0.0.1", "10.0.0.2", "2001:db8::1"] {
            assert_eq!(ask(address), None, "{address}");
        }
        for address in ["::ffff:10.0.0.1", "2001:db8::2"] {
            assert!(ask(address).is_some(), "{address}");
        }
    }

    #[test]
    fn what_is_remembered_is_bounded_and_forgotten() {
        let (rates, clock) = rates(10, 0);
        for count in 0..SUBJECTS + 100 {
            rates.count(Some(&known(&count.to_string())), None);
        }
        let shared = rates.count(Some(&known("new")), None).unwrap();
        assert!(shared.retry_after.is_some(), "newcomers share a bucket");
        assert!(rates.limits[0].buckets.len() <= SUBJECTS + 1);
        // Until all are full, and one refill more.
        clock.advance(Duration::from_secs(120));
        rates.forget();
        assert_eq!(rates.limits[0].buckets.len(), 0);
    }
}
