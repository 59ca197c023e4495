//! Whom the service trusts to be its database: `verify-full`, and all that may be wrong with a certificate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::harness::{OwnServer, Program, TABLES, check};

const PASSWORD: &str = "hunter2%41";

/// A certificate authority, and what it signs, by OpenSSL's own program, which comes with PostgreSQL.
struct Authority {
    folder: PathBuf,
    name: &'static str,
}

impl Authority {
    fn new(folder: &Path, name: &'static str) -> Authority {
        let authority = Authority { folder: folder.to_owned(), name };
        authority.openssl(&format!(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN={name} \
             -keyout {name}.key -out {name}.crt"
        ));
        authority
    }

    /// Certificate and key of a server that is called so, good for so many days from now.
    fn sign(&self, host: &str, days: i32) -> (Vec<u8>, Vec<u8>) {
        let name = self.name;
        self.openssl(&format!(
            "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=server \
             -addext subjectAltName={host} -keyout server.key -out server.csr"
        ));
        self.openssl(&format!(
            "x509 -req -in server.csr -CA {name}.crt -CAkey {name}.key -CAcreateserial -days {days} \
             -copy_extensions copy -out server.crt"
        ));
        (self.read("server.crt"), self.read("server.key"))
    }

    fn file(&self) -> String {
        self.folder.join(format!("{}.crt", self.name)).display().to_string()
    }

    fn read(&self, file: &str) -> Vec<u8> {
        fs::read(self.folder.join(file)).unwrap()
    }

    fn openssl(&self, arguments: &str) {
        let mut openssl = Command::new("openssl");
        let done = openssl.current_dir(&self.folder).args(arguments.split_whitespace()).output();
        let done = done.expect("OpenSSL's program is missing: apt-get install openssl");
        assert!(done.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

fn variables(server: &OwnServer, authority: &Authority) -> Vec<(&'static str, String)> {
    let mut variables = server.database().variables_of("reader", PASSWORD);
    variables.retain(|(name, _)| *name != "DB_SSLMODE");
    variables.push(("DB_SSLMODE", "verify-full".to_owned()));
    variables.push(("DB_SSLROOTCERT", authority.file()));
    variables.push(("AUTH_MODE", "none".to_owned()));
    variables
}

#[test]
fn a_server_that_is_not_who_it_should_be_gets_no_password() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Authority::new(folder.path(), "ours");
    let theirs = Authority::new(folder.path(), "theirs");
    let mut server = OwnServer::start();
    server.database().run(TABLES);
    server.database().run(&format!(
        "CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'; GRANT SELECT ON tokens, users TO reader"
    ));

    let own = "IP:127.0.0.1";
    let faults = [
        (theirs.sign(own, 2), "certificate verify failed"),
        (ours.sign(own, -1), "certificate verify failed"),
        (ours.sign("DNS:elsewhere.example", 2), "does not match host name"),
    ];
    let good = ours.sign(own, 2);
    for ((certificate, key), told) in faults {
        server.certify(&certificate, &key);
        let variables = variables(&server, &ours);
        let mut program = Program::start(folder.path(), &variables);
        let start = Instant::now();
        let answer = program.get("/api/reports/daily_usage");
        assert_eq!(answer.status, 503, "{told}: {}", answer.body);
        assert!(start.elapsed() < Duration::from_millis(2500), "{told}: {:?}", start.elapsed());
        assert_eq!(program.get("/readiness_check").body, "failed", "{told}");
        assert_eq!(program.get("/health_check").status, 200, "{told}");
        program.wait_for(told);

        let check = check(folder.path(), &variables);
        let said = String::from_utf8_lossy(&check.stdout) + String::from_utf8_lossy(&check.stderr);
        assert!(!check.status.success() && said.contains(told) && said.contains("help: "), "{told}: {said}");
        assert!(!said.contains("hunter2"), "{said}");

        // By itself, once the server has what it should.
        server.certify(&good.0, &good.1);
        let end = Instant::now() + Duration::from_secs(10);
        while program.get("/readiness_check").status != 200 {
            assert!(Instant::now() < end, "{told}: {:#?}", program.seen);
        }
        assert_eq!(program.get("/api/reports/daily_usage").body, "{}\n", "{told}");
        program.terminate();
        program.wait();
        assert!(!program.seen.iter().any(|line| line.contains("hunter2")), "{:#?}", program.seen);
    }
}

#[test]
fn a_server_without_tls_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Authority::new(folder.path(), "ours");
    let server = OwnServer::start();
    server.database().run(TABLES);
    let mut program = Program::start(folder.path(), &variables(&server, &ours));
    assert_eq!(program.get("/readiness_check").body, "failed");
    program.wait_for("server does not support SSL");
}
