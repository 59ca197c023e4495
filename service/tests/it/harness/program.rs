//! The real program, as a child.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use super::http::{Answer, exchange};
use super::{Database, Proxy};

/// How long a deployment's readiness probe waits; an answer takes 1.3 s at most, on a machine that is idle.
pub(crate) const PROBE_PATIENCE: Duration = Duration::from_secs(2);

const PATIENCE: Duration = Duration::from_secs(60);

/// A running service. It is killed when dropped.
pub(crate) struct Program {
    child: Child,
    /// Behind a lock so that many threads may ask one program.
    lines: Mutex<Receiver<String>>,
    pub(crate) seen: Vec<String>,
    pub(crate) port: u16,
    /// Where its files are, if nobody else keeps that for so long.
    folder: Option<TempDir>,
}

/// The program with just these variables, not yet started.
pub(crate) fn command(folder: &Path, variables: &[(&str, String)]) -> Command {
    command_of(Path::new(env!("CARGO_BIN_EXE_coworking-analytics")), folder, variables)
}

/// What `check` says of these variables: the report on standard output, the error on the other.
pub(crate) fn check(folder: &Path, variables: &[(&str, String)]) -> Output {
    command(folder, variables).arg("check").stderr(Stdio::piped()).output().unwrap()
}

fn command_of(program: &Path, folder: &Path, variables: &[(&str, String)]) -> Command {
    let mut command = Command::new(program);
    command.env_clear().current_dir(folder).stdin(Stdio::null()).stderr(Stdio::inherit());
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    command
}

impl Program {
    /// Starts the service in `folder`, with just these variables, and waits until it listens.
    pub(crate) fn start(folder: &Path, variables: &[(&str, String)]) -> Program {
        let program = Path::new(env!("CARGO_BIN_EXE_coworking-analytics"));
        Program::start_of(program, None, folder, variables)
    }

    /// Starts it in a folder that lasts as long as the program.
    pub(crate) fn start_in(folder: TempDir, variables: &[(&str, String)]) -> Program {
        let mut program = Program::start(folder.path(), variables);
        program.folder = Some(folder);
        program
    }

    /// Starts it on a database that it reaches through `proxy`.
    pub(crate) fn behind(proxy: &Proxy, database: &Database) -> Program {
        let mut variables = database.variables();
        variables.push(("DB_PORT", proxy.port.to_string()));
        Program::start_in(tempfile::tempdir().unwrap(), &variables)
    }

    /// Starts a copy of it, as another user if there is one.
    pub(crate) fn start_of(
        program: &Path,
        user: Option<u32>,
        folder: &Path,
        variables: &[(&str, String)],
    ) -> Program {
        let defaults = [("APP_PORT", "0"), ("AUTH_MODE", "none"), ("DRAIN_SECONDS", "0")]
            .map(|(name, value)| (name, value.to_owned()));
        let mut command = command_of(program, folder, &defaults);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        if let Some(user) = user {
            command.uid(user).gid(user);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (send, lines) = channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        let mut program =
            Program { child, lines: Mutex::new(lines), seen: Vec::new(), port: 0, folder: None };
        let listening = program.wait_for("\"listening\"");
        program.port = u16::try_from(listening["port"].as_u64().unwrap()).unwrap();
        program
    }

    /// Waits for a line of the log that holds `text`.
    pub(crate) fn wait_for(&mut self, text: &str) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.lines.get_mut().unwrap().recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    self.seen.push(line.clone());
                    if line.contains(text) {
                        return serde_json::from_str(&line).unwrap();
                    }
                }
                Err(RecvTimeoutError::Timeout) => panic!("no {text} in {:#?}", self.seen),
                Err(RecvTimeoutError::Disconnected) => panic!("it ended without {text}: {:#?}", self.seen),
            }
        }
    }

    /// GETs `path`.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "")
    }

    /// Sends `method` for `path`, with more header lines.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &str) -> Answer {
        exchange(
            self.port,
            &format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"),
        )
    }

    /// How many threads it has.
    pub(crate) fn threads(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap().count()
    }

    /// Drops the lines that it has logged so far.
    pub(crate) fn forget_log(&self) {
        self.lines.lock().unwrap().try_iter().for_each(drop);
    }

    /// The memory that it has in use.
    pub(crate) fn resident_bytes(&self) -> usize {
        let statm = std::fs::read_to_string(format!("/proc/{}/statm", self.child.id())).unwrap();
        statm.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * rustix::param::page_size()
    }

    /// Sends SIGTERM.
    pub(crate) fn terminate(&self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
    }

    /// Waits for the end; also reads the rest of the log.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        while let Ok(line) =
            self.lines.get_mut().unwrap().recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            self.seen.push(line);
        }
        assert!(Instant::now() < end, "it does not end: {:#?}", self.seen);
        self.child.wait().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            let rest: Vec<String> = self.lines.get_mut().unwrap().iter().collect();
            println!("the program's log:\n{}\n{}", self.seen.join("\n"), rest.join("\n"));
        }
    }
}
