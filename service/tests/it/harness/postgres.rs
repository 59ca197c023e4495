//! A real PostgreSQL for the tests of this run, and a database of its own for each of them.

use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use rustix::process::{Pid, Signal, kill_process};
use service::store::SharedStore;

use super::backend::store_with;
use super::command;

const PASSWORD: &str = "admin";

/// Runs the server until its standard input ends, which it does with the tests, however they end.
const SUPERVISOR: &str =
    r#""$@" & pid=$!; cat; kill -QUIT $pid; wait $pid; [ -n "$KEPT" ] || { cd /; rm -rf "$FOLDER"; }"#;

static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start(false));

struct Server {
    port: u16,
    files: Files,
    /// Holds the standard input open.
    supervisor: Child,
}

/// A server's files.
#[derive(Clone)]
struct Files {
    folder: PathBuf,
    owner: Option<(u32, u32)>,
    programs: PathBuf,
}

/// A server of one test's own, which may be frozen and stopped.
pub(crate) struct OwnServer {
    files: Files,
    pub(crate) port: u16,
    running: Option<Server>,
}

impl OwnServer {
    /// Makes and starts one.
    pub(crate) fn start() -> OwnServer {
        let running = Server::start(true);
        OwnServer { files: running.files.clone(), port: running.port, running: Some(running) }
    }

    /// A database in it, with nothing in it.
    pub(crate) fn database(&self) -> Database {
        Database { port: self.port, name: "postgres".to_owned() }
    }

    /// Stops it at once, as a crash would.
    pub(crate) fn stop(&mut self) {
        let Some(mut server) = self.running.take() else { return };
        drop(server.supervisor.stdin.take());
        server.supervisor.wait().unwrap();
    }

    /// Starts it again.
    pub(crate) fn start_again(&mut self) {
        self.running = Some(Server::run(self.files.clone(), self.port, true));
    }

    /// Gives it a certificate, and starts it again with TLS.
    pub(crate) fn certify(&mut self, certificate: &[u8], key: &[u8]) {
        self.stop();
        let data = self.files.folder.join("data");
        for (name, bytes) in [("server.crt", certificate), ("server.key", key)] {
            let file = data.join(name);
            fs::write(&file, bytes).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
            if let Some((user, group)) = self.files.owner {
                chown(&file, Some(user), Some(group)).unwrap();
            }
        }
        // Names of files are the defaults; the last word of the file counts.
        let mut settings = fs::File::options().append(true).open(data.join("postgresql.conf")).unwrap();
        settings.write_all(b"ssl = on\n").unwrap();
        self.start_again();
    }

    /// Freezes all of its processes, or lets them go on.
    pub(crate) fn freeze(&self, frozen: bool) {
        let master = fs::read_to_string(self.files.folder.join("data/postmaster.pid")).unwrap();
        let master: i32 = master.lines().next().unwrap().parse().unwrap();
        let signal = if frozen { Signal::STOP } else { Signal::CONT };
        // The master first: it makes no more of them.
        for pid in std::iter::once(master).chain(children(master)) {
            // One of them may have ended.
            let _ = kill_process(Pid::from_raw(pid).unwrap(), signal);
        }
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.freeze(false);
        }
        self.stop();
        fs::remove_dir_all(&self.files.folder).unwrap_or_default();
    }
}

/// The processes whose parent this one is.
fn children(parent: i32) -> Vec<i32> {
    let processes = fs::read_dir("/proc").unwrap().map_while(Result::ok);
    let pids = processes.filter_map(|process| process.file_name().to_str()?.parse::<i32>().ok());
    let is_child = |pid: &i32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        after_name.split_whitespace().nth(1) == Some(parent.to_string().as_str())
    };
    pids.filter(is_child).collect()
}

/// A database that only one test knows.
pub(crate) struct Database {
    pub(crate) name: String,
    /// The server's port.
    pub(crate) port: u16,
}

impl Database {
    /// Makes one.
    pub(crate) fn new() -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("it_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let database = Database { port: SERVER.port, name };
        connect(SERVER.port, "postgres")
            .batch_execute(&format!("CREATE DATABASE {}", database.name))
            .unwrap();
        database
    }

    /// A connection of the server's master.
    pub(crate) fn connect(&self) -> PgConnection {
        connect(self.port, &self.name)
    }

