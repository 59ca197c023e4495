//! The roll-ups of the embedded database: they say what the tokens say, whatever happens to these, or they are not
//! read.

mod cost;
mod exact;
mod trust;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use service::reports::{Grain, Moment, Order, Page, Span};
use service::store::{Answer, Counting, Report, SharedStore, StoreError};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::harness::{SQLITE_TABLES, roll_up, run_in, store_with};

/// A file, a store that trusts its roll-ups if it can, and one that never does.
struct Pair {
    file: PathBuf,
    rolled_up: SharedStore,
    live: SharedStore,
    writer: SqliteConnection,
    runtime: Runtime,
    _folder: TempDir,
}

impl Pair {
    /// With `tables`, before the roll-ups are made.
    fn with(tables: &str) -> Pair {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("it.sqlite3");
        run_in(&file, &[SQLITE_TABLES, tables].concat());
        roll_up(&file);
        let store = |mode: &str| store_with(&variables(&file, &[("ANALYTICS_MODE", mode)]));
        let (rolled_up, live) = (store("auto"), store("live"));
        let mut writer = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
        writer.batch_execute("PRAGMA foreign_keys = off; PRAGMA busy_timeout = 10000").unwrap();
        Pair { file, rolled_up, live, writer, runtime: Runtime::new().unwrap(), _folder: folder }
    }

    fn new() -> Pair {
        Pair::with("")
    }

    /// Everything that is rolled up is the same in both.
    fn expect_same(&self, after: &str) {
        assert_eq!(self.all(&self.rolled_up), self.all(&self.live), "{after}");
    }

    fn all(&self, store: &SharedStore) -> impl PartialEq + std::fmt::Debug + use<> {
        let moment = |text| Moment::from_text(text).unwrap();
        let span = |from, to| Span { from: moment(from), to: moment(to) };
        let page = |order| Page { span: None, order, limit: 3 };
        let bytes = |answer: Answer| String::from_utf8(answer.as_ref().to_vec()).unwrap();
        self.runtime.block_on(async {
            let mut slots = Vec::new();
            for (from, to, grain) in [
                ("0001-01-01", "9999-12-31", Grain::Day),
                ("2023-02-08", "2023-02-09", Grain::Day),
                ("2023-02-01", "2023-03-01", Grain::Hour),
                ("2023-02-07 11:00", "2023-02-08 09:00", Grain::Hour),
            ] {
                let of_span = store.slots(span(from, to), grain).await;
                let mut of_span = told(of_span.map(|slots| slots.to_vec()));
                if let Ok(slots) = &mut of_span {
                    slots.sort_by_key(|slot| slot.start);
                }
                slots.push(of_span);
            }
            (
                told(store.answer(Report::DailyUsage).await).map(bytes),
                told(store.answer(Report::UserVisits).await).map(bytes),
                slots,
                told(store.visitors(page(Order::Id { after: Some(2) })).await),
                told(store.visitors(page(Order::Frequent { after: None })).await),
                told(store.visitors(page(Order::Frequent { after: Some((1, 2)) })).await),
            )
        })
    }

    /// Runs `sql`, which may fail, as another program would.
    fn run(&mut self, sql: &str) -> bool {
        let done = self.writer.batch_execute(sql).is_ok();
        // A statement of a transaction that failed leaves it open.
        let _ = self.writer.batch_execute("ROLLBACK");
        self.expect_same(sql);
        done
    }

    fn expect_counting(&self, counting: Counting, after: &str) {
        assert_eq!(self.rolled_up.gauges().counting, counting, "{after}");
    }

    /// Waits until a store that keeps up, with more `variables`, reads the roll-ups.
    fn keep_up(&self, more: &[(&'static str, &str)], is_done: impl Fn(&SharedStore) -> bool) {
        let store = store_with(&variables(&self.file, more));
        let upkeep = Arc::clone(&store);
        let running = self.runtime.spawn(async move { upkeep.keep_up().await });
        let end = Instant::now() + Duration::from_secs(20);
        while !(self.all(&store) == self.all(&self.live) && is_done(&store)) {
            assert!(Instant::now() < end, "{:?}", store.gauges());
            std::thread::sleep(Duration::from_millis(20));
        }
        running.abort();
    }
}

/// An error is an answer too: what cannot be printed cannot be printed either way.
fn told<T>(answer: Result<T, StoreError>) -> Result<T, String> {
    answer.map_err(|error| format!("{error:?}"))
}

fn variables(file: &std::path::Path, more: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
    more.chain([("SQLITE_FILE", file.to_str().unwrap().to_owned())]).collect()
}

fn insert(or: &str, id: &str, user_id: i64, created_at: &str, used: bool) -> String {
    let used = if used { "'2024-01-01'" } else { "NULL" };
    format!("INSERT {or} INTO tokens VALUES ({id}, {user_id}, 'a', '{created_at}', {used})")
}

const MANY: &str =
    "WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers LIMIT 600)
    INSERT INTO tokens (user_id, token, created_at, used_at)
    SELECT 1 + number % 9, 'm', datetime('2023-02-07 08:00', (number * 7) || ' minutes'),
        CASE WHEN number % 3 > 0 THEN '2024-01-01' END
    FROM numbers";
