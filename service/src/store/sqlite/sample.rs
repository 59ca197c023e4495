//! Sample visits for a new embedded database: the same on every machine, but for the day they end on.

use diesel::Insertable;
use time::{Duration, OffsetDateTime, PrimitiveDateTime, Time};

use super::{tokens, users};
use crate::reports::Moment;

const FIRST_NAMES: [&str; 8] = ["Ada", "Bashir", "Chiara", "Dmitri", "Esi", "Farid", "Greta", "Hiro"];
const LAST_NAMES: [&str; 6] = ["Adeyemi", "Bianchi", "Castro", "Dvořák", "Eriksen", "Fischer"];
const DAYS: i64 = 56;

/// Users and their tokens.
pub(super) struct Sample {
    /// The users.
    pub(super) users: Vec<User>,
    /// Their tokens, oldest first.
    pub(super) tokens: Vec<Token>,
}

/// One user.
#[derive(Debug, PartialEq, Insertable)]
#[diesel(table_name = users)]
pub(super) struct User {
    id: i64,
    first_name: &'static str,
    last_name: &'static str,
    joined_at: String,
}

/// One token.
#[derive(Debug, PartialEq, Insertable)]
#[diesel(table_name = tokens)]
pub(super) struct Token {
    user_id: i64,
    token: String,
    created_at: String,
    used_at: Option<String>,
}

impl Sample {
    /// Eight weeks of visits that end at `now`: fewer at the week's end, and one in eight tokens never
    /// used. Everybody has some, though few come often.
    pub(super) fn up_to(now: OffsetDateTime) -> Sample {
        let mut dice = Dice(5153);
        let now = PrimitiveDateTime::new(now.date(), now.time());
        let midnight =
            |days_ago: i64| PrimitiveDateTime::new(now.date(), Time::MIDNIGHT) - Duration::days(days_ago);
        let names = FIRST_NAMES.into_iter().flat_map(|first| LAST_NAMES.map(|last| (first, last)));
        let users: Vec<User> = (1..)
            .zip(names)
            .map(|(id, (first_name, last_name))| {
                let joined =
                    midnight(DAYS + 1 + dice.below(300)) + Duration::milliseconds(dice.below(86_400_000));
                User { id, first_name, last_name, joined_at: text(joined) }
            })
            .collect();
        let mut tokens = Vec::new();
        let mut first_visits = users.iter().map(|user| user.id);
        for day in (0..DAYS).rev().map(midnight) {
            let weekend = day.weekday().number_days_from_monday() >= 5;
            let mut moments: Vec<i64> = (0..(if weekend { 12 } else { 60 }) + dice.below(20))
                .map(|_| dice.below(11 * 3600))
                .collect();
            moments.sort_unstable();
            for moment in moments {
                let created = day + Duration::seconds(8 * 3600 + moment);
                let used = created + Duration::seconds(20 + dice.below(900));
                let drawn = 1 + dice.below(users.len() as i64).min(dice.below(users.len() as i64));
                let user_id = first_visits.next().unwrap_or(drawn);
                let token = format!("{:06x}", dice.below(0x100_0000));
                let used_at = (dice.below(8) != 0 && used <= now).then(|| text(used));
                if created <= now {
                    tokens.push(Token { user_id, token, created_at: text(created), used_at });
                }
            }
        }
        Sample { users, tokens }
    }
}

/// A moment as the embedded database keeps it.
fn text(moment: PrimitiveDateTime) -> String {
    Moment::from(moment).to_string()
}

/// Numbers that look like chance and are always the same: the generator of Knuth's MMIX.
struct Dice(u64);

impl Dice {
    /// A number from 0 to `end`, without `end`.
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap_or(0) % end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: OffsetDateTime = time::macros::datetime!(2026-11-20 12:00 UTC);

    #[test]
    fn is_always_the_same() {
        assert_eq!(Sample::up_to(NOW).tokens, Sample::up_to(NOW).tokens);
        assert_eq!(Sample::up_to(NOW).users, Sample::up_to(NOW).users);
    }

    #[test]
    fn everybody_has_been_there_on_any_day() {
        for day in 0..7 {
            let sample = Sample::up_to(NOW + Duration::days(day));
            let visited = |user: &User| sample.tokens.iter().any(|token| token.user_id == user.id);
            assert!(sample.users.iter().all(visited), "{day} days later");
        }
    }

    #[test]
    fn is_plausible() {
        let sample = Sample::up_to(NOW);
        assert_eq!(sample.users.len(), 48);
        assert!((2_000..5_000).contains(&sample.tokens.len()), "{}", sample.tokens.len());
        let now = "2026-11-20 12:00:00";
        for token in &sample.tokens {
            assert!(token.created_at.as_str() <= now && token.used_at.as_deref() <= Some(now), "{token:?}");
            assert!(token.used_at.as_ref().is_none_or(|used| *used > token.created_at), "{token:?}");
            let user = &sample.users[usize::try_from(token.user_id).unwrap() - 1];
            assert!(user.joined_at < token.created_at, "{user:?} {token:?}");
        }
        let unused = sample.tokens.iter().filter(|token| token.used_at.is_none()).count();
        assert!((sample.tokens.len() / 12..sample.tokens.len() / 6).contains(&unused), "{unused}");
    }
}