    /// Runs statements as the server's master.
    pub(crate) fn run(&self, sql: &str) {
        self.connect().batch_execute(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    /// Runs `migrate`, and returns its log.
    pub(crate) fn migrate(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let output = command(folder.path(), &self.variables()).arg("migrate").output().unwrap();
        let log = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{log}");
        log
    }

    /// Makes the roll-ups, as `migrate` does.
    pub(crate) fn roll_up(&self) {
        let log = self.migrate();
        assert!(log.contains("the roll-ups are right"), "{log}");
    }

    /// A store that reads it as `username`.
    pub(crate) fn store_of(&self, username: &str, password: &str) -> SharedStore {
        store_with(&self.variables_of(username, password))
    }

    /// Counts the rows of `of`: a table, with a condition or without.
    pub(crate) fn count(&self, of: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let question = format!("SELECT count(*) FROM {of}");
        sql_query(question).get_result::<Count>(&mut self.connect()).unwrap().count
    }

    /// Waits until so many statements wait for a lock in this database.
    pub(crate) fn wait_for_waiters(&self, count: i64) {
        let end = Instant::now() + Duration::from_secs(10);
        let waiters = "pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
        while self.count(waiters) != count {
            assert!(Instant::now() < end, "there are never {count}");
        }
    }

    /// The variables that lead the service there, as the server's master.
    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        self.variables_of("postgres", PASSWORD)
    }

    /// The variables that lead the service there, as `username`.
    pub(crate) fn variables_of(&self, username: &str, password: &str) -> Vec<(&'static str, String)> {
        vec![
            ("DB_USERNAME", username.to_owned()),
            ("DB_PASSWORD", password.to_owned()),
            ("DB_PORT", self.port.to_string()),
            ("DB_NAME", self.name.clone()),
        ]
    }
}

fn connect(port: u16, database: &str) -> PgConnection {
    let dsn = format!("host=127.0.0.1 port={port} user=postgres password={PASSWORD} dbname={database}");
    PgConnection::establish(&dsn).unwrap()
}

impl Files {
    /// A folder, still empty.
    fn new() -> Files {
        let folder = tempfile::Builder::new().prefix("coworking-postgres").tempdir().unwrap().keep();
        let owner = owner();
        if let Some((user, group)) = owner {
            chown(&folder, Some(user), Some(group)).unwrap();
        }
        Files { folder, owner, programs: programs() }
    }

    fn run(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder).env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C");
        // A Ctrl-C at the terminal is for the tests, and reaches the server by their end.
        command.env("FOLDER", &self.folder).process_group(0);
        if let Some((user, group)) = self.owner {
            command.uid(user).gid(group);
        }
        command
    }
}

impl Server {
    fn start(kept: bool) -> Server {
        let files = Files::new();
        let data = files.folder.join("data");
        let password = files.folder.join("password");
        fs::write(&password, PASSWORD).unwrap();
        let mut initdb = files.run(&files.programs.join("initdb"));
        initdb.args([
            "--no-sync",
            "--username=postgres",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
        ]);
        initdb.arg("--pwfile").arg(&password).arg("-D").arg(&data);
        let made = initdb.output().unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));

        Server::run(files, unused_port(), kept)
    }

    /// Runs the server on its files, which are kept when it ends, or removed.
    fn run(files: Files, port: u16, kept: bool) -> Server {
        let mut supervisor = files.run(Path::new("sh"));
        if kept {
            supervisor.env("KEPT", "yes");
        }
        supervisor.args(["-c", SUPERVISOR, "sh"]).arg(files.programs.join("postgres"));
        supervisor.arg("-D").arg(files.folder.join("data"));
        supervisor.arg("-k").arg(&files.folder).args([
            "-p",
            &port.to_string(),
            "-c",
            "listen_addresses=127.0.0.1",
        ]);
        supervisor.args([
            "-c",
            "fsync=off",
            "-c",
            "max_connections=300",
            "-c",
            "shared_buffers=32MB",
            "-c",
            "max_prepared_transactions=4",
        ]);
        let mut child = supervisor.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut seen = Vec::new();
        let ready =
            log.by_ref().inspect(|line| seen.push(line.clone())).any(|line| line.contains("ready to accept"));
        assert!(ready, "PostgreSQL does not start: {seen:#?}");
        // Whoever does not read stops the server once the pipe is full.
        thread::spawn(move || log.for_each(drop));
        Server { port, files, supervisor: child }
    }
}

/// A streaming replica of the tests' server. It ends when dropped.
pub(crate) struct Standby(Server);

impl Standby {
    /// Copies the server, and follows it.
    pub(crate) fn start() -> Standby {
        let files = Files::new();
        let mut copy = files.run(&files.programs.join("pg_basebackup"));
        copy.env("PGPASSWORD", PASSWORD).args([
            "--host=127.0.0.1",
            "--username=postgres",
            "--checkpoint=fast",
        ]);
        copy.args(["--write-recovery-conf", "--no-sync", "--port", &SERVER.port.to_string()]);
        let made = copy.arg("-D").arg(files.folder.join("data")).output().unwrap();
        assert!(made.status.success(), "pg_basebackup: {}", String::from_utf8_lossy(&made.stderr));
        Standby(Server::run(files, unused_port(), false))
    }

    /// Its port.
    pub(crate) fn port(&self) -> u16 {
        self.0.port
    }
}

impl Drop for Standby {
    fn drop(&mut self) {
        drop(self.0.supervisor.stdin.take());
        self.0.supervisor.wait().unwrap();
    }
}

fn unused_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// The folder of PostgreSQL's programs: Debian's newest.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().map_while(Result::ok);
    let folders =
        versions.map(|version| version.path().join("bin")).filter(|bin| bin.join("initdb").exists());
    let version = |bin: &PathBuf| {
        bin.parent()
            .and_then(Path::file_name)
            .and_then(|name| name.to_str()?.parse::<u32>().ok())
            .unwrap_or(0)
    };
    folders.max_by_key(version).expect("PostgreSQL's programs are missing: apt-get install postgresql")
}

/// Who may run the server, if this user is root, whom it refuses.
fn owner() -> Option<(u32, u32)> {
    if !rustix::process::getuid().is_root() {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let line = line.expect("no user `postgres`: apt-get install postgresql");
    let mut numbers = line.split(':').skip(2).map(|field| field.parse().unwrap());
    Some((numbers.next().unwrap(), numbers.next().unwrap()))
}
