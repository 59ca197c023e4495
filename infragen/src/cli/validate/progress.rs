//! How far a look at a large tree has come: a bar on standard error, for somebody who watches a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A tree of fewer files is looked at before a bar could be read.
const WORTH_A_BAR: usize = 500;

/// A bar; one that nobody sees where there is no terminal, or little to look at.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar for so many files.
    pub(super) fn of(files: usize) -> Self {
        if files < WORTH_A_BAR {
            return Self(ProgressBar::hidden());
        }
        // It hides by itself where standard error is no terminal.
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr_with_hz(15));
        let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} files, {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// One more file was looked at.
    pub(super) fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
