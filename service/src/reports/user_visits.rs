//! How many tokens each user ever asked for, used or not.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Moment;

/// All tokens per user, by the user's id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct UserVisits(BTreeMap<i64, Visits>);

/// One user's entry; the fields are printed in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Visits {
    /// When the user joined; `None` if the user is gone.
    joined_at: String,
    /// How many tokens.
    visits: i64,
}

impl Visits {
    /// The entry of a user who joined at `joined_at`, or is gone.
    pub fn new(joined_at: Option<Moment>, visits: i64) -> Visits {
        Visits { joined_at: joined_at.map_or_else(|| "None".to_owned(), |moment| moment.to_string()), visits }
    }
}

impl FromIterator<(i64, Visits)> for UserVisits {
    fn from_iter<I: IntoIterator<Item = (i64, Visits)>>(entries: I) -> UserVisits {
        UserVisits(entries.into_iter().collect())
    }
}

impl UserVisits {
    /// The report's bytes: `{"1":{"joined_at":"2023-02-07 10:11:12.100000","visits":5}}` and a
    /// newline, ids in the order of numbers.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self).map(|json| json + "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_in_the_order_of_numbers() {
        let joined = Some(Moment::from_text("2023-02-07 10:11:12.1").unwrap());
        let entries = [(10, Visits::new(None, 2)), (9, Visits::new(joined, 5)), (-1, Visits::new(None, 1))];
        let expected = concat!(
            r#"{"-1":{"joined_at":"None","visits":1},"#,
            r#""9":{"joined_at":"2023-02-07 10:11:12.100000","visits":5},"#,
            r#""10":{"joined_at":"None","visits":2}}"#,
            "\n"
        );
        assert_eq!(UserVisits::from_iter(entries).to_json().unwrap(), expected);
        assert_eq!(UserVisits::default().to_json().unwrap(), "{}\n");
    }
}
