//! Visits that are made up: the same for the same numbers, on every machine and every day.

use time::macros::datetime;
use time::{Duration, PrimitiveDateTime};

use crate::reports::Moment;
use crate::store::{NewToken, NewUser};

const FIRST_NAMES: [&str; 12] =
    ["Ada", "Bashir", "Chiara", "Dmitri", "Esi", "Farid", "Greta", "Hiro", "Ines", "Jakub", "Kofi", "Lucía"];
const LAST_NAMES: [&str; 10] =
    ["Adeyemi", "Bianchi", "Castro", "Dvořák", "Eriksen", "Fischer", "García", "Haddad", "Ito", "Jensen"];

/// The first day of three years of visits.
const BEGIN: PrimitiveDateTime = datetime!(2023-01-02 00:00);
const DAYS: u64 = 1095;

/// So many users and tokens.
#[derive(Clone, Copy, Debug)]
pub struct Seed {
    /// Users; the first number is 1.
    pub users: u64,
    /// Tokens, in the order in which they were made.
    pub tokens: u64,
}

impl Seed {
    /// The users, who joined in the two years before the first visit.
    pub fn users(self) -> impl Iterator<Item = NewUser> {
        let mut dice = Dice(5153);
        (1..=self.users).map(move |id| NewUser {
            id: id as i64,
            first_name: FIRST_NAMES[dice.below(FIRST_NAMES.len() as u64) as usize].to_owned(),
            last_name: LAST_NAMES[dice.below(LAST_NAMES.len() as u64) as usize].to_owned(),
            joined_at: moment(BEGIN - Duration::milliseconds(1 + dice.below(2 * 365 * 86_400_000) as i64)),
            is_active: dice.below(10) != 0,
        })
    }

    /// The tokens: few at the weekend and at night, most of them by the same people, more from year to year, and
    /// one in eight never used.
    pub fn tokens(self) -> impl Iterator<Item = NewToken> {
        let mut dice = Dice(2023);
        (0..self.tokens).map(move |number| {
            // The share of days that have passed grows with the root: there are more tokens in the later ones.
            let share = ((number as f64 + 0.5) / self.tokens as f64).sqrt() * 0.7
                + 0.3 * (number as f64 / self.tokens as f64);
            let day = ((share * DAYS as f64) as u64).min(DAYS - 1);
            let weekend = (day % 7) >= 5;
            // Four in five who would come at the weekend come on a day before it.
            let day = if weekend && dice.below(5) != 0 { day - day % 7 + dice.below(5) } else { day };
            let second = 7 * 3600 + (dice.below(7 * 3600) + dice.below(7 * 3600)) as i64;
            let created = BEGIN + Duration::days(day as i64) + Duration::seconds(second);
            let user_id = 1 + dice.below(self.users.max(1)).min(dice.below(self.users.max(1))) as i64;
            let used = Duration::seconds(20 + dice.below(900) as i64);
            NewToken {
                id: None,
                user_id,
                token: format!("{:06x}", dice.below(0x100_0000)),
                created_at: moment(created),
                used_at: (dice.below(8) != 0).then(|| moment(created + used)),
            }
        })
    }
}

fn moment(moment: PrimitiveDateTime) -> Moment {
    Moment::from(moment)
}

/// Numbers that look like chance and are always the same: the generator of Knuth's MMIX.
struct Dice(u64);

impl Dice {
    /// A number from 0 to `end`, without `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_plausible_and_always_the_same() {
        let seed = Seed { users: 100, tokens: 20_000 };
        let tokens: Vec<NewToken> = seed.tokens().collect();
        assert_eq!(tokens, seed.tokens().collect::<Vec<_>>());
        assert_eq!(seed.users().count(), 100);
        assert_eq!(tokens.len(), 20_000);
        let unused = tokens.iter().filter(|token| token.used_at.is_none()).count();
        assert!((2_000..3_000).contains(&unused), "{unused}");
        let last = seed.users().map(|user| user.joined_at).max().unwrap();
        assert!(tokens.iter().all(|token| token.created_at > last && (1..=100).contains(&token.user_id)));
        assert!(tokens.iter().all(|token| token.used_at.is_none_or(|used| used > token.created_at)));
        let halves = tokens.iter().filter(|token| token.user_id <= 50).count();
        assert!(halves > 13_000, "{halves}");
    }
}
