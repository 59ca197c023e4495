//! How long a request has waited for its store.

use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;

use super::{Answer, Gauges, PrepareError, Report, SharedStore, Store, StoreError};
use crate::reports::{Grain, Page, Slot, Span, Visitor};

tokio::task_local! {
    /// What the request in hand has waited so far.
    static WAITED: Cell<Duration>;
}

/// `store`, whose answers are timed where [`measuring`] asks for it.
pub fn timed(store: SharedStore) -> SharedStore {
    Arc::new(Timed(store))
}

/// Does `work`, and counts what it waits for a store.
pub async fn measuring<T>(work: impl Future<Output = T>) -> T {
    WAITED.scope(Cell::default(), work).await
}

/// What the work in hand has waited for a store so far. `None` where nobody measures.
pub fn waited() -> Option<Duration> {
    WAITED.try_with(Cell::get).ok()
}

struct Timed(SharedStore);

async fn noted<T>(question: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let answer = question.await;
    // Who is not measured has nothing to note.
    let _ = WAITED.try_with(|waited| waited.set(waited.get() + start.elapsed()));
    answer
}

#[async_trait]
impl Store for Timed {
    async fn probe(&self) -> Result<(), StoreError> {
        noted(self.0.probe()).await
    }

    async fn answer(&self, report: Report) -> Result<Answer, StoreError> {
        noted(self.0.answer(report)).await
    }

    async fn slots(&self, span: Span, grain: Grain) -> Result<Arc<[Slot]>, StoreError> {
        noted(self.0.slots(span, grain)).await
    }

    async fn visitors(&self, page: Page) -> Result<Arc<[Visitor]>, StoreError> {
        noted(self.0.visitors(page)).await
    }

    fn gauges(&self) -> Gauges {
        self.0.gauges()
    }

    async fn keep_up(&self) {
        self.0.keep_up().await;
    }

    fn prepare(&self) -> Result<(), PrepareError> {
        self.0.prepare()
    }
}
