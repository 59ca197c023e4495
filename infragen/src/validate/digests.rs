//! By what a file is known to be still what it was, when it is read once more.

use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::DefaultHashBuilder;

/// A digest of each file, by its number. They are compared within one run, and nobody gains by a file that fools them.
pub(super) struct Digests {
    hashes: DefaultHashBuilder,
    files: Box<[AtomicU64]>,
}

impl Digests {
    pub(super) fn new(files: usize) -> Self {
        Self { hashes: DefaultHashBuilder::default(), files: (0..files).map(|_| AtomicU64::new(0)).collect() }
    }

    pub(super) fn keep(&self, file: usize, text: &str) {
        self.files[file].store(self.hashes.hash_one(text), Ordering::Relaxed);
    }

    pub(super) fn is_same(&self, file: usize, text: &str) -> bool {
        self.files[file].load(Ordering::Relaxed) == self.hashes.hash_one(text)
    }
}
