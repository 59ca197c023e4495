//! Runs the program in a folder of its own, with nothing of this process's variables that it would read.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// An empty project.
pub(crate) struct Project(TempDir);

/// How a run ended, and what it printed.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Project {
    pub(crate) fn new() -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.file("infragen.toml", "");
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn bytes(&self, path: &str, bytes: &[u8]) {
        std::fs::write(self.0.path().join(path), bytes).unwrap();
    }

    /// Runs as the user who owns nothing, which root can do.
    pub(crate) fn run_as_nobody(&self, arguments: &[&str]) -> Run {
        let inner = command(self.path(), arguments);
        let mut outer = Command::new("setpriv");
        outer.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]);
        outer.arg(inner.get_program()).args(inner.get_args()).current_dir(self.path()).stdin(Stdio::null());
        run(outer)
    }

    /// Runs with so many mebibytes of address space, and two minutes of processor time, and no more.
    pub(crate) fn run_within(&self, mebibytes: usize, arguments: &[&str]) -> Run {
        let inner = command(self.path(), arguments);
        let mut outer = Command::new("sh");
        let limits = format!("ulimit -v {} && ulimit -t 120 && exec \"$0\" \"$@\"", mebibytes * 1024);
        outer.args(["-c", &limits]).arg(inner.get_program()).args(inner.get_args());
        outer.current_dir(self.path()).stdin(Stdio::null());
        for (name, value) in inner.get_envs() {
            match value {
                Some(value) => outer.env(name, value),
                None => outer.env_remove(name),
            };
        }
        // Each arena of the C library takes 64 MiB of addresses and hardly any memory.
        outer.env("MALLOC_ARENA_MAX", "1");
        run(outer)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.path().join(path)).unwrap()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run(command(self.path(), arguments))
    }

    pub(crate) fn run_with(&self, variable: (&str, &str), arguments: &[&str]) -> Run {
        let mut command = command(self.path(), arguments);
        command.env(variable.0, variable.1);
        run(command)
    }

    pub(crate) fn run_on(&self, input: &[u8], arguments: &[&str]) -> Run {
        let mut child = command(self.path(), arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that refuses its arguments may be gone before it has read anything.
        let _ = child.stdin.take().unwrap().write_all(input);
        Run::of(child.wait_with_output().unwrap())
    }
}

/// The program in this repository.
pub(crate) fn in_repository(arguments: &[&str]) -> Run {
    run(command(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), arguments))
}

pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_infragen"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let read = ["INFRAGEN_", "CARGO", "CLICOLOR", "NO_COLOR"];
        if read.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    command
}

fn run(mut command: Command) -> Run {
    Run::of(command.output().unwrap())
}

impl Run {
    fn of(output: std::process::Output) -> Self {
        Self {
            code: output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}")),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Expects an exit code, and a text in what is printed on standard error.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, message: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.errors.contains(message), "{}", self.errors);
    }

    /// Expects exit code 0 and silence on standard error; gives what was printed.
    #[track_caller]
    pub(crate) fn succeeds(self) -> String {
        assert_eq!((self.code, self.errors.as_str()), (0, ""), "{}", self.output);
        self.output
    }
}
