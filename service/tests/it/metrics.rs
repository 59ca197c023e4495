//! `GET /metrics`, and the fields by which a request is found again.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, TcpStream};

use service_settings::METRICS_PATH;

use crate::harness::{Program, SECRET, exchange, token};

/// The samples of an exposition, by name and labels; it panics at whatever is not OpenMetrics.
fn parse(text: &str) -> BTreeMap<String, f64> {
    let body = text.strip_suffix("# EOF\n").expect("it ends");
    let (mut kinds, mut samples) = (BTreeMap::new(), BTreeMap::new());
    for line in body.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            assert!(["counter", "gauge", "histogram", "info"].contains(&kind), "{line}");
            assert!(kinds.insert(name.to_owned(), kind.to_owned()).is_none(), "twice: {line}");
            continue;
        }
        if line.starts_with("# HELP ") {
            continue;
        }
        let (series, value) = line.rsplit_once(' ').unwrap();
        let name = series.split('{').next().unwrap();
        let suffixes: BTreeSet<&str> = ["", "_total", "_bucket", "_sum", "_count", "_info"].into();
        let known = suffixes
            .iter()
            .any(|suffix| name.strip_suffix(suffix).is_some_and(|name| kinds.contains_key(name)));
        assert!(known, "no TYPE before {line}");
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{line}");
        assert!(samples.insert(series.to_owned(), value.parse().unwrap()).is_none(), "twice: {line}");
    }
    samples
}

#[test]
fn requests_are_counted_by_template() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path(), &[]);
    for path in ["/%68ealth_check?x=1", "/health_check", "/nope/1", "/nope/2"] {
        program.get(path);
    }
    program.send("FOO", "/health_check", "");
    exchange(program.port, "nonsense\r\n\r\n");
    let _idle = TcpStream::connect((Ipv4Addr::LOCALHOST, program.port)).unwrap();
    let answer = program.get(METRICS_PATH);
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some(kind)));
    let samples = parse(&answer.body);
    let requests =
        |labels: &str| samples[&format!("coworking_http_request_duration_seconds_count{{{labels}}}")];
    assert_eq!(requests(r#"method="GET",route="/health_check",status="200""#), 2.0);
    assert_eq!(requests(r#"method="GET",route="none",status="404""#), 2.0);
    assert_eq!(requests(r#"method="unknown",route="/health_check",status="405""#), 1.0);
    assert_eq!(samples["coworking_requests_unreadable_total"], 1.0);
    assert_eq!(samples["coworking_connections_accepted_total"], 8.0);
    assert!(samples["coworking_connections_open"] >= 2.0);
    assert!(samples["process_resident_memory_bytes"] > 1e6);
    assert!(samples["process_threads"] > 1.0);
    assert!(samples["coworking_pool_size"] >= 2.0 && samples.contains_key("coworking_fold_lag_rows"));
    assert!(
        samples.keys().any(|name| name.starts_with("coworking_build_info{") && name.contains("version=\""))
    );
    // What a client makes up is nowhere to be seen.
    assert!(!answer.body.contains("nope") && !answer.body.contains("FOO"));
}

#[test]
fn operators_alone_read_them_and_are_not_counted() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        ("AUTH_MODE", "jwt".to_owned()),
        ("SHARED_JWT_SECRET", SECRET.to_owned()),
        ("RATE_LIMIT_PER_MINUTE", "1".to_owned()),
    ];
    let program = Program::start(folder.path(), &variables);
    let ask = |roles| {
        let headers = format!("Authorization: Bearer {}\r\n", token(SECRET, "ops", roles));
        program.send("GET", METRICS_PATH, &headers).status
    };
    assert_eq!([ask(&["ops"]), ask(&["ops"]), ask(&["ops"])], [200; 3]);
    assert_eq!([ask(&["analyst"]), ask(&["admin"])], [403; 2]);
    assert_eq!(program.get(METRICS_PATH).status, 401);
}

#[test]
fn a_line_tells_how_long_the_database_took() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &[]);
    program.send(
        "GET",
        "/api/v1/reports/summary?from=2024-01-01&to=2024-02-01",
        "X-Request-Id: with-database\r\n",
    );
    let line = program.wait_for("with-database");
    let (database, whole) = (line["database_ms"].as_f64().unwrap(), line["duration_ms"].as_f64().unwrap());
    assert!(database > 0.0 && database <= whole, "{line}");
    program.send("GET", "/health_check", "X-Request-Id: without\r\n");
    assert_eq!(program.wait_for("without")["database_ms"], 0.0);
}

#[test]
fn a_trace_is_passed_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &[]);
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let given = format!("traceparent: 00-{trace}-00f067aa0ba902b7-01\r\n");
    let answer = program.send("GET", "/health_check", &given);
    let told = answer.header("traceparent").unwrap();
    assert!(told.starts_with(&format!("00-{trace}-")) && told.ends_with("-01"), "{told}");
    let line = program.wait_for(trace);
    assert_eq!(line["span_id"].as_str(), told.split('-').nth(2));
    let [one, other] =
        [(), ()].map(|()| program.get("/health_check").header("traceparent").unwrap().to_owned());
    assert_ne!(one[3..35], other[3..35], "each begins a trace of its own");
}
