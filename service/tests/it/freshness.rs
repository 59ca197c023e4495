//! No answer is behind a writer: whoever was told that a row is committed finds it in the next answer.
//!
//! Each writer has a user and a day of its own, so that what it must find is a number: neither less nor more.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use service::reports::{Grain, Moment, Order, Page, Span};
use service::store::{Report, SharedStore, StoreError};
use tokio::runtime::Handle;

use crate::harness::{Backend, Fixture};

const USERS: &str = "
    INSERT INTO users (id, first_name, last_name, joined_at) VALUES
        (1, 'A', 'B', '2023-01-01 00:00:00'), (2, 'A', 'B', '2023-01-01 00:00:00'),
        (3, 'A', 'B', '2023-01-01 00:00:00'), (4, 'A', 'B', '2023-01-01 00:00:00')";

fn moment(text: &str) -> Moment {
    Moment::from_text(text).unwrap()
}

fn february() -> Span {
    Span { from: moment("2023-02-01"), to: moment("2023-03-01") }
}

fn everybody() -> Page {
    Page { span: None, order: Order::Id { after: None }, limit: 10 }
}

/// A writer, and how it runs a statement on a connection of its own.
struct Writer {
    number: u32,
    run: Box<dyn FnMut(&str) + Send>,
}

impl Writer {
    /// Writes and asks in turn, until `end` or until there were so many answers.
    fn go_on(&mut self, store: &SharedStore, handle: &Handle, answers: &AtomicU64, end: Instant, most: u64) {
        let Writer { number, run } = self;
        let day = format!("2023-02-{number:02}");
        let insert = format!(
            "INSERT INTO tokens (user_id, token, created_at, used_at)
             VALUES ({number}, 'a', '{day} 10:00:00', '{day} 10:01:00')"
        );
        let delete =
            format!("DELETE FROM tokens WHERE id = (SELECT max(id) FROM tokens WHERE user_id = {number})");
        let mut there = 0_i64;
        for turn in 0_u64.. {
            if Instant::now() > end || answers.load(Ordering::Relaxed) > most {
                return;
            }
            // Few rows, so that a report is quick wherever it counts.
            if turn % 7 == 6 || there > 40 {
                run(&delete);
                there -= 1;
            } else {
                run(&insert);
                there += 1;
            }
            for (report, entry) in [
                (Report::DailyUsage, format!("\"{day}\":{there}")),
                (
                    Report::UserVisits,
                    format!("\"{number}\":{{\"joined_at\":\"2023-01-01 00:00:00\",\"visits\":{there}}}"),
                ),
            ] {
                let answer = handle.block_on(patiently(|| store.answer(report)));
                let json = std::str::from_utf8(answer.as_ref()).unwrap();
                // The last token that is taken away takes the entry with it.
                let found = [",", "}"].iter().any(|end| json.contains(&format!("{entry}{end}")))
                    || there == 0 && !json.contains(entry.split_at(5).0);
                assert!(found, "writer {number} committed {entry} and was answered {json}");
                answers.fetch_add(1, Ordering::Relaxed);
            }
            // The same questions for all, so that what another's brought is found in memory.
            let slots = handle.block_on(patiently(|| store.slots(february(), Grain::Day)));
            let own = slots.iter().find(|slot| slot.start == moment(&day));
            let told = own.map_or((0, 0), |slot| (slot.tokens, slot.visits));
            assert_eq!(told, (there, there), "writer {number} was answered {slots:?}");
            let visitors = handle.block_on(patiently(|| store.visitors(everybody())));
            let own = visitors.iter().find(|visitor| visitor.user_id == i64::from(*number));
            let told = own.map_or((0, 0), |visitor| (visitor.tokens, visitor.visits));
            assert_eq!(told, (there, there), "writer {number} was answered {visitors:?}");
            answers.fetch_add(2, Ordering::Relaxed);
        }
    }
}

/// Asks again while others write to the embedded database: with many on few processors a reader may wait for long.
async fn patiently<T, F: Future<Output = Result<T, StoreError>>>(ask: impl Fn() -> F) -> T {
    loop {
        match ask().await {
            Err(StoreError::Locked) => {}
            answered => return answered.unwrap(),
        }
    }
}

