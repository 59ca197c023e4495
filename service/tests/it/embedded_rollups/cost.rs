//! What a report costs that is read anew.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use service::reports::{Grain, Moment, Order, Page, Span};
use service::store::{Counting, Report};

use super::Pair;

const REPORTS: [&str; 5] = ["daily_usage", "user_visits", "days", "hours", "visitors"];

/// So many tokens of the same days and users, so that all answers are as long.
fn seeded(tokens: u32) -> Pair {
    let mut pair = Pair::new();
    let seed = format!(
        "WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers LIMIT {tokens})
         INSERT INTO tokens (user_id, token, created_at, used_at)
         SELECT 1 + number % 500, 'm', datetime('2023-01-01', (number % 8760) || ' hours'),
             CASE WHEN number % 3 > 0 THEN '2024-01-01' END
         FROM numbers"
    );
    pair.writer.batch_execute(&seed).unwrap();
    pair
}

/// How long `report` takes after a write.
fn time(pair: &mut Pair, report: &str) -> Duration {
    pair.writer.batch_execute("UPDATE tokens SET user_id = user_id + 1 WHERE id = 1").unwrap();
    let moment = |text| Moment::from_text(text).unwrap();
    let span = Span { from: moment("2023-01-01"), to: moment("2024-01-01") };
    let page = Page { span: None, order: Order::Frequent { after: None }, limit: 100 };
    let (store, start) = (&pair.rolled_up, Instant::now());
    pair.runtime.block_on(async {
        match report {
            "daily_usage" => drop(store.answer(Report::DailyUsage).await.unwrap()),
            "user_visits" => drop(store.answer(Report::UserVisits).await.unwrap()),
            "days" => drop(store.slots(span, Grain::Day).await.unwrap()),
            "hours" => drop(store.slots(span, Grain::Hour).await.unwrap()),
            _ => drop(store.visitors(page).await.unwrap()),
        }
    });
    let elapsed = start.elapsed();
    pair.expect_counting(Counting::Rollup, report);
    elapsed
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[test]
#[ignore = "a measurement: cargo test -p service --release --test it -- --ignored --nocapture costs_the_same"]
fn a_report_costs_the_same_at_a_million_tokens() {
    let (mut few, mut many) = (seeded(10_000), seeded(1_000_000));
    for report in REPORTS {
        // In turns, so that whatever else the machine does falls on both.
        let rounds = (0..101).map(|_| (time(&mut few, report), time(&mut many, report)));
        let (of_few, of_many): (Vec<_>, Vec<_>) = rounds.unzip();
        let (few, many) = (median(of_few), median(of_many));
        let ratio = many.as_secs_f64() / few.as_secs_f64();
        println!("{report}: {few:?} at 10,000 tokens, {many:?} at 1,000,000: {ratio:.2} times");
        assert!(ratio < 1.5, "{report}: {ratio}");
    }
}
