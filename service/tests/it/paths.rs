//! Which paths are answered: the same for every endpoint.

use service_settings::{DAILY_USAGE_PATH, HEALTH_PATH, READINESS_PATH, USER_VISITS_PATH};

use crate::harness::Backend;

const PATHS: [&str; 4] = [HEALTH_PATH, READINESS_PATH, DAILY_USAGE_PATH, USER_VISITS_PATH];

#[test]
fn spellings_of_a_path_that_are_answered() {
    let program = Backend::Sqlite.with("").program;
    for path in PATHS {
        let body = program.get(path).body;
        let encoded = path.replacen('h', "%68", 1).replacen("re", "%72e", 1);
        assert_ne!(encoded, path);
        for spelling in
            [format!("/{path}"), encoded, format!("{path}?x=1"), format!("{path}?"), format!("{path}?x=/")]
        {
            let answer = program.get(&spelling);
            assert_eq!((answer.status, &answer.body), (200, &body), "{spelling}");
        }
        let headers = "Accept: text/csv\r\nRange: bytes=0-0\r\nIf-None-Match: *\r\nAccept-Encoding: gzip\r\n";
        let answer = program.send("GET", path, headers);
        assert_eq!((answer.status, &answer.body), (200, &body), "{path}");
        assert_eq!(answer.header("Content-Encoding"), None);
    }
}

#[test]
fn paths_that_are_not_there() {
    let program = Backend::Sqlite.with("").program;
    let slashes = PATHS.map(|path| format!("{path}/"));
    let others = ["/nope", "/api/reports", "/HEALTH_CHECK", "/health_check%2F"].map(str::to_owned);
    for path in slashes.iter().chain(&others) {
        for method in ["GET", "HEAD", "OPTIONS", "POST", "FOO"] {
            assert_eq!(program.send(method, path, "").status, 404, "{method} {path}");
        }
        assert_eq!(program.get(path).header("Content-Type"), Some("application/problem+json"));
    }
}
