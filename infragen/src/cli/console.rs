//! The only place that prints. Somebody who closes the pipe (`| head`) ends the printing and nothing else.

use std::io::{self, IsTerminal as _, Write};

use anstream::AutoStream;
use anstream::stream::RawStream;
use anstyle::AnsiColor;
use anyhow::Context as _;

/// Standard output and standard error.
#[derive(Debug, Default)]
pub(super) struct Console {
    is_closed: bool,
}

impl Console {
    /// Prints results.
    pub(super) fn print(&mut self, text: &str) -> anyhow::Result<()> {
        if self.is_closed || text.is_empty() {
            return Ok(());
        }
        let mut output = io::stdout().lock();
        match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.is_closed = true,
            done => done.context("cannot write to standard output")?,
        }
        Ok(())
    }

    /// Prints what is not a result: diagnostics, advice. That nobody can read it is no reason to stop.
    #[expect(clippy::unused_self, reason = "whoever prints holds the console")]
    pub(super) fn tell(&mut self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Prints what only somebody at a terminal wants to know.
    pub(super) fn murmur(&mut self, text: &str) {
        if io::stderr().is_terminal() {
            self.tell(text);
        }
    }

    /// Empties the terminal; anywhere else, what was printed stays.
    pub(super) fn clear(&mut self) {
        if io::stdout().is_terminal() {
            self.tell("\x1b[2J\x1b[3J\x1b[H");
        }
    }

    /// Prints why infragen could not do its work.
    pub(super) fn fail(&mut self, error: &anyhow::Error) {
        let red = AnsiColor::Red.on_default().bold();
        let mark =
            if Self::colors_diagnostics() { format!("{red}error:{red:#}") } else { "error:".to_owned() };
        self.tell(&format!("{mark} {error:#}\n"));
    }

    /// Whether results are coloured: on a terminal, and as NO_COLOR, CLICOLOR and CLICOLOR_FORCE say.
    pub(super) fn colors_results() -> bool {
        colors(&io::stdout())
    }

    /// Whether diagnostics are coloured.
    pub(super) fn colors_diagnostics() -> bool {
        colors(&io::stderr())
    }
}

fn colors(stream: &impl RawStream) -> bool {
    AutoStream::choice(stream) != anstream::ColorChoice::Never
}
