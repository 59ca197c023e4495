//! The daily figures, logged from time to time for those who read no reports.

use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Orbit, Rocket, async_trait};
use tokio::time::sleep;

use super::Chain;
use crate::store::{Report, SharedStore};

/// The stage that logs them.
pub struct Figures {
    period: Option<Duration>,
}

impl Figures {
    /// Logs them every so many seconds; never if that is 0.
    pub fn every(seconds: u32) -> Figures {
        Figures { period: (seconds > 0).then(|| Duration::from_secs(seconds.into())) }
    }
}

#[async_trait]
impl Fairing for Figures {
    fn info(&self) -> Info {
        Info { name: "The daily figures in the log", kind: Kind::Liftoff }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        let (Some(period), Some(store)) = (self.period, rocket.state::<SharedStore>().cloned()) else {
            return;
        };
        let mut shutdown = rocket.shutdown();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = sleep(period) => log(&store).await,
                    () = &mut shutdown => break,
                }
            }
        });
    }
}

async fn log(store: &SharedStore) {
    match store.answer(Report::DailyUsage).await {
        Ok(answer) => {
            let json = String::from_utf8_lossy(answer.as_ref());
            tracing::info!(daily_usage = json.trim_end(), "daily figures");
        }
        Err(error) => tracing::warn!(error = %Chain(&error), "no daily figures"),
    }
}