/// Writes and asks for so long, and tells how many answers there were and how many were served from memory.
fn run(backend: Backend, writers: u32, patience: Duration, most: u64) -> (u64, u64) {
    let fixture = backend.with(USERS);
    let store = fixture.store();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let answers = AtomicU64::new(0);
    let end = Instant::now() + patience;
    thread::scope(|scope| {
        for number in 1..=writers {
            let (store, answers, handle) = (Arc::clone(&store), &answers, runtime.handle().clone());
            let run = fixture.writer();
            scope.spawn(move || Writer { number, run }.go_on(&store, &handle, answers, end, most));
        }
    });
    let gauges = store.gauges();
    println!(
        "{backend:?}: {} answers, none behind its writer; {} flights found nothing new, {} read anew",
        answers.load(Ordering::Relaxed),
        gauges.unchanged,
        gauges.read
    );
    (answers.load(Ordering::Relaxed), gauges.unchanged)
}

#[test]
fn no_answer_is_behind_its_writer() {
    for backend in Backend::ALL {
        let (answers, _) = run(backend, 4, Duration::from_secs(5), 20_000);
        assert!(answers > 100, "{backend:?}: {answers}");
    }
}

/// `cargo test -p service --release --test it -- --ignored million`: some minutes.
#[test]
#[ignore = "takes minutes: cargo test -p service --release --test it -- --ignored --nocapture million"]
fn none_of_a_million_answers_is_behind_its_writer() {
    let patience = Duration::from_secs(1800);
    let (answers, _) = run(Backend::RolledUp, 4, patience, 1_000_000);
    assert!(answers >= 1_000_000, "{answers}");
}

/// While nothing changes, all get the same bytes. On PostgreSQL other tests write meanwhile, which counts as a
/// change; some time they do not.
#[test]
fn what_has_not_changed_is_served_from_memory() {
    for backend in Backend::ALL {
        let fixture = backend.with(USERS);
        let store = fixture.store();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let ask = || {
            runtime.block_on(async {
                (
                    store.answer(Report::UserVisits).await.unwrap().as_ref().as_ptr(),
                    store.slots(february(), Grain::Hour).await.unwrap().as_ptr(),
                    store.visitors(everybody()).await.unwrap().as_ptr(),
                )
            })
        };
        let quiet = || {
            let first = ask();
            (0..5).all(|_| ask() == first)
        };
        assert!((0..2000).any(|_| quiet()), "{backend:?} {:?}", store.gauges());
        let read = store.gauges().read;
        fixture.run("INSERT INTO tokens (user_id, token) VALUES (1, 'a')");
        ask();
        assert!(store.gauges().read >= read + 3, "{backend:?}");
    }
}

/// What may change without a transaction is never kept.
#[test]
fn a_view_is_asked_each_time() {
    let fixture: Fixture = Backend::Postgres.with(USERS);
    fixture.run(
        "ALTER TABLE tokens RENAME TO passes; CREATE TABLE clock (at timestamp);
         CREATE VIEW tokens AS SELECT 1 AS user_id, timestamp '2023-02-07' AS created_at, now() AS used_at
             FROM generate_series(1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint % 100000) LIMIT 100000",
    );
    let store = fixture.store();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let ask = || runtime.block_on(store.answer(Report::DailyUsage)).unwrap().as_ref().to_vec();
    let visits = || {
        runtime
            .block_on(store.slots(february(), Grain::Day))
            .unwrap()
            .iter()
            .map(|slot| slot.visits)
            .sum::<i64>()
    };
    let (first, slots) = (ask(), visits());
    thread::sleep(Duration::from_millis(3));
    assert_ne!(ask(), first);
    assert_ne!(visits(), slots);
    assert_eq!(store.gauges().unchanged, 0);
}

/// A prepared transaction counts from the moment at which it is committed, by whomever.
#[test]
fn prepared_transactions_and_savepoints_count_when_they_are_committed() {
    let fixture = Backend::RolledUp.with(USERS);
    let store = fixture.store();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let ask = || {
        let answer = runtime.block_on(store.answer(Report::DailyUsage)).unwrap();
        String::from_utf8(answer.as_ref().to_vec()).unwrap()
    };
    let token =
        "INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, 'a', '2023-02-07', now());";
    let mut writer = fixture.writer();
    writer(&format!("BEGIN; SAVEPOINT a; {token} RELEASE a; SAVEPOINT b; {token} ROLLBACK TO b"));
    assert_eq!(ask(), "{}\n");
    // Others commit, before and after it in the order of their numbers.
    fixture.run("UPDATE users SET is_active = false WHERE id = 1");
    assert_eq!(ask(), "{}\n");
    writer("PREPARE TRANSACTION 'freshness'");
    assert_eq!(ask(), "{}\n");
    fixture.run("COMMIT PREPARED 'freshness'");
    assert_eq!(ask(), "{\"2023-02-07\":1}\n");
}
